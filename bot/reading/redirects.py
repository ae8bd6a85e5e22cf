"""Pages of Meta's that only pass on to another one, and where to, as far as the address itself says it. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from bot.domain.web_addresses import registrable_domain
from bot.reading.addresses import after_scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.domain.forms import Form

REDIRECTS = (
    "/l.php",
    "/flx/",
    "/n/",
    "/confirmemail.php",
    "/sharer",
    "/share.php",
    "/share/",
    "/dialog/",
    "/plugins/",
    "/away",
)
"""Beginnings of paths on Meta's own sites that only pass on to another page."""
LOGINS = (
    "/login", "/checkpoint", "/recover", "/accounts/login", "/accounts/password", "/accounts/onetap", "/challenge",
    "/two_step_verification", "/two_factor", "/auth_platform", "/oauth", "/reg/", "/r.php", "/cookie/consent",
)  # fmt: skip
"""Beginnings of paths on which Meta asks who one is."""
PASSING_HOSTS = frozenset({"l", "lm", "click", "email", "apps"})
"""First labels of Meta's hosts that pass on; `apps` shows what others have made."""
NAMES = frozenset({
    "u", "next", "url", "href", "redirect", "redirect_uri", "redirect_url", "continue", "target", "return", "return_to",
    "dest", "destination", "link", "goto", "out", "to",
})  # fmt: skip
"""Fields in which a redirect carries its target, if need be without a scheme."""
FIELDS = 60
TIMES = 3
"""How often a target may be packed (`%253A`)."""
_NO_SCHEME = re.compile(r"[\\/]{2,}(?=[^\\/])")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#:].*)?", re.DOTALL)


def is_login(path: str) -> bool:
    """Does Meta ask there who one is?"""
    return _plain(path).startswith(LOGINS)


def is_redirect(host: str, path: str) -> bool:
    """Does that page only pass on to another?"""
    return _plain(path).startswith(REDIRECTS) or (host.partition(".")[0] in PASSING_HOSTS and host.count(".") > 1)


def known_form(domain: str, path: str, forms: Iterable[Form]) -> str | None:
    """The id of our form at that path of that registrable domain."""
    wanted = _plain(path).rstrip("/")
    for form in forms:
        if _plain(urlsplit(form.url).path).rstrip("/") == wanted and registrable_domain(form.url) == domain:
            return form.id
    return None


def targets(host: str, path: str, query: str) -> Iterator[str]:
    """What the fields of an address lead on to: whole addresses anywhere, bare ones where a redirect has its target."""
    passes = is_redirect(host, path) or is_login(path)
    for field in re.split(r"[?#&;]", query)[: FIELDS + 1]:
        name, _, value = field.partition("=")
        target = _target(value or name, bare=passes and name.lower() in NAMES)
        if target is not None:
            yield target


def _target(value: str, *, bare: bool) -> str | None:
    value = _unpacked(value).strip()
    rest = after_scheme(value)
    if rest is not None:
        return rest
    if found := _NO_SCHEME.match(value):
        return value[found.end() :]
    if re.match(r"(?:javascript|data|vbscript|intent|tg|blob|file|market):", value, re.IGNORECASE):
        return ""
    return value if bare and _HOST.fullmatch(value) else None


def _unpacked(value: str) -> str:
    for _ in range(TIMES):
        if "%" not in value:
            break
        value = unquote(value)
    return value


def _plain(path: str) -> str:
    """A path as a server takes it: unpacked, without empty and dotted steps, in small letters."""
    steps: list[str] = []
    for step in re.split(r"[\\/]+", _unpacked(path).lower()):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    return "/" + "/".join(steps) + ("/" if path.endswith("/") and steps else "")
