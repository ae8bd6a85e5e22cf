"""What comes of something that happened in a group: (scene, event) → turn. Pure.

The bot greets nobody there and posts nothing unasked. Members get an answer to /status within the admins' rate and to
/privacy; all else is for admins, and is answered in private where the bot may write.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.forms import Service
from bot.domain.groups import GENERAL, Group, GroupState, PostKind, in_steps
from bot.domain.standings import Place
from conversations.effects import PopUp
from conversations.events import GroupNews
from conversations.group import seeing
from conversations.group.beginning import new_group
from conversations.group.events import BotStands, GroupCommand, GroupEvent, GroupPress, Moved, NotPosted
from conversations.group.replies import line, privacy, status

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.domain.deliveries import Saying
    from bot.domain.people import Person
    from conversations.effects import Effect
    from conversations.world import World

NOW = "group.now:"
FOR_ADMINS = {"watch", "unwatch", "settings"}
COMMANDS = FOR_ADMINS | {"status", "privacy"}
INSIDE = {Place.MEMBER, Place.ADMIN}


@dataclass(frozen=True, slots=True)
class GroupScene:
    """A group at a moment. `by` is who acted, if they have a chat with the bot in which it may write."""

    event: GroupEvent
    group: Group | None
    by: Person | None
    now: datetime
    world: World
    language: str
    """The actor's, as Telegram tells it: the only guess for a group that nobody has set up."""
    counted: int = 0
    """How many take part in its counter."""
    join: str = ""
    """The token of the link by which a member joins; empty while the counter is off."""

    @property
    def today(self) -> date:
        """The day (UTC)."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class GroupTurn:
    """What comes of it: the group to keep (None: nothing changes), what is posted there, who is told in private."""

    group: Group | None = None
    sayings: tuple[Saying, ...] = ()
    news: tuple[tuple[int, GroupNews], ...] = ()
    effects: tuple[Effect, ...] = ()
    speaks_as: Group | None = None
    """In whose language and clock the sayings are, where nothing of the group is kept."""


NOTHING = GroupTurn()


def decide(scene: GroupScene) -> GroupTurn:
    """The turn that follows from what happened."""
    match scene.event.happening:
        case GroupCommand() as command:
            return _commanded(scene, command)
        case GroupPress() as press:
            return GroupTurn(effects=(_pressed(scene, press),))
        case BotStands() as change:
            return _stands(scene, change)
        case NotPosted(why):
            return _stopped(scene, why)
        case Moved():  # the store takes everything along; who set it up needs the new number
            return _moved(scene)


def _commanded(scene: GroupScene, command: GroupCommand) -> GroupTurn:
    match command.name:
        case "status":
            return _status(scene, command)
        case "privacy":
            return _privacy(scene, command)
    if scene.event.is_admin is None and scene.by:
        return GroupTurn(news=(_news(scene, "unsure"),))
    if not scene.event.is_admin:
        return NOTHING
    return {"watch": _watch, "unwatch": _unwatch, "settings": _settings}[command.name](scene, command)


def _status(scene: GroupScene, command: GroupCommand) -> GroupTurn:
    group, is_admin = scene.group, bool(scene.event.is_admin)
    if group is None or group.state is GroupState.SETTING_UP:
        return _settings(scene, command) if is_admin else NOTHING
    if not (is_admin or group.may_answer_status(scene.now)):
        return NOTHING
    countries = group.countries if command.countries is None else command.countries
    if not countries:
        return NOTHING
    count, shown = _counted(scene, group)
    found = status(scene.world, command, countries, is_admin=is_admin, count=count, join=scene.join)
    return GroupTurn(shown.after_post(PostKind.STATUS, scene.now), (found,))


def _counted(scene: GroupScene, group: Group) -> tuple[int, Group]:
    """How many take part at least, and the group that was told so; 0 below ten, and once it was told that day."""
    count, today = in_steps(scene.counted) if group.counter else 0, group.day_at(scene.now)
    return (count, replace(group, counted_on=today)) if count and group.counted_on != today else (0, group)


def _privacy(scene: GroupScene, command: GroupCommand) -> GroupTurn:
    group = scene.group
    if group and not (scene.event.is_admin or group.may_answer_privacy(scene.now)):
        return NOTHING
    said = privacy(scene.world, command, group)
    kept = group.after_post(PostKind.PRIVACY, scene.now) if group else None
    return GroupTurn(kept, (said,), speaks_as=_begun(scene))


def _begun(scene: GroupScene) -> Group:
    """The group as it is kept, or as it would be at its beginning."""
    language = scene.by.language if scene.by else scene.language
    return scene.group or new_group(
        scene.event.chat_id, scene.world, scene.today, by=scene.by, language=language,
        likely=scene.world.suggested(language), is_forum=scene.event.is_forum,
    )  # fmt: skip


def _watch(scene: GroupScene, command: GroupCommand) -> GroupTurn:
    topic = command.topic or (GENERAL if scene.event.is_forum else None)
    begun = _begun(scene)
    group = begun.changing("topic", scene.today, topic=topic, is_forum=scene.event.is_forum).returned()
    if scene.by:
        group = replace(group, set_up_by=scene.by.chat_id)
        return GroupTurn(group, news=(_news(scene, "panel", "topic" if topic else ""),))
    noted = "in_topic_on" if group.state is GroupState.RUNNING else "in_topic"
    return GroupTurn(group, (line(noted, scene.world, group, command),))


def _unwatch(scene: GroupScene, command: GroupCommand) -> GroupTurn:
    group = scene.group
    if group is None:
        return _settings(scene, command)
    if group.state is not GroupState.SETTING_UP:
        group = group.changing("paused", scene.today, state=GroupState.PAUSED)
    if scene.by:
        return GroupTurn(group, news=(_news(scene, "paused"),))
    return GroupTurn(group, (line("in_paused", scene.world, group, command),))


def _settings(scene: GroupScene, command: GroupCommand) -> GroupTurn:
    group = _begun(scene)
    if scene.by:
        return GroupTurn(group if scene.group is None else None, news=(_news(scene, "panel"),))
    return GroupTurn(sayings=(line("in_settings", scene.world, group, command),), speaks_as=group)


def _news(scene: GroupScene, kind: str, why: str = "") -> tuple[int, GroupNews]:
    """For who acted."""
    return (scene.by.chat_id if scene.by else 0), GroupNews(scene.event.chat_id, kind, why)


def _pressed(scene: GroupScene, press: GroupPress) -> PopUp:
    group = _begun(scene)
    name = press.data.removeprefix(NOW).partition(":")[0] if press.data.startswith(NOW) else ""
    if name not in set(Service):
        return PopUp(press.callback_id, "group/not_you", group.language, group.zone)
    looks = seeing.of_service(scene.world, Service(name), group.countries)
    return PopUp(press.callback_id, "group/now", group.language, group.zone, {"looks": looks})


def _stands(scene: GroupScene, change: BotStands) -> GroupTurn:
    """The bot was let in, put out, muted, or made an admin."""
    group = scene.group
    if change.after not in INSIDE:
        return _stopped(scene, "removed" if change.after is Place.OUT else "no_right")
    if change.after is Place.ADMIN and not scene.event.is_channel:
        told = scene.by.chat_id if scene.by else (group.set_up_by if group else 0)
        return _told(group.returned() if group else None, told, GroupNews(scene.event.chat_id, "made_admin"))
    if group is None:
        return GroupTurn(news=(_news(scene, "added"),)) if scene.by and change.before not in INSIDE else NOTHING
    returned = group.returned()
    if returned == group:
        return NOTHING
    return _told(returned, group.set_up_by, GroupNews(group.chat_id, "back"))


def _stopped(scene: GroupScene, why: str) -> GroupTurn:
    """Nothing can be posted any more; who set it up is told once, with the next steps."""
    group = scene.group
    if group is None or group.state is GroupState.STOPPED:
        return NOTHING
    return _told(group.removed(), group.set_up_by, GroupNews(group.chat_id, "trouble", why))


def _moved(scene: GroupScene) -> GroupTurn:
    group, to = scene.group, scene.event.happening
    if group is None or not isinstance(to, Moved):
        return NOTHING
    return _told(None, group.set_up_by, GroupNews(group.chat_id, "moved", moved_to=to.to))


def _told(group: Group | None, chat_id: int, news: GroupNews) -> GroupTurn:
    return GroupTurn(group, news=((chat_id, news),) if chat_id else ())
