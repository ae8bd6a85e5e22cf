"""From what is kept to what may be shown: addresses without their questions, people counted from three on. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bot.domain.forms import Form, Purpose, Service, current
from bot.domain.web_addresses import registrable_domain
from bot.use_cases.published import FormFacts, Look, Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.domain.observations import Evidence, Hop, Observation

FEWEST_PEOPLE = 3
"""Fewer are not counted in public: a single report in a small country could be known to be somebody's."""
LONGEST_ADDRESS = 160
"""Characters; Meta's own login addresses are far shorter without their question."""
PURPOSES = (Purpose.OWN_DATA, Purpose.THIRD_PARTY, Purpose.GENERAL_OBJECTION, Purpose.PRIVACY_CONTACT)
SERVICES = tuple(Service)


def counted(people: int) -> int | None:
    """How many people, if there are enough of them to be counted in public."""
    return people if people >= FEWEST_PEOPLE else None


def bare(address: str) -> str:
    """An address without question, fragment and name; what can't be read as one is left out."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    return f"{parts.scheme}://{host}{parts.path}"[:LONGEST_ADDRESS]


def of_look(seen: Observation) -> Look:
    """What is shown of an observation."""
    evidence = seen.evidence
    return Look(
        seen.id,
        seen.at,
        seen.vantage,
        seen.verdict,
        seen.reason,
        seen.status_code,
        seen.seconds,
        _steps(evidence),
        evidence.measurement if evidence else "",
        evidence.sha256 if evidence else "",
        evidence.address if evidence else "",
        evidence.certificate if evidence else "",
    )


def _steps(evidence: Evidence | None) -> tuple[Step, ...]:
    return tuple(_step(hop) for hop in evidence.hops) if evidence else ()


def _step(hop: Hop) -> Step:
    return Step(hop.status, bare(hop.url), _target(hop) or None)


def _target(hop: Hop) -> str:
    try:
        return bare(urljoin(hop.url, hop.location)) if hop.location else ""
    except ValueError:
        return ""


def facts(forms: Mapping[str, Form], form: str, country: str, on: date) -> FormFacts:
    """What is known of a form that serves, or served, a country; of one no longer on record only its id."""
    known = forms.get(form)
    if known is None:
        return FormFacts(form, None, None, "", "", older=False, confirmed_on=None)
    older = current(forms, known, country=country, on=on) is not known
    domain = registrable_domain(known.url) or ""
    return FormFacts(form, known.service, known.purpose, known.url, domain, older, known.confirmed_on)


def place(form: FormFacts) -> tuple[int, int, bool, str]:
    """Its place among the forms of a country: what most people look for comes first."""
    purpose = PURPOSES.index(form.purpose) if form.purpose else len(PURPOSES)
    service = SERVICES.index(form.service) if form.service else len(SERVICES)
    return purpose, service, form.older, form.id
