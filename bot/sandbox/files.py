"""Files that were sent, kept in memory while there is room."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from bot.sandbox.world import File

if TYPE_CHECKING:
    from bot.sandbox.multipart import Upload
    from bot.sandbox.world import Json, World

ROOM = 200 * 2**20
PNG_SIGN = b"\x89PNG\r\n\x1a\n"


def keep(world: World, upload: Upload, folder: str) -> File:
    """Keep a file; the oldest ones make room."""
    number = world.number("file", 0)
    file_id = f"SANDBOX-{number}-{sha256(upload.content).hexdigest()[:24]}"
    suffix = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
    safe = "".join(character for character in suffix if character.isalnum())[:8] or "bin"
    file = File(file_id, f"{folder}/file_{number}.{safe}", upload.name, upload.mime, upload.content)
    while world.files and sum(len(kept.content) for kept in world.files.values()) + len(file.content) > ROOM:
        del world.files[next(iter(world.files))]
    world.files[file.id] = file
    return file


def unique_id(file: File) -> str:
    """The id that stays the same for everybody."""
    return file.id.rpartition("-")[2][:16]


def as_document(file: File) -> Json:
    """The Bot API's Document."""
    return {
        "file_id": file.id, "file_unique_id": unique_id(file), "file_name": file.name,
        "mime_type": file.mime, "file_size": len(file.content),
    }  # fmt: skip


def as_photo(file: File) -> list[Json]:
    """The Bot API's sizes of a photo: one."""
    width, height = size(file.content)
    return [{
        "file_id": file.id, "file_unique_id": unique_id(file), "width": width, "height": height,
        "file_size": len(file.content),
    }]  # fmt: skip


def as_voice(file: File) -> Json:
    """The Bot API's Voice."""
    return {
        "file_id": file.id, "file_unique_id": unique_id(file), "duration": 4, "mime_type": "audio/ogg",
        "file_size": len(file.content),
    }  # fmt: skip


def size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG; something plausible for anything else."""
    if not content.startswith(PNG_SIGN) or len(content) < 24:
        return 800, 600
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
