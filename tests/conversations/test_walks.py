"""Anybody may press, type and wait in any order: hypothesis plays people, and some things must always hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.cases import MAX_CASES, MAX_FACTS, FactKind
from bot.domain.deliveries import Kind
from bot.domain.reminders import KEYS_KEPT
from bot.rendering.languages import languages
from bot.rendering.messages import rendered
from bot.sandbox.telegram_html import parse
from bot.use_cases import documents
from conversations import registry
from conversations.events import Found, Membership, Taken, Unreadable
from tests.conversations.pure import NOON, Chat, sent

SECRET = "Rumpelstilzchen"
"""Stands in all that people type here; it must be nowhere afterwards."""
TEXTS = (
    f"{SECRET} hello",
    f"Dear Sir, {SECRET} " * 20,
    f"{SECRET}@mail.example",
    "482913",
    "Germany",
    "Schweiz",
    "Thailand",
    "Guinea",
    "🇫🇷",
    "3.12.2026",
    "31.12.2020",
    "1.1.2030",
    "December 3",
    "https://www.facebook.com/help/contact/712876720715583",
    "https://meta-optout.example/form",
    "0",
    "",
    "\u202e<b>&{{7*7}}%s{0}",
)
COMMANDS = (
    *(f"/{name}" for name in registry.COMMANDS),
    "/start de_facebook", "/start pl_instagram_de", "/start ZZ_zz_<b>", "/status GB", "/status nowhere", "/x",
)  # fmt: skip
HOSTILE = (
    "", "x", ":", "a.b:c::1", "start.hello:facebook::1", "cases.list:c1:1:1", "data.delete:yes::1",
    "cases.case:close:99:1",
    "nudge.confirmed:yes:1:1", "nudge.several:c20::1", "nudge.expiry:keep::1", "data.goodbye:_cases::1", "é" * 32,
    "sent.noted:fine:1:999999999", "nudge.not_sent:_back:1:1",
)  # fmt: skip
KINDS = (*registry.ASIDES, "other")

FORGED = st.from_regex(r"[a-z.]{1,20}:[a-z]{1,5}:\d?:\d", fullmatch=True)
press = st.tuples(st.just("press"), st.integers(0, 30))
deeds = st.one_of(
    press,
    press,
    press,
    press,
    press,
    st.tuples(st.just("text"), st.sampled_from(TEXTS)),
    st.tuples(st.just("text"), st.sampled_from(COMMANDS)),
    st.tuples(st.just("text"), st.text(max_size=40)),
    st.tuples(st.just("sends"), st.sampled_from(KINDS)),
    st.tuples(st.just("forges"), st.sampled_from(HOSTILE) | FORGED),
    st.tuples(st.just("presses_old"), st.integers(0, 200)),
    st.tuples(st.just("waits"), st.sampled_from((1, 11, 26, 24 * 8, 24 * 33, 24 * 400))),
    st.tuples(st.just("is_woken"), st.just(0)),
    st.tuples(st.just("file"), st.sampled_from(("found", "unreadable", "taken", "document"))),
    st.tuples(st.just("blocks"), st.booleans()),
)  # fmt: skip


def done(chat: Chat, deed: str, how, old: list[str]) -> Chat:
    if deed == "press":
        return chat.presses_data(chat.data[how % len(chat.data)]) if chat.data else chat.types("/start")
    if deed == "presses_old":
        return chat.presses_data(old[how % len(old)]) if old else chat
    if deed == "is_woken":
        return chat.until_woken() if chat.wake_at else chat.is_woken()
    return DEEDS[deed](chat, how)


def filed(chat: Chat, how: str) -> Chat:
    if how == "document":
        return chat.sends("document", "file")
    return chat.happens({"found": Found(1, "f"), "unreadable": Unreadable(), "taken": Taken(sent().person)}[how])


DEEDS = {
    "text": Chat.types,
    "sends": Chat.sends,
    "forges": Chat.presses_data,
    "waits": lambda chat, hours: chat.later(hours=hours),
    "file": filed,
    "blocks": lambda chat, blocked: chat.happens(Membership(blocked=blocked)),
}


def must_hold(before: Chat, after: Chat) -> None:
    if after.erased:
        return
    person = after.person
    kept = json.dumps(documents.of_person(person))
    assert documents.to_person(json.loads(kept)) == person
    assert len(kept) < 60_000
    assert SECRET.casefold() not in kept.casefold()
    assert len(person.session.trail) <= 12
    assert len(person.session.answers) <= 16
    assert all(len(key) <= 12 and len(value) <= 80 for key, value in person.session.answers.items())
    for case in person.cases:
        assert after.scene().world.country(case.country) or case.service.value == "none"
        assert len(case.facts) <= 60
        assert len(case.told) <= 40
    wake = after.wake_at
    assert wake is None or wake > after.now
    if after.turn is not before.turn:
        said_well(before, after)


def said_well(before: Chat, after: Chat) -> None:
    sayings = after.turn.sayings
    screens = [saying for saying in sayings if saying.kind is Kind.SCREEN]
    assert len(screens) <= 1
    assert after.person.session.revision == before.person.session.revision + len(screens) or before.erased
    for saying in sayings:
        document = documents.of_saying(saying, after.person)
        written = json.dumps(document)
        assert json.loads(written) == document
        assert len(written) < 12_000
        assert SECRET.casefold() not in written.casefold()
    for saying in screens:
        assert saying.screen in registry.STEPS
        for language in languages():
            message = rendered({**documents.of_saying(saying, after.person), "language": language}, after.now)
            assert 0 < len(parse(message.text)[0]) <= 4096
            assert all(button.label for row in message.rows for button in row)


def walk(start: Chat, doings) -> Chat:
    chat, old = start, []
    for deed, how in doings:
        before = Chat(person=Chat().person, now=chat.now, tongue=chat.tongue) if chat.erased else chat
        chat = done(before, deed, how, old)
        must_hold(before, chat)
        old += chat.data
    return chat


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(deeds, min_size=5, max_size=45))
def test_a_stranger_may_do_anything(doings):
    walk(Chat(tongue="de"), doings)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(deeds, min_size=5, max_size=45))
def test_somebody_with_two_objections_may_do_anything(doings):
    start = sent().types("/object").presses("several", "both").types("France").presses("two")
    walk(start.types("/cases"), doings)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(press, min_size=10, max_size=80))
def test_pressing_alone_leads_everywhere_and_never_into_a_fault(doings):
    walk(Chat(tongue="fr").types("/start"), doings)


@pytest.mark.long
@settings(max_examples=5_000, suppress_health_check=list(HealthCheck))
@given(st.lists(deeds, min_size=5, max_size=80))
def test_a_stranger_may_do_anything_for_long(doings):
    walk(Chat(tongue="de"), doings)


def test_the_largest_person_there_can_be_fits_into_an_export():
    chat = sent()
    for _ in range(25):
        chat = chat.types("/cases").presses("another", "facebook", "DE", "app")
    assert len(chat.person.cases) == MAX_CASES
    for case in chat.person.cases:
        for day in range(MAX_FACTS + 20):
            kind = (FactKind.SENT, FactKind.NO_FURTHER_ACTION)[day % 2]
            case = case.with_fact(kind, today=NOON.date() + timedelta(days=day), note="third_party")  # noqa: PLW2901
        chat = replace(chat, person=chat.person.with_case(replace(case, told=("2026-12-03:not_sent:1",) * KEYS_KEPT)))
    assert len(json.dumps(documents.of_person(chat.person)).encode()) < documents.LARGEST_EXPORT
