"""The group that is talked about in private, and whether this person may change it right now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations.effects import ForgetGroup, KeepGroup
from conversations.group.beginning import new_group
from conversations.steps import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.groups import Group
    from bot.domain.standings import Standing
    from conversations.scene import Scene

HELD = "group"
"""The group in hand, in the session's answers, by its number."""


def number_of(scene: Scene) -> int:
    """The number of the group in hand, 0 if none."""
    written = scene.answer(HELD)
    return int(written) if written.removeprefix("-").isdecimal() else 0


def held(scene: Scene) -> Group | None:
    """What is kept of it."""
    return scene.groups.get(number_of(scene))


def standing(scene: Scene) -> Standing | None:
    """How the person stands there, None if nobody asked Telegram."""
    return scene.standings.get(number_of(scene))


def may(scene: Scene) -> bool:
    """Is this person an admin there right now, and is the group one that is kept?"""
    now = standing(scene)
    return held(scene) is not None and now is not None and bool(now.is_admin)


def refused(scene: Scene) -> str:
    """The screen that says why not."""
    now = standing(scene)
    if now is None or (now.is_admin is None and now.is_in is not False):
        return "group/unsure" if number_of(scene) else "group/hello"
    if now.is_in is False:
        return "group/out"
    return "group/not_admin" if not now.is_admin else "group/hello"


def act(
    id_: str,
    label: str,
    to: str,
    change: Callable[[Scene], Scene] | None = None,
    when: Callable[[Scene], bool] | None = None,
) -> Choice:
    """A button of an admin: done only for who is one at this tap; when it is, says why not."""

    def done(scene: Scene) -> Scene:
        return change(scene) if change and may(scene) else scene

    return Choice(
        id_,
        label,
        lambda scene: to if may(scene) or (scene.effects and _is_forgotten(scene)) else refused(scene),
        done,
        when=lambda scene: held(scene) is not None and (when is None or when(scene)),
    )


def _is_forgotten(scene: Scene) -> bool:
    return any(isinstance(effect, ForgetGroup) for effect in scene.effects)


def keeping(scene: Scene, group: Group) -> Scene:
    """The scene with that group as it is now; a second change at once replaces the first."""
    groups = {**scene.groups, group.chat_id: group}
    return replace(scene.doing(KeepGroup(group)), groups=groups)


def changing(what: str, fields: Callable[[Group], dict[str, object]]) -> Callable[[Scene], Scene]:
    """Change settings of the group in hand."""

    def changed(scene: Scene) -> Scene:
        group = held(scene)
        return keeping(scene, group.changing(what, scene.today, **fields(group))) if group else scene

    return changed


def taken(scene: Scene, number: int) -> Scene:
    """The scene with that group in hand; a new one begins, and whoever is its admin is told from now on."""
    scene = scene.with_answer(HELD, str(number))
    now = standing(scene)
    if now is None or not now.is_admin:
        return scene
    group = held(scene) or new_group(
        number, scene.world, scene.today, by=scene.person, language=scene.person.language,
        likely=scene.suggested, is_forum=now.is_forum,
    )  # fmt: skip
    known = replace(group, is_forum=now.is_forum, set_up_by=scene.person.chat_id)
    scene = replace(scene, person=scene.person.with_group(number))
    return scene if known == held(scene) else keeping(scene, known)


def moved_along(scene: Scene, old: int, new: int) -> Scene:
    """The scene after a group became a supergroup: the person knows it by its new number."""
    person = scene.person
    groups = tuple(new if each == old else each for each in person.groups)
    scene = replace(scene, person=replace(person, groups=groups))
    return scene.with_answer(HELD, str(new)) if scene.answer(HELD) == str(old) else scene


def forgotten(scene: Scene) -> Scene:
    """The scene without the group in hand: nothing of it is kept, and no way leads back to it."""
    number = number_of(scene)
    groups = {chat: group for chat, group in scene.groups.items() if chat != number}
    scene = scene.doing(ForgetGroup(number)).without_answers()
    return replace(scene, person=scene.person.without_group(number), groups=groups)
