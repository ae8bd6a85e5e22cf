"""Sealing everything anew under another key, in one transaction.

Hashes change too, so that the old key can be thrown away once the last backup under it is gone (30 days):
every row that a chat's hash reaches also bears its id, sealed. Only reports don't: their link to the person,
which lasts 24 hours at most, is cut. The key file is written first. Until the commit the database says that
it is under the old key, which stays in the file, so a crash at any moment leaves a database that opens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Table, select, update

from bot.storage import state
from bot.storage.counted import place
from bot.storage.erasing import reached
from bot.storage.schema import reports, watches
from bot.storage.telling_schema import counted
from bot.storage.watches import topic

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection

    from bot.storage.seal import Seal


def reseal(connection: Connection, old: Seal, new: Seal) -> int:
    """Seal every row anew; how many they were. A damaged row stops it: nothing is changed then."""
    count = 0
    for table, owner in reached():
        if table is not reports:
            count += _reseal_table(connection, table, owner, old, new)
    connection.execute(update(reports).values(person=None))
    state.put(connection, state.KEY, new.key_id)
    return count


def _reseal_table(connection: Connection, table: Table, owner: Column[bytes], old: Seal, new: Seal) -> int:
    (row_id,) = table.primary_key.columns
    rows = connection.execute(select(row_id.label("row_id"), owner.label("owner"), table.c.sealed)).all()
    for row in rows:
        chat_id, document = old.open(table.name, row.owner, row.sealed)
        key = new.hash(owner.info["hash"], chat_id)
        values = {owner.name: key, "sealed": new.close(table.name, key, chat_id, document)}
        if table is watches:
            values["topic"] = topic(new, *(str(document[name]) for name in ("form", "country", "kind")))
        if table is counted:
            values["place"] = place(new, int(str(document["group"])))
        connection.execute(update(table).where(row_id == row.row_id).values(values))
    return len(rows)
