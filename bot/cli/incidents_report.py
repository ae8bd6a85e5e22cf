"""What `incidents` prints: a table, one outage with its evidence, JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation

JSON_VERSION = 1
WIDE = 160
"""Columns of a table that goes into a file or a pipe."""


def print_list(found: Sequence[Incident], days: int) -> None:
    """A row each."""
    if not found:
        print(f"No outage was confirmed within {days} days.")
        return
    table = Table(title="Outages that were confirmed (UTC)", title_justify="left", box=SIMPLE_HEAD)
    for heading in ("No.", "Form", "Country", "Since", "Until", "Seen", "By", "Bad looks", "Correction"):
        table.add_column(heading, justify="right" if heading in {"No.", "Bad looks"} else "left")
    for one in found:
        table.add_row(*_cells(one))
    _console().print(table)


def print_one(one: Incident, looks: Sequence[Observation]) -> None:
    """One outage, and the looks it rests on."""
    for name, value in _lines(one):
        print(f"{name:<12}{value}")
    if not looks:
        print("The looks it rests on are not kept.")
        return
    table = Table(title="The looks it rests on", title_justify="left", box=SIMPLE_HEAD)
    for heading in ("No.", "When", "From", "Seen", "Status", "Seconds", "Address", "Measurement"):
        table.add_column(heading, justify="right" if heading in {"No.", "Status", "Seconds"} else "left")
    for look in looks:
        evidence = look.evidence
        table.add_row(
            str(look.id),
            _time(look.at),
            look.vantage,
            f"{_plain(look.verdict)} ({_plain(look.reason)})",
            str(look.status_code or "–"),
            f"{look.seconds:.1f}",
            (evidence.address if evidence else "") or "–",
            (evidence.measurement if evidence else "") or "–",
        )
    _console().print(table)


def document(found: Iterable[Incident], looks: Iterable[Observation] | None = None) -> dict[str, Any]:
    """The shape of `--json`; fields are only ever added within a version. `looks` belong to the one incident."""
    records = [_record(one) for one in found]
    if looks is not None:
        records[0]["observations"] = [_look_record(look) for look in looks]
    return {"version": JSON_VERSION, "incidents": records}


def _lines(one: Incident) -> Iterable[tuple[str, str]]:
    yield "incident", str(one.id)
    yield "form", f"{one.form}, {one.country}"
    yield "since", f"{_time(one.started_at)}, sure since {_time(one.confirmed_at)}"
    yield "until", _time(one.ended_at) if one.ended_at else "it lasts"
    yield "seen", ", then ".join(_plain(cause) for cause in one.causes)
    yield "by", f"{_plain(one.proof)}: {', '.join(one.networks)}"
    yield "bad looks", str(one.looks)
    if one.corrected_at and one.correction:
        yield "correction", f"a false alarm ({_plain(one.correction)}), said {_time(one.corrected_at)}"


def _cells(one: Incident) -> tuple[str, ...]:
    return (
        str(one.id),
        one.form,
        one.country,
        _time(one.started_at),
        _time(one.ended_at) if one.ended_at else "it lasts",
        ", ".join(_plain(cause) for cause in one.causes),
        ", ".join(one.networks) if one.proof == "networks" else f"{', '.join(one.networks)} and {_plain(one.proof)}",
        str(one.looks),
        _plain(one.correction) if one.correction else "",
    )


def _record(one: Incident) -> dict[str, Any]:
    return {
        "id": one.id,
        "form": one.form,
        "country": one.country,
        "started_at": _iso(one.started_at),
        "confirmed_at": _iso(one.confirmed_at),
        "ended_at": _iso(one.ended_at),
        "causes": [cause.value for cause in one.causes],
        "proof": one.proof.value,
        "networks": list(one.networks),
        "looks": one.looks,
        "corrected_at": _iso(one.corrected_at),
        "correction": one.correction.value if one.correction else None,
    }


def _look_record(look: Observation) -> dict[str, Any]:
    evidence = look.evidence
    return {
        "id": look.id,
        "at": _iso(look.at),
        "vantage": look.vantage,
        "verdict": look.verdict.value,
        "reason": look.reason.value,
        "status_code": look.status_code,
        "seconds": round(look.seconds, 3),
        "address": evidence.address if evidence else "",
        "sha256": evidence.sha256 if evidence else "",
        "certificate": evidence.certificate if evidence else "",
        "measurement": evidence.measurement if evidence else "",
        "hops": [{"url": hop.url, "status": hop.status, "location": hop.location} for hop in evidence.hops]
        if evidence
        else [],
    }


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, markup=False)
