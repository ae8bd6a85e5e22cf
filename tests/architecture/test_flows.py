"""All flows, walked through by a machine: every button of every screen, and every screen in every language."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict, deque
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import nodes

from bot.domain.answers import AnswerKind, HowSure, Reading
from bot.domain.bulletins import LONGEST
from bot.domain.cases import Case, FactKind, Label
from bot.domain.forms import Service
from bot.domain.groups import GENERAL
from bot.domain.observations import Observation, Reason, Verdict
from bot.domain.orders import Order
from bot.domain.phases import Phase, Said, said_of
from bot.domain.stages import Stage, stage_of
from bot.domain.standings import Standing
from bot.domain.statuses import Condition, Status
from bot.rendering.languages import catalogue, languages
from bot.rendering.messages import TEMPLATES, rendered, renderer
from bot.sandbox.telegram_html import parse, utf16
from bot.use_cases import documents
from conversations import buttons, registry, telling
from conversations.back.flow import NEXT
from conversations.closing.flow import CLOSED
from conversations.effects import Erase, ForgetGroup, SayInGroup
from conversations.events import Filled, Found, Invited, Meaning, Taken, Text, Unreadable, Written
from conversations.group.flow import CHOOSE
from conversations.leading import WISHES
from conversations.link.flow import what_it_is
from conversations.questions.flow import TOPICS
from conversations.steps import Choice, Link
from conversations.typed import BY_TAP
from conversations.wording import seen
from tests.conversations.desk import ALONE, BULLETINS, CLOSERS, CLOSINGS, MATTERS, OPERATOR
from tests.conversations.pure import GROUP, KNOWLEDGE, NOON, Chat, Noticeboard, steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.deliveries import Message

AT_MOST_OF_A_SCREEN = 24
"""States of one screen that are walked on from, the first ones met: more of the same lead nowhere else."""
COUNTRIES = {"DE", "FR", "GB", "CH", "BR"}
"""One of each law, and one whose parts have authorities; the others differ in nothing that is asked."""
OUTAGE, NO_CODES = "AT", "IE"
"""Where an outage is confirmed, and where codes are missing (tests.conversations.pure)."""
SHORT = 350
LONG = {
    "write/complain": "holds the text that is to be filed",
    "write/what": "holds the text that is to be sent",
    "back/standing": "where it stands, its date, and the last day for a complaint",
    "write/company": "holds the text that is to be sent",
    "write/devoid": "holds the text that is to be sent",
    "nudge/ask": "holds the text that is to be sent",
    "sent/noted": "the proof, the date and its reason belong together",
    "third/noted": "the proof, the date and its reason belong together",
    "object/app": "Meta's menu words, and what was seen",
    "object/browser": "the way, the warning, and what was seen",
    "object/sentence": "holds the text that is to be sent, in two languages",
    "third/what": "what the form is, what it asks for, and what was seen",
    "object/computer": "Meta's menu words, the address, and what was seen",
    "status/seen": "two forms, each with the last 30 days",
    "cases/case": "lists the days of a case",
    "group/panel": "all settings of a group, seen at once",
    "group/hello": "what is posted, what the bot must not be made, and the groups there are",
    "admin/desk": "the numbers of everything, for operators",
    "admin/outages": "a list, for operators",
    "admin/pages": "a list, for operators",
    "admin/why": "the looks, and each step of what is concluded from them",
    "admin/preview": "holds what groups would read",
    "bulletin/preview": "holds what groups would read",
    "bulletin/ready": "a list, for operators",
    "bulletin/languages": "a list, for operators",
    "admin/announcement": "what was seen and how far it is told, for operators",
    "admin/closing": "what closing means, and whom it reaches, for operators",
    "admin/closing_preview": "holds what people and groups would read",
    "closing/told": "the day, the person's own dates, and what stays",
}
"""Screens that may be longer than 350 characters, each with its reason."""
GREAT = 700
LETTERS = {"paper/text", "paper/read"}
"""Screens that are a whole letter, which has its own limit (tests/letters)."""
"""Nothing is longer than that, whatever its reason."""


def key_of(chat: Chat) -> tuple[Any, ...]:  # noqa: C901, PLR0912  # a flow a branch
    """What makes a state another one: of two with the same key only one is walked on from."""
    scene, answer = chat.scene(), chat.scene().answer
    case, flow = scene.case, chat.screen.partition("/")[0]
    more: tuple[Any, ...] = ()
    if flow in {"start", "accounts", "tried"}:
        more = (answer("next"), bool(answer("service")), bool(scene.country))
    elif flow == "link":
        more = (answer("next"), bool(answer("service")), bool(scene.country), answer("trait"), what_it_is(scene))
    elif flow == "elsewhere":
        more = (scene.country, answer("next"))
    elif flow in {"status", "object", "trouble"}:
        return (chat.screen, bool(chat.aside), *seen_key(chat))
    elif chat.screen == "data/mine":
        more = (bool(chat.wishes), bool(chat.counted))
    elif flow in {"sent", "write", "nudge"}:
        law = scene.world.jurisdiction_id(chat.person.residence or scene.country)
        more = (law, scene.due.basis if scene.due else None, bool(answer("moving")), "next" in chat.choices)
    elif flow == "answer":
        more = (answer("extended"), scene.country == "BR")
    elif flow == "group":
        return chat.screen, bool(chat.aside), *group_key(chat)
    elif flow == "counter":
        return chat.screen, bool(chat.counted), bool(chat.standings)
    elif flow == "admin":
        told = (answer("about"), answer("noted"), answer("why"), answer("language"), answer("day"), answer("refused"))
        return (chat.screen, chat.person.chat_id, *told)
    elif flow == "bulletin":
        return chat.screen, bool(chat.aside), *draft_key(chat)
    elif flow == "share":
        more = (answer("share"), len(chat.person.cases))
    elif flow == "settings":
        more = (any(each.stopped for each in chat.person.cases),)
    stage = scene.stage(case) if case else None
    return (chat.screen, bool(chat.aside), scene.service is Service.NONE, stage, *more, *_advised(chat))


def group_key(chat: Chat) -> tuple[Any, ...]:
    """Where the settings of a group, and what Telegram says of the person there, decide what is offered."""
    group, why = chat.groups.get(GROUP), chat.scene().answer("why")
    state = group and (
        group.state, group.needs_topic, group.silent, group.hold, len(group.countries), group.counter,
    )  # fmt: skip
    return state, chat.standings.get(GROUP), why, bool(chat.person.groups)


def draft_key(chat: Chat) -> tuple[Any, ...]:
    """How far an operator's message to groups has come."""
    draft, values = chat.person.draft, chat.shown["values"] if chat.shown else {}
    wrong = bool(values.get("refused")), values.get("length", 0) > LONGEST
    return draft and (draft.kind, len(draft.words), draft.languages, draft.settled, draft.act, draft.others), wrong


def seen_key(chat: Chat) -> tuple[Any, ...]:
    """Where what is seen of the forms decides what is offered."""
    scene, asked, wishes = chat.scene(), chat.scene().answer("asked"), bool(chat.wishes)
    if chat.screen == "status/unknown":
        return asked, bool(scene.country)
    if chat.screen.startswith("status/"):
        return asked in {OUTAGE, NO_CODES} and asked, scene.answer("wish").partition(".")[0], wishes, not scene.case
    stage = scene.stage(scene.case) if scene.case else None
    down, lives = scene.country == OUTAGE, bool(chat.person.residence)
    return down, down and wishes, chat.screen == "trouble/country" and lives, scene.service is Service.NONE, stage


def _advised(chat: Chat) -> tuple[Any, ...]:
    """On some screens the buttons go by the phase, and by whether the answer came from another form."""
    scene, case = chat.scene(), chat.scene().case
    if case and chat.screen in {"back/standing", "nudge/answered"}:
        return (scene.phase(case), said_of(case) is Said.OTHER_FORM)
    return ()


def moves(chat: Chat) -> Iterator[Chat]:
    """Whatever the person can do next, and what time can do."""
    for data in chat.data:
        button = buttons.decode(data)
        if re.fullmatch(r"[A-Z]{2}", button.choice) and button.choice not in COUNTRIES:
            continue
        yield chat.presses_data(data)
    if chat.wake_at is not None:
        woken = chat.until_woken()
        yield woken
        if woken.wake_at is not None:
            yield woken.until_woken()
    if chat.screen == "nudge/stopped":
        yield chat.types("/settings")
    if chat.screen == "answer/what":
        for kind in AnswerKind:
            yield chat.happens(Text(9, Meaning(answer=Reading(kind, HowSure.SURE), is_personal=True)))
    yield from (chat.happens(Filled(9, sent)) for sent in (True, False) if chat.screen == "paper/fill")
    yield from typed(chat)


def typed(chat: Chat) -> Iterator[Chat]:
    """What can be typed where something typed is asked for."""
    step = steps().get(chat.screen)
    if step and step.for_others:
        yield from (chat.happens(Text(9, Meaning(written=written, is_personal=True))) for written in WRITTEN)
    elif step and step.heard:
        for text in ("Switzerland", "Thailand", "Irland", "3.12.2026", "1.1.2030", "Guinea", "Brazil", "South Korea"):
            yield chat.types(text)


def entries() -> Iterator[Chat]:
    """Every command, every leaflet, every kind of message, for a stranger and for somebody with a case."""
    known = Chat().types("/start de_facebook").presses("app", "form", "sent")
    several = known.types("/object").presses("several", "both").types("Germany").presses("two")
    yield several.presses("first", "app", "form", "sent", "yes", "confirmed", "mail")
    for chat in (Chat(), replace(Chat(), tongue="de"), known, several):
        for name in registry.COMMANDS:
            yield chat.types(f"/{name}")
        for text in TYPED:
            yield chat.types(text)
        for text in PASTED:
            yield chat.types(text)
            yield chat.types("/start de_instagram").presses("app").types(text)
        for kind in (*registry.ASIDES, "other"):
            yield chat.sends(kind)
        refused = Chat().types("/start").presses("tried", "answered", "facebook").types("United Kingdom")
        yield refused.presses("refused", "complain", "GB")
        for topic in TOPICS:
            yield chat.happens(Text(9, Meaning(topics=(topic,))))
        yield chat.happens(Text(9, Meaning(topics=tuple(TOPICS)[:4])))
        yield chat.happens(Text(9, Meaning(asks=True)))
        for meaning in SAID:
            yield chat.happens(Text(9, meaning))
        yield from told(chat)
        wished = chat.types(f"/start {OUTAGE}_instagram").presses("app", "answers")
        yield wished.types("/mydata")
        yield wished.types(f"/status {OUTAGE}").presses("answers.facebook").types("/mydata")
        yield chat.happens(Found(2, "file"))
        yield chat.happens(Unreadable())
        yield chat.happens(Taken(several.person))
        yield chat.presses_data("no.such:button::1")
        yield from grouped(chat)


def told(chat: Chat) -> Iterator[Chat]:
    """What comes because somebody wished to know."""
    for screen in (telling.AGAIN, telling.CODES, telling.CORRECTED, "paper/corrected"):
        for country in ("DE", OUTAGE):
            yield chat.is_told(screen, Service.INSTAGRAM, country)
    for closing in CLOSINGS:
        yield chat.is_told_of_closing(closing)
        yield chat.after_closing(closing)
    for screen in (telling.PAGE_NOBODY, telling.PAGE_PEOPLE):
        yield chat.is_told_of_page(screen, "https://www.facebook.com/privacy/genai")


def grouped(chat: Chat) -> Iterator[Chat]:
    """Somebody who sets up a group, and what Telegram may say of them and of the bot there."""
    for is_forum in (True, False):
        admin = chat.standing(is_admin=True, is_forum=is_forum).types("/start group")
        chosen = admin.presses("choose")
        yield chosen
        panel = chosen.shares()
        yield panel
        yield panel.presses("rate", "rate", "silent", "hold")
        chosen_topic = replace(panel, groups={GROUP: replace(panel.groups[GROUP], topic=GENERAL)})
        yield chosen_topic.hears("panel", "topic")
        yield chosen_topic.hears("paused")
        for stands in ({"is_admin": False}, {"is_admin": None}, {"is_admin": None, "is_in": False}):
            other = panel.standing(**stands).presses("silent")
            yield other
            yield other.standing(is_admin=True).presses(other.choices[0])
    for kind, why in (
        ("trouble", "topic"), ("trouble", "no_right"), ("trouble", "removed"), ("trouble", "unreachable"),
        ("made_admin", ""), ("back", ""), ("unsure", ""),
    ):  # fmt: skip
        yield chat.standing(is_admin=None if kind == "unsure" else True).hears(kind, why)

    yield from counted(chat)
    yield from at_the_desk()


def counted(chat: Chat) -> Iterator[Chat]:
    """A member of a group who opens the link to its counter, which may be off or somebody else's."""
    admin = chat.standing(is_admin=True).types("/start group").presses("choose").shares().presses("counter", "on")
    yield admin.presses("counter")
    for belongs in (True, False):
        member = replace(chat, groups=admin.groups, standings={GROUP: Standing(None, belongs=belongs)})
        yield member.happens(Invited(GROUP))
    joined = replace(member, standings={GROUP: Standing(None)}).happens(Invited(GROUP)).presses(f"yes.{GROUP}")
    yield joined
    yield joined.types("/mydata").presses("counted")
    yield replace(chat, standings={GROUP: Standing(None)}).happens(Invited(GROUP))
    full = replace(joined, counted=frozenset(range(-20, 0)))
    yield full.happens(Invited(GROUP))


def at_the_desk() -> Iterator[Chat]:
    """What operators open, and the buttons of messages that they are sent."""
    operator = replace(Chat(), person=replace(Chat().person, chat_id=OPERATOR))
    yield operator.types("/admin")
    for each in MATTERS:
        yield operator.presses_data(f"admin.announcement:open.a{each.announcement.id}::1")
        yield operator.presses_data(f"admin.outages:outage.i{each.announcement.id}::1")
        yield operator.presses_data(f"admin.announcement:hold.a{each.announcement.id}::1")
        yield operator.presses_data(f"admin.announcement:sure.a{each.announcement.id}::1")
        yield operator.presses_data(f"admin.sure:send.a{each.announcement.id}::1")
        yield operator.presses_data(f"admin.correct:fault.i{each.announcement.id}.m::1")
    for each in BULLETINS:
        yield operator.presses_data(f"admin.announcement:open.a{each.announcement.id}::1")
        yield operator.presses_data(f"admin.announcement:sure.a{each.announcement.id}::1")
        yield operator.presses_data(f"admin.announcement:preview.a{each.announcement.id}::1")
        yield operator.presses_data(f"admin.announcement:drop.a{each.announcement.id}::1")
    for gone in ("ready:ready", "ready:in.de", "words:anew", "languages:chosen"):
        yield operator.presses_data(f"bulletin.{gone}::1")
    for chat_id in (*CLOSERS, ALONE):
        closer = replace(operator, person=replace(operator.person, chat_id=chat_id))
        yield closer.presses_data("admin.desk:closing::1")
        yield closer.presses_data("admin.closing_sure:close.2026-12-31::1")
        yield closer.presses_data("admin.closing_off:off.2026-12-31::1")
        yield closer.presses_data("admin.closing_day:choose::1").types("31.12.2026")
    for unknown in ("report.a99", "open.a99", "preview.a99", "sure.a99", "outage.i99", "why.i99", "ours.i99"):
        yield operator.presses_data(f"admin.announcement:{unknown}::1")


WRITTEN = (
    Written("Good morning", 8),
    Written("x" * 1001, 8),
    Written("See evil.example", 8, ("evil.example",)),
)
SMALL_TALK = ("greeting", "thanks", "anger", "goodbye", "confusion", "emoji")
SAID = (
    *(Meaning(small_talk=talk) for talk in SMALL_TALK),
    *(Meaning(door=door) for door in WISHES if door != "complain"),  # buttons lead there from wherever one may
    Meaning(is_personal=True, is_private=True),
)
TYPED = (
    "/status Germany", "/status TH", f"/status {OUTAGE}", f"/status {NO_CODES}", f"/start {OUTAGE}_instagram",
    "/start fr", "/start de_facebook", "/start us_facebook", "/start br_facebook",
    "/start xx", "/nonsense", *(f"/status {code}" for code in KNOWLEDGE.outlooks),
)  # fmt: skip
PASTED = (
    "https://www.facebook.com/help/contact/712876720715583",
    "https://www.facebook.com/privacy",
    "https://l.facebook.com/l.php?u=x",
    "https://meta-optout.example/form",
    "https://192.0.2.1/x",
    "https://www.facebook.com/help/contact/6359191084165019",
    "https://help.instagram.com/contact/767264225370182",
    "https://help.instagram.com/contact/233964459562201",
    "https://www.facebook.com/help/contact/1266025207620918",
    "https://help.meta.com/support/privacy",
    "https://www.facebook.com/help/contact/1994830130782319",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fmeta-optout.example%2F",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.instagram.com%2F",
    "https://l.facebook.com/l.php?u=javascript:x",
    "https://www.facebook.com/login",
    "https://wa.me/1",
    "https://fаcebook.com",
    "https://facebook.com@meta-optout.example",
    "https://bit.ly/x",
    "https://ｆacebook.com",
    "javascript:x",
    "https://face\u200bbook.com",
    "https://x@facebook.com",
    "https://facebook.com:8443",
    "https://fb.me/x",
    "https://localhost/x",
    "482913",
    "write to me at anna@mail.example",
    "hello?",
)


@cache
def walked() -> tuple[dict[tuple[Any, ...], Chat], dict[str, set[str]]]:
    """Breadth first, every button: the states by their key, and for each screen the choices that were pressed."""
    found: dict[tuple[Any, ...], Chat] = {}
    pressed: defaultdict[str, set[str]] = defaultdict(set)
    of_a_screen: Counter[str] = Counter()
    waiting = deque(entries())
    while waiting:
        chat = waiting.popleft()
        key = key_of(chat)
        if key in found or of_a_screen[chat.screen] >= AT_MOST_OF_A_SCREEN:
            continue
        found[key] = chat
        of_a_screen[chat.screen] += 1
        pressed[chat.screen].update(chat.choices)
        if not chat.erased:
            waiting.extend(moves(chat))
    return found, dict(pressed)


@cache
def documents_shown() -> list[dict[str, Any]]:
    """What was shown, each kind of it once."""
    kinds = {}
    for chat in walked()[0].values():
        if chat.shown:
            kinds.setdefault((chat.screen, chat.aside, json.dumps(chat.shown["values"], sort_keys=True)), chat.shown)
    return list(kinds.values())


@cache
def messages_in(language: str) -> list[tuple[dict[str, Any], Message]]:
    return [(each, rendered({**each, "language": language}, NOON)) for each in documents_shown()]


LANGUAGES = list(languages())


def test_every_step_can_be_reached():
    reached = {chat.screen for chat in walked()[0].values()}
    assert set(steps()) - reached == set()


def test_every_choice_of_every_step_can_be_pressed():
    _, pressed = walked()
    fixed = {
        (screen, choice.id)
        for screen, step in steps().items()
        if not callable(step.choices)
        for choice in step.choices
        if isinstance(choice, Choice)
    }
    assert {(screen, choice) for screen, choice in fixed if choice not in pressed.get(screen, ())} == set()


def test_every_case_that_the_walk_makes_is_one_of_a_known_country():
    for chat in walked()[0].values():
        for case in chat.person.cases:
            served = chat.scene().world.country(case.country)
            assert served or case.service is Service.NONE, (chat.screen, case)


def test_every_screen_has_a_next_step_and_a_way_back():
    ends = set()
    for chat in walked()[0].values():
        if not chat.shown or chat.screen in {registry.GOODBYE, CHOOSE, CLOSED}:
            continue
        assert "_cases" in chat.choices, chat.screen
        step = steps()[chat.screen]
        if not step.heard and not set(chat.choices) - {"_cases", "_back"}:
            ends.add(chat.screen)
    assert ends == {"data/taking", "nudge/kept"}, "the first goes on by itself, the second is the end of the line"


def test_no_word_erases_or_goes_to_many_only_a_tap_does():
    """A typed label is its press (conversations/typed.py), but for these."""
    for chat in walked()[0].values():
        scene = chat.scene()
        screen = scene.person.session.screen
        if not registry.find(screen) or screen.startswith(BY_TAP):
            continue
        for choice in registry.step(screen).choices_in(scene):
            if isinstance(choice, Choice) and not choice.by_tap:
                after = choice.do(scene)
                grave = [each for each in after.effects if isinstance(each, Erase | ForgetGroup | SayInGroup | Order)]
                assert not grave, (screen, choice.id)
                assert len(after.person.cases) >= len(scene.person.cases), (screen, choice.id)


def test_after_the_goodbye_there_is_nothing_to_press():
    [goodbye] = {tuple(chat.data) for chat in walked()[0].values() if chat.screen == registry.GOODBYE}
    assert goodbye == ()


def test_the_data_of_every_button_fits_and_can_be_read_again():
    for each in documents_shown():
        for button in (button for row in each["buttons"] for button in row if button.get("data")):
            assert len(button["data"].encode()) <= 64
            assert buttons.decode(button["data"]).encode() == button["data"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_empty_or_too_long(language):
    for document, message in messages_in(language):
        for button in (button for row in message.rows for button in row):
            assert 0 < len(button.label.strip()) <= 64, (document["screen"], button.label)
            assert "{" not in button.label, (document["screen"], button.label)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_row_has_a_label_that_a_phone_would_cut(language):
    """A phone of 360 points shows about 42 letters in a row; what is longer must at least stand alone."""
    for document, message in messages_in(language):
        for row in message.rows:
            assert len(row) == 1 or sum(len(button.label) for button in row) <= 60, (document["screen"], row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_long_without_a_reason(language):
    long = {}
    for document, message in messages_in(language):
        if not document["aside"]:
            text = parse(message.text)[0]
            long[document["screen"]] = max(len(text), long.get(document["screen"], 0))
    assert {
        screen: length for screen, length in long.items() if length > SHORT and screen not in LONG.keys() | LETTERS
    } == {}
    assert {screen: length for screen, length in long.items() if length > GREAT and screen not in LETTERS} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_good_telegram_html_within_telegrams_limits(language):
    for document, message in messages_in(language):
        text, _ = parse(message.text)
        limit = 1024 if document["values"].get("file") else 4096
        assert 0 < utf16(text) <= limit, document["screen"]
        assert set(re.findall(r"</?([a-z]+)", message.text)) <= {"b", "i", "code", "blockquote", "pre"}, document[
            "screen"
        ]
        assert "\n\n\n" not in message.text
        assert not re.search(r"%\(|\{\{|None|Undefined", text), (document["screen"], text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_button_copies_fits_into_it(language):
    copied = set()
    for document, message in messages_in(language):
        for button in (button for row in message.rows for button in row if button.copy is not None):
            assert 0 < utf16(button.copy) <= 256, (document["screen"], len(button.copy), button.copy)
            assert "<" not in button.copy
            copied.add(document["screen"])
    assert copied >= {"write/what", "write/complain", "write/company", "nudge/ask", "object/sentence", "object/browser"}


def blocks() -> set[str]:
    environment = renderer("en")._environment
    return {
        f"{flow.name}/{block}"
        for flow in registry.FLOWS
        for block in environment.get_template(f"{flow.name}/messages.j2").blocks
    }


def used_blocks() -> set[str]:
    environment = renderer("en")._environment
    copied = {
        choice.copy
        for chat in walked()[0].values()
        if chat.screen
        for choice in steps()[chat.screen].choices_in(chat.scene())
        if isinstance(choice, Link) and choice.copy
    }
    for flow in registry.FLOWS:
        tree = environment.parse((TEMPLATES / flow.name / "messages.j2").read_text("utf-8"))
        for call in tree.find_all(nodes.Getattr):
            if isinstance(call.node, nodes.Name) and call.node.name == "self":
                copied.add(f"{flow.name}/{call.attr}")
    return copied | SAID_IN_GROUPS


SAID_IN_GROUPS = {
    "group/in_status", "group/in_privacy", "group/in_topic", "group/in_topic_on", "group/in_settings",
    "group/in_paused", "group/in_test", "group/now", "group/not_you", "group/chosen",
    "closing/group", "closing/group_off", "closing/in_group", "closing/done",
}  # fmt: skip
"""Said in a group, pop-ups, the words that take a keyboard away, the last to operators: no step leads to them."""


def test_every_step_has_a_text_and_every_text_a_step_or_a_use():
    assert set(steps()) - blocks() == set()
    assert blocks() - set(steps()) == used_blocks() - set(steps())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_before_a_screen_has_a_text(language):
    asides = {*registry.ASIDES, "other", "old_button", "not_understood", "unknown_command", "set_aside"}
    asides |= {
        "code_removed",
        "text_removed",
        "text_gone",
        "text_removed_which",
        "text_read",
        "text_read_which",
        "which",
        "foreign_tongue",
        *SMALL_TALK,
    }
    asides |= {"private_removed", "country", "day_to_come", "before_sent"}
    shared = renderer(language)._environment.get_template("messages.j2").blocks
    assert {f"aside_{aside}" for aside in asides} == {name for name in shared if name.startswith("aside_")}


DATED = ("due", "complaint", "check", "company", "devoid", "last_day")
"""Values that are dates of the law or ours."""


def words_of_dates(language: str) -> list[str]:
    """The words for "legal date" and "our check" in a language, by their beginnings, for words bend; and in English."""
    texts = catalogue(language)
    kinds = ("Legal date", "Our check")
    named = [*kinds, *(texts.gettext(f"{kind}: %(day)s").partition(":")[0] for kind in kinds)]
    return [each.split()[-1].casefold()[:-2] for each in named]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_date_is_told_without_the_word_whose_it_is(language):
    dated = set()
    words = words_of_dates(language)
    for document, message in messages_in(language):
        for value in (document["values"].get(name) for name in DATED):
            written = value and renderer(language)._words.day(value["day"])
            if written and written in message.text:
                dated.add(document["screen"])
                assert any(word in message.text.casefold() for word in words), (document["screen"], message.text)
    assert dated >= {"sent/noted", "write/filed", "back/standing", "nudge/month_over", "cases/case"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("condition", Condition)
def test_what_was_seen_never_says_that_it_works(language, condition):
    at = datetime(2026, 12, 3, 8, tzinfo=UTC)
    form = Chat().scene().world.form(Service.FACEBOOK, "DE").id
    for verdict, reason in product(Verdict, Reason):
        look = Observation(form, "DE", "proxy:AT", at, verdict, reason, 200, 0.1, ())
        found = Status(form, "DE", condition, at, at, look, 4, ("direct", "proxy:AT"), 5, 3)
        scene = Chat(board=Noticeboard((found,))).scene().with_answer("country", "DE")
        clock = {"clock_zone": "Europe/Berlin", "clock_today": date(2026, 12, 3)}
        line = renderer(language)._block("messages.j2", "seen", {**seen(scene), **clock})
        assert not re.search(r"\bworks?\b|funktionier", line, re.IGNORECASE)
        assert "Facebook" in line
        assert "5" in line, "what others report"


def at_stage(stage: Stage) -> Case:
    """A German Facebook case that stands there on 3 December 2026."""
    day = date(2026, 9, 1) if stage is Stage.OVERDUE else NOON.date()
    kinds = {
        Stage.NOT_SENT: [], Stage.BLOCKED: [FactKind.FAILED], Stage.SENT: [FactKind.SENT],
        Stage.OVERDUE: [FactKind.SENT], Stage.ANSWERED: [FactKind.SENT, FactKind.REFUSED],
        Stage.WRITTEN: [FactKind.SENT, FactKind.WRITTEN], Stage.COMPLAINED: [FactKind.SENT, FactKind.COMPLAINED],
        Stage.ACCEPTED: [FactKind.SENT, FactKind.CONFIRMED], Stage.CLOSED: [FactKind.CLOSED],
    }  # fmt: skip
    case = Case(1, Service.FACEBOOK, "DE").with_fact(FactKind.BEGUN, today=day)
    for kind in kinds[stage]:
        case = case.with_fact(kind, today=day)
    return case


@pytest.mark.parametrize("stage", Stage)
def test_wherever_a_case_stands_the_next_steps_are_useful(stage):
    chat = Chat(replace(Chat().person, cases=(at_stage(stage),)))
    assert chat.scene().stage(chat.case) is stage
    standing = chat.types("/start")
    assert standing.screen == "back/standing"
    assert len(set(standing.choices) - {"_cases", "_back"}) >= 2
    for choice in NEXT[stage]:
        if choice.when(standing.scene()):
            assert standing.presses(choice.id).screen in steps()


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("said", Said)
def test_every_phase_that_is_not_over_has_a_question(phase, said):
    nudge = KNOWLEDGE.next_steps[phase, said].nudge
    if said is not Said.ACCEPTED:
        assert (nudge is None) == (phase in {Phase.ACCEPTED, Phase.CLOSED})
    assert nudge is None or steps()[f"nudge/{nudge}"].lasting


def test_every_fact_leads_to_a_stage_that_has_words():
    words = renderer("en")._words.filters()
    for kind in FactKind:
        case = Case(1, Service.FACEBOOK, "DE").with_fact(kind, today=NOON.date())
        assert words["stage"](stage_of(case, None, NOON.date()).value)
        assert words["fact"](kind.value)
    assert all(words["case"]({"number": 1, "service": "facebook", "country": "DE", "label": label}) for label in Label)


def test_no_step_has_two_buttons_of_the_same_id():
    for chat in walked()[0].values():
        assert len(set(chat.choices)) == len(chat.choices), (chat.screen, chat.choices)


def test_what_waits_in_the_outbox_is_small_and_holds_nothing_that_was_typed():
    for each in documents_shown():
        text = json.dumps(each)
        assert len(text) < 8_000, each["screen"]
        assert "anna@" not in text
        assert "482913" not in text


def test_everybody_who_is_left_alone_falls_silent():
    """Two nudges for one thing, then the notice of the deletion a year later, then nothing."""
    for chat in list(walked()[0].values())[::40]:
        told = chat.wakes(rounds=40)
        assert len([screen for _, screen in told if screen == "nudge/expiry"]) <= 1, told
        assert len(told) <= 6 * max(1, len(chat.person.cases)) + 1, (chat.screen, told)
        days = [moment[:10] for moment, _ in told]
        assert len(days) == len(set(days))
        assert all("08:00" <= moment[11:] < "22:00" for moment, _ in told)


def test_every_person_of_the_walk_is_kept_and_read_again_as_they_are():
    for chat in walked()[0].values():
        document = json.loads(json.dumps(documents.of_person(chat.person)))
        assert documents.to_person(document) == chat.person
        assert len(chat.person.session.trail) <= 12
        assert len(json.dumps(document)) < 60_000


def test_the_clock_of_the_walk_moves_on():
    assert max(chat.now for chat in walked()[0].values()) - NOON > timedelta(days=300)
