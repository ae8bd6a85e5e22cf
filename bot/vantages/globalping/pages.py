"""Turns measurements into a page, as if we had fetched it ourselves. Pure."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.domain.observations import Evidence, Hop, Page
from bot.domain.page_readings import CERTIFICATE_ERROR, TOO_MANY_REDIRECTS
from bot.vantages.globalping.copies import copy
from bot.vantages.globalping.unmeasured import UnmeasuredError
from bot.vantages.redirects import MAX_HOPS, leads_on, location

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.looks import LookRules
    from bot.vantages.globalping.answers import Measurement, Result

BODY_LIMIT = 10_000
"""Characters of a body that the service gives."""
FAILED = "ProbeFailed"
"""The error of a page that the probe could not get, the target being the likely reason."""
PHASES = {"dns": "dns", "tcp": "connect", "tls": "tls", "firstByte": "first_byte", "total": "total"}

Measured = tuple[str, "Measurement"]


def must_be_measured(measurement: Measurement, country: str) -> Result:
    """The one result. Raises UnmeasuredError if the probe, its resolver or the service failed."""
    if len(measurement.results) != 1:
        raise UnmeasuredError(f"globalping: {len(measurement.results)} results of one probe")
    item = measurement.results[0]
    result = item.result
    if item.probe.country != country:
        raise UnmeasuredError(f"globalping: a probe in {item.probe.country[:2]} answered for {country}")
    if result.status == "failed" and result.failureSource == "target":
        return result
    if result.status != "finished" or result.statusCode is None:
        source = f", {result.failureSource}" if result.failureSource else ""
        raise UnmeasuredError(f"globalping: the probe's side gave no answer ({result.status}{source})")
    return result


def leads_to(url: str, measurement: Measurement, rules: LookRules) -> str | None:
    """Where to ask next, None if this is the last hop. Raises httpx.InvalidURL."""
    if _error(measurement.results[0].result):
        return None
    target = _hop(url, measurement).location
    return target if target is not None and leads_on(target, rules) else None


def page(measured: Sequence[Measured], rules: LookRules) -> Page:
    """The page of all hops, the last one's body as the service cut it."""
    url, final = measured[-1]
    last = final.results[0].result
    error = _error(last)
    if not error and len(measured) > MAX_HOPS and leads_to(url, final, rules):
        error = TOO_MANY_REDIRECTS
    hops = tuple(_hop(url, each) for url, each in (measured[:-1] if _error(last) else measured))
    body = "" if _error(last) else (last.rawBody or "")[:BODY_LIMIT]
    cut = last.truncated or len(last.rawBody or "") > BODY_LIMIT
    evidence = _evidence(measured, hops, body)
    return Page(hops, body, cut, dict(evidence.phases).get("total", 0.0), error, evidence)


def _error(result: Result) -> str | None:
    if result.status == "failed":
        return FAILED
    return CERTIFICATE_ERROR if result.tls and not result.tls.authorized else None


def _hop(url: str, measurement: Measurement) -> Hop:
    result = measurement.results[0].result
    status = result.statusCode or 0
    return Hop(url, status, location(status, result.header("location"), url))


def _evidence(measured: Sequence[Measured], hops: tuple[Hop, ...], body: str) -> Evidence:
    last = measured[-1][1]
    result = last.results[0].result
    return Evidence(
        hops=hops,
        sha256=hashlib.sha256(body.encode("utf-8", "replace")).hexdigest() if hops else "",
        address=result.resolvedAddress or "",
        certificate=result.tls.fingerprint256.replace(":", "").lower() if result.tls else "",
        expires=result.tls.expiresAt if result.tls else None,
        phases=_phases([each.results[0].result for _, each in measured]),
        measurement=last.id,
        copy=copy(measured),
    )


def _phases(results: Sequence[Result]) -> tuple[tuple[str, float], ...]:
    """Seconds by name, summed over the hops."""
    summed = {
        name: sum(getattr(result.timings, theirs) or 0.0 for result in results) / 1000
        for theirs, name in PHASES.items()
    }
    return tuple((name, round(seconds, 4)) for name, seconds in summed.items() if seconds)
