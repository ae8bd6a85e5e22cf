"""What a group's admin is told in private unasked: nothing can be posted, the bot was made an admin, it is back.

The person is not changed by it: what they were about goes on. Its buttons are valid for ever and carry their group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.group import panel
from conversations.group.hand import HELD, may, number_of, refused, taken
from conversations.steps import N_, Choice, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from conversations.events import GroupNews
    from conversations.scene import Scene
    from conversations.steps import Choices

UNASKED = {"trouble": "group/trouble", "made_admin": "group/made_admin", "back": "group/back"}


def in_hand(scene: Scene, news: GroupNews) -> tuple[Scene, str]:
    """The scene in which the news is shown, and its screen; no screen if there is nothing to say."""
    if news.kind == "added" and scene.person.session.screen == "group/choose":
        return scene, ""  # Telegram's button tells the same
    if news.kind in UNASKED:
        scene = scene.without_answers().with_answer(HELD, str(news.group))
        return scene.with_answer("why", news.why), UNASKED[news.kind]
    scene = taken(scene.without_answers(), news.group).with_answer("noted", news.why)
    if not may(scene):
        return scene, "" if news.kind == "added" else refused(scene)
    return scene, "group/paused" if news.kind == "paused" else "group/panel"


def _values(scene: Scene) -> dict[str, Value]:
    return {"group": number_of(scene), "why": scene.answer("why")}


def _to(screen: str) -> Callable[[Scene], str]:
    return lambda scene: screen if may(scene) else refused(scene)


def _ways(number: int, *, pauses: bool) -> tuple[Choice, ...]:
    def paused(scene: Scene) -> Scene:
        scene = taken(scene, number)
        return panel.PAUSE_IT(scene) if may(scene) else scene

    pause = Choice(f"pause.{number}", N_("Pause"), _to("group/paused"), paused)
    settings = Choice(f"open.{number}", N_("Settings"), _to("group/panel"), lambda scene: taken(scene, number))
    return (settings, pause) if pauses else (settings,)


def _shown(scene: Scene) -> Choices:
    number = number_of(scene)
    return _ways(number, pauses=scene.answer("why") != "") if number else ()


def _carried(_scene: Scene, choice_id: str) -> Choice | None:
    """The button that carries its group."""
    written = choice_id.partition(".")[2]
    if not written.removeprefix("-").isdecimal():
        return None
    return next((each for each in _ways(int(written), pauses=True) if each.id == choice_id), None)


LASTING = tuple(Step(name, _shown, _values, lasting=True, of_all=True, keeps=True, finds=_carried) for name in UNASKED)
"""Screens whose buttons carry the group they are about."""
