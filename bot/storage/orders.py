"""Operators' orders, carried out within a commit; and what operators were told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from bot.domain.announcing import Announcement, Approval
from bot.domain.closing import CallOff, Close
from bot.domain.desk import Said
from bot.domain.orders import Confirm, Correct, Decide, Decision, EndPause, Issue, RulePage, SetPause, decided
from bot.storage import announcements as kept
from bot.storage import closing, confirmations, incidents, pages, pauses
from bot.storage.changes import Outdated
from bot.storage.seen_schema import incidents as table
from bot.storage.telling_schema import announcements

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from bot.domain.orders import Order
    from bot.storage.changes import Reported
    from bot.storage.seal import Seal


def name_of(seal: Seal, chat_id: int) -> str:
    """What is kept of an operator who said yes: enough to tell whether somebody else is another one."""
    return seal.hash("operator", chat_id).hex()


def carry_out(connection: Connection, seal: Seal, now: datetime, given: Iterable[tuple[int, Order]]) -> None:
    """Carry out these, in order; each by the state it finds."""
    for chat_id, order in given:
        match order:
            case Decide():
                _decide(connection, order, name_of(seal, chat_id), now)
            case Issue():
                _issue(connection, order, name_of(seal, chat_id), now)
            case Correct():
                _correct(connection, order, now)
            case Confirm():
                confirmations.add(connection, order.form, order.country, now, order.opened)
            case SetPause(pause):
                pauses.add(connection, pause)
            case EndPause(number):
                pauses.end(connection, number, now)
            case RulePage(page, change, ruling):
                pages.rule(connection, page, change, ruling, now)
            case Close() | CallOff():
                closing.carry_out(connection, order, name_of(seal, chat_id), now)


def _decide(connection: Connection, order: Decide, who: str, now: datetime) -> None:
    this = announcements.c.id == order.announcement
    row = connection.execute(select(announcements).where(this)).first()
    if row is None:
        return
    approval, first = decided(Approval(row.approval), row.decided_by, order, who)
    values: dict[str, object] = {"approval": approval.value, "decided_by": first}
    if order.decision is Decision.HOLD:
        values["said_at"] = now
    if order.decision is Decision.STOP and approval is Approval.STOPPED:
        values["said"] = Said.ASKED.value  # what comes of it is news again
    values |= _times(row, approval, now)
    connection.execute(update(announcements).where(this).values(values))


def forget_strangers(connection: Connection, seal: Seal, operators: Iterable[int], now: datetime) -> None:
    """Take back a first yes of whoever is no operator any more, or was known under a key before."""
    known = {name_of(seal, each) for each in operators}
    foreign = announcements.c.decided_by.not_in({"", *known})
    half = {"approval": Approval.ASKED.value, "decided_by": "", "first_at": None}
    is_half = announcements.c.approval == Approval.HALF.value
    connection.execute(update(announcements).where(foreign, is_half).values(half))
    stopped = announcements.c.approval == Approval.STOPPED.value
    connection.execute(update(announcements).where(foreign, stopped).values(decided_by=""))
    closing.forget_strangers(connection, known, now)


def _issue(connection: Connection, order: Issue, who: str, now: datetime) -> None:
    """Keep a bulletin, with its first yes. Whom it reaches is planned afterwards, and at the next start.

    Of two corrections that operators send at once the first counts.
    """
    if order.bulletin.corrects and kept.is_corrected(connection, order.bulletin.corrects):
        return
    new = Announcement(0, None, now, Approval.ASKED, bulletin=order.bulletin)
    number = kept.save(connection, new).id
    _decide(connection, Decide(number, Decision.YES, second=order.second), who, now)


def _times(row: Row[Any], approval: Approval, now: datetime) -> dict[str, datetime | None]:
    """When somebody said yes. Once groups may be told it stays, also if it is stopped and told on."""
    if row.decided_at is not None or approval.value == row.approval:
        return {}
    match approval:
        case Approval.HALF:
            return {"first_at": now}
        case Approval.YES:
            return {"first_at": row.first_at or now, "decided_at": now}
        case _:
            return {"first_at": None}


def _correct(connection: Connection, order: Correct, now: datetime) -> None:
    known = connection.execute(select(table.c.corrected_at).where(table.c.id == order.incident)).first()
    if known and known.corrected_at is None:
        incidents.correct(connection, order.incident, order.why, now)


def report(connection: Connection, now: datetime, told: Iterable[Reported]) -> None:
    """Operators are told these. Outdated if another process told them meanwhile."""
    for one in told:
        said, at = one.before
        same = (announcements.c.said == said) & (
            announcements.c.said_at.is_(None) if at is None else announcements.c.said_at == at
        )
        changed = update(announcements).where(announcements.c.id == one.announcement, same)
        if not connection.execute(changed.values(said=one.said, said_at=now)).rowcount:
            raise Outdated("Operators were told meanwhile.")
