"""The tables of what is seen of the forms. Nothing in them has to do with a person."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Double, Index, Integer, String, Table, Text, true

from bot.storage.columns import BigId, Moment, metadata

looks = Table(
    "looks",
    metadata,
    Column("id", BigId, primary_key=True, comment="Order of the looks"),
    Column("form", String(64), nullable=False, comment="Which form was looked at"),
    Column("country", String(2), nullable=False, comment="For which country"),
    Column("vantage", String(64), nullable=False, comment="From where"),
    Column("at", Moment, nullable=False, index=True, comment="When"),
    Column("verdict", String(32), nullable=False, comment="What it means"),
    Column("reason", String(32), nullable=False, comment="Why, if it is bad or no data"),
    Column("status_code", Integer, comment="The last HTTP answer's status"),
    Column("seconds", Double, nullable=False, comment="How long it took"),
    Column("evidence", Text, comment="What can be shown later: addresses, hash, certificate, times (JSON)"),
    Column("differed", Boolean, comment="Did the form differ from a page that can't exist?"),
    Index("ix_looks_form_country_vantage_id", "form", "country", "vantage", "id"),
    Index("ix_looks_form_country_at", "form", "country", "at"),
    comment="What the bot itself saw of the forms. Has nothing to do with a person",
    info={"kept": "90 days, or as long as an incident cites it", "erased": "by itself"},
)

differences = Table(
    "differences",
    metadata,
    Column("form", String(64), primary_key=True, comment="Which form"),
    Column("vantage", String(64), primary_key=True, comment="Seen from where"),
    Column("country", String(2), primary_key=True, comment="For which country"),
    Column("at", Moment, nullable=False, comment="When it was first seen"),
    comment="That a form once differed from a page that can't exist, so that its absence can be told from there",
    info={"kept": "as long as the database", "erased": "with the database"},
)

days = Table(
    "days",
    metadata,
    Column("form", String(64), primary_key=True, comment="Which form"),
    Column("country", String(2), primary_key=True, comment="For which country"),
    Column("day", Date, primary_key=True, index=True, comment="The day (UTC)"),
    Column("ok", Integer, nullable=False, comment="Looks in which it answered"),
    Column("bad", Integer, nullable=False, comment="Looks in which it did not"),
    Column("no_data", Integer, nullable=False, comment="Looks that told nothing"),
    comment="The looks of a day added up",
    info={"kept": "as long as the database", "erased": "with the database"},
)

wanted = Table(
    "wanted",
    metadata,
    Column("form", String(64), primary_key=True, comment="Which form"),
    Column("country", String(2), primary_key=True, comment="For which country"),
    Column("asked_on", Date, nullable=False, comment="The last day (UTC) on which anybody asked"),
    comment="Which forms are in use at all and so are looked at. Not by whom",
    info={"kept": "as long as the database", "erased": "with the database"},
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", BigId, primary_key=True, comment="Its number, by which papers cite it; never used twice"),
    Column("form", String(64), nullable=False, comment="Which form"),
    Column("country", String(2), nullable=False, comment="For which country"),
    Column("started_at", Moment, nullable=False, comment="The first bad look"),
    Column("confirmed_at", Moment, nullable=False, comment="When it was sure"),
    Column("ended_at", Moment, index=True, comment="The first good look of those that ended it"),
    Column("corrected_at", Moment, comment="When it was taken back"),
    Column("correction", String(32), comment="Why it was none"),
    Column("causes", String(255), nullable=False, comment="What was seen, in order"),
    Column("proof", String(32), nullable=False, comment="What it rests on"),
    Column("networks", Text, nullable=False, comment="From where it was seen, a line each"),
    Column("looks", Integer, nullable=False, comment="How many bad looks"),
    Column("last_bad_at", Moment, comment="The last bad look"),
    Column("news", String(16), index=True, comment="What those who asked are still to be told"),
    Column("news_at", Moment, comment="Wishes made up to then are told"),
    comment="Times in which a form was confirmed not to answer. Has nothing to do with a person",
    info={"kept": "as long as the database", "erased": "with the database"},
    sqlite_autoincrement=True,
)

citations = Table(
    "citations",
    metadata,
    Column("incident", BigId, primary_key=True, autoincrement=False, comment="Which incident"),
    Column("look", BigId, primary_key=True, autoincrement=False, index=True, comment="Which look it rests on"),
    comment="The looks that an incident cites, which are kept as long as it is",
    info={"kept": "as long as the incident", "erased": "with the incident"},
)

pauses = Table(
    "pauses",
    metadata,
    Column("id", BigId, primary_key=True, comment="Its number, by which it is ended"),
    Column("form", String(64), comment="Which form; empty: every one"),
    Column("country", String(2), comment="Which country; empty: every one"),
    Column("since", Moment, nullable=False, comment="From when on nothing is concluded"),
    Column("until", Moment, nullable=False, index=True, comment="Up to when"),
    comment="Planned pauses, set by an operator",
    info={"kept": "90 days after their end", "erased": "by itself"},
)

confirmations = Table(
    "confirmations",
    metadata,
    Column("id", BigId, primary_key=True, comment="Order of the confirmations"),
    Column("form", String(64), nullable=False, comment="Which form it was"),
    Column("country", String(2), nullable=False, comment="For which country"),
    Column("at", Moment, nullable=False, comment="When"),
    Column("opened", Boolean, nullable=False, server_default=true(), comment="Did it open?"),
    Index("ix_confirmations_form_country_at", "form", "country", "at"),
    comment="That a form opened, or did not, for an operator who was logged in. Not for which",
    info={"kept": "as long as the database", "erased": "with the database"},
)
