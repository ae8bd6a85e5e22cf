"""Complaining: what comes before it, at which authority, and what follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.letters import LetterKind
from bot.domain.phases import Gate, gate_of
from conversations.days import day_question
from conversations.paper import history
from conversations.sent.flow import residence_choice, residence_matters
from conversations.steps import N_, Choice, Link, Step, question
from conversations.wording import about, dated, due, merged, with_due
from conversations.write.letters import FILED, LETTER, in_hand, later

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.deliveries import Value
    from bot.domain.jurisdictions import Authority
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

REGIONS_A_PAGE = 20
PLACE = "at"
"""The session's answer that names the country of work or of the infringement, where it is to be that one."""


def place(scene: Scene) -> str:
    """The country whose authority is asked: where one lives; on wish where one works or where it happened."""
    return scene.answer(PLACE) or scene.person.residence or scene.country


def authority_with_it(scene: Scene) -> Authority | None:
    """The authority that has the complaint, if it is on record."""
    noted = scene.case.last(FactKind.COMPLAINED) if scene.case else None
    return scene.world.authority(noted.note) if noted else None


def authority_country(scene: Scene) -> str:
    """The country of the authority that has the complaint, else of the one that would get it."""
    known = authority_with_it(scene)
    return known.country if known else place(scene)


def authorities(scene: Scene) -> tuple[Authority, ...]:
    """The authorities of that country that are competent for a private company."""
    return scene.world.authorities(place(scene))


def competent(scene: Scene) -> Authority | None:
    """The one authority, once it is clear which."""
    found = authorities(scene)
    if len(found) == 1:
        return found[0]
    return next((each for each in found if each.region and each.region == scene.person.region), None)


def complain_at(scene: Scene) -> str:
    """The way to the complaint: what must come before it, where somebody lives, and in which part."""
    law = scene.world.law(place(scene))
    gate = gate_of(scene.case, law, scene.today)
    if gate is Gate.RIGHT_FORM:
        return "answer/third"
    if not scene.answer(PLACE) and scene.person.residence is None and residence_matters(scene):
        return "write/live"
    if gate is Gate.REQUEST:
        return "write/first"
    if gate is Gate.COMPANY and not scene.answer("direct"):
        return "write/company"
    return "write/region" if authorities(scene) and not competent(scene) else "write/complain"


def _live(scene: Scene) -> Choices:
    codes = dict.fromkeys([scene.country, *scene.suggested])
    return tuple(replace(residence_choice(code), to=complain_at) for code in list(codes)[:5])


def _heard_home(scene: Scene) -> Move | None:
    found = scene.heard.countries if scene.heard else ()
    if len(found) != 1:
        return None
    scene = scene.with_person(residence=found[0], region=None)
    return scene, complain_at(scene)


def _regions(scene: Scene) -> Choices:
    regions = dict.fromkeys(each.region for each in authorities(scene) if each.region)
    return tuple(_region(code) for code in list(regions)[:REGIONS_A_PAGE])


def _region(code: str) -> Choice:
    return Choice(code, "{region}", "write/complain", lambda s: s.with_person(region=code), names={"region": code})


def _is_union_law(scene: Scene, code: str) -> bool:
    """Art. 77(1) GDPR lets one choose between home, work and the place of the infringement."""
    law = scene.world.law(code)
    return law is not None and law is scene.world.law(scene.country) and law.rules is not None


def _may_choose(scene: Scene) -> bool:
    return _is_union_law(scene, scene.country) and not scene.answer(PLACE)


def _at(code: str) -> Choice:
    return Choice(code, "{country}", complain_at, lambda s: _placed(s, code), names={"country": code})


def _placed(scene: Scene, code: str) -> Scene:
    return scene.with_answer(PLACE, code)


def _places(scene: Scene) -> Choices:
    codes = dict.fromkeys([scene.country, *scene.suggested])
    return tuple(_at(code) for code in codes if _is_union_law(scene, code))[:5]


def _heard_place(scene: Scene) -> Move | None:
    found = scene.heard.countries if scene.heard else ()
    if len(found) != 1 or not _is_union_law(scene, found[0]):
        return None
    scene = _placed(scene, found[0])
    return scene, complain_at(scene)


def authority_values(scene: Scene) -> dict[str, Value]:
    """The authority, how it takes complaints, and what the complaint is about."""
    found = competent(scene)
    sent = scene.case.last(FactKind.SENT) if scene.case else None
    complained = history.day_of(scene.case, FactKind.COMPANY_COMPLAINED) if scene.case else None
    law = scene.world.law(place(scene))
    rules = law.rules_on(scene.today) if law else None
    return merged(
        about(scene),
        {
            "name": found.name if found else None,
            "email": found.email if found else None,
            "has_form": bool(found and found.complaint_form),
            "signature": found.needs_signature if found else None,
            "login": found.login if found else None,
            "languages": list(found.languages) if found else [],
            "whole": whole_only(scene, found),
            "variant": found.variant if found else "",
            "sent": sent.day.isoformat() if sent else None,
            "answered": _answered(scene),
            "complained": complained.isoformat() if complained and law and law.company else None,
            "law": law.id if law else None,
            "rules": rules.article if rules else None,
        },
        dated(scene),
    )


def whole_only(scene: Scene, authority: Authority | None) -> bool:
    """Is a short text of no use: in a language that is not the authority's, or without what its law asks for?"""
    return authority is not None and (bool(authority.variant) or is_foreign_to(scene, authority))


def is_foreign_to(scene: Scene, authority: Authority | None) -> bool:
    """Does the authority read other languages than the person's?"""
    read = authority.languages if authority else ()
    return bool(read) and scene.person.language not in read


def _answered(scene: Scene) -> str | None:
    """The day of Meta's latest answer to this objection."""
    answers = history.answers(scene.case) if scene.case else ()
    return answers[-1].day.isoformat() if answers else None


def authority_page(scene: Scene) -> str | None:
    """Its complaint form, else its website; elsewhere the page that is on record."""
    found, outlook = competent(scene), scene.world.outlook(place(scene))
    return (found.complaint_form or found.website) if found else outlook.page if outlook else None


def filed(scene: Scene) -> Scene:
    """A letter to an authority is on its way; a complaint remembers with whom."""
    name = scene.answer(LETTER)
    kind = FILED.get(LetterKind(name)) if name in set(LetterKind) else None
    scene = scene.with_answer(LETTER, "")
    if kind:
        return scene.with_fact(kind)
    found = competent(scene)
    return scene.with_fact(FactKind.COMPLAINED, found.id if found else "").with_answer(PLACE, "")


def after_filed(scene: Scene) -> str:
    """On to the authority's date."""
    return "write/filed"


def _filed_values(scene: Scene) -> dict[str, Value]:
    last = scene.case.last(FactKind.COMPLAINED, *FILED.values()) if scene.case else None
    return merged(
        about(scene), dated(scene), {"complaint": _complaint_due(scene), "fact": last.kind.value if last else ""}
    )


def _complaint_due(scene: Scene) -> Value:
    return due(scene.dates(scene.case).authority) if scene.case else None


def _company_on(scene: Scene, day: date) -> Scene:
    return scene.with_fact(FactKind.COMPANY_COMPLAINED, "", day)


def _devoid_on(scene: Scene, day: date) -> Scene:
    return scene.with_fact(FactKind.DEVOID, "", day)


def _contact(scene: Scene) -> str | None:
    value = scene.world.facts().get("meta_contact")
    return str(value) if value else None


def _company_values(scene: Scene) -> dict[str, Value]:
    filed_on = scene.case.last(FactKind.COMPANY_COMPLAINED) if scene.case else None
    return merged(
        with_due(scene),
        dated(scene),
        {"answered": _answered(scene)},
        {"complained": filed_on.day.isoformat() if filed_on else None},
    )


COMPLAIN = Choice("complain", N_("Complain"), complain_at)
I_FILED = Choice("filed", N_("I filed it"), after_filed, filed)
"""What follows a letter to an authority; the paper's button is this one too."""
ITS_PAGE = Link(N_("Its page ↗"), url=authority_page)
LATER = Choice(
    "later", N_("Later"), later, lambda scene: scene.snoozed(7) if later(scene) == "nudge/snoozed" else scene
)
FINE = Choice("fine", N_("All right"), "sent/fine")


def _paper(kind: LetterKind) -> Choice:
    return Choice("paper", N_("Whole letter"), "paper/ready", in_hand(kind))


def _complaining(scene: Scene) -> Choices:
    """Without an authority on record there is no text for it, only what its page says."""
    short = () if whole_only(scene, competent(scene)) else (Link(N_("Copy the text"), copy="write/complaint_short"),)
    texts = (_paper(LetterKind.COMPLAINT), ITS_PAGE, *short)
    elsewhere = Choice("place", N_("I work elsewhere, or it happened elsewhere"), "write/place", when=_may_choose)
    return (*(texts if competent(scene) else (ITS_PAGE,)), I_FILED, elsewhere, LATER)


COMPLAINT_STEPS = (
    Step("live", _live, about, _heard_home, columns=2),
    Step("region", _regions, about, columns=2),
    Step("place", _places, about, _heard_place, columns=2),
    question("first", Choice("write", N_("Write to Meta"), "write/what"), values=authority_values),
    question(
        "company",
        _paper(LetterKind.COMPANY_COMPLAINT),
        Link(N_("Copy the text"), copy="write/company_short"),
        Link(N_("Meta's privacy page ↗"), url=_contact),
        Choice("sent", N_("I sent it"), "write/sent", in_hand(LetterKind.COMPANY_COMPLAINT)),
        Choice("done", N_("I have complained to Meta already"), "write/company_when"),
        Choice(
            "direct",
            N_("To the authority all the same"),
            lambda scene: complain_at(scene),
            lambda scene: scene.with_answer("direct", "yes"),
        ),
        values=_company_values,
    ),
    day_question("company_when", _company_on, "write/company_noted"),
    question("company_noted", FINE, COMPLAIN, values=_company_values, keeps=True),
    Step("complain", _complaining, authority_values),
    question("filed", FINE, values=_filed_values, keeps=True),
    day_question("devoid_when", _devoid_on, "write/devoid"),
    question(
        "devoid",
        _paper(LetterKind.DEVOID_OBJECTION),
        Link(N_("Copy the text"), copy="write/devoid_short"),
        replace(I_FILED, label=N_("I sent it"), do=lambda scene: filed(in_hand(LetterKind.DEVOID_OBJECTION)(scene))),
        LATER,
        values=_filed_values,
    ),
)
