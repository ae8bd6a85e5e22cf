"""Parameters of a Bot API call: JSON, urlencoded or multipart, read as Telegram reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from bot.sandbox.errors import ApiError, bad_request, not_played
from bot.sandbox.multipart import Upload, split
from bot.sandbox.reading import number, strict_json

if TYPE_CHECKING:
    from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Params:
    """The values of one call. Empty strings count as absent, as in Telegram."""

    values: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)

    def only(self, method: str, known: frozenset[str]) -> None:
        """Refuse what the sandbox does not know, so that a mistake is seen."""
        loose = {name for name in self.files if name not in known and f"attach://{name}" not in self.values.values()}
        if unknown := (self.values.keys() - known) | loose:
            raise not_played(f"does not know the parameter {', '.join(sorted(unknown))} of {method}")

    def text(self, name: str) -> str:
        """A string; empty if absent."""
        value = self.values.get(name, "")
        if isinstance(value, bool | dict | list):
            raise bad_request(f'field "{name}" must be of type String')
        return str(value)

    def whole(self, name: str, default: int = 0) -> int:
        """A whole number."""
        value = number(self.values.get(name, default))
        if value is None:
            raise bad_request(f'field "{name}" must be a valid Number')
        return value

    def flag(self, name: str) -> bool:
        """A Boolean."""
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes", "t", "y"}

    def json(self, name: str) -> Any:
        """A JSON-serialised value, or the value itself in a JSON body; None if absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return strict_json(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def chat(self) -> int:
        """The chat that is meant."""
        value = self.text("chat_id")
        if not value:
            raise bad_request("chat_id is empty")
        chat = number(value)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def message(self) -> int:
        """The message that is meant."""
        number = self.whole("message_id")
        if number <= 0:
            raise bad_request("message identifier is not specified")
        return number


async def read(request: Request) -> Params:
    """The parameters of a request: query, then body."""
    values: dict[str, Any] = dict(parse_qsl(request.url.query))
    body = await request.body()
    files: dict[str, Upload] = {}
    try:
        given, files = _decode(body, request.headers.get("content-type", ""))
    except ValueError as error:
        raise ApiError(400, f"Bad Request: can't parse request: {error}") from error
    values |= given
    return Params({name: value for name, value in values.items() if value not in (None, "")}, files)


def _decode(body: bytes, content_type: str) -> tuple[dict[str, Any], dict[str, Upload]]:
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return {}, {}
    if kind == "application/json":
        given = strict_json(body)
        if not isinstance(given, dict):
            raise ValueError("object expected")
        return given, {}
    if kind == "multipart/form-data":
        return split(body, content_type)
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode("utf-8"))), {}
    raise ValueError(f"unsupported content type {kind!r}")
