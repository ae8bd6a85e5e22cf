"""/sandbox/chats for groups: what happens to them, their topics, and to the bot there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.sandbox import asking, service
from bot.sandbox.driving.orders import actor, chat, order, world_of
from bot.sandbox.driving.views import message_view
from bot.sandbox.errors import DrivingError
from bot.sandbox.seed import add_group
from bot.sandbox.world import Message, Topic

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.sandbox.world import Chat

STANDINGS = {
    "kick": "kicked",
    "add": "member",
    "promote": "administrator",
    "demote": "member",
    "mute": "restricted",
}


async def stand(request: Request) -> JSONResponse:
    """The bot is kicked, added, promoted, demoted or muted in a group."""
    world, found = world_of(request), _group(request)
    given = await order(request, "from")
    by = actor(world, found, given.get("from", next(iter(found.members))))
    if request.path_params["deed"] not in STANDINGS:
        raise DrivingError(404, f"known: {', '.join(STANDINGS)}")
    status = STANDINGS[request.path_params["deed"]]
    if found.type == "channel" and status not in {"kicked", "administrator"}:
        raise DrivingError(409, "in a channel the bot is an administrator or not there")
    service.stand(world, found, by, status)
    return JSONResponse({"bot": found.bot})


async def migrate(request: Request) -> JSONResponse:
    """A group becomes a supergroup."""
    world, found = world_of(request), _group(request)
    if found.type != "group" or found.migrated_to:
        raise DrivingError(409, "only a basic group can become a supergroup, once")
    return JSONResponse({"chat_id": service.migrate(world, found).id})


async def add_topic(request: Request) -> JSONResponse:
    """A new topic in a forum."""
    world, found = world_of(request), _group(request)
    name = str((await order(request, "name")).get("name", "Topic"))[:128]
    if not found.forum:
        raise DrivingError(409, "this group has no topics")
    by = next(iter(found.members))
    number = world.next_message_id(found)
    found.topics[number] = Topic(number, name)
    created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
    world.add_message(found, Message(number, found.id, by, world.now(), content=created, thread=number))
    return JSONResponse({"thread": number})


async def change_topic(request: Request) -> JSONResponse:
    """A topic is closed or opened."""
    world, found, number = world_of(request), _group(request), request.path_params["thread"]
    if number not in found.topics:
        raise DrivingError(404, "no such topic")
    closed = bool((await order(request, "closed")).get("closed"))
    service.close_topic(world, found, number, next(iter(found.members)), closed=closed)
    return JSONResponse({"thread": number, "closed": closed})


async def change_member(request: Request) -> JSONResponse:
    """Somebody joins, leaves, or becomes an administrator."""
    world, found = world_of(request), _group(request)
    given = await order(request, "person", "status")
    status = given.get("status", "member")
    if given.get("person") not in world.people or status not in {
        "creator",
        "administrator",
        "member",
        "left",
    }:
        raise DrivingError(400, "a person, and creator, administrator, member or left")
    service.change_member(world, found, world.people[given["person"]], status)
    return JSONResponse({"members": found.members})


def _group(request: Request) -> Chat:
    found = chat(request)
    if found.type == "private":
        raise DrivingError(409, "that is for groups")
    return found


async def share(request: Request) -> JSONResponse:
    """A person chooses a group or channel by the keyboard below the private chat."""
    world, found = world_of(request), chat(request)
    if found.type != "private":
        raise DrivingError(409, "groups are chosen in private chats")
    wanted = (await order(request, "chat_id")).get("chat_id")
    chosen = world.chats.get(wanted or 0)
    if chosen is None or chosen.type == "private":
        raise DrivingError(404, "no such group")
    return JSONResponse(message_view(world, asking.share(world, world.people[found.id], chosen)))


async def make_group(request: Request) -> JSONResponse:
    """A new group; its first member has created it."""
    world = world_of(request)
    given = await order(request, "title", "type", "forum", "members", "bot")
    return JSONResponse({"chat_id": add_group(world, given).id})


_CHAT = "/sandbox/chats/{chat}"
ROUTES = [
    Route("/sandbox/groups", make_group, methods=["POST"]),
    Route(f"{_CHAT}/migrate", migrate, methods=["POST"]),
    Route(f"{_CHAT}/topics", add_topic, methods=["POST"]),
    Route(f"{_CHAT}/topics/{{thread:int}}", change_topic, methods=["POST"]),
    Route(f"{_CHAT}/members", change_member, methods=["POST"]),
    Route(f"{_CHAT}/share", share, methods=["POST"]),
    Route(f"{_CHAT}/bot/{{deed}}", stand, methods=["POST"]),
]
