"""Which letter fits, and what is noted once it is on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.letters import LetterKind
from conversations.wording import dated, lacking, merged, with_due

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from conversations.scene import Scene

LETTER = "letter"
"""The session's answer that names the letter in hand; the paper reads it."""
NOT_TO_META = frozenset({LetterKind.COMPLAINT, LetterKind.AUTHORITY_NUDGE, LetterKind.DEVOID_OBJECTION})
ANSWERS_A_NO = frozenset({LetterKind.REPLY_REFUSED, LetterKind.REPLY_NO_FURTHER_ACTION, LetterKind.REPLY_WANTS_PROOF})
"""They answer what Meta wrote to an objection, also where its day was never told: no objection of their own."""
FILED = {
    LetterKind.AUTHORITY_NUDGE: FactKind.AUTHORITY_ASKED,
    LetterKind.DEVOID_OBJECTION: FactKind.DEVOID_OBJECTED,
}
"""What it means that a letter to an authority is on its way; any other one is the complaint."""
NOTED_AT = {
    FactKind.WRITTEN: "write/checked",
    FactKind.COMPANY_COMPLAINED: "write/company_noted",
    FactKind.ERASURE_ASKED: "write/erasure_noted",
}
"""Where it is told which date runs after a letter to Meta; after an objection it is the law's."""


def what_to_write(scene: Scene) -> LetterKind:
    """The letter to Meta that fits now: the advised one, else a reminder, or the objection while none was sent."""
    letter = scene.advice(scene.case).letter if scene.case else None
    if letter and letter not in NOT_TO_META and (scene.due or letter.value.startswith("reply")):
        return letter
    return LetterKind.REMINDER if scene.due else LetterKind.OBJECTION


def in_hand(kind: LetterKind) -> Callable[[Scene], Scene]:
    """The scene with that letter in hand."""
    return lambda scene: scene.with_answer(LETTER, kind.value)


def fitting(scene: Scene) -> Scene:
    """The scene with the letter in hand that fits now."""
    return in_hand(what_to_write(scene))(scene)


def _in_hand(scene: Scene) -> LetterKind:
    name = scene.answer(LETTER)
    return LetterKind(name) if name in set(LetterKind) else what_to_write(scene)


def written(channel: str) -> Callable[[Scene], Scene]:
    """A letter is the objection itself while none is on its way; later it is a letter that follows it."""

    def noted(scene: Scene) -> Scene:
        kind = _in_hand(scene)
        scene = scene.with_answer(LETTER, "")
        if kind is LetterKind.COMPANY_COMPLAINT:
            return scene.with_fact(FactKind.COMPANY_COMPLAINED, channel)
        if kind is LetterKind.ERASURE:
            return scene.with_fact(FactKind.ERASURE_ASKED, channel)
        first = kind is LetterKind.OBJECTION or (scene.due is None and kind not in ANSWERS_A_NO)
        return scene.with_fact(FactKind.SENT if first else FactKind.WRITTEN, channel)

    return noted


def after_written(scene: Scene) -> str:
    """On to the date that runs now."""
    last = scene.case.last(*NOTED_AT, FactKind.SENT) if scene.case else None
    return NOTED_AT.get(last.kind, "write/counted") if last else "write/counted"


def letter_values(scene: Scene) -> dict[str, Value]:
    """What the short text is made of."""
    failed = scene.case.last(FactKind.FAILED, FactKind.CODE_MISSING) if scene.case else None
    kind = what_to_write(scene)
    return merged(
        with_due(scene),
        {
            "letter": kind.value,
            "failed": failed.day.isoformat() if failed else None,
            "no_code": bool(failed and failed.kind is FactKind.CODE_MISSING),
            "lacking": list(lacking(scene.case)),
        },
        dated(scene),
    )


def later(scene: Scene) -> str:
    """Nothing is sent yet: on to the usual words; a mere addition is never asked about; else again in a week."""
    kinds = {LetterKind.OBJECTION: "object/later", LetterKind.ERASURE: "back/standing"}
    return kinds.get(what_to_write(scene), "nudge/snoozed")
