"""The tables. `comment` says what a thing is for, `info` how long it is kept and how it goes.

The data map is read from here. All that is kept of a person is one sealed document; open is only what must be
searched: times, lanes, what was seen of the forms.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    false,
)

from bot.storage import closing_schema, seen_schema, telling_schema  # noqa: F401  # their tables stand in the same metadata
from bot.storage.columns import BigId, Moment, hashed, metadata, sealed

__all__ = ["REVISION", "deliveries", "metadata", "people", "reports", "state", "updates", "watches"]
REVISION = "0006"
"""The newest migration: what this code reads and writes. A test holds it against the migrations."""

DELETE = "/delete removes the row"

people = Table(
    "people",
    metadata,
    hashed("chat_hash", "chat", primary_key=True),
    sealed("chat id, language, countries, zone, quiet hours, cases with their facts and days, open screen"),
    Column("version", Integer, nullable=False, comment="Counts changes: two writers can't undo each other"),
    Column("wake_at", Moment, index=True, comment="When the next reminder is due; says not why"),
    Column("expires_on", Date, index=True, comment="The day on which the document is erased by itself"),
    Column("created_at", Moment, nullable=False, comment="When the person first wrote"),
    comment="One person or group: everything kept of them in one sealed document",
    info={
        "kept": "12 months after the last date of the last case; without a case 90 days after the last sign of life, "
        "a year if they set up a group",
        "erased": DELETE + ", so does expires_on",
    },
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", BigId, primary_key=True, comment="Order within a chat; never used twice"),
    hashed("chat_hash", "chat", nullable=False),
    Column("lane", SmallInteger, nullable=False, comment="Its queue: 0 answer, 1 reminder, 2 notice"),
    Column("due_at", Moment, nullable=False, comment="Not to be sent before"),
    Column("attempts", SmallInteger, nullable=False, server_default="0", comment="Failed tries"),
    Column("update_id", BigInteger, comment="What caused it: a commit repeated can't enqueue it twice"),
    Column("ordinal", SmallInteger, comment="Its place among what that update caused"),
    sealed("chat id, message key and its small values; no text"),
    UniqueConstraint("update_id", "ordinal"),
    Index("ix_deliveries_lane_due_at_id", "lane", "due_at", "id"),
    Index("ix_deliveries_chat_hash_id", "chat_hash", "id"),
    comment="The outbox: messages that are promised and not yet told",
    info={"kept": "until told, seconds as a rule", "erased": "wiped when it is told; " + DELETE},
    sqlite_autoincrement=True,
)

updates = Table(
    "updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False, comment="Telegram's number"),
    Column("received_at", Moment, nullable=False, index=True, comment="When it took effect"),
    Column("set_aside", Boolean, nullable=False, server_default=false(), comment="It failed three times"),
    comment="Which updates took effect, so that each does once. Nothing of what was written and by whom",
    info={"kept": "7 days", "erased": "by itself"},
)

reports = Table(
    "reports",
    metadata,
    Column("id", BigId, primary_key=True, comment="Order of the reports"),
    Column("form", String(64), nullable=False, comment="Which form it is about"),
    Column("country", String(2), nullable=False, comment="The country the form was opened for"),
    Column("kind", String(32), nullable=False, comment="What was seen"),
    hashed("person", "report"),
    Column("day", Date, nullable=False, comment="The day (UTC): one report a person, form and kind is counted"),
    Column("at", Moment, nullable=False, index=True, comment="When it was told"),
    Column("counts", Boolean, nullable=False, server_default=false(), comment="The chat was older than a day by then"),
    UniqueConstraint("person", "form", "kind", "day"),
    Index("ix_reports_form_country_kind_at", "form", "country", "kind", "at"),
    comment="What people say they saw of a form. Its hash of the person is not the one of the other tables",
    info={"kept": "90 days; the link to the person 24 hours", "erased": DELETE + " while it is linked"},
)

watches = Table(
    "watches",
    metadata,
    Column("id", BigId, primary_key=True, comment="Order of the wishes"),
    hashed("chat_hash", "chat", nullable=False),
    Column("topic", LargeBinary(16), nullable=False, comment="Keyed hash of form, country and kind"),
    sealed("chat id, form, country, kind"),
    Column("created_at", Moment, nullable=False, comment="When it was wished"),
    UniqueConstraint("chat_hash", "topic"),
    Index("ix_watches_topic_id", "topic", "id"),
    comment="Who wants to be told when a form answers again, or when codes arrive",
    info={"kept": "until told", "erased": "when it is told; " + DELETE},
)

state = Table(
    "state",
    metadata,
    Column("name", String(32), primary_key=True, comment="Which fact"),
    Column("value", String(64), nullable=False, comment="Its value"),
    comment="Facts of the database itself: under which key it is sealed, how many erasures it has seen",
    info={"kept": "as long as the database", "erased": "with the database"},
)
