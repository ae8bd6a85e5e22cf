"""The tables of what groups are told."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from bot.storage.columns import BigId, Moment, hashed, metadata, sealed

groups = Table(
    "groups",
    metadata,
    hashed("chat_hash", "chat", primary_key=True),
    sealed("chat id, topic, countries, language, when to be silent, who set it up, what was posted when"),
    Column("version", Integer, nullable=False, comment="Counts changes: two writers can't undo each other"),
    comment="Groups that hear of outages. Neither names nor members",
    info={"kept": "until an admin stops it", "erased": "“Stop and forget”; /delete forgets who set it up"},
)

counted = Table(
    "counted",
    metadata,
    Column("id", BigId, primary_key=True, comment="Order of joining"),
    hashed("chat_hash", "chat", nullable=False),
    Column("place", LargeBinary(16), nullable=False, index=True, comment="Keyed hash of the group, to count by"),
    sealed("chat id, the group's number"),
    UniqueConstraint("chat_hash", "place"),
    comment="Who takes part in a group's counter, as each has asked for; the group is shown steps of five from ten on",
    info={
        "kept": "until the person leaves or is forgotten, or an admin switches the counter off",
        "erased": "Leave; /delete; “Stop and forget this group”",
    },
)

announcements = Table(
    "announcements",
    metadata,
    Column("id", BigId, primary_key=True, comment="Order of the announcements"),
    Column("service", String(32), nullable=False, comment="Whose form, empty for a bulletin"),
    Column("opened_at", Moment, nullable=False, index=True, comment="When it began"),
    Column("approval", String(16), nullable=False, comment="May groups be told?"),
    Column("decided_by", String(64), nullable=False, default="", comment="Keyed hash of who said yes first"),
    Column("first_at", Moment, comment="When the first operator said yes"),
    Column("decided_at", Moment, comment="When enough of them had said yes"),
    Column("texts", String(16), comment="Hash of the texts it was told in last"),
    Column("said", String(16), nullable=False, default="", comment="What operators were told of it last"),
    Column("said_at", Moment, comment="When"),
    Column("lines", Text, nullable=False, comment="The outages in it, as they are now (JSON)"),
    Column("revision", Integer, nullable=False, comment="Counts what changed in it"),
    comment="What groups are told: outages, bulletins. Of persons only the hash of an operator who said yes",
    info={"kept": "13 months", "erased": "by itself"},
)

bulletins = Table(
    "bulletins",
    metadata,
    Column("announcement", BigId, primary_key=True, autoincrement=False, comment="By which it is told"),
    Column("body", Text, nullable=False, comment="Kind, days, countries, the operators' own words by language (JSON)"),
    comment="What operators write to groups. It is made to be read by everybody in them: not sealed",
    info={"kept": "90 days: to tell it, and to show what was said", "erased": "by itself"},
)

pages = Table(
    "pages",
    metadata,
    Column("page", String(64), primary_key=True, comment="The watched page of Meta, by its record"),
    Column("text", String(64), nullable=False, comment="Hash of its words, empty if none were read"),
    Column("since", Moment, comment="When these words were first read"),
    Column("candidate", String(64), nullable=False, comment="Hash of other words, read once"),
    Column("candidate_at", Moment, comment="When"),
    Column("read_at", Moment, comment="The last try"),
    Column("changes", Integer, nullable=False, comment="Counts the changes"),
    Column("ruling", String(16), nullable=False, comment="What an operator said of the last change"),
    Column("asked_at", Moment, comment="When operators were told of it"),
    Column("ruled_at", Moment, comment="When it was decided"),
    Column("told_at", Moment, comment="When all who wished to know were told"),
    comment="What was read of Meta's pages about information for AI. No person in it",
    info={"kept": "as long as the page is watched", "erased": "not needed: nothing of a person"},
)

tellings = Table(
    "tellings",
    metadata,
    Column("id", BigId, primary_key=True, comment="Order of the tellings"),
    Column("announcement", BigId, nullable=False, comment="What is told"),
    hashed("chat_hash", "chat", nullable=False),
    Column("wanted", Integer, nullable=False, comment="The revision that the chat is to see"),
    Column("told", Integer, nullable=False, server_default="0", comment="The revision that it saw"),
    Column("due_at", Moment, nullable=False, comment="Not to be looked after before"),
    Column("attempts", SmallInteger, nullable=False, server_default="0", comment="Failed tries"),
    Column("posted", Boolean, nullable=False, server_default=false(), comment="The alarm was posted there"),
    sealed("chat id, the message's number, which outages it told of, how it ended"),
    UniqueConstraint("announcement", "chat_hash"),
    Index("ix_tellings_due_at_id", "due_at", "id"),
    comment="What each group was told of an announcement, and what it is to be told",
    info={
        "kept": "90 days, so that a correction reaches who got the alarm",
        "erased": "“Stop and forget”, /delete in the group's name",
    },
)
