"""One commit: everything of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import StorageError
from bot.storage import announcements, closing, counted, groups, orders, outbox, pages, people, reports, state, watches
from bot.storage.changes import Outdated
from bot.storage.erasing import erase
from bot.storage.schema import deliveries, updates

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.storage.changes import Changes
    from bot.storage.ledger import Ledger
    from bot.storage.seal import Seal


def save(connection: Connection, seal: Seal, ledger: Ledger, changes: Changes) -> None:
    """Write one commit. Outdated if an update was here before, or a person was changed since it was read.

    1. The updates: a number that is there already stops everything.
    2. Who is erased, then the people, then what is promised to them.
    3. The ledger of erasures, last, so that it is written only when nothing but the commit can fail.
    """
    if state.key_id(connection) != seal.key_id:
        raise StorageError("The database was sealed anew under another key while the bot ran: start the bot again.")
    try:
        _save(connection, seal, ledger, changes)
    except IntegrityError:
        raise Outdated("An update or a delivery of it was saved before; nothing was saved now.") from None


def _save(connection: Connection, seal: Seal, ledger: Ledger, changes: Changes) -> None:
    _add_updates(connection, changes)
    _save_groups(connection, seal, changes)
    for chat_id in changes.erased:
        erase(connection, seal, chat_id)
    if changes.erased:
        groups.forget_admin(connection, seal, changes.erased)
    people.save(connection, seal, changes.now, changes.people, changes.erased)
    if changes.deliveries:
        connection.execute(insert(deliveries), outbox.rows_for(seal, changes.deliveries))
    reports.add(connection, seal, changes.now, changes.reports)
    watches.add(connection, seal, changes.now, changes.watches)
    watches.remove(connection, seal, changes.unwatch)
    watches.fulfil(connection, seal, changes.fulfilled)
    counted.add(connection, seal, changes.joined)
    counted.remove(connection, seal, changes.left)
    orders.carry_out(connection, seal, changes.now, changes.orders)
    orders.report(connection, changes.now, changes.reported)
    pages.asked(connection, changes.pages_asked, changes.now)
    if changes.closing_said:
        closing.say(connection, *changes.closing_said)
    if changes.erased:
        ledger.note(connection, seal, changes.erased, changes.now)


def _save_groups(connection: Connection, seal: Seal, changes: Changes) -> None:
    for old, new in changes.moved_groups:
        groups.move(connection, seal, old, new)
    for chat_id in changes.forgotten_groups:
        groups.forget(connection, seal, chat_id)
    for chat_id in changes.uncounted:
        counted.forget(connection, seal, chat_id)
    groups.save(connection, seal, changes.groups)
    announcements.look_again(connection, seal, changes.regrouped, changes.now)


def _add_updates(connection: Connection, changes: Changes) -> None:
    aside = set(changes.set_aside)
    ids = dict.fromkeys([*changes.updates, *changes.set_aside])
    if ids:
        rows = [{"update_id": each, "received_at": changes.now, "set_aside": each in aside} for each in ids]
        connection.execute(insert(updates), rows)
