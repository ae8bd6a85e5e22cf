"""Pages of Meta whose words are watched: what was read, and what counts as a change. Pure.

No page is compared with what we think it says: only with its own words before. What a change means for people is for an
operator to read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.domain.page_readings import GOOD, REDIRECTS, is_foreign, wall
from bot.domain.page_shapes import lasting_words, visible_text

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.forms import Sureness
    from bot.domain.looks import LookRules
    from bot.domain.observations import Page

EVERY = timedelta(days=1)
SPREAD = 0.2
"""Share of a day by which two readings lie nearer or farther: nobody is asked at the same minute every day."""
ONCE_MORE = timedelta(hours=2)
"""New words are read again so much later, which is another hour of the clock."""
ASKED_AGAIN = timedelta(days=1)
FEWEST_WORDS = 40
"""A page with fewer is a frame that a browser would fill; its words say nothing."""


class Ruling(StrEnum):
    """What operators said of a change."""

    NONE = ""
    """Nothing has changed yet."""
    OPEN = "open"
    """Nobody has read it yet, or said: not yet."""
    NOBODY = "nobody"
    """Nobody must act."""
    PEOPLE = "people"
    """People must act."""


@dataclass(frozen=True, slots=True)
class WatchedPage:
    """A page whose words are watched, beside a `control` page of the same service."""

    id: str
    url: str
    control: str
    sureness: Sureness
    sources: tuple[str, ...]
    checked: date


@dataclass(frozen=True, slots=True)
class PageState:
    """What is known of a page's words. `text` and `candidate` are hashes, empty if none; moments are in UTC."""

    page: str
    text: str = ""
    since: datetime | None = None
    """When these words were first read."""
    candidate: str = ""
    """Other words that were read once."""
    candidate_at: datetime | None = None
    read_at: datetime | None = None
    """The last try, whatever it gave."""
    changes: int = 0
    """Counts the changes; a decision is about one of them."""
    ruling: Ruling = Ruling.NONE
    asked_at: datetime | None = None
    """When operators were last told of the change."""
    ruled_at: datetime | None = None
    told_at: datetime | None = None
    """When all who wished to know were told."""

    @property
    def never_read(self) -> bool:
        """Did the page never give words?"""
        return not self.text and not self.candidate


def words_hash(page: Page, control: Page, rules: LookRules) -> str:
    """The hash of the words people would read; empty for a login, a wall, an error, or where we can't know.

    Beside the control page, as with forms: if that does not answer, or says the same, nothing was read. Of a page that
    was cut nothing is read either, for the cut falls elsewhere each time.
    """
    if page.truncated or not (_is_answer(page, rules) and _is_answer(control, rules)):
        return ""
    words = lasting_words(page.body)
    if words == lasting_words(control.body):
        return ""
    return hashlib.sha256(words.encode()).hexdigest() if len(words.split()) >= FEWEST_WORDS else ""


def _is_answer(page: Page, rules: LookRules) -> bool:
    if page.error is not None or page.status not in GOOD or is_foreign(page, rules) or wall(page, rules):
        return False
    ways = [hop.location for hop in page.hops if hop.status in REDIRECTS and hop.location]
    text = visible_text(page.body)
    says_login = any(each in text for each in (*rules.login.phrases, *rules.absent.phrases))
    marked = any(each in page.body for each in rules.login.in_body)
    return not (says_login or marked or any(rules.login.name(each) for each in ways))


def after_reading(state: PageState, words: str, now: datetime) -> PageState:
    """What is known after a reading that gave the hash `words`, empty if it gave none.

    1. No words are no change; what was read before stays.
    2. Other words count once they were read twice, equal, in two hours of the clock.
    3. The first words ever are no change.
    """
    state = replace(state, read_at=now)
    if not words:
        return state
    if words == state.text:
        return replace(state, candidate="", candidate_at=None)
    if words != state.candidate or state.candidate_at is None:
        return replace(state, candidate=words, candidate_at=now)
    if _hour(state.candidate_at) == _hour(now):
        return state
    return _changed(state, words, now)


def _changed(state: PageState, words: str, now: datetime) -> PageState:
    known = replace(state, text=words, since=state.candidate_at or now, candidate="", candidate_at=None)
    if not state.text:
        return known
    return replace(known, changes=state.changes + 1, ruling=Ruling.OPEN, asked_at=None, ruled_at=None, told_at=None)


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def next_reading(state: PageState, chance: float, now: datetime) -> datetime:
    """When the page is to be read next; `chance` is 0 to 1.

    A reading that lies ahead was noted before the clock was set back.
    """
    if state.read_at is None or state.read_at > now:
        return now
    return state.read_at + (ONCE_MORE if state.candidate else EVERY * (1 + SPREAD * (2 * chance - 1)))


def is_to_be_asked(state: PageState, now: datetime, *, quiet: bool) -> bool:
    """Are operators to be told now? At once, then once a day until one decides, but not again at night (`quiet`)."""
    if state.ruling is not Ruling.OPEN:
        return False
    return state.asked_at is None or (now - state.asked_at >= ASKED_AGAIN and not quiet)


def is_to_be_told(state: PageState) -> bool:
    """Is it decided, and not everybody told who wished to know?"""
    return state.ruling in {Ruling.NOBODY, Ruling.PEOPLE} and state.told_at is None
