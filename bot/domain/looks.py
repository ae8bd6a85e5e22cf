"""By what a page is judged: phrases, marks, statuses and places. The records stand in the knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.domain.errors import KnowledgeError

if TYPE_CHECKING:
    from bot.domain.forms import Form


@dataclass(frozen=True, slots=True)
class Marks:
    """What gives a kind of page away.

    `phrases` are what people read, in lower case; `in_body` stands in the page's source, `in_url` in its path
    and, after a `?`, at the beginning of its query.
    """

    phrases: tuple[str, ...] = ()
    in_body: tuple[str, ...] = ()
    in_url: tuple[str, ...] = ()

    def name(self, url: str) -> str | None:
        """The mark that the address bears."""
        return next((mark for mark in self.in_url if _bears(url, mark)), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where forms live: addresses that begin with `prefix`.

    `control` shows whether the host answers at all; `decoy` has the forms' shape and an id that can't exist.
    """

    prefix: str
    control: str
    decoy: str


@dataclass(frozen=True, slots=True)
class LookRules:
    """Everything a judgement needs to know of Meta's pages."""

    domains: frozenset[str]
    places: tuple[Place, ...]
    login: Marks
    checkpoint: Marks
    absent: Marks
    wall_statuses: frozenset[int]
    rate_limit_statuses: frozenset[int]
    absent_statuses: frozenset[int]

    def place_of(self, form: Form) -> Place:
        """The place the form lives in."""
        for place in self.places:
            if form.url.startswith(place.prefix):
                return place
        raise KnowledgeError(f"places.toml: no place has a prefix for form {form.id} ({form.url})")


def _bears(url: str, mark: str) -> bool:
    parts = urlsplit(url)
    path_mark, _, query_mark = mark.partition("?")
    if query_mark:
        return parts.path.rstrip("/").endswith(path_mark) and parts.query.startswith(query_mark)
    return path_mark in f"{parts.path.rstrip('/')}/"
