"""Outages: why they are some, and what it does to take one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.incidents import Correction
from bot.domain.orders import Correct, Decide, Decision
from conversations.admin.doors import BACK_TO, DESK, DOSSIER, FIX, OPEN, OUTAGE, OUTAGES, WHY, about
from conversations.admin.naming import INCIDENT, desk_of, incidents_of, matter_of, number_of
from conversations.admin.seeing import MOST, told_of
from conversations.steps import N_, Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from bot.domain.incidents import Incident
    from conversations.scene import Scene
    from conversations.steps import Choices

CORRECTIONS = {
    Correction.OUR_NETWORK: N_("Our network"),
    Correction.MEASUREMENT: N_("Our measurement"),
    Correction.FORM_CHANGED: N_("The form had changed"),
}


def outages(scene: Scene) -> Choices:
    """The newest outages."""
    return (*(_outage(each) for each in desk_of(scene).incidents[:MOST]), DESK)


def _outage(one: Incident) -> Choice:
    names: dict[str, Value] = {"country": one.country, "day": one.started_at.isoformat(), "number": one.id}
    return Choice(f"outage.i{one.id}", "{number}: {country}, {day}", "admin/outage", about(f"i{one.id}"), names=names)


def of_outage(scene: Scene) -> Choices:
    """What can be done about an outage."""
    what, found = scene.answer("about"), incidents_of(scene)
    if not found:
        return (OUTAGES, DESK)
    correct = () if found[0].correction else (FIX(what),)
    return (WHY(what), DOSSIER(what), *correct, OUTAGES, DESK)


def of_reasons(scene: Scene) -> Choices:
    """Back from the looks."""
    what = scene.answer("about")
    return (OUTAGE(what) if number_of(what, INCIDENT) else OPEN(what), DESK)


def correcting(scene: Scene) -> Choices:
    """What was wrong?"""
    what = scene.answer("about")
    back = OUTAGE(what) if number_of(what, INCIDENT) else BACK_TO(what)
    open_ones = any(each.correction is None for each in incidents_of(scene))
    reasons = [because(what, why) for why in CORRECTIONS] if open_ones else []
    return (*reasons, back)


def because(what: str, why: Correction) -> Choice:
    """That was wrong; nothing happens yet."""
    to = "admin/check"
    return Choice(f"fault.{what}.{_short(why)}", CORRECTIONS[why], to, about(what, why=why.value))


def _short(why: Correction) -> str:
    return why.value[0]


def checking(scene: Scene) -> Choices:
    """Before everybody hears of the correction."""
    what, why = scene.answer("about"), scene.answer("why")
    if why not in set(Correction) or all(each.correction for each in incidents_of(scene)):
        return (DESK,)
    preview = (wording(what, Correction(why)),) if told_of(scene) else ()
    back = OUTAGE(what) if number_of(what, INCIDENT) else BACK_TO(what)
    return (*preview, everywhere(what, Correction(why)), back)


def wording(what: str, why: Correction, language: str = "") -> Choice:
    """What groups would read."""
    names: dict[str, Value] = {"language": language} if language else {}
    label = "{language}" if language else N_("Preview")
    do = about(what, why=why.value, language=language)
    return Choice(f"text.{what}.{_short(why)}.{language}".rstrip("."), label, "admin/mending", do, names=names)


def wordings(scene: Scene) -> Choices:
    """In the languages of groups, and back."""
    what, why = scene.answer("about"), scene.answer("why")
    if why not in set(Correction):
        return (DESK,)
    spoken = sorted({language for language, _ in desk_of(scene).audience})[:MOST]
    known = Correction(why)
    return (everywhere(what, known), *(wording(what, known, each) for each in spoken), FIX(what))


def everywhere(what: str, why: Correction) -> Choice:
    """Correct it wherever it was told."""
    return Choice(f"do.{what}.{_short(why)}", N_("Correct everywhere"), "admin/noted", _correct(what, why))


def _correct(what: str, why: Correction) -> Callable[[Scene], Scene]:
    def corrected(scene: Scene) -> Scene:
        scene = about(what, noted="corrected")(scene)
        wrong: list[Incident] = [each for each in incidents_of(scene) if each.correction is None]
        matter = matter_of(scene)
        if not wrong:
            return scene.with_answer("noted", "late")
        if matter and matter.is_undecided(scene.now):
            scene = scene.doing(Decide(matter.announcement.id, Decision.NO))
        return scene.doing(*(Correct(each.id, why) for each in wrong))

    return corrected


REASONS = {_short(why): why for why in CORRECTIONS}
