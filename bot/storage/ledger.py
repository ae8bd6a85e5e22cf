"""The ledger of erasures: a file beside the key, because a restored backup knows nothing of later deletions.

One line an erasure: `number key-id hash time`. The hash has a purpose of its own, so that a line can't be
matched with a row without the key. The database keeps the number of the last erasure it has seen; at start
the lines after that number are repeated. Lines older than any backup we keep are dropped.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.errors import StorageError
from bot.storage import state
from bot.storage.erasing import chat_ids, erase
from bot.storage.faults import make_folder, unusable

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from bot.storage.seal import Seal

KEPT = timedelta(days=30)
PURPOSE = "erasure"


@dataclass(frozen=True, slots=True)
class Line:
    """One erasure."""

    number: int
    key_id: str
    hash: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.number} {self.key_id} {self.hash} {self.at.isoformat()}\n"


class Ledger:
    """The file. Written from the thread that writes the database, so one at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lines(self) -> list[Line]:
        """The erasures, the oldest first."""
        try:
            text = self._path.read_text("utf-8")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise unusable(f"The ledger of erasures {self._path}", error) from None
        except UnicodeDecodeError:
            raise self._damaged("is no text") from None
        return [self._line(number, line) for number, line in enumerate(text.splitlines(), 1)]

    def _line(self, place: int, text: str) -> Line:
        try:
            number, key_id, hashed, at = text.split()
            return Line(int(number), key_id, hashed, datetime.fromisoformat(at))
        except ValueError:
            raise self._damaged(f"is damaged in line {place}") from None

    def _damaged(self, how: str) -> StorageError:
        return StorageError(
            f"The ledger of erasures {self._path} {how}: put back a copy. Without one move it away; "
            "then backups made until today bring deleted people back, so delete those."
        )

    def note(self, connection: Connection, seal: Seal, erased: list[int], now: datetime) -> None:
        """Write down erasures, in the file first: the commit comes after it."""
        last = max([state.erasures_seen(connection), *(line.number for line in self.lines())])
        hashes = [seal.hash(PURPOSE, chat_id).hex() for chat_id in erased]
        new = [Line(last + place, seal.key_id, each, now) for place, each in enumerate(hashes, 1)]
        self._write([*self.lines(), *new])
        state.put(connection, state.ERASURES, str(new[-1].number))

    def take_back(self, connection: Connection) -> None:
        """Strike out what was noted for a commit that failed: the running database has seen all others."""
        seen = state.erasures_seen(connection)
        self._write([line for line in self.lines() if line.number <= seen])

    def repeat(self, connection: Connection, seal: Seal) -> int:
        """Erase again what a restored database still holds; how many chats that were."""
        seen = state.erasures_seen(connection)
        missed = [line for line in self.lines() if line.number > seen and seal.knows(line.key_id)]
        if not missed:
            return 0
        wanted = {(line.key_id, line.hash) for line in missed}
        keys = {key_id for key_id, _ in wanted}
        again = [
            chat_id
            for chat_id in chat_ids(connection, seal)
            if any((key, seal.hash(PURPOSE, chat_id, key_id=key).hex()) in wanted for key in keys)
        ]
        for chat_id in again:
            erase(connection, seal, chat_id)
        state.put(connection, state.ERASURES, str(missed[-1].number))
        return len(again)

    def drop_old(self, now: datetime) -> None:
        """Drop lines older than any backup."""
        lines = self.lines()
        young = [line for line in lines if now - line.at <= KEPT]
        if young != lines:
            self._write(young)

    def _write(self, lines: list[Line]) -> None:
        """Write all beside it and put it in place at once."""
        beside = self._path.with_name(f".{self._path.name}.new")
        try:
            make_folder(self._path.parent)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.writelines(str(line) for line in lines)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        except OSError as error:
            raise unusable(f"The ledger of erasures {self._path}", error) from None
