"""A story of looks, told minute by minute, and what is concluded after each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.domain.concluding import Change, Hints, conclude
from bot.domain.observations import Observation, Reason, Verdict
from bot.rendering.messages import renderer

BEGIN = datetime(2027, 3, 1, 12, tzinfo=UTC)
KINDS = {
    "good": (Verdict.ANSWERS, Reason.NONE),
    "login": (Verdict.ASKS_LOGIN, Reason.NONE),
    "gone": (Verdict.GONE, Reason.NOT_FOUND),
    "moved": (Verdict.MOVED, Reason.OTHER_PAGE),
    "silent": (Verdict.GONE, Reason.CONNECTION),
    "certificate": (Verdict.GONE, Reason.CERTIFICATE),
    "error": (Verdict.GONE, Reason.SERVER_ERROR),
    "platform": (Verdict.PLATFORM_DOWN, Reason.SERVER_ERROR),
    "wall": (Verdict.NO_DATA, Reason.BOT_WALL),
    "blind": (Verdict.NO_DATA, Reason.BLIND),
    "alike": (Verdict.NO_DATA, Reason.SAME_AS_DECOY),
}


def at(minute):
    return BEGIN + timedelta(minutes=minute)


def look(minute, kind, vantage="direct", number=0):
    verdict, reason = KINDS[kind]
    return Observation("form", "DE", vantage, at(minute), verdict, reason, 200, 0.3, (kind,), id=number)


@dataclass
class Story:
    """Looks as they come; incidents are kept as the board keeps them."""

    hints: Hints = field(default_factory=Hints)
    looks: list = field(default_factory=list)
    open: object = None
    past: list = field(default_factory=list)
    last: object = None
    changes: list = field(default_factory=list)
    ids: bool = True

    def see(self, minute, *kinds, **by_vantage):
        """One round: `direct` by its kind, others by name (`proxy`, `service`)."""
        seen = [*(("direct", kind) for kind in kinds), *((f"{name}:DE", kind) for name, kind in by_vantage.items())]
        for vantage, kind in seen:
            self.looks.append(look(minute, kind, vantage, (len(self.looks) + 1) * self.ids))
        return self.at(minute)

    def at(self, minute):
        """Conclude at that minute, without a look."""
        now = at(minute)
        as_stored = sorted(self.looks, key=lambda look: look.at)
        self.last = conclude("form", "DE", as_stored, self.open, self.past, self.hints, now)
        self.open = self.last.incident
        if self.last.change is Change.OPENED:
            self.open = replace(self.open, id=len(self.changes) + 1)
        if self.last.change is not Change.NONE:
            self.changes.append(self.last.change)
        if self.last.change is Change.ENDED:
            self.past, self.open = [*self.past, self.open], None
        return self

    def all_see(self, minutes, kind):
        for minute in minutes:
            self.see(minute, kind, proxy=kind)
        return self

    def hint(self, **changes):
        self.hints = replace(self.hints, **changes)
        return self

    def correct(self, minute, why):
        """An operator calls the open incident a false alarm."""
        self.past.append(replace(self.open, corrected_at=at(minute), correction=why))
        self.open = None
        return self

    @property
    def condition(self):
        return self.last.status.condition

    @property
    def explained(self):
        return "\n".join(renderer("en").reasoned(self.last.status.explanation, "UTC"))
