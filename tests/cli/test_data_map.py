"""`objection-bot data-map`: no field without a purpose."""

from __future__ import annotations

import dataclasses

import pytest

from bot.domain.people import Person
from bot.storage.schema import metadata
from bot.use_cases.data_map import PURPOSES, fields_of


def test_every_column_of_every_table_is_in_the_map(command):
    told = {(each["table"], each["field"]) for each in command("data-map", "--json").json}
    assert told >= {(table.name, column.name) for table in metadata.sorted_tables for column in table.columns}


def test_every_line_says_purpose_period_and_end(command):
    for line in command("data-map", "--json").json:
        assert list(line) == ["table", "field", "purpose", "kept", "erased"]
        assert all(value.strip() for value in line.values()), line


def test_the_sealed_document_is_opened_up_to_its_last_field(command):
    told = {each["field"] for each in command("data-map", "--json").json if each["table"] == "people"}
    assert {"sealed: residence", "sealed: cases.facts.day", "sealed: session.answers", "sealed: quiet.start"} <= told


@pytest.mark.parametrize("kind", PURPOSES, ids=lambda kind: kind.__name__)
def test_purposes_and_fields_are_the_same(kind):
    assert list(PURPOSES[kind]) == [each.name for each in dataclasses.fields(kind)]


def test_a_new_field_without_a_purpose_is_found():
    longer = dataclasses.make_dataclass("Longer", [("shoe_size", int, 0)], bases=(Person,), frozen=True)
    PURPOSES[longer] = PURPOSES[Person]
    try:
        with pytest.raises(KeyError, match="shoe_size"):
            list(fields_of(longer))
    finally:
        del PURPOSES[longer]


def test_the_table_names_every_field(command):
    told = command("data-map").out
    for path, _ in fields_of(Person):
        assert path.rpartition(".")[2] in told
    assert "how erased" in told
