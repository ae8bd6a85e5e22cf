"""What a person puts into a chat, as the Bot API's content of a message."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import DrivingError
from bot.sandbox.files import as_document, as_photo, as_voice, keep
from bot.sandbox.guard import DOCUMENT
from bot.sandbox.multipart import Upload

if TYPE_CHECKING:
    from bot.sandbox.world import Json, Person, World

WORDS = ("text", "photo", "voice", "sticker", "location", "contact", "document", "forward")
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
PLACE = {"latitude": 52.52, "longitude": 13.405}
STICKER = {
    "file_id": "SANDBOX-sticker", "file_unique_id": "sandboxsticker", "type": "regular",
    "width": 512, "height": 512,    "is_animated": False, "is_video": False, "emoji": "👍",
}  # fmt: skip


def content(world: World, by: Person, said: Json) -> Json:
    """Everything of a message that is not its text."""
    made: Json = {}
    if said.get("photo"):
        made["photo"] = as_photo(keep(world, Upload("photo.png", "image/png", PIXEL), "photos"))
    if said.get("voice"):
        made["voice"] = as_voice(keep(world, Upload("voice.ogg", "audio/ogg", b"OggS sandbox"), "voice"))
    if said.get("sticker"):
        made["sticker"] = STICKER
    if said.get("location"):
        made["location"] = PLACE
    if said.get("contact"):
        made["contact"] = {"phone_number": "+10000000000", "first_name": by.first_name, "user_id": by.id}
    if said.get("document"):
        made["document"] = as_document(keep(world, _document(said["document"]), "documents"))
    if said.get("forward"):
        made["forward_origin"] = {
            "type": "hidden_user", "date": world.now() - 60, "sender_user_name": "Somebody else",
        }  # fmt: skip
    return made


def _document(given: Any) -> Upload:
    if not isinstance(given, dict) or not isinstance(given.get("content"), str):
        raise DrivingError(400, 'document is {"name": …, "mime": …, "content": base64}')
    try:
        raw = base64.b64decode(given["content"], validate=True)
    except ValueError as error:
        raise DrivingError(400, f"not base64: {error}") from error
    if not 0 < len(raw) <= DOCUMENT:
        raise DrivingError(413, f"a document has 1 to {DOCUMENT} bytes")
    name = str(given.get("name", "document.bin"))[:120]
    return Upload(name, str(given.get("mime", "application/octet-stream"))[:100], raw)
