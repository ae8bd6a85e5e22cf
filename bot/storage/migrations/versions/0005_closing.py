"""The closing of the service; when operators said yes to an announcement, and which texts were told."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add a table and three columns; nothing that is there is touched."""
    op.create_table(
        "closing",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("said", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_closing"),
    )
    op.add_column("announcements", sa.Column("first_at", MOMENT, nullable=True))
    op.add_column("announcements", sa.Column("decided_at", MOMENT, nullable=True))
    op.add_column("announcements", sa.Column("texts", sa.String(length=16), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    for column in ("texts", "decided_at", "first_at"):
        op.drop_column("announcements", column)
    op.drop_table("closing")
