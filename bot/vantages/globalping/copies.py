"""Copies of the service's answers, for it keeps them for a week. Bounded, and without where a probe's owner lives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.vantages.globalping.answers import Measurement

COPY_LIMIT = 16 * 1024
"""Bytes, as `Evidence.copy` promises."""
KEPT_HEADERS = ("content-type", "date", "location", "server")
"""Others may hold marks by which Meta knows a visitor again."""
HEADER_LIMIT = 512


def copy(measured: Sequence[tuple[str, Measurement]]) -> str:
    """All hops of a page (address and measurement) as JSON of at most 16 KiB; bodies are cut until it fits."""
    room = COPY_LIMIT // 2
    while room > 1:
        text = json.dumps([_hop(url, each, room) for url, each in measured], ensure_ascii=False)
        if len(text.encode("utf-8", "replace")) <= COPY_LIMIT:
            return text
        room //= 2
    return json.dumps([each.id for _, each in measured])[:COPY_LIMIT]


def _hop(url: str, measurement: Measurement, room: int) -> dict[str, Any]:
    item = measurement.results[0]
    result = item.result.model_dump(mode="json", exclude={"headers", "rawBody"})
    headers = {name: (item.result.header(name) or "")[:HEADER_LIMIT] for name in KEPT_HEADERS}
    body = (item.result.rawBody or "")[:room].encode("utf-8", "replace").decode()
    return {
        "id": measurement.id,
        "url": url,
        "probe": item.probe.model_dump(mode="json"),
        "result": result | {"headers": {name: value for name, value in headers.items() if value}, "rawBody": body},
    }
