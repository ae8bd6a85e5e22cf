"""What Meta's machine answers to somebody who is not logged in. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.sandbox.meta.forms import form_at, forms_of, is_like_a_form
from bot.sandbox.meta.notices import notice_at
from bot.sandbox.meta.switches import State

if TYPE_CHECKING:
    from bot.domain.forms import Form
    from bot.sandbox.meta.switches import Switches


@dataclass(frozen=True, slots=True)
class Answer:
    """A status with a page (the name of its template), a redirect, or a broken connection."""

    page: str
    status: int = 200
    location: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    slow: bool = False
    reset: bool = False


ABSENT = Answer("absent", 404)
NOTICE = Answer("notice")
"""Open to everybody, logged in or not."""
BROKEN = {
    State.GONE: ABSENT,
    State.ERROR: Answer("error", 500),
    State.PLATFORM_DOWN: Answer("down", 503),
    State.BOT_WALL: Answer("wall", 403),
    State.RATE_LIMIT: Answer("limited", 429, headers={"Retry-After": "300"}),
    State.RESET: Answer("error", 500, reset=True),
}
"""What looks the same to everybody, logged in or not."""


def broken(host: str, state: State) -> Answer | None:
    """The answer to everybody, if the form is out of order."""
    if state is State.MOVED:
        return Answer("home", 301, f"https://{host}/privacy/center/")
    return BROKEN.get(state)


def is_down(switches: Switches, host: str, country: str) -> bool:
    """Whether the whole platform is down there: one form's switch takes its host along."""
    return any(switches.state(form.id, country) is State.PLATFORM_DOWN for form in forms_of(host))


def anonymous(switches: Switches, host: str, path: str, *, country: str, agent: str) -> Answer:
    """The answer to a look from outside."""
    if "mozilla/" not in agent.lower():
        return Answer("error", 400)
    if is_down(switches, host, country):
        return BROKEN[State.PLATFORM_DOWN]
    if is_login(path):
        return Answer("login")
    if form := form_at(host, path):
        return _form(form, host, switches.state(form.id, country))
    if is_like_a_form(host, path):
        blurred = any(switches.state(form.id, country) is State.SAME_AS_DECOY for form in forms_of(host))
        return to_login(host, path) if blurred else ABSENT
    return NOTICE if notice_at(host, path) else Answer("home")


def _form(form: Form, host: str, state: State) -> Answer:
    if answer := broken(host, state):
        return answer
    if form.needs_login or state is State.SAME_AS_DECOY:
        return to_login(host, form.url.partition(host)[2], slow=state is State.SLOW)
    return Answer("form", slow=state is State.SLOW)


def is_login(path: str) -> bool:
    """Whether the address is the login page's."""
    return path.strip("/").startswith("login")


def to_login(host: str, path: str, *, slow: bool = False) -> Answer:
    """Off to the login page, which leads back."""
    target = quote(f"https://{host}/{path.lstrip('/')}", safe="")
    return Answer("login", 302, f"https://{host}/login/?next={target}", slow=slow)
