"""What was seen of a form, and why an outage was one, in plain words. None says that a form works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.incidents import Cause, Correction, Proof
from bot.domain.observations import Reason, Verdict
from bot.rendering.countries import country_name

if TYPE_CHECKING:
    from collections.abc import Callable


def _N(message: str) -> str:  # noqa: N802  # marked for translation, translated by who uses it
    return message


CAUSES = {
    Cause.GONE: _N("not found"),
    Cause.MOVED: _N("led to another page"),
    Cause.PLATFORM_DOWN: _N("the whole site did not answer"),
    Cause.CONNECTION: _N("no answer"),
    Cause.CERTIFICATE: _N("its certificate was refused"),
    Cause.SERVER_ERROR: _N("an error of Meta's server"),
}
PROOFS = {
    Proof.NETWORKS: _N("two networks or more saw it"),
    Proof.PEOPLE: _N("one network saw it, and three people or more reported it within an hour"),
    Proof.OPERATOR: _N("one network saw it, and the operator, logged in"),
}
CORRECTIONS = {
    Correction.OUR_NETWORK: _N("our own network was at fault"),
    Correction.MEASUREMENT: _N("the measurement was at fault"),
    Correction.FORM_CHANGED: _N("the form had moved on purpose and answered elsewhere"),
}
VERDICTS = {
    Verdict.ANSWERS: _N("answered"),
    Verdict.ASKS_LOGIN: _N("answered, asked for login"),
    Verdict.MOVED: _N("led to another page"),
    Verdict.GONE: _N("not found"),
    Verdict.PLATFORM_DOWN: _N("the whole site did not answer"),
    Verdict.NO_DATA: _N("told nothing"),
}
REASONS = {
    (Verdict.GONE, Reason.SERVER_ERROR): _N("an error of Meta's server"),
    (Verdict.GONE, Reason.CONNECTION): _N("no answer"),
    (Verdict.GONE, Reason.CERTIFICATE): _N("its certificate was refused"),
    (Verdict.GONE, Reason.SAME_AS_DECOY): _N("no longer differs from a page that can't exist"),
    (Verdict.NO_DATA, Reason.BOT_WALL): _N("told nothing: a wall against programs"),
    (Verdict.NO_DATA, Reason.RATE_LIMIT): _N("told nothing: we were asked to slow down"),
    (Verdict.NO_DATA, Reason.BLIND): _N("told nothing: our own side was blind"),
    (Verdict.NO_DATA, Reason.SAME_AS_DECOY): _N("told nothing: can't be told from a page that can't exist"),
}
"""Where the reason says more than the verdict."""
VANTAGES = {
    "direct": _N("the bot's own network"),
    "proxy": _N("a network in {country}"),
    "globalping": _N("a Globalping probe in {country}"),
}


def sight(verdict: Verdict, reason: Reason) -> str:
    """What a look saw, to be translated."""
    return REASONS.get((verdict, reason)) or VERDICTS[verdict]


def vantage(name: str, language: str, translate: Callable[[str], str]) -> str:
    """From where it was looked: `direct`, `proxy:DE`, `globalping:DE`."""
    kind, _, country = name.partition(":")
    known = VANTAGES.get(kind)
    return translate(known).format(country=country_name(country, language)) if known else name
