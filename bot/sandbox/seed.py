"""The people and the group that are there from the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import DrivingError
from bot.sandbox.world import PLACES, Chat, Person, Topic

if TYPE_CHECKING:
    from bot.sandbox.world import Json, World

GROUP_ID = -1002200000001
CHANNEL_ID = -1002100000001
TOPICS = {1: "General", 2: "Meta & AI", 3: "Everything else"}
CHATS_AT_MOST = 5000
CAST = (
    ("Renate", "de", "DE", "DE"), ("Kinga", "pl", "PL", "PL"), ("Luc", "fr", "FR", "CH"),
    ("Katharina", "de", "AT", "AT"), ("Nikos", "el", "GR", "GR"),
)  # fmt: skip
FIRST_PERSON = 7_000_000_001


def add_person(world: World, person: Person) -> Person:
    """Somebody new, with a private chat that nobody has opened yet."""
    world.people[person.id] = person
    world.chats[person.id] = Chat(person.id, "private")
    world.changed()
    return person


def everywhere() -> dict[str, set[str]]:
    """Logged in to both services wherever one can be."""
    return {"facebook": set(PLACES), "instagram": set(PLACES)}


def cast(world: World) -> None:
    """Renate, Kinga, Luc, Katharina and Nikos, Katharina's group with its topics, and her channel."""
    for at, (name, language, country, lives_in) in enumerate(CAST):
        add_person(world, Person(FIRST_PERSON + at, name, language, country, lives_in, everywhere()))
    world.people[FIRST_PERSON].logins = {"facebook": {"app"}, "instagram": {"app"}}
    ids = [FIRST_PERSON + at for at in range(len(CAST))]
    group = Chat(GROUP_ID, "supergroup", "Meta & AI", forum=True, members=dict.fromkeys(ids[:3], "member"))
    group.members = {ids[3]: "creator"} | group.members | {ids[4]: "member"}
    group.topics = {number: Topic(number, name) for number, name in TOPICS.items()}
    world.chats[GROUP_ID] = group
    world.numbers[f"message {GROUP_ID}"] = max(TOPICS)
    world.numbers["supergroup"] = 2200000001
    readers = {ids[3]: "creator", ids[0]: "member"}
    world.chats[CHANNEL_ID] = Chat(CHANNEL_ID, "channel", "Notes on Meta", members=readers, bot="left")


def add_group(world: World, given: Json) -> Chat:
    """A new group or channel; its first member has created it."""
    members = given.get("members") or [FIRST_PERSON]
    kind, status = given.get("type", "supergroup"), given.get("bot", "left")
    if kind not in {"group", "supergroup", "channel"} or status not in {"left", "member", "administrator"}:
        raise DrivingError(400, "type is group, supergroup or channel; bot is left, member or administrator")
    if kind == "channel" and status == "member":
        raise DrivingError(400, "in a channel the bot is left or administrator")
    if not all(isinstance(member, int) and member in world.people for member in members):
        raise DrivingError(404, "members are ids of people")
    if len(world.chats) >= CHATS_AT_MOST:
        raise DrivingError(409, f"at most {CHATS_AT_MOST} chats")
    number = -100_000 - world.number("group")
    if kind != "group":
        number = -1000000000000 - world.number("supergroup")
    standing = {members[0]: "creator"} | dict.fromkeys(members[1:], "member")
    forum = kind == "supergroup" and bool(given.get("forum"))
    group = Chat(number, kind, str(given.get("title", "Group"))[:128], forum, standing, status)
    group.topics = {1: Topic(1, "General")} if forum else {}
    world.chats[number] = group
    world.changed()
    return group
