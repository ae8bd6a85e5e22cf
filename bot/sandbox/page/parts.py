"""The parts of the page that change while one looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.asking import offered
from bot.sandbox.meta.forms import forms, title
from bot.sandbox.meta.notices import notices
from bot.sandbox.page.commands import menu
from bot.sandbox.page.views import address, bubbles, unread
from bot.sandbox.profile import USERNAME
from bot.sandbox.service import RUNS
from bot.sandbox.templates import render
from bot.sandbox.world import PLACES

if TYPE_CHECKING:
    from bot.sandbox.page.views import View
    from bot.sandbox.world import Json, Person

PLACE_WORDS = {"app": "Meta’s app", "phone": "Phone browser", "computer": "Computer"}
STATE_WORDS = {
    "answers": "answers", "asks_code": "asks for a code", "no_code": "asks for a code that never comes",
    "not_in_country": "“not in your country”", "login_loop": "asks to log in again and again", "gone": "is gone",
    "moved": "has moved", "error": "gives an error", "platform_down": "is down with its whole platform",
    "bot_wall": "keeps programs out", "rate_limit": "says “too fast”", "reset": "breaks the connection",
    "slow": "is very slow", "same_as_decoy": "can’t be told from a wrong address",
}  # fmt: skip


def parts(shown: View) -> Json:
    """Every part as HTML; messages one by one, so that only what changed is replaced."""
    remember(shown)
    messages = [{"id": bubble["id"], "html": render("message.html", message=bubble)} for bubble in bubbles(shown)]
    names = ("people", "head", "asking", "entry", "clock", "person", "switched", "group")
    return {
        "revision": shown.world.changes.revision,
        "messages": messages,
        "parts": {name: render(f"{name}.html", **values(shown)) for name in names},
    }


def remember(shown: View) -> None:
    """What is on the page has been seen."""
    newest = max(shown.chat.messages, default=0)
    shown.world.seen[shown.person.id, shown.chat.id] = newest


def values(shown: View) -> Json:
    """What all templates of the page are given."""
    world, person, chat = shown.world, shown.person, shown.chat
    return {
        "view": shown, "person": person, "chat": chat, "people": _people(shown), "groups": _groups(shown),
        "bot": world.profile, "username": USERNAME, "description": _described(shown),
        "commands": menu(world, person, chat), "now": world.clock.now(), "clock": world.clock.told(),
        "places": {place: PLACE_WORDS[place] for place in PLACES}, "states": STATE_WORDS,
        "forms": {form.id: f"{title(form)} ({form.id})" for form in forms().values()},
        "notices": {page: shown.world.switches.editions.get(page, 0) for page in notices()},
        "meta": _meta(person), "switches": _switches(shown), "countries": _countries(shown),
        "topic": chat.topics.get(shown.thread), "asking": _asking(shown), "targets": _targets(shown),
    }  # fmt: skip


def _described(shown: View) -> str:
    texts = shown.world.profile.descriptions
    return texts.get((shown.person.language_code or "")[:2]) or texts.get("", "")


def _people(shown: View) -> list[Json]:
    world = shown.world
    return [
        {
            "person": each, "open": each is shown.person, "address": address(each, world.chats[each.id]),
            "unread": unread(world, each, world.chats[each.id]),
        }
        for each in world.people.values()
    ]  # fmt: skip


def _groups(shown: View) -> list[Json]:
    mine = [each for each in shown.world.chats.values() if shown.person.id in each.members and not each.migrated_to]
    return [
        {
            "chat": each, "address": address(shown.person, each),
            "topics": [(topic, address(shown.person, each, topic.id)) for topic in each.topics.values()],
        }
        for each in mine
    ]  # fmt: skip


def _asking(shown: View) -> list[list[Json]]:
    """The keyboard below the chat; a button that asks for a group or channel has those it would offer."""
    world, person = shown.world, shown.person
    return [
        [
            {
                "text": button["text"], "asks": "request_chat" in button,
                "chats": offered(world, person, button["request_chat"]) if "request_chat" in button else [],
            }
            for button in row
        ]
        for row in shown.chat.asking
    ]  # fmt: skip


def _targets(shown: View) -> list[Json]:
    """The chats that this person can write into."""
    world, person = shown.world, shown.person
    writable = [each for each in world.chats.values() if person.id in each.members and not each.migrated_to]
    own = {"title": world.profile.name, "address": address(person, world.chats[person.id])}
    return [own, *(
        {"title": each.title, "address": address(person, each)}
        for each in writable if each.type != "channel" or each.members[person.id] in RUNS
    )]  # fmt: skip


def _meta(person: Person) -> list[Json]:
    """The forms that this person may need, with where each lives."""
    serving = [form for form in forms().values() if not form.countries or person.country in form.countries]
    return [{"title": title(form), "id": form.id, "url": form.url.removeprefix("https://")} for form in serving]


def _switches(shown: View) -> list[Json]:
    switched = shown.world.switches.states.items()
    return [
        {"form": form, "country": country, "state": state, "words": STATE_WORDS[state]}
        for (form, country), state in switched
        if state != "answers"
    ]


def _countries(shown: View) -> list[str]:
    known = {country for form in forms().values() for country in form.countries}
    return sorted(known | {person.country for person in shown.world.people.values()})
