"""What programs read: files that hold their schema, a feed that readers can follow."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import pytest_asyncio

from bot.domain.forms import Purpose, Service
from bot.domain.incidents import Cause, Correction, Proof
from bot.domain.observations import Reason, Verdict
from bot.domain.statuses import Condition
from bot.web.status_file import NEWEST, VERSION
from tests.web.boards import NOW, BoardInMemory, crowded, eventful, outage
from tests.web.status_pages import KNOWLEDGE, reader_of

pytestmark = pytest.mark.asyncio(loop_scope="module")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader():
    async with reader_of(eventful()) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def schema(reader):
    return (await reader.get("/status.schema.json")).json()


def holds(file, schema):
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(schema, format_checker=checker).validate(file)
    known = set(schema["properties"])
    assert set(file) <= known, "what is in the file is in the schema"


@pytest.mark.parametrize("path", ["/status.json", "/status/DE.json", "/status/incident/31.json"])
async def test_every_file_holds_the_schema_that_is_served_beside_it(reader, schema, path):
    answer = await reader.get(path)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    holds(answer.json(), schema)
    assert answer.json()["version"] == VERSION


async def test_the_schema_names_every_record_as_it_is(reader, schema):
    country, incident = (
        (await reader.get("/status/DE.json")).json(),
        (await reader.get("/status/incident/31.json")).json(),
    )
    records = {"form": country["forms"], "status": country["statuses"], "incident": country["incidents"],
               "day": country["days"], "observation": incident["observations"]}  # fmt: skip
    for name, found in records.items():
        described = schema["$defs"][name]
        assert found
        assert all(set(each) == set(described["properties"]) == set(described["required"]) for each in found)


async def test_the_schema_knows_every_word_of_the_program(schema):
    defined = schema["$defs"]
    assert set(defined["verdict"]["enum"]) == set(Verdict)
    assert set(defined["reason"]["enum"]) == set(Reason)
    assert set(defined["status"]["properties"]["condition"]["enum"]) == set(Condition)
    incident = defined["incident"]["properties"]
    assert set(incident["causes"]["items"]["enum"]) == set(Cause)
    assert set(incident["proof"]["enum"]) == set(Proof)
    assert set(incident["correction"]["enum"]) == {*Correction, None}
    assert set(defined["form"]["properties"]["service"]["enum"]) == {*Service, None}
    assert set(defined["form"]["properties"]["purpose"]["enum"]) == {*Purpose, None}


async def test_a_wrong_file_does_not_hold_the_schema(reader, schema):
    file = (await reader.get("/status.json")).json()
    for change in ({"version": 2}, {"generated_at": "yesterday"}, {"statuses": [{"form": "x"}]}):
        with pytest.raises(jsonschema.ValidationError):
            holds(file | change, schema)


async def test_two_reports_are_no_number_and_seven_are(reader):
    statuses = (await reader.get("/status/DE.json")).json()["statuses"]
    assert {each["form"]: each["people_reporting"] for each in statuses} == {
        "facebook-2025": None, "facebook-2024": None, "instagram-2025": 7, "third-party": None,
    }  # fmt: skip


async def test_the_file_of_a_country_has_its_30_days_and_a_file_of_an_incident_all_looks(reader):
    days = (await reader.get("/status/DE.json")).json()["days"]
    facebook = [each for each in days if each["form"] == "facebook-2025"]
    assert (len(facebook), facebook[-1]["day"], facebook[-5]["down_seconds"]) == (30, "2026-12-01", 11_000)
    looks = (await reader.get("/status/incident/31.json")).json()["observations"]
    assert [each["id"] for each in looks] == list(range(900, 912))
    assert looks[1]["redirects"][0]["to"] == "https://www.facebook.com/login/"


async def test_of_very_many_outages_the_newest_are_in_the_file_and_it_says_what_it_leaves_out():
    board = crowded(KNOWLEDGE, incidents=0)
    board.all_incidents = [
        outage(number, started_at=NOW - timedelta(hours=number), confirmed_at=NOW, ended_at=NOW)
        for number in range(1, NEWEST + 8)
    ]
    async with reader_of(board) as opened:
        file = (await opened.get("/status.json")).json()
        assert len(file["statuses"]) == 318
        assert [each["id"] for each in file["incidents"]] == list(range(1, NEWEST + 1))
        assert file["incidents_left_out"] == 7


async def test_the_feed_tells_each_outage_its_end_and_its_correction(reader):
    answer = await reader.get("/status.atom?lang=en")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    titles = [each.findtext(f"{ATOM}title") for each in feed.iter(f"{ATOM}entry")]
    assert titles == [
        "Outage: Austria, Instagram: objection to AI training",
        "Outage: Germany, Instagram: objection to AI training",
        "Answers again: Germany, Facebook: objection to AI training",
        "Corrected, no outage: Germany, Facebook: objection to AI training",
    ]
    changes = [each.findtext(f"{ATOM}updated") for each in feed.iter(f"{ATOM}entry")]
    assert changes == sorted(changes, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == changes[0]
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Advice <Centre> & Co"


async def test_an_entry_keeps_its_name_when_the_outage_ends():
    names = []
    for incident in (outage(7), outage(7, ended_at=NOW)):
        async with reader_of(BoardInMemory({}, [incident])) as opened:
            feed = ET.fromstring((await opened.get("/status.atom")).content)
            names.append([each.text for each in feed.iter(f"{ATOM}id")])
    assert names[0] == names[1]
    assert len(set(names[0])) == 2


async def test_a_feed_without_outages_is_a_feed():
    async with reader_of(BoardInMemory()) as opened:
        feed = ET.fromstring((await opened.get("/status.atom?lang=de")).content)
        assert feed.findtext(f"{ATOM}title") == "Ausfälle von Metas Widerspruchsformularen"
        assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
