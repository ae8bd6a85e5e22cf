"""Wishes to be told something once. Pure records; who wishes what is kept sealed."""

from __future__ import annotations

from enum import StrEnum


class WishKind(StrEnum):
    """What is waited for."""

    ANSWERS = "answers"
    """The form answers again."""
    CODES = "codes"
    """Its codes arrive again."""
    CITED = "cited"
    """A paper cites an outage of it: its correction."""
    RULES = "rules"
    """Meta changes its page about information for AI. Of no form and no country."""
