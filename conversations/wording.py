"""The small values that messages are made of: days, places, what was seen. Texts are made where they are rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.forms import Service

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.cases import Case
    from bot.domain.deadlines import Deadline
    from bot.domain.deliveries import Value
    from bot.domain.observations import Observation
    from conversations.scene import Scene

APP, BROWSER, COMPUTER = "app", "browser", "computer"


def about(scene: Scene) -> dict[str, Value]:
    """Service and country that are talked about, the law there, and which of several cases it is."""
    case = scene.case
    one_of_several = len(scene.person.cases) > 1
    return {
        "service": scene.service.value,
        "country": scene.country,
        "case": title(case) if case and one_of_several else None,
        "law": scene.world.jurisdiction_id(scene.person.residence or scene.country),
    }


def title(case: Case) -> dict[str, Value]:
    """What a case is called."""
    return {
        "number": case.number,
        "service": case.service.value,
        "country": case.country,
        "label": case.label.value if case.label else None,
    }


def with_seen(scene: Scene) -> dict[str, Value]:
    """`about`, and the last look at the form."""
    return {**about(scene), "seen": seen(scene.world.seen(scene.service, scene.country), scene)}


def seen(look: Observation | None, scene: Scene) -> Value:
    """What was seen, from where, when."""
    service = "third_party" if scene.service is Service.NONE else scene.service.value
    if look is None:
        return {"verdict": "never", "country": scene.country, "service": service}
    return {
        "verdict": look.verdict.value,
        "reason": look.reason.value,
        "at": look.at.isoformat(),
        "vantage": look.vantage,
        "country": look.country,
        "service": service,
    }


def with_due(scene: Scene) -> dict[str, Value]:
    """`about`, the case's date, and the day from which it runs."""
    sent = scene.case.last(FactKind.SENT) if scene.case else None
    return {
        **about(scene),
        "sent": sent.day.isoformat() if sent else None,
        "today": bool(sent and sent.day == scene.today),
        "due": _answer_due(scene),
        "past": bool(scene.due and scene.due.day < scene.today),
    }


def _answer_due(scene: Scene) -> Value:
    """Meta's day, with what it was counted from: an extension told in time, a letter that is on its way."""
    case = scene.case
    if not (case and scene.due):
        return None
    sent, extended = case.last(FactKind.SENT), case.last(FactKind.EXTENDED)
    return {
        **_date(scene.due),
        "extended": bool(extended and sent and extended.day >= sent.day),
        "by_post": bool(sent and sent.note == "post"),
    }


def company_law(scene: Scene) -> str | None:
    """The law under which Meta is written to: where the person lives, else where the account is registered."""
    return scene.world.jurisdiction_id(company_law_country(scene))


def company_law_country(scene: Scene) -> str:
    """The country of that law; a move changes nothing for what is on its way."""
    lives = (scene.case.lived_in if scene.case else None) or scene.person.residence
    return lives or scene.country


def dated(scene: Scene) -> dict[str, Value]:
    """The dates that come after Meta's: of a complaint to it, to an authority, of an objection to a closing."""
    dates = scene.dates(scene.case) if scene.case else None
    return {
        "company": due(dates.company) if dates else None,
        "devoid": due(dates.devoid) if dates else None,
        "last_day": due(dates.last_day) if dates else None,
    }


def due(deadline: Deadline | None) -> Value:
    """A date with what it is: the law's or ours."""
    return _date(deadline) if deadline else None


def _date(deadline: Deadline) -> dict[str, Value]:
    return {
        "day": deadline.day.isoformat(),
        "basis": deadline.basis.value,
        "article": deadline.article,
        "nominal": deadline.nominal.isoformat() if deadline.nominal else None,
        "waits": deadline.waits,
    }


def form_address(scene: Scene) -> str | None:
    """The address of the form to use, if one is known."""
    form = scene.world.form(scene.service, scene.country)
    return form.url if form else None


def menu(scene: Scene, place: str, order: int) -> dict[str, Value]:
    """Meta's words along the way through its menus, and since when they stood so."""
    path = scene.world.menu(scene.service, place, order, scene.person.language)
    if path is None:
        return {"menu": [], "menu_as_of": None}
    labels = path.labels_in(scene.person.language)
    return {"menu": list(labels), "menu_as_of": path.as_of.isoformat()}


def merged(*parts: Mapping[str, Value]) -> dict[str, Value]:
    """Values put together."""
    together: dict[str, Value] = {}
    for part in parts:
        together.update(part)
    return together
