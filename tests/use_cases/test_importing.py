import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cases import FactKind
from bot.domain.errors import ObjectionBotError
from bot.domain.forms import Service
from bot.domain.people import Person
from bot.use_cases.documents import of_export
from bot.use_cases.importing import from_export

COUNTRIES = {"DE", "FR", "CH"}
TODAY = date(2026, 12, 3)


def luc() -> Person:
    person = Person(7, "de", "Europe/Zurich", since=TODAY, seen=TODAY, residence="CH")
    person, case = person.begin(Service.FACEBOOK, "FR", TODAY)
    return person.with_case(case.with_fact(FactKind.SENT, today=TODAY, note="form"))


def file(change=lambda person: None) -> bytes:
    export = of_export(luc())
    change(export["person"])
    return json.dumps(export).encode()


def test_an_export_is_read_in_again_as_it_was():
    assert from_export(file(), COUNTRIES) == luc()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b"\xff\xfe",
        b'{"format": "other"}',
        b'{"format": "objection-bot export 1"}',
        b"[" * 90_000,
    ],
)
def test_another_file_is_refused(content):
    with pytest.raises(ObjectionBotError):
        from_export(content, COUNTRIES)


@pytest.mark.parametrize(
    "change",
    [
        lambda person: person.update(language="<b>"),
        lambda person: person.update(zone="../../etc/passwd"),
        lambda person: person.update(residence="<i>"),
        lambda person: person.update(region="DE-<b>"),
        lambda person: person["quiet"].update(start=99),
        lambda person: person["cases"][0].update(country="ZZ"),
        lambda person: person["cases"][0].update(place="<script>"),
        lambda person: person["cases"][0].update(facts=[]),
        lambda person: person["cases"][0].update(snoozed_until="9999-12-31"),
        lambda person: person["cases"][0].update(told=["x" * 1000]),
        lambda person: person["cases"][0].update(told=["x"] * 1000),
        lambda person: person["cases"][0]["facts"][0].update(day="9999-12-31"),
        lambda person: person["cases"][0]["facts"][0].update(note="Ms Miller, 5 Main Street"),
        lambda person: person["cases"][0].update(service="whatever"),
        lambda person: person.update(cases=person["cases"] * 21),
        lambda person: person["cases"][0].update(facts=person["cases"][0]["facts"] * 99),
    ],
)
def test_what_we_could_not_have_written_is_refused(change):
    with pytest.raises(ObjectionBotError):
        from_export(file(change), COUNTRIES)


@settings(max_examples=200)
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_no_file_makes_it_fall(content):
    with pytest.raises(ObjectionBotError):
        from_export(content, COUNTRIES)
