"""What the bot says in a group: silent replies to what somebody asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.deliveries import Saying
from conversations.group import seeing
from conversations.steps import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.deliveries import Value
    from bot.domain.groups import Group
    from conversations.group.events import GroupCommand
    from conversations.world import World

JOIN = "join_"
"""Before the token in the link by which a member joins the counter."""
Rows = tuple[tuple["Mapping[str, Value]", ...], ...]


def link_row(world: World, label: str, payload: str) -> Rows:
    """A button into the private chat; none while the bot's own name is not known."""
    bot = str(world.facts().get("bot") or "")
    return _row(label, f"https://t.me/{bot}?start={payload}") if bot else ()


def _row(label: str, url: str) -> Rows:
    """A button that opens a page; none without an address."""
    link: dict[str, Value] = {"label": label, "names": {}, "url": url, "copy": None}
    return ((link,),) if url else ()


def status(  # noqa: PLR0913  # what is said, and what stands below it
    world: World, command: GroupCommand, countries: Iterable[str], *, is_admin: bool, count: int = 0, join: str = ""
) -> Saying:
    """What was seen of the forms of these countries; to an admin also where all that was announced can be looked up.

    `count` members take part at least (0: not told), `join` is the token of the link by which one more does.
    """
    found = seeing.of_countries(world, countries)
    first = next((str(each["country"]).lower() for each in found if isinstance(each, dict)), "")
    page = _row(N_("Public page ↗"), str(world.facts().get("status_page") or "")) if is_admin else ()
    details = link_row(world, N_("Details ↗"), first) if first else ()
    members = link_row(world, N_("Take part ↗"), f"{JOIN}{join}") if join else ()
    values: dict[str, Value] = {"found": found, "page": bool(page), "count": count}
    return _reply("group/in_status", command, values, (*page, *details, *members))


def privacy(world: World, command: GroupCommand, group: Group | None) -> Saying:
    """What is kept of a group."""
    page = _row(N_("Full text ↗"), str(world.facts().get("privacy_url") or ""))
    name = world.facts().get("operator_name")
    return _reply(
        "group/in_privacy",
        command,
        {"is_kept": group is not None, "counter": bool(group and group.counter), "name": name},
        page,
    )


def line(block: str, world: World, group: Group, command: GroupCommand) -> Saying:
    """One short line for an admin in whose private chat the bot may not write, with the way there."""
    return _reply(f"group/{block}", command, {}, link_row(world, N_("Settings, in private ↗"), f"group{group.chat_id}"))


def _reply(screen: str, command: GroupCommand, values: dict[str, Value], rows: Rows) -> Saying:
    asked = {"topic": command.topic, "reply_to": command.message_id}
    return Saying(screen, values=values, buttons=rows, silent=True, **asked)  # type: ignore[arg-type]  # its fields


def trial(group: Group) -> Saying:
    """A test message, where alarms will stand."""
    return Saying("group/in_test", values={"countries": list(group.countries)}, silent=group.silent, topic=group.topic)
