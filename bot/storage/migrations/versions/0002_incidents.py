"""What looks leave behind: evidence, marks, days, incidents; pauses and confirmations; which forms are in use."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add columns and tables; nothing that is there is touched."""
    op.add_column("looks", sa.Column("evidence", sa.Text()))
    op.add_column("looks", sa.Column("differed", sa.Boolean()))
    op.create_index("ix_looks_form_country_at", "looks", ["form", "country", "at"])
    op.add_column("reports", sa.Column("counts", sa.Boolean(), server_default=sa.false(), nullable=False))
    _looks_leave()
    _incidents()
    _operators_say()


def _looks_leave() -> None:
    op.create_table(
        "differences",
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("vantage", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("form", "vantage", "country", name="pk_differences"),
    )
    op.create_table(
        "days",
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ok", sa.Integer(), nullable=False),
        sa.Column("bad", sa.Integer(), nullable=False),
        sa.Column("no_data", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("form", "country", "day", name="pk_days"),
    )
    op.create_index("ix_days_day", "days", ["day"])
    op.create_table(
        "wanted",
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("form", "country", name="pk_wanted"),
    )


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("corrected_at", MOMENT),
        sa.Column("correction", sa.String(length=32)),
        sa.Column("causes", sa.String(length=255), nullable=False),
        sa.Column("proof", sa.String(length=32), nullable=False),
        sa.Column("networks", sa.Text(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("last_bad_at", MOMENT),
        sa.Column("news", sa.String(length=16)),
        sa.Column("news_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_incidents_ended_at", "incidents", ["ended_at"])
    op.create_index("ix_incidents_news", "incidents", ["news"])
    op.create_table(
        "citations",
        sa.Column("incident", BIG_ID, nullable=False),
        sa.Column("look", BIG_ID, nullable=False),
        sa.PrimaryKeyConstraint("incident", "look", name="pk_citations"),
    )
    op.create_index("ix_citations_look", "citations", ["look"])


def _operators_say() -> None:
    op.create_table(
        "pauses",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("form", sa.String(length=64)),
        sa.Column("country", sa.String(length=2)),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pauses"),
    )
    op.create_index("ix_pauses_until", "pauses", ["until"])
    op.create_table(
        "confirmations",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("opened", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_confirmations"),
    )
    op.create_index("ix_confirmations_form_country_at", "confirmations", ["form", "country", "at"])


def downgrade() -> None:
    """Take them away, with all they hold."""
    for table in ("confirmations", "pauses", "citations", "incidents", "wanted", "days", "differences"):
        op.drop_table(table)
    op.drop_index("ix_looks_form_country_at", "looks")
    for table, column in (("reports", "counts"), ("looks", "differed"), ("looks", "evidence")):
        op.drop_column(table, column)
