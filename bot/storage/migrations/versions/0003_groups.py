"""Groups, what they are to be told of outages, and what they were told; pages whose words are watched."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add tables; nothing that is there is touched."""
    op.create_table(
        "groups",
        sa.Column("chat_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("chat_hash", name="pk_groups"),
    )
    op.create_table(
        "announcements",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("service", sa.String(length=32), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("approval", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("said", sa.String(length=16), nullable=False),
        sa.Column("said_at", MOMENT, nullable=True),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
    )
    op.create_index("ix_announcements_opened_at", "announcements", ["opened_at"])
    op.create_table(
        "tellings",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("announcement", BIG_ID, nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("posted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tellings"),
        sa.UniqueConstraint("announcement", "chat_hash", name="uq_tellings_announcement_chat_hash"),
    )
    op.create_index("ix_tellings_due_at_id", "tellings", ["due_at", "id"])
    op.create_table(
        "pages",
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(length=64), nullable=False),
        sa.Column("since", MOMENT, nullable=True),
        sa.Column("candidate", sa.String(length=64), nullable=False),
        sa.Column("candidate_at", MOMENT, nullable=True),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("ruling", sa.String(length=16), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("ruled_at", MOMENT, nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("page", name="pk_pages"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("pages")
    op.drop_table("tellings")
    op.drop_table("announcements")
    op.drop_table("groups")
