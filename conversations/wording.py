"""The small values that messages are made of: days, places, what was seen. Texts are made where they are rendered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.columns import columns, summed
from bot.domain.forms import Service
from bot.domain.observations import Reason, Verdict
from bot.domain.statuses import Condition, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from bot.domain.case_dates import CaseDates
    from bot.domain.cases import Case
    from bot.domain.days import Day
    from bot.domain.deadlines import Deadline
    from bot.domain.deliveries import Value
    from conversations.scene import Scene

APP, BROWSER, COMPUTER = "app", "browser", "computer"
TELLING = 3
"""From so many people on it is told what others report (DESIGN promise 3: k ≥ 3)."""
OLD = timedelta(hours=2)
"""A look older than that is told as old."""
PARTS = ("reasons", "company", "complaint", "court")
"""What a refusal can have to carry (`refusal` in jurisdictions.toml)."""
SAYS_MORE = frozenset({Reason.SERVER_ERROR, Reason.CONNECTION, Reason.CERTIFICATE})
"""Reasons that say more of what was seen than "not found"."""


def about(scene: Scene) -> dict[str, Value]:
    """Service and country that are talked about, the laws of home and account, and which of several cases it is."""
    case = scene.case
    one_of_several = len(scene.person.cases) > 1
    return {
        "service": scene.service.value,
        "country": scene.country,
        "case": title(case) if case and one_of_several else None,
        "law": spoken_law(scene),
        "registered": scene.world.jurisdiction_id(scene.country),
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
    """`about`, and what was seen of the form."""
    return {**about(scene), "seen": seen(scene)}


def seen(scene: Scene) -> dict[str, Value]:
    """What was seen of the form talked about: from where, when, what others report, and whether that is old."""
    third = scene.service is Service.NONE
    found = scene.world.status(scene.service, scene.country) or Status("", scene.country, Condition.UNSEEN)
    return {
        "service": "third_party" if third else scene.service.value,
        "country": scene.country,
        "condition": found.condition.value,
        "at": _moment(found.as_of),
        "old": bool(found.as_of and scene.now - found.as_of >= OLD),
        "since": _moment(found.since),
        "what": what_was_seen(found),
        "looks": found.bad_looks,
        "networks": len(found.networks),
        "place": _place(found.seen.vantage) if found.seen else "",
        "inside": found.from_inside,
        "reports": found.reports if found.reports >= TELLING else 0,
        "no_code": found.no_code if found.no_code >= TELLING else 0,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def what_was_seen(found: Status) -> str:
    """In a word what the last telling look saw: its verdict, or the reason where that says more."""
    if found.seen is None:
        return ""
    verdict, reason = found.seen.verdict, found.seen.reason
    return reason.value if verdict is Verdict.GONE and reason in SAYS_MORE else verdict.value


def _place(vantage: str) -> str:
    """The country that was looked from, empty for the bot's own network (`direct`, `proxy:DE`, `globalping:DE`)."""
    return vantage.partition(":")[2]


def is_down(scene: Scene) -> bool:
    """Is it confirmed that the form talked about is not reachable?"""
    found = scene.world.status(scene.service, scene.country)
    return found is not None and found.condition is Condition.DOWN


def is_in_doubt(scene: Scene) -> bool:
    """Is the form talked about not reachable, or is it being checked whether it is?"""
    found = scene.world.status(scene.service, scene.country)
    return found is not None and found.condition in {Condition.DOWN, Condition.CHECKING}


def history(days: Sequence[Day], today: date) -> dict[str, Value]:
    """The last 30 days up to today (UTC) in numbers: days by what was seen on them, minutes of confirmed outages."""
    found = summed(columns(days, today))
    return {
        "answered": found.answered,
        "doubtful": found.doubtful,
        "down": found.down,
        "unseen": found.unseen,
        "minutes": (found.seconds_down + 59) // 60,
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


def spoken_law(scene: Scene) -> str:
    """The law that short texts and explanations speak by: that of home if it knows an objection, else the account's.

    Where neither does, it is that of home all the same, or empty: then no article is claimed.
    """
    own, registered = scene.world.law(company_law_country(scene)), scene.world.law(scene.country)
    named = next((law for law in (own, registered) if law and "objection" in law.articles), own)
    return named.id if named else ""


def company_law_country(scene: Scene) -> str:
    """The country of that law; a move changes nothing for what is on its way."""
    lives = (scene.case.lived_in if scene.case else None) or scene.person.residence
    return lives or scene.country


def lacking(case: Case | None) -> tuple[str, ...]:
    """The parts that Meta's last refusal leaves out, as the person says; each a key of the law's `refusal`."""
    facts = (case.since(FactKind.SENT) or case.facts) if case else ()  # who came with an answer told no dispatch
    refused = next((fact for fact in reversed(facts) if fact.kind is FactKind.REFUSED), None)
    said = refused.note.split("_") if refused else []
    return tuple(part for part in PARTS if part in said)


def dated(scene: Scene) -> dict[str, Value]:
    """The dates that come after Meta's: of a complaint to it, to an authority, of an objection to a closing."""
    dates = scene.dates(scene.case) if scene.case else None
    return {
        "company": due(dates.company) if dates else None,
        "devoid": due(dates.devoid) if dates else None,
        "last_day": due(dates.last_day) if dates else None,
        "erasure": _erasure_due(scene.case, dates),
    }


def _erasure_due(case: Case | None, dates: CaseDates | None) -> Value:
    asked = case.last(FactKind.ERASURE_ASKED) if case else None
    if not (asked and dates and dates.erasure):
        return None
    return {**_date(dates.erasure), "extended": False, "by_post": asked.note == "post"}


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
        "unsure": deadline.unsure,
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
