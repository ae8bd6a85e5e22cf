"""The first tables. What they are for stands in bot/storage/schema.py."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Lay the tables."""
    op.create_table(
        "deliveries",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("update_id", sa.BigInteger()),
        sa.Column("ordinal", sa.SmallInteger()),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("update_id", "ordinal", name="uq_deliveries_update_id_ordinal"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_chat_hash_id", "deliveries", ["chat_hash", "id"])
    op.create_index("ix_deliveries_lane_due_at_id", "deliveries", ["lane", "due_at", "id"])
    op.create_table(
        "looks",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("vantage", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("status_code", sa.Integer()),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_looks"),
    )
    op.create_index("ix_looks_at", "looks", ["at"])
    op.create_index("ix_looks_form_country_vantage_id", "looks", ["form", "country", "vantage", "id"])
    op.create_table(
        "people",
        sa.Column("chat_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wake_at", MOMENT),
        sa.Column("expires_on", sa.Date()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat_hash", name="pk_people"),
    )
    op.create_index("ix_people_expires_on", "people", ["expires_on"])
    op.create_index("ix_people_wake_at", "people", ["wake_at"])
    op.create_table(
        "reports",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("person", sa.LargeBinary(length=16)),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.UniqueConstraint("person", "form", "kind", "day", name="uq_reports_person_form_kind_day"),
    )
    op.create_index("ix_reports_at", "reports", ["at"])
    op.create_index("ix_reports_form_country_kind_at", "reports", ["form", "country", "kind", "at"])
    op.create_table(
        "state",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_state"),
    )
    op.create_table(
        "updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("set_aside", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_updates"),
    )
    op.create_index("ix_updates_received_at", "updates", ["received_at"])
    op.create_table(
        "watches",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("topic", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watches"),
        sa.UniqueConstraint("chat_hash", "topic", name="uq_watches_chat_hash_topic"),
    )
    op.create_index("ix_watches_topic_id", "watches", ["topic", "id"])


def downgrade() -> None:
    """Take them away, with all they hold."""
    for table in ("watches", "updates", "state", "reports", "people", "looks", "deliveries"):
        op.drop_table(table)
