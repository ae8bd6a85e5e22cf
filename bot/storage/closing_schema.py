"""The table of the service's closing."""

from __future__ import annotations

from sqlalchemy import Column, Date, String, Table

from bot.storage.columns import Moment, metadata

closing = Table(
    "closing",
    metadata,
    Column("day", Date, primary_key=True, comment="On which day everything is erased"),
    Column("state", String(16), nullable=False, comment="Half decided, announced, called off, closed"),
    Column("decided_by", String(64), nullable=False, comment="Keyed hash of who said yes, until a second one does"),
    Column("decided_at", Moment, nullable=False, comment="When it was decided"),
    Column("told_at", Moment, comment="When everybody was told how it stands"),
    Column("ended_at", Moment, comment="When it was called off, or everything was erased"),
    Column("said", String(16), nullable=False, comment="What operators were told of it last"),
    comment="The closing of the service that was decided last. Nothing of those who use it",
    info={"kept": "until another one is decided", "erased": "not needed: nothing of a person once it is decided"},
)
