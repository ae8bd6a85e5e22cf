"""Bulletins: what those who run the bot write to groups. Reviewed texts with small values, or their own words. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping  # noqa: TC003  # a field's type
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from bot.domain.forms import Service  # noqa: TC001  # a field's type

if TYPE_CHECKING:
    from collections.abc import Collection

Audience: TypeAlias = "Mapping[tuple[str, frozenset[str]], int]"
"""How many groups there are of each language that want to hear of these countries."""

LONGEST = 1000
"""Letters of a text of one's own, in each language."""
FRESH = timedelta(days=7)
"""So long it is news. Whoever could not be told by then is told nothing of it."""
DRAFT_KEPT = timedelta(days=1)
"""A draft that was left lying is forgotten."""


class BulletinKind(StrEnum):
    """What it is about. All but the last are reviewed texts in every language."""

    PAUSE = "pause"
    """For a time nothing is judged."""
    FORM = "form"
    """Meta changed one of its forms."""
    RULES = "rules"
    """Meta changed its rules."""
    WORDS = "words"
    """In the operators' own words."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What groups are to read, and which.

    `until` (UTC): who was not told by then is not told any more. `countries`: whom it concerns, empty for everybody.
    `since` and `until` are a pause's own, `day` is since when the form or the rules are others, `act` whether people
    must do something. `words` are texts by language; groups in other languages get that of `others`, empty for nothing.
    `corrects` is the number of the bulletin in whose place this one stands, 0 for none.
    """

    kind: BulletinKind
    until: datetime
    countries: tuple[str, ...] = ()
    service: Service | None = None
    since: datetime | None = None
    day: date | None = None
    act: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    others: str = ""
    corrects: int = 0

    def language_for(self, language: str) -> str:
        """In which language a group of that language reads it; empty if it gets nothing."""
        return language if self.kind is not BulletinKind.WORDS or language in self.words else self.others

    def corrected_language(self, language: str) -> str:
        """In which language a group reads the correction of what it was told: in any rather than not at all."""
        return self.language_for(language) or next(iter(self.words))

    def reads_like(self, other: Bulletin, language: str) -> bool:
        """Would a group of that language read the same?"""
        text, before = self.corrected_language(language), other.corrected_language(language)
        if self.words.get(text) != other.words.get(before):
            return False
        return replace(self, words={}, corrects=0) == replace(other, words={}, corrects=0)

    def is_for(self, wants: Collection[str], language: str) -> bool:
        """Does a group get it that wants to hear of these countries now?"""
        concerned = bool(wants) and (not self.countries or not set(wants).isdisjoint(self.countries))
        return concerned and bool(self.language_for(language))

    def reach(self, audience: Audience) -> dict[str, int]:
        """How many groups get it, by the language in which they read it, the most first."""
        found: Counter[str] = Counter()
        for (language, wants), count in audience.items():
            if self.is_for(wants, language):
                found[self.language_for(language)] += count
        return dict(found.most_common())


@dataclass(frozen=True, slots=True)
class Draft:
    """A bulletin in the making: the answers so far. Kept with the operator who writes it.

    `revision` counts the answers, so that a button sends only what it was shown under. `form` is the form's id, or a
    planned pause's. `settled`: `languages` are chosen, not being chosen. `sources` are the messages in which the texts
    were typed: who edits one changes its text. `others`: None until it was asked. What `corrects` another bulletin has
    its languages and is news as long as that one, unless that is asked.
    """

    kind: BulletinKind
    begun: datetime
    revision: int = 1
    form: str = ""
    country: str = ""
    since: datetime | None = None
    until: datetime | None = None
    day: date | None = None
    act: bool | None = None
    languages: tuple[str, ...] = ()
    settled: bool = False
    words: dict[str, str] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    others: str | None = None
    corrects: int = 0

    @property
    def token(self) -> str:
        """Tells this draft, as it is, from all others."""
        return f"{int(self.begun.timestamp())}.{self.revision}"

    @property
    def unwritten(self) -> str:
        """The language whose text is to be typed next, empty if all are there."""
        return next((each for each in self.languages if each not in self.words), "")

    def saying(self, **answers: object) -> Draft:
        """The draft after an answer."""
        return replace(self, revision=self.revision + 1, **answers)  # type: ignore[arg-type]  # fields of Draft

    def with_text(self, text: str, message: int) -> Draft:
        """The draft after a text was typed in that message, or the message edited."""
        edited = next((each for each, source in self.sources.items() if source == message), self.unwritten)
        if not edited:
            return self
        words, sources = {**self.words, edited: text}, {**self.sources, edited: message}
        return self.saying(words=words, sources=sources)

    def keeping(self, text: str) -> Draft:
        """The draft whose next text stays as it was."""
        return self.saying(words={**self.words, self.unwritten: text}) if self.unwritten else self

    def toggled(self, language: str) -> Draft:
        """The draft with a language more, or one less; a correction is read by who read what it corrects."""
        if self.corrects:
            return self
        chosen = tuple(each for each in self.languages if each != language)
        chosen = chosen if language in self.languages else (*self.languages, language)
        return self.saying(languages=chosen, settled=False, words=_only(self.words, chosen), others=None)

    def question(self, spoken: Collection[str]) -> str:
        """What is to be asked next, `ready` if nothing is; `spoken` are the languages of the groups there are."""
        is_left_out = bool(set(spoken) - set(self.languages))
        asked: dict[BulletinKind, dict[str, object]] = {
            BulletinKind.PAUSE: {"pause": self.until},
            BulletinKind.FORM: {"form": self.form, "day": self.day},
            BulletinKind.RULES: {"day": self.day, "act": self.act is not None},
            BulletinKind.WORDS: {
                "languages": self.settled and self.languages,
                "words": not self.unwritten,
                "others": self.others is not None or not is_left_out,
            },
        }
        return next((name for name, given in asked[self.kind].items() if not given), "ready")

    def drawn_up(self, now: datetime, *, service: Service | None = None, countries: tuple[str, ...] = ()) -> Bulletin:
        """The bulletin, if it is sent now."""
        return Bulletin(
            self.kind,
            self.until or now + FRESH,
            countries,
            service,
            self.since,
            self.day,
            bool(self.act),
            _only(self.words, self.languages),
            self.others or "",
            self.corrects,
        )


def correcting(number: int, bulletin: Bulletin, now: datetime) -> Draft:
    """The draft of a correction: what is asked again is what it says, not whom."""
    until = None if bulletin.kind is BulletinKind.PAUSE else bulletin.until
    languages, others = tuple(bulletin.words), bulletin.others
    return Draft(bulletin.kind, now, until=until, languages=languages, settled=True, others=others, corrects=number)


def _only(words: Mapping[str, str], languages: Collection[str]) -> dict[str, str]:
    return {language: text for language, text in words.items() if language in languages}


def fresh(draft: Draft | None, now: datetime) -> Draft | None:
    """The draft, None if it was left lying too long."""
    return draft if draft and now - draft.begun < DRAFT_KEPT else None
