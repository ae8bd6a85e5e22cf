"""Where a plainly typed wish leads: where its button would have led. The ids are those of questions.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.stages import UNSENT, Stage
from conversations.nudge.flow import nothing_came
from conversations.status.flow import asked_for_status
from conversations.tried.flow import with_answer_of_metas
from conversations.write.complaints import complain_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.scene import Scene
    from conversations.steps import Move

AFTER_SILENCE = {Stage.SENT: "nudge/waiting", Stage.OVERDUE: "nudge/nothing", Stage.COMPLAINED: "nudge/ask"}
"""What helps where nothing came; elsewhere where it stands tells more."""


def _not_opening(scene: Scene) -> Move:
    """What do they see? Of whom we know neither service nor country, the middle door asks for both."""
    known = scene.country and (scene.case or scene.answer("service"))
    return scene, "trouble/what" if known else "tried/what"


def _on_case(lead: Callable[[Scene], Move], without: Callable[[Scene], Move]) -> Callable[[Scene], Move]:
    """The way for the objection in hand, or the only one; else which one, or the way of who has none."""

    def led(scene: Scene) -> Move:
        cases = scene.person.cases
        case = scene.case or (cases[0] if len(cases) == 1 else None)
        if case:
            return lead(scene.on_case(case.number))
        return (scene, "cases/list") if cases else without(scene)

    return led


def _to(screen: str) -> Callable[[Scene], Move]:
    return lambda scene: (scene, screen)


def _mail(scene: Scene) -> Move:
    """An answer, once something was sent; before that the notice, whose link is to be judged."""
    unsent = scene.case is not None and scene.stage(scene.case) in UNSENT
    return scene, "object/mail" if unsent else "answer/what"


def _silence(scene: Scene) -> Move:
    stage = scene.stage(scene.case) if scene.case else None
    if stage is Stage.WRITTEN:
        return scene, nothing_came(scene)
    return scene, AFTER_SILENCE.get(stage, "back/standing") if stage else "back/standing"


WISHES: dict[str, Callable[[Scene], Move]] = {
    "not_opening": _not_opening,
    "form_status": lambda scene: asked_for_status(scene, ""),
    "erase": _to("data/delete"),
    "complain": _on_case(lambda scene: (scene, complain_at(scene)), _to("tried/what")),
    "meta_mail": _on_case(_mail, _to("tried/mail")),
    "meta_answered": _on_case(_to("answer/what"), with_answer_of_metas),
    "nothing_came": _on_case(_silence, _to("tried/what")),
}
