"""What one page says by itself: its redirects one by one, its status, its words. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from bot.domain.observations import Reason, Verdict
from bot.domain.page_shapes import visible_text
from bot.domain.web_addresses import belongs_to, registrable_domain

if TYPE_CHECKING:
    from bot.domain.forms import Form
    from bot.domain.looks import LookRules
    from bot.domain.observations import Hop, Page

PERMANENT = frozenset({301, 308})
"""Only these say that a page has moved; a 302 is an answer for now."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
TOO_MANY_REDIRECTS = "TooManyRedirects"
"""The error of a page whose redirects do not end."""
CERTIFICATE_ERROR = "CertificateError"
"""The error of a page whose server showed a certificate that does not hold: unknown issuer, other name, expired."""
CLIENT_ERRORS = range(400, 500)
SERVER_ERRORS = range(500, 600)
GOOD = range(200, 300)

_ID = re.compile(r"\d{6,}")


class Judgement(NamedTuple):
    """A verdict, why, and the steps to it, each a line for `check --explain`."""

    verdict: Verdict
    reason: Reason
    explanation: tuple[str, ...]


def says(verdict: Verdict, reason: Reason, *lines: str) -> Judgement:
    """A judgement with its lines."""
    return Judgement(verdict, reason, lines)


def is_server_error(page: Page) -> bool:
    """Tell whether Meta's machine answered that it can't."""
    return page.error is None and page.status in SERVER_ERRORS


def is_foreign(page: Page, rules: LookRules) -> bool:
    """Tell whether the way leaves Meta's domains."""
    return any(hop.location and not belongs_to(hop.location, rules.domains) for hop in page.hops)


def wall(page: Page, rules: LookRules) -> Judgement | None:
    """Are we kept out as a machine, or asked to slow down? That says nothing about the form."""
    if page.status in rules.rate_limit_statuses:
        return says(Verdict.NO_DATA, Reason.RATE_LIMIT, f"status {page.status}: we are asked to slow down")
    if page.status in rules.wall_statuses:
        return says(Verdict.NO_DATA, Reason.BOT_WALL, f"status {page.status}: a wall against programs")
    mark = next((mark for hop in page.hops if (mark := rules.checkpoint.name(hop.location or hop.url))), None)
    phrases = rules.checkpoint.phrases
    if sign := mark or (phrases and _first(phrases, visible_text(page.body))):
        return says(Verdict.NO_DATA, Reason.BOT_WALL, f"a check for programs ({sign})")
    return None


def read(page: Page, form: Form, rules: LookRules) -> Judgement:
    """What the page says by itself. It has answered, and no wall stands before it."""
    for hop in page.hops:
        if hop.status in REDIRECTS and hop.location and (judged := _read_redirect(hop, form, rules)):
            return judged
    return _read_status(page, form, rules)


def _read_redirect(hop: Hop, form: Form, rules: LookRules) -> Judgement | None:
    """Judge one redirect; None if it leads on to the same form."""
    target = hop.location or ""
    step = f"status {hop.status} points to {_short(target)}"
    if not belongs_to(target, rules.domains):
        return says(Verdict.MOVED, Reason.OTHER_SITE, f"{step}: not a domain of Meta")
    if rules.login.name(target):
        return _read_login(form, step, near=registrable_domain(target) == registrable_domain(form.url))
    if _is_same_form(target, form):
        return None
    if hop.status in PERMANENT:
        return says(Verdict.MOVED, Reason.OTHER_PAGE, f"{step}: moved there for good")
    return says(Verdict.GONE, Reason.OTHER_PAGE, f"{step}: for now another page stands in its place")


def _read_login(form: Form, step: str, *, near: bool) -> Judgement:
    if not near:
        return says(Verdict.NO_DATA, Reason.OTHER_PAGE, f"{step}: the login of another service")
    if not form.needs_login:
        line = f"{step}: a login, though people need none for this form; often shown to unknown networks only"
        return says(Verdict.NO_DATA, Reason.BOT_WALL, line)
    return says(Verdict.ASKS_LOGIN, Reason.NONE, f"{step}: the login, as is normal for this form")


def _read_status(page: Page, form: Form, rules: LookRules) -> Judgement:
    status = page.status or 0
    if status in rules.absent_statuses:
        return says(Verdict.GONE, Reason.NOT_FOUND, f"status {status}: no such page")
    if status in SERVER_ERRORS:
        return says(Verdict.GONE, Reason.SERVER_ERROR, f"status {status}: Meta's machine failed")
    if status not in GOOD:
        return says(Verdict.NO_DATA, Reason.BOT_WALL, f"status {status}: not an answer that people get")
    return _read_words(page, form, rules)


def _read_words(page: Page, form: Form, rules: LookRules) -> Judgement:
    text, step = visible_text(page.body), f"status {page.status}"
    if title := _first(tuple(title.casefold() for title in form.titles), text):
        return says(Verdict.ANSWERS, Reason.NONE, f"{step} and the form's title (“{title}”)")
    if phrase := _first(rules.absent.phrases, text):
        return says(Verdict.GONE, Reason.NOT_FOUND, f"{step}, but the page says “{phrase}”")
    if mark := _first(rules.login.phrases, text) or _first(rules.login.in_body, page.body):
        return _read_login(form, f"{step} and the page says “{mark}”", near=True)
    return says(Verdict.ANSWERS, Reason.NONE, f"{step}; the form's title was not seen in what we read")


def _is_same_form(target: str, form: Form) -> bool:
    """The same path, or one that bears the form's number: only host, language or ending differ."""
    path, own = urlsplit(target).path.rstrip("/"), urlsplit(form.url).path.rstrip("/")
    number = _ID.search(own)
    return path == own or (number is not None and number[0] in _ID.findall(path))


def _first(words: tuple[str, ...], text: str) -> str | None:
    return next((word for word in words if word in text), None)


def _short(url: str) -> str:
    return url if len(url) <= 120 else f"{url[:119]}…"  # noqa: PLR2004  # one line of a terminal
