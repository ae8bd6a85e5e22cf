"""Fetches one page of Meta, hop by hop. It never raises for what the other side does, and always ends."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from typing import TYPE_CHECKING, NamedTuple
from urllib.request import getproxies

import httpx

from bot import __version__
from bot.domain.observations import Hop, Page
from bot.domain.page_readings import CERTIFICATE_ERROR, TOO_MANY_REDIRECTS
from bot.vantages.bodies import ACCEPT_ENCODING, Body, read_body
from bot.vantages.redirects import MAX_HOPS, leads_on, location
from bot.vantages.traces import Trace

if TYPE_CHECKING:
    from bot.domain.looks import LookRules

TOTAL_SECONDS = 15.0
"""All hops and the body together: a slow drip ends here."""
CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
CONTACT_LIMIT = 200
ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
ACCEPT_LANGUAGE = "en,de;q=0.5"
"""One language for form, control and decoy, so that answers compare; most phrases we know are English."""


class _Answer(NamedTuple):
    hop: Hop
    body: Body


class Standpoint(NamedTuple):
    """From where a page is asked for; told to the sandbox alone, which answers by it."""

    country: str = ""
    network: str = "direct"

    @property
    def behind_proxy(self) -> bool:
        """Is somebody between us and Meta?"""
        return self.network != "direct" or bool(getproxies())


class _Asking(NamedTuple):
    """What the requests of one page share. Cookies live that long only, as sites that set one and redirect expect."""

    client: httpx.AsyncClient
    standpoint: Standpoint
    cookies: httpx.Cookies
    trace: Trace


def open_client(
    contact: str, transport: httpx.AsyncBaseTransport | None = None, *, proxy: str | None = None
) -> httpx.AsyncClient:
    """A client that says who it is, follows nothing and remembers nothing. The caller closes it.

    Certificates are checked, against SSL_CERT_FILE if that is set. Without `proxy` the machine's own way out is
    taken: HTTPS_PROXY where an organisation has set it.
    """
    return httpx.AsyncClient(
        transport=transport,
        proxy=proxy,
        follow_redirects=False,
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        headers={
            "User-Agent": user_agent(contact),
            "Accept": ACCEPT,
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
    standpoint: Standpoint | None = None,
    *,
    total_seconds: float = TOTAL_SECONDS,
) -> Page:
    """What the address gives. Follows only to https pages of Meta that are neither a login nor a check."""
    time = asyncio.get_running_loop().time
    started, answers, trace = time(), list[_Answer](), Trace()
    standpoint = standpoint or Standpoint()
    asking = _Asking(client, standpoint, httpx.Cookies(), trace)
    error = None
    try:
        async with asyncio.timeout(total_seconds):
            await _follow(asking, url, rules, answers)
    except (httpx.HTTPError, httpx.InvalidURL, zlib.error, TimeoutError, ValueError) as caught:
        error = _name(caught)
    return _page(answers, trace, time() - started, error)


def _page(answers: list[_Answer], trace: Trace, seconds: float, error: str | None) -> Page:
    hops = tuple(answer.hop for answer in answers)
    body = answers[-1].body if answers else Body("", truncated=False, sha256="")
    evidence = trace.evidence(hops, body.sha256, seconds)
    return Page(hops, body.text, body.truncated, seconds, error, evidence)


def _name(caught: BaseException) -> str:
    """What happened, in a word. httpx and what lies below it wrap a refused certificate in errors of their own."""
    cause: BaseException | None = caught
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return CERTIFICATE_ERROR
        cause = cause.__cause__ or cause.__context__
    return "DecodingError" if isinstance(caught, zlib.error) else type(caught).__name__


async def _follow(asking: _Asking, url: str, rules: LookRules, answers: list[_Answer]) -> None:
    for _ in range(MAX_HOPS + 1):
        answer = await _ask(asking, url)
        answers.append(answer)
        target = answer.hop.location
        if target is None or not leads_on(target, rules):
            return
        url = target
    raise httpx.TooManyRedirects(TOO_MANY_REDIRECTS)


async def _ask(asking: _Asking, url: str) -> _Answer:
    """One request."""
    asking.client.cookies.clear()
    extensions = {**asking.standpoint._asdict(), "trace": asking.trace}
    request = asking.client.build_request("GET", url, extensions=extensions)
    asking.cookies.set_cookie_header(request)
    response = await asking.client.send(request, stream=True)
    try:
        asking.cookies.extract_cookies(response)
        asking.trace.met(response, behind_proxy=asking.standpoint.behind_proxy)
        target = location(response.status_code, response.headers.get("location"), url)
        body = await read_body(response)
    finally:
        await response.aclose()
    return _Answer(Hop(url, response.status_code, target), body)
