"""The Bot API's entrance: /bot<token>/<method> and /file/bot<token>/<path>."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from bot.sandbox.aborting import Aborted
from bot.sandbox.errors import ApiError
from bot.sandbox.methods import METHODS
from bot.sandbox.params import Params, read
from bot.sandbox.reading import number

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.sandbox.faults import Fault
    from bot.sandbox.methods.method import Method
    from bot.sandbox.world import World

_TOKEN = re.compile(r"([0-9]{1,15}):[A-Za-z0-9_-]{10,100}")
LONGEST_VALUE = 4200
"""In the log of calls; longer values are cut."""


async def call(request: Request) -> Response:
    """Answer one call of a method."""
    world: World = request.app.state.world
    try:
        _identify(world, request.path_params["token"])
        method = _method(request.path_params["method"])
        return await _answer(world, method, await read(request))
    except ApiError as error:
        return _refusal(error)


def _identify(world: World, token: str) -> None:
    """Any token of the right shape is good; the bot's id is the number before its colon."""
    found = _TOKEN.fullmatch(token)
    if not found:
        raise ApiError(401, "Unauthorized") if ":" in token else ApiError(404, "Not Found")
    world.profile.id = int(found[1])


def _method(name: str) -> Method:
    if method := METHODS.get(name.lower()):
        return method
    raise ApiError(404, "Not Found: method not found")


def _refusal(error: ApiError) -> Response:
    headers = {"Retry-After": str(error.parameters["retry_after"])} if "retry_after" in error.parameters else {}
    return JSONResponse(error.answer(), error.code, headers)


async def _answer(world: World, method: Method, params: Params) -> Response:
    fault = world.faults.strike(method.name, _chat_of(params))
    wait = world.limits.answer_delay + (float(fault.what.get("delay", 0)) if fault else 0)
    if wait:
        await asyncio.sleep(wait)
    if fault and fault.what.get("reset") == "before":
        _log(world, method, params, "reset before")
        return Aborted()
    response = await _perform(world, method, params, fault)
    return Aborted() if fault and fault.what.get("reset") == "after" else response


async def _perform(world: World, method: Method, params: Params, fault: Fault | None) -> Response:
    try:
        if fault and (error := fault.error()):
            raise error
        params.only(method.name, method.params)
        if method.sends:
            world.limits.admit(params.chat(), time.monotonic())
        result = await method.deed(world, params)
    except ApiError as error:
        _log(world, method, params, error.description)
        return _refusal(error)
    _log(world, method, params, None)
    return JSONResponse({"ok": True, "result": result})


def _chat_of(params: Params) -> int | None:
    return number(params.values.get("chat_id"))


def _log(world: World, method: Method, params: Params, error: str | None) -> None:
    shown = {name: _short(value) for name, value in params.values.items()}
    shown |= {name: f"{upload.name} ({len(upload.content)} bytes)" for name, upload in params.files.items()}
    world.calls.append({
        "number": world.number("call"), "at": world.clock.now().isoformat(), "method": method.name,
        "params": shown, "error": error,
    })  # fmt: skip


def _short(value: Any) -> Any:
    return value[:LONGEST_VALUE] if isinstance(value, str) else value


async def download(request: Request) -> Response:
    """A file that getFile has named."""
    world: World = request.app.state.world
    try:
        _identify(world, request.path_params["token"])
    except ApiError as error:
        return _refusal(error)
    path = request.path_params["path"]
    file = next((kept for kept in world.files.values() if kept.path == path), None)
    if file is None:
        return _refusal(ApiError(404, "Not Found"))
    return Response(file.content, media_type="application/octet-stream")
