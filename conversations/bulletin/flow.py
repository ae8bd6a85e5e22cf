"""Message to groups: what kind, what about, in which words, to whom. For operators alone; a draft outlives other talk.

Every button holds for ever: it answers the draft in hand, if it fits, and the next open question is asked.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.domain.bulletins import BulletinKind
from conversations.admin.doors import DESK
from conversations.admin.naming import desk_of
from conversations.bulletin import asking, sending
from conversations.bulletin.drafting import forms_of
from conversations.steps import Choice, Flow, Step, no_values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

PLAIN = (asking.GO_ON, asking.ANEW, asking.LEAVE, asking.CHOSEN, sending.READY, sending.LANGUAGES, sending.KEEP, DESK)


def _finds(scene: Scene, choice_id: str) -> Choice | None:
    verb, _, rest = choice_id.partition(".")
    found = next((each for each in PLAIN if each.id == choice_id), None)
    return found or (VERBS[verb](scene, rest) if verb in VERBS else None)


def _kind(_scene: Scene, rest: str) -> Choice | None:
    return asking.kind(BulletinKind(rest)) if rest in set(BulletinKind) else None


def _hours(_scene: Scene, rest: str) -> Choice | None:
    return asking.hours(int(rest)) if rest.isdecimal() and int(rest) in asking.HOURS else None


def _planned(scene: Scene, rest: str) -> Choice | None:
    pause = desk_of(scene).pauses.get(int(rest)) if rest.isdecimal() else None
    return asking.planned(int(rest), pause) if pause else None


def _form(scene: Scene, rest: str) -> Choice | None:
    form = forms_of(scene).get(rest)
    return asking.form(rest, form.service.value) if form else None


def _day(_scene: Scene, rest: str) -> Choice | None:
    try:
        return asking.on_day(date.fromisoformat(rest))
    except ValueError:
        return None


def _act(_scene: Scene, rest: str) -> Choice | None:
    return asking.act(rest) if rest in asking.ACTS else None


def _language(scene: Scene, rest: str) -> Choice | None:
    return asking.language(rest) if rest in asking.written_in(scene) else None


def _others(_scene: Scene, rest: str) -> Choice | None:
    return asking.others(rest) if rest in asking.OTHERS else None


def _in_language(scene: Scene, rest: str) -> Choice | None:
    return sending.in_language(rest) if rest in asking.written_in(scene) else None


def _sent(_scene: Scene, rest: str) -> Choice | None:
    return sending.send_it(rest)


VERBS = {
    "k": _kind, "h": _hours, "p": _planned, "f": _form, "d": _day, "act": _act, "l": _language, "o": _others,
    "in": _in_language, "send": _sent,
}  # fmt: skip


def _step(
    name: str,
    choices: Callable[[Scene], Choices],
    values: Callable[[Scene], Mapping[str, Value]] = no_values,
    *,
    heard: Callable[[Scene], Move | None] | None = None,
    columns: int = 1,
) -> Step:
    writes = heard is sending.heard_words
    return Step(
        name, choices, values, heard, lasting=True, of_all=True, finds=_finds, columns=columns, for_others=writes
    )


BULLETIN = Flow(
    "bulletin",
    (
        _step("kind", asking.kinds, asking.lying),
        _step("pause", asking.pauses),
        _step("form", asking.forms),
        _step("day", asking.days, lambda _scene: {"refused": False}, heard=asking.heard_day),
        _step("act", asking.acts),
        _step("languages", asking.languages, sending.languages, columns=2),
        _step("words", sending.of_words, sending.words, heard=sending.heard_words),
        _step("others", asking.for_others, sending.others, heard=sending.heard_words),
        _step("ready", sending.of_ready, sending.ready, columns=2, heard=sending.heard_words),
        _step("preview", sending.of_preview, sending.preview, columns=2, heard=sending.heard_words),
    ),
)
