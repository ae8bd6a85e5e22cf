"""/sandbox/state, /sandbox/updates, /sandbox/calls, /sandbox/files: a look inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.driving.clock import after, seconds
from bot.sandbox.driving.orders import order, world_of
from bot.sandbox.driving.views import chat_view, person_view
from bot.sandbox.errors import DrivingError
from bot.sandbox.meta.forms import forms
from bot.sandbox.meta.notices import notices
from bot.sandbox.profile import USERNAME

if TYPE_CHECKING:
    from starlette.requests import Request


async def tell(request: Request) -> JSONResponse:
    """Everything but the messages."""
    world = world_of(request)
    profile, switched = world.profile, world.switches.states
    return JSONResponse({
        "revision": world.changes.revision,
        "clock": world.clock.told(),
        "people": [person_view(each) for each in world.people.values()],
        "groups": [chat_view(each) for each in world.chats.values() if each.type != "private"],
        "forms": list(forms()),
        "switches": [
            {"form": form, "country": country, "state": state} for (form, country), state in switched.items()
        ],
        "pages": {page: world.switches.editions.get(page, 0) for page in notices()},
        "bot": {
            "id": profile.id, "username": USERNAME, "name": profile.name, "description": profile.descriptions,
            "short_description": profile.short_descriptions,
            "commands": [
                {"scope": scope, "language_code": language, "commands": commands}
                for (scope, language), commands in profile.commands.items()
            ],
        },
        "pending": len(world.updates.pending),
    })  # fmt: skip


async def pending(request: Request) -> JSONResponse:
    """How many updates wait for the bot."""
    return JSONResponse({"count": len(world_of(request).updates.pending)})


async def add_update(request: Request) -> JSONResponse:
    """Queue an update as given, for kinds that nobody here plays; null if the bot did not ask for it."""
    given = await order(request, "kind", "content")
    kind, content = given.get("kind"), given.get("content")
    if not isinstance(kind, str) or not isinstance(content, dict):
        raise DrivingError(400, "kind is a name, content an object")
    return JSONResponse({"update_id": world_of(request).updates.add(kind, content)})


async def calls(request: Request) -> JSONResponse:
    """The bot's latest calls; `method` and `after` (a number) narrow them."""
    wanted, since = request.query_params.get("method", "").lower(), after(request) or 0
    found = [
        call for call in world_of(request).calls if call["number"] > since and wanted in {"", call["method"].lower()}
    ]
    return JSONResponse({"calls": found})


async def changes(request: Request) -> JSONResponse:
    """Wait until something differs from revision `after`."""
    world, known = world_of(request), after(request)
    if known is not None:
        await world.changes.after(known, seconds(request))
    return JSONResponse({"revision": world.changes.revision})


async def file(request: Request) -> Response:
    """A file that was sent, to be saved."""
    found = world_of(request).files.get(request.path_params["file"])
    if found is None:
        raise DrivingError(404, "no such file")
    headers: dict[str, Any] = {"Content-Disposition": f"attachment; filename*=utf-8''{_quoted(found.name)}"}
    return Response(found.content, media_type="application/octet-stream", headers=headers)


def _quoted(name: str) -> str:
    safe = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._"
    return "".join(chr(byte) if byte in safe else f"%{byte:02X}" for byte in name.encode())


ROUTES = [
    Route("/sandbox/state", tell),
    Route("/sandbox/updates/pending", pending),
    Route("/sandbox/updates", add_update, methods=["POST"]),
    Route("/sandbox/calls", calls),
    Route("/sandbox/changes", changes),
    Route("/sandbox/files/{file}", file),
]
