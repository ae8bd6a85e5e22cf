"""Countries that we cannot lead as we lead Europe: what is known there, what helps, and no invented right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.forms import Service
from bot.domain.outlooks import FormThere
from conversations.start.flow import HELPS, OTHER, THIRD, heard_country
from conversations.steps import N_, Choice, Flow, Link, question
from conversations.wording import APP, about, menu, merged

if TYPE_CHECKING:
    from bot.domain.deliveries import Value
    from bot.domain.outlooks import Outlook
    from conversations.scene import Scene


def _outlook(scene: Scene) -> Outlook | None:
    return scene.world.outlook(scene.country)


def _has_form(form: FormThere, *, account: bool) -> bool:
    return form is FormThere.KNOWN or (form is FormThere.UNSURE and account)


def _known(scene: Scene) -> dict[str, Value]:
    outlook = _outlook(scene)
    facts: list[Value] = [fact.says for fact in outlook.facts] if outlook else []
    return {**about(scene), "facts": facts, "form": outlook.form.value if outlook else FormThere.NONE.value}


def _onward(scene: Scene) -> str:
    return (scene.answer("next") or "object/where") if scene.case or scene.answer("service") else "start/hello"


def _leads(form: FormThere) -> Choice:
    if form is FormThere.KNOWN:
        return Choice("on", N_("Go on"), _onward, when=lambda s: _there(s, form))
    return Choice("try", N_("Look in the app"), "elsewhere/try", when=lambda s: _there(s, form))


def _there(scene: Scene, form: FormThere) -> bool:
    outlook = _outlook(scene)
    return bool(outlook and outlook.form is form and _has_form(form, account=scene.service is not Service.NONE))


def _page(scene: Scene) -> str | None:
    outlook = _outlook(scene)
    return outlook.page if outlook else None


PAGE = Link(N_("An authority's page ↗"), url=_page)

ELSEWHERE = Flow(
    "elsewhere",
    (
        question(
            "known",
            _leads(FormThere.KNOWN),
            _leads(FormThere.UNSURE),
            HELPS,
            THIRD,
            PAGE,
            OTHER,
            values=_known,
            heard=heard_country,
        ),
        question("helps", THIRD, PAGE, OTHER, values=about),
        question(
            "try",
            Choice("seen", N_("I see the form"), "elsewhere/seen"),
            Choice("lost", N_("I can't find it"), "elsewhere/helps"),
            values=lambda scene: merged(about(scene), menu(scene, APP, 1)),
        ),
        question("seen", HELPS, OTHER, values=_known),
    ),
)
