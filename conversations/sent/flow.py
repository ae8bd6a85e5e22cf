"""It is sent: the day, the proof, the date, and later the confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.forms import Service
from bot.domain.stages import Stage
from conversations.data.flow import CALENDAR
from conversations.days import day_question
from conversations.share.flow import TELL_OTHERS
from conversations.status.rules import TELL_RULES
from conversations.steps import N_, Choice, Flow, Step, question
from conversations.wording import about, merged, with_due

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.cases import Case
    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

ANOTHER = Choice("another", N_("Another account"), "accounts/another", lambda scene: scene.without_answers())


def _may_ask_for_erasure(scene: Scene) -> bool:
    """After a yes, once, where the law has that right on record (Art. 17(1)(c) GDPR)."""
    law = scene.world.law(scene.person.residence or scene.country)
    asked = scene.case is not None and scene.case.last(FactKind.ERASURE_ASKED)
    return scene.due is not None and not asked and law is not None and "erasure" in law.articles


ERASURE = Choice("erase", N_("Ask Meta to erase it too"), "write/what", when=_may_ask_for_erasure)
CONFIRMED = Choice("confirmed", N_("Confirmed already"), "sent/how")


def _unsent(scene: Scene) -> list[Case]:
    """The person's other objections that wait to be sent by a form."""
    return [
        each
        for each in scene.person.cases
        if each != scene.case and scene.stage(each) is Stage.NOT_SENT and each.service is not Service.NONE
    ]


NEXT_ONE = Choice(
    "next",
    N_("The next objection"),
    "object/where",
    lambda scene: scene.without_answers().on_case(_unsent(scene)[0].number),
    when=lambda scene: bool(_unsent(scene)),
)
"""With several begun, on to the first that is not sent yet."""


def sent_on(scene: Scene, day: date) -> Scene:
    """The objection sent on that day: a new dispatch, or the day of the present one put right."""
    case = scene.case
    if scene.answer("moving") and case and scene.due:
        return scene.with_case(case.with_sent_day(day)).with_answer("moving", "")
    return scene.with_fact(FactKind.SENT, "form", day)


def after_sent(scene: Scene) -> str:
    """On to the date; before it, where the answer can change the law, to where the person lives."""
    return "sent/live" if residence_matters(scene) else "sent/noted"


def residence_matters(scene: Scene) -> bool:
    """Could the law be another one? Only then is it asked: rule 10 of the conversations."""
    if scene.person.residence or scene.answer("linked"):
        return False
    law = scene.world.jurisdiction_id
    others = {law(code) for code in scene.world.suggested(scene.tongue) or scene.suggested}
    return bool(others - {law(scene.country)})


def lives_in(scene: Scene, code: str) -> Scene:
    """Where the person lives: decides law and authority, never the form."""
    country = scene.world.country(code)
    scene = scene.with_person(residence=code, region=None)
    if country and not scene.person.zone_chosen:
        scene = scene.with_person(zone=country.zone)
    return scene


def _after_living(scene: Scene) -> str:
    if scene.case and scene.stage(scene.case) is Stage.OVERDUE:
        return "tried/over"
    return "sent/noted"


def residence_choice(code: str) -> Choice:
    """A country to live in as a button."""
    return Choice(code, "{country}", _after_living, lambda scene: lives_in(scene, code), names={"country": code})


def _homes(scene: Scene) -> Choices:
    codes = [code for code in scene.suggested if code != scene.country][:4]
    return tuple(residence_choice(code) for code in codes)


def _heard_home(scene: Scene) -> Move | None:
    found = scene.heard.countries if scene.heard else ()
    if len(found) != 1:
        return None
    scene = lives_in(scene, found[0])
    return scene, _after_living(scene)


def _live(scene: Scene) -> Choices:
    return (
        Choice("yes", N_("Yes"), _after_living, lambda scene: lives_in(scene, scene.country)),
        Choice("no", N_("No"), "sent/home"),
    )


def _law(scene: Scene) -> dict[str, Value]:
    return merged(with_due(scene), {"law": scene.world.jurisdiction_id(scene.person.residence or "")})


SENT = Flow(
    "sent",
    (
        question(
            "noted",
            Choice("fine", N_("All right"), "sent/fine"),
            CONFIRMED,
            NEXT_ONE,
            CALENDAR,
            Choice("moved", N_("It was another day"), "sent/when", lambda scene: scene.with_answer("moving", "yes")),
            Choice("laws", N_("Why two laws?"), "sent/laws", when=lambda scene: _basis(scene) == "legal_if_gdpr"),
            values=with_due,
            keeps=True,
        ),
        day_question("when", sent_on, after_sent),
        Step("live", _live, with_due, _heard_home, columns=2),
        Step("home", _homes, about, _heard_home, columns=2),
        question("laws", Choice("fine", N_("All right"), "sent/fine"), values=_law),
        question(
            "fine",
            NEXT_ONE,
            ANOTHER,
            CONFIRMED,
            Choice("clock", N_("Another clock"), "settings/clock"),
            values=lambda scene: merged(with_due(scene), {"zone": scene.person.zone}),
        ),
        question(
            "how",
            Choice("mail", N_("By e-mail"), "sent/done", lambda scene: scene.with_fact(FactKind.CONFIRMED, "mail")),
            Choice(
                "screen",
                N_("Only on the screen"),
                "sent/done",
                lambda scene: scene.with_fact(FactKind.CONFIRMED, "screen"),
            ),
            Choice("receipt", N_("It only says it was received"), "answer/received"),
            Choice("unsure", N_("I'm not sure"), "answer/unclear"),
            values=about,
        ),
        question(
            "done",
            NEXT_ONE,
            ANOTHER,
            TELL_RULES,
            TELL_OTHERS,
            ERASURE,
            Choice("delete", N_("Delete everything"), "data/delete"),
            values=lambda scene: merged(about(scene), _progress(scene), {"note": _how(scene)}),
            keeps=True,
        ),
    ),
)


def _basis(scene: Scene) -> str:
    return scene.due.basis.value if scene.due else ""


def _how(scene: Scene) -> str:
    fact = scene.case.last(FactKind.CONFIRMED) if scene.case else None
    return fact.note if fact else ""


def _progress(scene: Scene) -> dict[str, int]:
    cases = scene.person.cases
    return {"all": len(cases), "ready": sum(scene.stage(case).value == "accepted" for case in cases)}
