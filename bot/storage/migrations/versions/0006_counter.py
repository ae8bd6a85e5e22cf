"""Who takes part in a group's counter."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table; nothing that is there is touched."""
    op.create_table(
        "counted",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("place", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_counted"),
        sa.UniqueConstraint("chat_hash", "place", name="uq_counted_chat_hash_place"),
    )
    op.create_index("ix_counted_place", "counted", ["place"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("counted")
