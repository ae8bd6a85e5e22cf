"""The database: what is kept, sealed, and for how long. The rest of the house talks to `Store`."""

from bot.storage.changes import (
    Changes,
    Gathered,
    NewDelivery,
    NewReport,
    Outdated,
    PersonChange,
    StoredPerson,
    Watch,
)
from bot.storage.seal import Seal
from bot.storage.store import Store

__all__ = [
    "Changes",
    "Gathered",
    "NewDelivery",
    "NewReport",
    "Outdated",
    "PersonChange",
    "Seal",
    "Store",
    "StoredPerson",
    "Watch",
]
