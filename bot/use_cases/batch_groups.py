"""What becomes of groups in the events that share one commit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.storage.changes import StoredGroup
from conversations.effects import Regrouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.groups import Group
    from bot.storage.changes import Changes
    from conversations.effects import Effect


@dataclass(slots=True)
class BatchGroups:
    """Groups as they are after the events so far, above what was read of them."""

    read: dict[int, StoredGroup] = field(default_factory=dict)
    _now: dict[int, Group | None] = field(default_factory=dict)
    _moved: dict[int, int] = field(default_factory=dict)

    def get(self, chat_id: int) -> Group | None:
        """The group, None if nothing is kept of it (any more)."""
        if chat_id in self._now:
            return self._now[chat_id]
        stored = self.read.get(chat_id)
        return stored.group if stored else None

    def keep(self, group: Group) -> None:
        """It is to be kept like this."""
        self._now[group.chat_id] = group

    def forget(self, chat_id: int) -> None:
        """Nothing of it is to be kept."""
        self._now[chat_id] = None

    def move(self, old: int, new: int) -> None:
        """It goes on under another number."""
        group = self.get(old)
        if group is None or self.get(new) is not None or old not in self.read:
            return
        moved = replace(group, chat_id=new)
        self.read[new] = StoredGroup(moved, 1)  # so the store writes it when it moves
        self._moved[old], self._now[old] = new, None
        if group != self.read[old].group:
            self._now[new] = moved

    def finish(self, changes: Changes) -> list[tuple[int, Effect]]:
        """Put it into the commit; what is to be done afterwards."""
        changes.moved_groups.extend(self._moved.items())
        after = list(self._after())
        changes.regrouped.extend(chat_id for chat_id, group in after if group)
        for chat_id, group in self._now.items():
            stored = self.read.get(chat_id)
            if group is not None and (stored is None or group != stored.group):
                changes.groups.append(StoredGroup(group, stored.version if stored else 0))
            elif group is None and stored and chat_id not in self._moved:
                changes.forgotten_groups.append(chat_id)
        return [(chat_id, Regrouped(chat_id, group)) for chat_id, group in after]

    def _after(self) -> Iterator[tuple[int, Group | None]]:
        """What is to be told otherwise than before; that something was posted changes nothing of it."""
        for chat_id, group in self._now.items():
            stored = self.read.get(chat_id)
            if _settings(group) != _settings(stored.group if stored else None):
                yield chat_id, group
        for new in self._moved.values():
            yield new, self.get(new)


def _settings(group: Group | None) -> Group | None:
    return replace(group, posted=(), strikes=0, counted_on=None) if group else None
