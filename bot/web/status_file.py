"""The status as data: /status.json and its kin. Documented in docs/status-json.md, held by status.schema.json."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.web.rendering import PAGES
from bot.web.words import iso

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.use_cases.published import CountryNow, CountryPage, FormFacts, FormNow, Look, Outage, Overview

VERSION = 1
"""Raised when something is renamed, taken away or means something else; new names may come without it."""
NEWEST = 300
"""Outages in the file of all countries."""
SCHEMA = (PAGES / "status.schema.json").read_bytes()
NOTICE = "Whether a form works for an account, only its owner can see."


ENDED = "This service has ended. Nothing is looked at any more; this is what was seen until then."


def _file(now: datetime, ended: datetime | None, **content: Any) -> bytes:
    head = {
        "format": "objection-bot status",
        "version": VERSION,
        "schema": "/status.schema.json",
        "generated_at": iso(now),
        "notice": f"{ENDED} {NOTICE}" if ended else NOTICE,
        "service_ended_at": _time(ended),
    }
    return json.dumps({**head, **content}, ensure_ascii=False, separators=(",", ":")).encode()


def of_all(page: Overview, outages: tuple[Outage, ...], ended: datetime | None = None) -> bytes:
    """All countries: what is concluded now, and the newest outages."""
    return _file(
        page.now,
        ended,
        forms=_forms(page.countries),
        statuses=_statuses(page.countries, ended),
        incidents=[_incident(each) for each in outages[:NEWEST]],
        incidents_left_out=max(0, len(outages) - NEWEST),
    )


def of_country(page: CountryPage, outages: Iterable[Outage], ended: datetime | None = None) -> bytes:
    """One country, with its last 30 days and all outages of 90."""
    return _file(
        page.now,
        ended,
        forms=_forms([page.country]),
        statuses=_statuses([page.country], ended),
        incidents=[_incident(each) for each in outages if each.incident.country == page.country.code],
        incidents_left_out=0,
        days=[
            {
                "form": form,
                "country": page.country.code,
                "day": column.day.day.isoformat(),
                "ok": column.day.ok,
                "bad": column.day.bad,
                "no_data": column.day.no_data,
                "down_seconds": column.day.down,
            }
            for form, history in page.histories.items()
            for column in history.shown
        ],
    )


def of_incident(now: datetime, outage: Outage, looks: Iterable[Look], ended: datetime | None = None) -> bytes:
    """One outage with all its looks."""
    return _file(
        now,
        ended,
        forms=[_form(outage.form)],
        incidents=[_incident(outage)],
        incidents_left_out=0,
        observations=[_look(each) for each in looks],
    )


def _statuses(countries: Iterable[CountryNow], ended: datetime | None) -> list[dict[str, Any]]:
    """What is concluded now; after the end that is nothing."""
    return [_status(each, country.code) for country in countries for each in country.forms if not ended]


def _forms(countries: Iterable[CountryNow]) -> list[dict[str, Any]]:
    known = {each.form.id: each.form for country in countries for each in country.forms}
    known |= {form.id: form for country in countries for form in country.unseen}
    return [_form(known[name]) for name in sorted(known)]


def _form(form: FormFacts) -> dict[str, Any]:
    return {
        "id": form.id,
        "service": form.service,
        "purpose": form.purpose,
        "url": form.url or None,
        "domain": form.domain or None,
        "confirmed_on": form.confirmed_on.isoformat() if form.confirmed_on else None,
    }


def _status(form: FormNow, country: str) -> dict[str, Any]:
    return {
        "form": form.form.id,
        "country": country,
        "condition": form.condition,
        "since": _time(form.since),
        "as_of": _time(form.as_of),
        "seen_from": form.look.vantage if form.look else None,
        "from_inside": form.from_inside,
        "verdict": form.look.verdict if form.look else None,
        "reason": form.look.reason if form.look else None,
        "status_code": form.look.status_code if form.look else None,
        "bad_looks": form.bad_looks,
        "networks": form.networks,
        "people_reporting": form.reports,
        "people_without_code": form.no_code,
        "incident": form.incident,
    }


def _incident(outage: Outage) -> dict[str, Any]:
    it = outage.incident
    return {
        "id": it.id,
        "form": it.form,
        "country": it.country,
        "started_at": iso(it.started_at),
        "confirmed_at": iso(it.confirmed_at),
        "last_bad_at": _time(it.last_bad_at),
        "ended_at": _time(it.ended_at),
        "causes": it.causes,
        "proof": it.proof,
        "networks": it.networks,
        "looks": it.looks,
        "corrected_at": _time(it.corrected_at),
        "correction": it.correction,
        "page": f"/status/incident/{it.id}",
    }


def _look(look: Look) -> dict[str, Any]:
    return {
        "id": look.id,
        "at": iso(look.at),
        "vantage": look.vantage,
        "verdict": look.verdict,
        "reason": look.reason,
        "status_code": look.status_code,
        "seconds": round(look.seconds, 3),
        "redirects": [{"status": each.status, "from": each.address, "to": each.leads_to} for each in look.steps],
        "measurement": look.measurement or None,
        "sha256": look.sha256 or None,
        "server": look.server or None,
        "certificate": look.certificate or None,
    }


def _time(at: datetime | None) -> str | None:
    return iso(at) if at else None
