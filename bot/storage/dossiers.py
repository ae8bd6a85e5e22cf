"""What is kept of an announcement for its dossier: when operators said yes, and which groups were told how."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from bot.domain.announcing import Announcement, Ending, Told
from bot.domain.errors import SealError
from bot.storage.announcements import KEPT, TOLD, TOLD_KEPT, since
from bot.storage.groups import GROUP
from bot.storage.seen_schema import confirmations
from bot.storage.telling_schema import announcements, groups, tellings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.domain.incidents import Incident
    from bot.storage.engine import Database
    from bot.storage.seal import Seal


class Announced(NamedTuple):
    """An announcement with what is kept of how it was decided and told. Times in UTC, None: not kept.

    `languages` are groups that were told and are still kept, by language; `corrected` of them got the correction,
    `over` the end. `is_counted`: it began so lately that what each was told is kept.
    """

    one: Announcement
    first_at: datetime | None
    decided_at: datetime | None
    languages: Mapping[str, int]
    over: int
    corrected: int
    is_counted: bool


class Opened(NamedTuple):
    """An operator opened the form, logged in, or it did not open."""

    at: datetime
    opened: bool


def of(connection: Connection, seal: Seal, incident: int, now: datetime) -> Announced | None:
    """The newest announcement that tells of that incident."""
    found = (each for each in since(connection, now - KEPT) if incident in {line.incident for line in each.lines})
    one = next(found, None)
    if one is None:
        return None
    row = connection.execute(select(announcements).where(announcements.c.id == one.id)).one()
    told = list(_told(connection, seal, one.id))
    endings = Counter(ending for _, ending in told)
    return Announced(
        one, row.first_at, row.decided_at, dict(Counter(language for language, _ in told).most_common()),
        endings[Ending.OVER], endings[Ending.CORRECTED], now - one.opened_at < TOLD_KEPT,
    )  # fmt: skip


def _told(connection: Connection, seal: Seal, number: int) -> Iterator[tuple[str, Ending]]:
    theirs = select(tellings.c.chat_hash, tellings.c.sealed, groups.c.sealed.label("group_sealed"))
    both = theirs.join(groups, groups.c.chat_hash == tellings.c.chat_hash)
    for row in connection.execute(both.where(tellings.c.announcement == number, tellings.c.posted)):
        try:
            told: Told = TOLD.validate_python(seal.open("tellings", row.chat_hash, row.sealed)[1])
            group = GROUP.validate_python(seal.open("groups", row.chat_hash, row.group_sealed)[1])
        except SealError:
            continue
        yield group.language, told.ending


def opened(connection: Connection, incident: Incident, now: datetime) -> list[Opened]:
    """What operators saw of its form while it lasted."""
    seen = select(confirmations.c.at, confirmations.c.opened).where(
        confirmations.c.form == incident.form, confirmations.c.country == incident.country,
        confirmations.c.at >= incident.started_at, confirmations.c.at <= (incident.ended_at or now),
    )  # fmt: skip
    return [Opened(row.at, row.opened) for row in connection.execute(seen.order_by(confirmations.c.at))]


class Dossiers:
    """What the store keeps for dossiers."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal

    async def announced(self, incident: int, now: datetime) -> Announced | None:
        """The newest announcement that tells of that incident, None if none is kept."""
        return await self._database.read(of, self._seal, incident, now)

    async def opened(self, incident: Incident, now: datetime) -> list[Opened]:
        """What operators saw of its form, logged in, while it lasted."""
        return await self._database.read(opened, incident, now)
