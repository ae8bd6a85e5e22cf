"""Bulletins: what operators write to groups, told like announcements."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table; nothing that is there is touched."""
    op.create_table(
        "bulletins",
        sa.Column(
            "announcement", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("announcement", name="pk_bulletins"),
    )


def downgrade() -> None:
    """Take it away again, with the announcements that only carry one."""
    op.execute("DELETE FROM announcements WHERE service = ''")
    op.drop_table("bulletins")
