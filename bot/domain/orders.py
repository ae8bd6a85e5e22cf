"""What an operator orders in the chat. Carried out in the same commit as the update that brought it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.announcing import Approval
from bot.domain.bulletins import Bulletin  # noqa: TC001  # a field's type
from bot.domain.closing import CallOff, Close
from bot.domain.hints import Pause  # noqa: TC001  # a field's type
from bot.domain.incidents import Correction  # noqa: TC001  # as above
from bot.domain.watched_pages import Ruling  # noqa: TC001  # as above


class Decision(StrEnum):
    """What an operator wants of an announcement."""

    YES = "yes"
    HOLD = "hold"
    """Ask again in half an hour."""
    NO = "no"
    STOP = "stop"
    """Tell nobody who is not told yet. Who was told is told how it ends."""


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide about an announcement. `second`: two different operators must say yes."""

    announcement: int
    decision: Decision
    second: bool = False


@dataclass(frozen=True, slots=True)
class Issue:
    """Send a bulletin. It is the first yes to it; `second`: another operator's is needed too."""

    bulletin: Bulletin
    second: bool = False


@dataclass(frozen=True, slots=True)
class Correct:
    """Take an incident back; one that was corrected before stays as it is."""

    incident: int
    why: Correction


@dataclass(frozen=True, slots=True)
class Confirm:
    """The operator opened a form, logged in, or it did not open."""

    form: str
    country: str
    opened: bool


@dataclass(frozen=True, slots=True)
class SetPause:
    """A planned pause."""

    pause: Pause


@dataclass(frozen=True, slots=True)
class EndPause:
    """End a planned pause now."""

    number: int


@dataclass(frozen=True, slots=True)
class RulePage:
    """What a change of a watched page means for people; about the change of that number, no later one."""

    page: str
    change: int
    ruling: Ruling


Order = Decide | Issue | Correct | Confirm | SetPause | EndPause | RulePage | Close | CallOff


WAITING = frozenset({Approval.HALF, Approval.STOPPED})
"""A second yes may be missing."""


def decided(approval: Approval, first: str, order: Decide, who: str) -> tuple[Approval, str]:
    """What is decided after an order, and who said yes first. A final decision stays; `who` is no name but a hash.

    1. Yes needs, if two are asked for, a first one by somebody else.
    2. Only what is being told can be stopped; a yes tells on. Until it is enough it stays stopped: some know of it.
    3. No is final: it was our fault.
    """
    if approval is Approval.NO or (approval is Approval.YES and order.decision is not Decision.STOP):
        return approval, first
    match order.decision:
        case Decision.YES:
            is_enough = not order.second or (approval in WAITING and first not in {"", who})
            waits = Approval.STOPPED if approval is Approval.STOPPED else Approval.HALF
            return (Approval.YES if is_enough else waits), first or who
        case Decision.HOLD:
            return (Approval.STOPPED if approval is Approval.STOPPED else Approval.HELD), ""
        case Decision.NO:
            return Approval.NO, ""
        case Decision.STOP:
            return (Approval.STOPPED, "") if approval is Approval.YES else (approval, first)
