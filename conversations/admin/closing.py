"""Closing the service: what that means, the day, a second yes, and calling it off. `<verb>.<day>`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.domain.closing import CallOff, Close, Closing, ClosingState, may_be
from conversations.admin.doors import DESK
from conversations.admin.naming import desk_of
from conversations.steps import N_, Choice, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

WEEKS = (2, 4, 8)
USUAL = timedelta(weeks=4)
"""Shown in the preview while no day is chosen."""
CLOSING = Choice("closing", N_("Close the service"), "admin/closing")
LEAVE = Choice("closing", N_("Leave it"), "admin/closing")
BACK = Choice("closing", N_("How it stands"), "admin/closing")
CHOOSE = Choice("choose", N_("Choose the day"), "admin/closing_day")
ANOTHER = Choice("choose", N_("Another day"), "admin/closing_day")


def _on(day: str) -> Callable[[Scene], Scene]:
    return lambda scene: scene.with_answer("day", day)


def _preview(day: str, language: str = "") -> Choice:
    label = "{language}" if language else N_("Preview")
    names: dict[str, Value] = {"language": language} if language else {}

    def read(scene: Scene) -> Scene:
        return _on(day)(scene).with_answer("language", language or scene.person.language)

    return Choice(f"text.{day}.{language}".rstrip("."), label, "admin/closing_preview", read, names=names)


def _sure(day: str, weeks: int = 0) -> Choice:
    label = N_("In {weeks} weeks: {day}") if weeks else N_("Close on {day}")
    return Choice(f"day.{day}", label, "admin/closing_sure", _on(day), names={"weeks": weeks, "day": day})


def _close(day: str) -> Choice:
    def said(scene: Scene) -> Scene:
        desk, closing = desk_of(scene), _now(scene)
        fits = may_be(date.fromisoformat(day), scene.now.date()) and not (closing and closing.is_announced)
        if not fits:
            return scene.with_answer("noted", "late")
        seconds = closing and closing.state is ClosingState.HALF and closing.day.isoformat() == day
        is_half = desk.second and not (seconds and closing and closing.first != desk.me)
        noted = scene.with_answer("noted", "half" if is_half else "yes")
        return noted.doing(Close(date.fromisoformat(day), second=desk.second))

    return Choice(f"close.{day}", N_("Yes, close"), "admin/closing_noted", said)


def _ask_off(day: str) -> Choice:
    return Choice(f"ask.{day}", N_("Call it off"), "admin/closing_off", _on(day))


def _off(day: str) -> Choice:
    def said(scene: Scene) -> Scene:
        closing = _now(scene)
        if closing is None or closing.day.isoformat() != day or not _runs(scene):
            return scene.with_answer("noted", "late")
        return scene.with_answer("noted", "off").doing(CallOff(closing.day))

    return Choice(f"off.{day}", N_("Yes, it goes on"), "admin/closing_noted", said)


RUNNING = frozenset({ClosingState.HALF, ClosingState.ANNOUNCED})


def _now(scene: Scene) -> Closing | None:
    return desk_of(scene).closing.closing


def _runs(scene: Scene) -> bool:
    """Is there a closing that can still be decided or called off?"""
    closing = _now(scene)
    return closing is not None and closing.state in RUNNING and not (closing.is_over(scene.now) or _lapsed(scene))


def _lapsed(scene: Scene) -> bool:
    """Did no second yes come while there was time?"""
    closing = _now(scene)
    is_half = closing is not None and closing.state is ClosingState.HALF
    return closing is not None and is_half and not may_be(closing.day, scene.now.date())


def _day(scene: Scene) -> str:
    """The day that is talked about: chosen, decided, or one to show."""
    closing = _now(scene)
    if scene.answer("day"):
        return scene.answer("day")
    return closing.day.isoformat() if closing and _runs(scene) else (scene.today + USUAL).isoformat()


def _of_closing(scene: Scene) -> Choices:
    desk, closing = desk_of(scene), _now(scene)
    if closing is None or not _runs(scene):
        return (_preview((scene.today + USUAL).isoformat()), CHOOSE, DESK)
    day = closing.day.isoformat()
    half = closing.state is ClosingState.HALF
    second = (_sure(day),) if half and closing.first != desk.me else ()
    return (*second, _preview(day), _ask_off(day), DESK)


def _days(scene: Scene) -> Choices:
    days = ((scene.today + timedelta(weeks=weeks), weeks) for weeks in WEEKS)
    return (*(_sure(day.isoformat(), weeks) for day, weeks in days), LEAVE)


def _heard_day(scene: Scene) -> Move | None:
    day = scene.told_day(ahead=True)
    if day is None:
        return None
    if not may_be(day, scene.now.date()):
        return scene.with_answer("refused", "yes"), "admin/closing_day"
    return _on(day.isoformat())(scene).with_answer("refused", ""), "admin/closing_sure"


def _before(scene: Scene) -> Choices:
    day = _day(scene)
    return (_close(day), _preview(day), ANOTHER, LEAVE)


def _texts(scene: Scene) -> Choices:
    day, known = _day(scene), scene.world.facts().get("languages")
    spoken = [str(each) for each in known] if isinstance(known, list) else []
    return (*(_preview(day, each) for each in spoken), BACK)


def values(scene: Scene) -> dict[str, Value]:
    """How it stands, and what it would reach."""
    desk, closing = desk_of(scene), _now(scene)
    matter = desk.closing
    return {
        "state": ("lapsed" if _lapsed(scene) else closing.standing) if closing else "",
        "day": closing.day.isoformat() if closing else _day(scene),
        "mine": bool(closing and closing.first and closing.first == desk.me),
        "people": matter.people,
        "groups": matter.groups,
        "cases": matter.cases,
        "second": desk.second,
    }


def _chosen(scene: Scene) -> dict[str, Value]:
    return {**values(scene), "day": _day(scene)}


def _noted(scene: Scene) -> dict[str, Value]:
    return {"noted": scene.answer("noted"), "day": _day(scene)}


def _shown(scene: Scene) -> dict[str, Value]:
    day = _day(scene)
    language = scene.answer("language") or scene.person.language
    return {"language": language, "told": {"day": day, "dates": [], "more": False}, "in_group": {"day": day}}


def _step(
    name: str,
    choices: Callable[[Scene], Choices],
    shown: Callable[[Scene], dict[str, Value]],
    heard: Callable[[Scene], Move | None] | None = None,
) -> Step:
    return Step(name, choices, shown, heard, lasting=True, of_all=True, finds=finds)


def finds(_scene: Scene, choice_id: str) -> Choice | None:
    """The button that says itself which day it is about."""
    plain = next((each for each in (CLOSING, CHOOSE, DESK) if each.id == choice_id), None)
    verb, _, rest = choice_id.partition(".")
    day, _, language = rest.partition(".")
    if plain or not _is_day(day):
        return plain
    if verb == "text" and (not language or language.isalpha()):
        return _preview(day, language)
    return VERBS[verb](day) if verb in VERBS and not language else None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


VERBS = {"day": _sure, "close": _close, "ask": _ask_off, "off": _off}
STEPS = (
    _step("closing", _of_closing, values),
    _step("closing_preview", _texts, _shown),
    _step("closing_day", _days, lambda scene: {"refused": bool(scene.answer("refused"))}, _heard_day),
    _step("closing_sure", _before, _chosen),
    _step("closing_off", lambda scene: (_off(_day(scene)), LEAVE), _chosen),
    _step("closing_noted", lambda _scene: (BACK, DESK), _noted),
)
