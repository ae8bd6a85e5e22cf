"""/sandbox/people: somebody new, where they are logged in, whether they block the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.sandbox.driving.orders import order, person, world_of
from bot.sandbox.driving.views import person_view
from bot.sandbox.errors import DrivingError
from bot.sandbox.seed import CHATS_AT_MOST, FIRST_PERSON, add_person, everywhere
from bot.sandbox.service import block
from bot.sandbox.world import PLACES, Person

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.sandbox.world import World

WORDS = ("first_name", "language_code", "country", "lives_in", "logins", "opens_in")
DEEDS = ("block", "unblock", "deactivate", "reactivate")


async def make(request: Request) -> JSONResponse:
    """Somebody new."""
    world = world_of(request)
    given = await order(request, "id", *WORDS)
    number = given.get("id") or _next_id(world)
    if not isinstance(number, int) or not 0 < number < 2**52 or number in world.chats:
        raise DrivingError(409, "an id is a free positive number")
    if len(world.chats) >= CHATS_AT_MOST:
        raise DrivingError(409, f"at most {CHATS_AT_MOST} chats")
    country = _country(given.get("country", "DE"))
    made = Person(
        number, str(given.get("first_name") or "Somebody")[:64], given.get("language_code"), country,
        _country(given.get("lives_in", country)), everywhere(),
    )  # fmt: skip
    if "logins" in given:
        made.logins = _logins(given["logins"])
    return JSONResponse(person_view(add_person(world, made)))


def _next_id(world: World) -> int:
    return max([FIRST_PERSON, *world.people]) + 1


def _country(given: Any) -> str:
    if not isinstance(given, str) or len(given) != 2 or not given.isalpha():
        raise DrivingError(400, "a country has two letters")
    return given.upper()


def _logins(given: Any) -> dict[str, set[str]]:
    if not isinstance(given, dict):
        raise DrivingError(400, f"logins is service → places of {', '.join(PLACES)}")
    for service, places in given.items():
        known = service in {"facebook", "instagram"} and isinstance(places, list) and set(places) <= set(PLACES)
        if not known:
            raise DrivingError(400, f"logins is facebook or instagram → places of {', '.join(PLACES)}")
    return {service: set(places) for service, places in given.items()}


async def change(request: Request) -> JSONResponse:
    """Change language, country or logins."""
    world = world_of(request)
    who = person(world, request.path_params["person"])
    given = await order(request, *WORDS)
    who.first_name = str(given.get("first_name", who.first_name))[:64] or who.first_name
    who.language_code = given.get("language_code", who.language_code)
    who.country = _country(given.get("country", who.country))
    who.lives_in = _country(given.get("lives_in", who.lives_in))
    if given.get("opens_in", who.opens_in) not in PLACES:
        raise DrivingError(400, f"opens_in is one of {', '.join(PLACES)}")
    who.opens_in = given.get("opens_in", who.opens_in)
    who.logins = who.logins | _logins(given.get("logins", {}))
    world.changed()
    return JSONResponse(person_view(who))


async def deed(request: Request) -> JSONResponse:
    """Block or unblock the bot; close the account or open it again."""
    world = world_of(request)
    who, what = person(world, request.path_params["person"]), request.path_params["deed"]
    if what not in DEEDS:
        raise DrivingError(404, f"known: {', '.join(DEEDS)}")
    if what in {"block", "unblock"}:
        block(world, who, blocked=what == "block")
    else:
        who.deactivated = what == "deactivate"
        world.changed()
    return JSONResponse(person_view(who))


ROUTES = [
    Route("/sandbox/people", make, methods=["POST"]),
    Route("/sandbox/people/{person:int}", change, methods=["POST"]),
    Route("/sandbox/people/{person:int}/{deed}", deed, methods=["POST"]),
]
