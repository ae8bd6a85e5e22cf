"""/export: everything kept of somebody, as a file that can be read in again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.use_cases import documents

if TYPE_CHECKING:
    from bot.storage.store import Store


async def exported(store: Store, chat_id: int) -> bytes:
    """The file, as JSON in UTF-8: the person, and every other row that the chat's hash reaches."""
    rows = await store.rows_of(chat_id)
    kept = (await store.gather([], [chat_id])).people.get(chat_id)
    person = documents.of_export(documents.to_person(kept.document)) if kept else {"format": "empty"}
    others = {table: each for table, each in rows.items() if table not in {"people", "deliveries"} and each}
    return json.dumps({**person, "also": others}, ensure_ascii=False, indent=1, default=str).encode()
