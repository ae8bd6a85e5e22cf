import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cases import Case, Fact, Label, QuietHours, Session
from bot.domain.deliveries import Kind, Lane, Saying
from bot.domain.people import Person
from bot.use_cases import documents
from tests.conversations.pure import sent

days = st.dates(date(2018, 1, 1), date(2099, 1, 1))
words = st.text("abcdefghijklmnopqrstuvwxyz_", max_size=12)
people = st.builds(
    Person,
    st.integers(1, 2**52),
    st.sampled_from(["en", "de"]),
    st.just("Europe/Berlin"),
    since=days,
    seen=days,
    residence=st.none() | st.sampled_from(["DE", "CH"]),
    quiet=st.builds(QuietHours, st.integers(0, 23), st.integers(0, 23)),
    cases=st.lists(
        st.builds(
            Case,
            st.integers(1, 20),
            label=st.none() | st.sampled_from(Label),
            country=st.just("DE"),
            facts=st.lists(st.builds(Fact, note=words, day=days, noted=days), max_size=4).map(tuple),
            told=st.lists(words, max_size=4).map(tuple),
            snoozed_until=st.none() | days,
        ),
        max_size=3,
    ).map(tuple),
    session=st.builds(Session, answers=st.dictionaries(words, words, max_size=4), trail=st.lists(words).map(tuple)),
    nudged=st.none() | days,
    kept_until=st.none() | days,
)


@given(people)
def test_everybody_comes_back_from_json_as_they_were(person):
    assert documents.to_person(json.loads(json.dumps(documents.of_person(person)))) == person


def test_a_document_of_an_older_shape_is_completed_by_the_defaults():
    document = documents.of_person(sent().person)
    for field in ("quiet", "nudged", "kept_until", "blocked", "region", "zone_chosen"):
        del document[field]
    for field in ("told", "stopped", "snoozed_until", "label", "place"):
        del document["cases"][0][field]
    assert documents.to_person(document).quiet == QuietHours()
    assert documents.to_person(document).cases[0].stopped is False


def test_a_saying_is_kept_as_keys_and_small_values_with_language_and_clock():
    saying = Saying(
        "nudge/kept", lane=Lane.REMINDER, values={"day": "2027-01-04"}, aside="photo", message_id=4, ends=True
    )
    assert documents.of_saying(saying, sent().person) == {
        "kind": Kind.SCREEN.value,
        "screen": "nudge/kept",
        "values": {"day": "2027-01-04"},
        "buttons": [],
        "aside": "photo",
        "message_id": 4,
        "silent": False,
        "ends": True,
        "topic": None,
        "reply_to": None,
        "language": "en",
        "zone": "Europe/Berlin",
    }


def test_an_export_is_marked_as_ours():
    export = documents.of_export(sent().person)
    assert export["format"] == documents.EXPORT_FORMAT
    assert export["person"]["cases"][0]["country"] == "DE"
