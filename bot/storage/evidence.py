"""Evidence of a look as JSON text, bounded: one look can't fill the disk."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bot.domain.observations import Evidence, Hop

HOPS = 12
"""More than the looker follows (`bot.vantages.fetching`)."""
ADDRESS = 2_000
"""Characters of an address; longer ones are cut."""
WORD = 256
"""Characters of a hash, an IP, an id."""
PHASES = 16
COPY = 16 * 1024
"""Characters of a measuring service's answer; a longer one can't be shown whole, so it is left out."""


def to_text(evidence: Evidence | None) -> str | None:
    """The evidence as it is kept, at most about 70 kB, a few hundred bytes as a rule."""
    if evidence is None:
        return None
    document = {
        "hops": [[hop.url[:ADDRESS], hop.status, (hop.location or "")[:ADDRESS]] for hop in evidence.hops[:HOPS]],
        "sha256": evidence.sha256[:WORD],
        "address": evidence.address[:WORD],
        "certificate": evidence.certificate[:WORD],
        "expires": evidence.expires.isoformat() if evidence.expires else "",
        "phases": [[name[:WORD], seconds] for name, seconds in evidence.phases[:PHASES]],
        "measurement": evidence.measurement[:WORD],
        "copy": evidence.copy if len(evidence.copy) <= COPY else "",
    }
    return json.dumps({name: value for name, value in document.items() if value}, separators=(",", ":"))


def from_text(text: str | None) -> Evidence | None:
    """The evidence as it was."""
    if text is None:
        return None
    known: dict[str, Any] = json.loads(text)
    expires = known.get("expires")
    return Evidence(
        hops=tuple(Hop(url, status, location or None) for url, status, location in known.get("hops", ())),
        sha256=known.get("sha256", ""),
        address=known.get("address", ""),
        certificate=known.get("certificate", ""),
        expires=datetime.fromisoformat(expires) if expires else None,
        phases=tuple((name, seconds) for name, seconds in known.get("phases", ())),
        measurement=known.get("measurement", ""),
        copy=known.get("copy", ""),
    )
