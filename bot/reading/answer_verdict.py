"""From what speaks for each kind to one reading, and how sure it is. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.answers import AnswerKind, HowSure, Reading

OLDER = 0.4
"""What a sentence weighs in an older mail below one that says something itself."""
CLEAR, SOME = 3.0, 2.0
ENOUGH = 4.0
"""Several weaker signs together are as good as a clear one."""
CONTRARY = 1.0
"""So much against it, and nothing is read as accepted."""
ORDER = (
    AnswerKind.WANTS_PROOF, AnswerKind.WRONG_FORM, AnswerKind.NOT_IN_REGION, AnswerKind.MORE_TIME, AnswerKind.CODE,
    AnswerKind.REFUSED, AnswerKind.NO_FURTHER_ACTION, AnswerKind.ACCEPTED, AnswerKind.RECEIVED, AnswerKind.UNKNOWN,
)  # fmt: skip
"""Of two equally strong the one that says more."""
_GOES_WITH = {
    AnswerKind.WANTS_PROOF: {AnswerKind.NO_FURTHER_ACTION, AnswerKind.REFUSED},
    AnswerKind.WRONG_FORM: {AnswerKind.NO_FURTHER_ACTION, AnswerKind.REFUSED},
    AnswerKind.NOT_IN_REGION: {AnswerKind.NO_FURTHER_ACTION, AnswerKind.REFUSED},
    AnswerKind.REFUSED: {AnswerKind.NO_FURTHER_ACTION},
}
"""A refusal is no contradiction to its cause."""
_QUIET = frozenset({AnswerKind.RECEIVED, AnswerKind.UNKNOWN})
"""A receipt or a general notice may stand beside any decision."""


@dataclass(slots=True)
class Tally:
    """What speaks for each kind in one mail: the strongest sign, and all signs together."""

    strongest: dict[AnswerKind, float] = field(default_factory=dict)
    total: dict[AnswerKind, float] = field(default_factory=dict)
    denies: bool = False
    """Does a sentence deny something of which no rule knows what it comes to? It may be the decision below a thanks."""

    def add(self, kind: AnswerKind, weight: float) -> None:
        if weight > 0:
            self.strongest[kind] = max(weight, self.strongest.get(kind, 0))
            self.total[kind] = weight + self.total.get(kind, 0)

    def strength(self, kind: AnswerKind) -> float:
        strongest = self.strongest.get(kind, 0)
        return max(strongest, CLEAR) if self.total.get(kind, 0) >= ENOUGH else strongest


def verdict(tallies: list[Tally], language: str | None) -> Reading:
    """The topmost mail that says something decides."""
    speaking = [tally for tally in tallies if tally.total]
    if not speaking:
        return Reading(AnswerKind.UNKNOWN, HowSure.UNSURE, language)
    first, *older = speaking
    kind = _strongest(first)
    below = max((tally.strength(other) for tally in older for other in ORDER if _contradicts(kind, other)), default=0)
    sureness = _sureness(kind, first, below * OLDER)
    doubtful = _against(kind, first) >= CONTRARY or first.strength(kind) < CLEAR
    if first.strength(kind) < SOME or (kind is AnswerKind.ACCEPTED and doubtful):
        return Reading(AnswerKind.UNKNOWN, HowSure.UNSURE, language)
    return Reading(kind, sureness, language)


def _strongest(tally: Tally) -> AnswerKind:
    return max(ORDER, key=lambda kind: (tally.strength(kind) - (1 if kind in _QUIET else 0), -ORDER.index(kind)))


def _contradicts(kind: AnswerKind, other: AnswerKind) -> bool:
    return other is not kind and other not in _QUIET and other not in _GOES_WITH.get(kind, set())


def _against(kind: AnswerKind, tally: Tally) -> float:
    return max((tally.strength(other) for other in ORDER if _contradicts(kind, other)), default=0)


def _sureness(kind: AnswerKind, tally: Tally, below: float) -> HowSure:
    """Of “unknown” nobody can be sure: it is the lack of an answer."""
    strength = tally.strength(kind)
    against = max(_against(kind, tally), below)
    borne = CONTRARY if kind is AnswerKind.ACCEPTED else SOME
    doubtful = kind is AnswerKind.UNKNOWN or (kind is AnswerKind.RECEIVED and tally.denies)
    if not doubtful and strength >= CLEAR and against < borne:
        return HowSure.SURE
    if strength >= SOME and strength > against:
        return HowSure.FAIRLY
    return HowSure.UNSURE
