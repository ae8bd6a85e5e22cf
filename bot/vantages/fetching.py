"""Fetches one page of Meta, hop by hop. It never raises for what the other side does, and always ends."""

from __future__ import annotations

import asyncio
import zlib
from typing import TYPE_CHECKING, NamedTuple

import httpx

from bot import __version__
from bot.domain.observations import Hop, Page
from bot.domain.page_readings import REDIRECTS, TOO_MANY_REDIRECTS
from bot.domain.web_addresses import belongs_to, is_plain_https
from bot.vantages.bodies import ACCEPT_ENCODING, read_body

if TYPE_CHECKING:
    from bot.domain.looks import LookRules

MAX_HOPS = 5
TOTAL_SECONDS = 15.0
"""All hops and the body together: a slow drip ends here."""
CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
ADDRESS_LIMIT = 2048
"""Longer addresses are recorded cut and not followed."""
CONTACT_LIMIT = 200
ACCEPT_LANGUAGE = "en,de;q=0.5"
"""One language for form, control and decoy, so that answers compare; most phrases we know are English."""


class _Answer(NamedTuple):
    hop: Hop
    body: str
    truncated: bool


def open_client(contact: str, transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """A client that says who it is, follows nothing and remembers nothing. The caller closes it."""
    return httpx.AsyncClient(
        transport=transport,
        follow_redirects=False,
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        headers={
            "User-Agent": user_agent(contact),
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
            "Accept-Language": ACCEPT_LANGUAGE,
            "Accept-Encoding": ACCEPT_ENCODING,
        },
    )


def user_agent(contact: str) -> str:
    """Mozilla-compatible and honest: names the project and the operator."""
    plain = "".join(char for char in contact if char.isascii() and char.isprintable() and char not in "();")
    named = f"; +{plain[:CONTACT_LIMIT].strip()}" if plain.strip() else ""
    return f"Mozilla/5.0 (compatible; ObjectionBot/{'.'.join(__version__.split('.')[:2])}{named})"


async def fetch(
    client: httpx.AsyncClient,
    url: str,
    rules: LookRules,
    *,
    country: str = "",
    total_seconds: float = TOTAL_SECONDS,
) -> Page:
    """What the address gives. Follows only to https pages of Meta that are neither a login nor a check."""
    time = asyncio.get_running_loop().time
    started = time()
    answers: list[_Answer] = []
    error = None
    try:
        async with asyncio.timeout(total_seconds):
            await _follow(client, url, rules, country, answers)
    except (httpx.HTTPError, httpx.InvalidURL, zlib.error, TimeoutError, ValueError) as caught:
        error = "DecodingError" if isinstance(caught, zlib.error) else type(caught).__name__
    return Page(
        hops=tuple(answer.hop for answer in answers),
        body=answers[-1].body if answers else "",
        truncated=bool(answers) and answers[-1].truncated,
        seconds=time() - started,
        error=error,
    )


async def _follow(client: httpx.AsyncClient, url: str, rules: LookRules, country: str, answers: list[_Answer]) -> None:
    cookies = httpx.Cookies()
    for _ in range(MAX_HOPS + 1):
        answer = await _ask(client, url, country, cookies)
        answers.append(answer)
        target = answer.hop.location
        if target is None or not _leads_on(target, rules):
            return
        url = target
    raise httpx.TooManyRedirects(TOO_MANY_REDIRECTS)


async def _ask(client: httpx.AsyncClient, url: str, country: str, cookies: httpx.Cookies) -> _Answer:
    """One request. Cookies live for one page's hops only, as sites that set one and redirect expect."""
    client.cookies.clear()
    request = client.build_request("GET", url, extensions={"country": country})
    cookies.set_cookie_header(request)
    response = await client.send(request, stream=True)
    try:
        cookies.extract_cookies(response)
        location = _location(response, url)
        body, truncated = await read_body(response)
    finally:
        await response.aclose()
    return _Answer(Hop(url, response.status_code, location), body, truncated)


def _location(response: httpx.Response, url: str) -> str | None:
    """Where a redirect points to, as a whole address of bounded length."""
    told = response.headers.get("location")
    if response.status_code not in REDIRECTS or not told:
        return None
    return str(httpx.URL(url).join(told[:ADDRESS_LIMIT]))[:ADDRESS_LIMIT]


def _leads_on(target: str, rules: LookRules) -> bool:
    """A login or a check says what it is by its address; foreign sites are never asked."""
    if rules.login.name(target) or rules.checkpoint.name(target):
        return False
    return len(target) < ADDRESS_LIMIT and is_plain_https(target) and belongs_to(target, rules.domains)
