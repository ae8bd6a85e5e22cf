"""Meta's forms, by the data, and what an address of Meta's is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.domain.forms import Purpose
from bot.knowledge import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.forms import Form

TITLES = {
    Purpose.OWN_DATA: "Object to your information being used for AI at Meta",
    Purpose.THIRD_PARTY: "Data subject rights for third-party information used for AI at Meta",
    Purpose.PRIVACY_CONTACT: "Contact us about privacy",
    Purpose.GENERAL_OBJECTION: "Object to the processing of your information",
}


@cache
def forms() -> Mapping[str, Form]:
    """All forms, by id."""
    return load().forms


def form_at(host: str, path: str) -> Form | None:
    """The form that lives at an address."""
    return next((form for form in forms().values() if _address(form) == (host, path.strip("/"))), None)


def forms_of(host: str) -> list[Form]:
    """All forms that a host serves."""
    return [form for form in forms().values() if _address(form)[0] == host]


def is_like_a_form(host: str, path: str) -> bool:
    """Whether the address has the shape of this host's forms: the same folder, another id."""
    folder, _, last = path.strip("/").rpartition("/")
    return last.isdecimal() and any(_address(form)[1].rpartition("/")[0] == folder for form in forms_of(host))


def title(form: Form) -> str:
    """What stands above the form."""
    return form.titles[0] if form.titles else TITLES[form.purpose]


def service_of(host: str) -> str:
    """Whose login the host asks for."""
    return "instagram" if "instagram" in host else "facebook"


@cache
def _address(form: Form) -> tuple[str, str]:
    parts = urlsplit(form.url)
    return parts.hostname or "", parts.path.strip("/")
