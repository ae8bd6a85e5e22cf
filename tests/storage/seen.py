"""Looks and incidents to keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.incidents import Cause, Incident, Proof
from bot.domain.observations import Evidence, Hop, Observation, Reason, Verdict
from tests.storage.conftest import NOW

FORM = "facebook-2025"


def look(at=NOW, verdict=Verdict.ANSWERS, form=FORM, vantage="direct", country="DE", **more):
    reason = Reason.NOT_FOUND if verdict is Verdict.GONE else Reason.NONE
    return Observation(form, country, vantage, at, verdict, reason, 200, 0.25, (), **more)


def an_incident(started=NOW, form=FORM, country="DE", **more):
    return Incident(
        0, form, country, started, started + timedelta(minutes=20), (Cause.GONE, Cause.SERVER_ERROR), Proof.NETWORKS,
        ("direct", "proxy:DE"), 6, last_bad_at=started + timedelta(minutes=30), **more,
    )  # fmt: skip


def ended(incident, minutes=60):
    return replace(incident, ended_at=incident.started_at + timedelta(minutes=minutes))


EVIDENCE = Evidence(
    hops=(Hop("https://a.example/x", 302, "https://a.example/login"), Hop("https://a.example/login", 200, None)),
    sha256="ab" * 32,
    address="192.0.2.7",
    certificate="cd" * 32,
    expires=datetime(2027, 1, 1, 23, 59, 59, tzinfo=UTC),
    phases=(("dns", 0.01), ("total", 0.5)),
    measurement="m-1",
    copy='{"id":"m-1"}',
)
