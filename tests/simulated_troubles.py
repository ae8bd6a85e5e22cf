"""Troubles of our own, of which people notice nothing: drawn by chance, once for all forms."""

from __future__ import annotations

from tests.simulated_forms import DAY, Span

HOUR = 60.0
KINDS = (
    # what, where, hours from, hours up to, how often in 90 days
    ("out", "", 1, 9, 8),  # our network
    ("out", "direct", 24, 24, 2),  # a vantage blind for a day
    ("out", "proxy", 24, 24, 2),
    ("out", "globalping", 24, 24, 2),
    ("wall", "", 168, 168, 1),  # a wall against programs for a week
    ("wall", "direct", 168, 168, 1),
    ("checkpoint", "", 168, 168, 1),
    ("wrong", "proxy", 72, 72, 1),  # one network alone sees each form as gone, and a fine control page
    ("service", "globalping", 6, 6, 6),  # 429
    ("service", "globalping", 2, 4, 6),  # 500
    ("service", "globalping", 24, 24, 3),  # 422: no probe there
    ("clock-180", "", 5, 5, 2),  # set back by three hours, then right again
    ("clock+300", "", 5, 5, 2),
    ("clock-1560", "", 3, 3, 1),
    ("clock+2880", "", 3, 3, 1),
)


def troubles(rng, days):
    """The spans of so many days; in a short time each kind still comes once."""
    found = []
    for what, where, least, most, often in KINDS:
        for _ in range(max(1, round(often * days / 90))):
            begin = rng.uniform(0, days * DAY)
            long = rng.uniform(least, most) * HOUR * min(1, days / 30)
            found.append(Span(begin, begin + long, what, where))
    return tuple(found)
