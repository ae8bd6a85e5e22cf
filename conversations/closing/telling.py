"""What is said of the closing to one person or group, and who is told it first of all when they write. Pure.

The person is not changed but for what they know: what they were about goes on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.closing import is_to_be_told, known_of
from bot.domain.deliveries import Kind, Lane, Saying
from bot.domain.groups import GroupState
from conversations.closing.flow import CLOSED, OFF, TOLD
from conversations.effects import Erase
from conversations.engine import show
from conversations.scene import Scene

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.closing import Closing
    from bot.domain.deliveries import Value
    from bot.domain.groups import Group
    from conversations.engine import Turn

GROUP, GROUP_OFF, IN_GROUP, DONE = "closing/group", "closing/group_off", "closing/in_group", "closing/done"


def notice(scene: Scene, closing: Closing, lane: Lane = Lane.NOTICE) -> Saying:
    """How it stands, for the scene's person."""
    screen = TOLD if closing.is_announced else OFF
    [saying] = show(replace(scene.without_answers(), values={}), screen, lane=lane).sayings
    return saying


def told_first(scene: Scene, turn: Turn) -> Turn:
    """The turn with how the closing stands before all else, to somebody who does not know it yet and is answered."""
    closing = scene.world.closing()
    answered = any(saying.kind is Kind.SCREEN for saying in turn.sayings)
    leaves = any(isinstance(effect, Erase) for effect in turn.effects)
    if closing is None or not answered or leaves or not is_to_be_told(turn.person, closing):
        return turn
    saying = notice(Scene(turn.person, scene.now, scene.world), closing, Lane.ANSWER)
    person = replace(turn.person, closes=known_of(closing))
    return replace(turn, person=person, sayings=(saying, *turn.sayings))


def farewell(scene: Scene) -> Saying:
    """The one line after the closing; nothing of the chat may be left once it is told."""
    [saying] = show(replace(scene, values={}), CLOSED).sayings
    return replace(saying, ends=True)


def in_group(group: Group, closing: Closing) -> Saying:
    """How it stands, for a group, in its topic."""
    screen = GROUP if closing.is_announced else GROUP_OFF
    values: dict[str, Value] = {**day_values(closing.day if closing.is_announced else group.closes or closing.day)}
    values["paused"] = group.state is GroupState.PAUSED
    return Saying(screen, lane=Lane.NOTICE, values=values, silent=group.silent, topic=group.topic)


def done() -> Saying:
    """What operators hear when all is erased."""
    return Saying(DONE, ends=True)


def day_values(day: date) -> dict[str, str]:
    """The day, as messages need it."""
    return {"day": day.isoformat()}
