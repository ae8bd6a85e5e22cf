"""Sealing what is kept of a person, and the keyed hashes that find it again (DESIGN promise 5).

A sealed value is `key id (4), nonce (12), ciphertext and tag`. It is bound to its table and its chat, so that
rows can't be swapped, and filled up to a multiple of 256 bytes, so that its length tells little. From each
root key HKDF makes one key that seals, and one a purpose that hashes: hashes of different purposes can't be
matched without the key file.
"""

from __future__ import annotations

import hmac
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.domain.errors import SealError
from bot.storage import key_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from bot.domain.deliveries import Value

NONCE_BYTES = 12
HASH_BYTES = 16
NUMBER_BYTES = 8
FILL = 256
as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Seal:
    """Seals and hashes under one key, opens what any key of the file sealed."""

    def __init__(self, path: Path) -> None:
        """Read the key file; `from_file` makes it at the first start."""
        self.path = path
        self._read(key_file.read(path))

    @classmethod
    def from_file(cls, path: Path, *, on: date) -> Seal:
        """The seal of a key file, made on that day if it isn't there."""
        key_file.read_or_make(path, on)
        return cls(path)

    @property
    def ledger(self) -> Path:
        """Where erasures are noted, beside the key file: a restored backup knows nothing of them."""
        return self.path.with_name(self.path.name + ".erasures")

    def warnings(self) -> tuple[str, ...]:
        """What an operator should know about the key file."""
        return key_file.warnings(self.path)

    def use(self, key_id: str) -> None:
        """Seal and hash under this key, the one the database is under."""
        if key_id not in self._roots:
            raise SealError(
                f"The database is sealed under key {key_id}, which is not in {self.path}. "
                "Put back the file it was made with."
            )
        self.key_id = key_id

    def add_key(self, on: date) -> str:
        """Put a new key into the file. It is used from `reload` on."""
        return key_file.add_key(self.path, on).id

    def reload(self, key_id: str) -> None:
        """Read the file again and use that key."""
        self._read(key_file.read(self.path))
        self.use(key_id)

    def hash(self, purpose: str, value: int | str, *, key_id: str | None = None) -> bytes:
        """The keyed hash of a chat id, or of a text, for one purpose."""
        key = self._hash_key(key_id or self.key_id, purpose)
        return hmac.digest(key, str(value).encode(), "sha256")[:HASH_BYTES]

    def lasting_hash(self, purpose: str, value: str) -> bytes:
        """The keyed hash under the oldest key: newer keys do not change it, so others may remember it."""
        return self.hash(purpose, value, key_id=list(self._roots)[-1])

    def knows(self, key_id: str) -> bool:
        """Tell whether this key is in the file."""
        return key_id in self._roots

    def close(self, table: str, owner: bytes, chat_id: int, document: Mapping[str, Value]) -> bytes:
        """Seal a chat's document for a row of that table."""
        text = as_json([chat_id, document]).encode()
        nonce = os.urandom(NONCE_BYTES)
        filled = text.ljust(-(-len(text) // FILL) * FILL)
        key_id = bytes.fromhex(self.key_id)
        return key_id + nonce + self._ciphers[key_id].encrypt(nonce, filled, table.encode() + owner)

    def open(self, table: str, owner: bytes, sealed: bytes) -> tuple[int, dict[str, Value]]:
        """The chat id and the document. SealError if the key is missing or the value was changed or moved."""
        cipher = self._ciphers.get(sealed[: key_file.ID_BYTES])
        if cipher is None:
            key_id = sealed[: key_file.ID_BYTES].hex()
            raise SealError(f"A row of {table} is sealed under key {key_id}, which is not in {self.path}.")
        start = key_file.ID_BYTES + NONCE_BYTES
        try:
            text = cipher.decrypt(sealed[key_file.ID_BYTES : start], sealed[start:], table.encode() + owner)
        except (InvalidTag, ValueError):
            raise SealError(f"A row of {table} is damaged and can't be opened.") from None
        chat_id, document = json.loads(text)
        return chat_id, document

    def token(self, purpose: str, number: int) -> str:
        """A short text for links, of `A-Z a-z 0-9 _ -`, that only the key file reads as the number. 54 characters."""
        key_id, plain = bytes.fromhex(self.key_id), number.to_bytes(NUMBER_BYTES, signed=True)
        nonce = self.hash(f"token {purpose}", number)[:NONCE_BYTES]  # the same number gives the same text
        sealed = self._ciphers[key_id].encrypt(nonce, plain, f"token {purpose}".encode())
        return urlsafe_b64encode(key_id + nonce + sealed).rstrip(b"=").decode()

    def number_in(self, purpose: str, token: str) -> int | None:
        """The number of a token of that purpose; None if it is none of ours."""
        try:
            raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
            cipher, start = self._ciphers[raw[: key_file.ID_BYTES]], key_file.ID_BYTES + NONCE_BYTES
            plain = cipher.decrypt(raw[key_file.ID_BYTES : start], raw[start:], f"token {purpose}".encode())
        except (ValueError, KeyError, InvalidTag):
            return None
        return int.from_bytes(plain, signed=True)

    def _read(self, keys: tuple[key_file.RootKey, ...]) -> None:
        self._roots = {key.id: key.key for key in keys}
        self._ciphers = {bytes.fromhex(key.id): AESGCM(_derive(key.key, "seal")) for key in keys}
        self._hash_keys: dict[tuple[str, str], bytes] = {}
        self.use(keys[0].id)

    def _hash_key(self, key_id: str, purpose: str) -> bytes:
        known = self._hash_keys.get((key_id, purpose))
        if known is None:
            known = _derive(self._roots[key_id], f"hash {purpose}")
            self._hash_keys[key_id, purpose] = known
        return known


def _derive(root: bytes, purpose: str) -> bytes:
    info = f"objection-bot {purpose}".encode()
    return HKDF(SHA256(), length=32, salt=None, info=info).derive(root)
