"""Letters: whole documents in one language, made of a letter's facts. Nothing of a person but what is handed in here.

`locales/<language>/letters/<kind>[-<variant>].j2` fill the frame `parts/letter.j2` of the same language; a letter never
mixes languages. A language in which a letter does not exist is not offered.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.letters import TO_AUTHORITY, LetterFacts, LetterKind
from bot.rendering.countries import country_name
from bot.rendering.languages import LOCALES, SOURCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

LONGEST = 3500
"""Characters of a letter: with what stands around it, it has to fit one message of Telegram's (4096)."""
REPLY = "reply"
"""Where a law has one reply for all answers of Meta's."""
SHORTER = ((6, 6, 12), (2, 6, 12), (2, 4, 12), (2, 2, 12), (0, 2, 12), (0, 1, 6))
"""How many observation numbers an outage, outages and days of the history are named, from the fullest letter on."""
GDPR = frozenset({"eu", "uk"})
"""Laws whose letters are the same but for names and numbers."""
_GAP = re.compile(r"\n{3,}")
_TAGS_ALONE = re.compile(r"^[ \t]*((?:\{%(?:(?!%\}).)*%\})+)[ \t]*\n", re.MULTILINE)
_SPACES = re.compile(r"[ \t]+\n")
_BREAKS = re.compile(r"[ \t\n]+")
"""Not the no-break space, which French sets before some signs."""
_LOCALES = {SOURCE: "en_GB", "pt": "pt_PT"}
"""Whose days and names of countries a letter takes, where the language alone would be another country's."""
_FIRST = {"el": "1η", "fr": "1er", "it": "1º"}
"""How the first day of a month is written where it is no mere 1."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signs. Used once, kept nowhere; empty, it leaves blanks to fill in by hand."""

    lines: tuple[str, ...] = ()
    """Name and address, a line each."""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """Whom the objection is about, as the addresses on record know it: the company's name first; may be empty."""

    post: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished text. `template` is its template's name, language and the first digits of the SHA-256 of its words."""

    subject: str
    text: str
    language: str
    template: str
    blanks: bool
    """Is there anything left to fill in by hand?"""


@dataclass(frozen=True, slots=True)
class Tellings:
    """How the letters of a language write a day, a country, and what happened; empty for what no letter tells."""

    day: Callable[[date], str]
    country: Callable[[str], str]
    fact: Callable[[str], str]


class _Loader(FileSystemLoader):
    """Takes a line that holds nothing but tags away with its end, and no other: so a sentence may end with a tag."""

    def get_source(self, environment: Environment, template: str) -> Any:
        source, *rest = super().get_source(environment, template)
        return _TAGS_ALONE.sub(r"\1", source), *rest


class LetterTooLong(ValueError):  # noqa: N818  # a fact about the letter, not a fault
    """Not even its shortest form fits one message."""


def languages_of(facts: LetterFacts) -> tuple[str, ...]:
    """The languages in which this letter exists, the source first."""
    return tuple(language for language in _languages() if _name(language, facts))


def letter(facts: LetterFacts, language: str, meta: Meta, sender: Sender | None = None) -> Letter:
    """The letter in that language; KeyError if it does not exist in it.

    Too much for one message: fewer observations are named, then fewer outages, then the latest days of the history
    only; the evidence bundle has them all.
    """
    name = _name(language, facts)
    if name is None:
        raise KeyError(f"{facts.kind} in {language}")
    values = _context(facts, meta, sender or Sender())
    for ids, outages, events in SHORTER:
        named = {"ids_named": ids, "outages_named": outages, "events_named": events}
        made = _made(name, language, values | named)
        if len(made.text) <= LONGEST:
            return made
    raise LetterTooLong(name)


def tellings(language: str, *, lgpd: bool = False) -> Tellings:
    """The same words for who tells of a case beside its letters."""
    environment = _environment(language)
    words: Any = environment.get_template("parts/words.j2").make_module({"lgpd": lgpd, "gdpr": "" if lgpd else "eu"})
    return Tellings(environment.filters["day"], environment.filters["country"], lambda kind: words.said(kind).strip())


def _made(name: str, language: str, values: dict[str, Any]) -> Letter:
    environment = _environment(language)
    words = environment.get_template("parts/words.j2").make_module(values)
    context = values | {key: value for key, value in vars(words).items() if not key.startswith("_")}
    made = environment.get_template(name)
    subject = _BREAKS.sub(" ", "".join(made.blocks["subject"](made.new_context(context)))).strip()
    text = _tidy(made.render(context))
    return Letter(subject, text, language, _named(language, name), "‹" in text)


def template_of(facts: LetterFacts, language: str) -> str:
    """What is kept of a letter: its template's name, its language, and the hash of all its words; no text."""
    name = _name(language, facts)
    return _named(language, name) if name else ""


def _named(language: str, name: str) -> str:
    return f"{name.removesuffix('.j2')}.{language}.{_digest(language, name)}"


def _context(facts: LetterFacts, meta: Meta, sender: Sender) -> dict[str, Any]:
    values = {each.name: getattr(facts, each.name) for each in fields(facts)}
    laws = tuple(dict.fromkeys(law for law in (facts.law_registered, facts.law) if law))
    if facts.kind in TO_AUTHORITY or facts.kind is LetterKind.COMPANY_COMPLAINT:
        laws = (facts.law,)
    return values | {
        "kind": facts.kind.value,
        "missed_on": facts.missed_on,
        "service": facts.service.value,
        "gdpr": next((law for law in laws if law in GDPR), ""),
        "fadp": "ch" in laws,
        "lgpd": "br" in laws,
        "meta": meta.post,
        "to_authority": facts.kind in TO_AUTHORITY,
        "sender": sender.lines,
        "email": sender.email,
    }


def _variants(facts: LetterFacts) -> tuple[str, ...]:
    """The names under which this letter may stand. What a law asks for is never left out for want of a language."""
    kind = facts.kind.value
    if facts.kind in TO_AUTHORITY:
        plain = facts.law == "eu" or (facts.law == "uk" and facts.kind is LetterKind.AUTHORITY_NUDGE)
        own = facts.variant if facts.kind is LetterKind.COMPLAINT else ""
        suffix = own or ("" if plain else facts.law)
        return (f"{kind}-{suffix}" if suffix else kind,)
    laws = {facts.law, facts.law_registered} - {""}
    if laws & GDPR or not laws:
        return (kind,) if laws else ()
    law = facts.law_registered or facts.law
    replies = kind.startswith(REPLY) or facts.kind is LetterKind.IDENTITY_GIVEN
    return (f"{kind}-{law}", f"{REPLY}-{law}") if replies else (f"{kind}-{law}",)


def _name(language: str, facts: LetterFacts) -> str | None:
    folder = _folder(language)
    return next((f"{each}.j2" for each in _variants(facts) if (folder / f"{each}.j2").is_file()), None)


def _folder(language: str) -> Path:
    return LOCALES / language / "letters"


@cache
def _languages() -> tuple[str, ...]:
    found = sorted(each.parents[2].name for each in LOCALES.glob("*/letters/parts/letter.j2"))
    return tuple(sorted(found, key=lambda language: language != SOURCE))


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=_Loader(_folder(language)),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # plain text; who shows it escapes it
        auto_reload=False,
        keep_trailing_newline=False,
    )
    environment.filters.update(
        day=lambda value: _day(value, language),
        moment=_moment,
        country=lambda code: country_name(code, _LOCALES.get(language, language)),
        ids=_ids,
    )
    return environment


def _day(value: date, language: str) -> str:
    text = format_date(value, "long", locale=_LOCALES.get(language, language))
    return re.sub(r"^1(?= )", _FIRST.get(language, "1"), text)


def _moment(value: datetime) -> str:
    """In figures, alike in every language: evidence is compared, not read aloud."""
    return f"{value:%Y-%m-%d %H:%M} UTC"


def _ids(ids: tuple[str, ...], limit: int) -> str:
    """The first of them, and how many more there are."""
    named = ", ".join(ids[:limit])
    return f"{named} (+{len(ids) - limit})" if len(ids) > limit and named else named


def _tidy(text: str) -> str:
    return _GAP.sub("\n\n", _SPACES.sub("\n", text)).strip()


@cache
def _digest(language: str, name: str) -> str:
    """Of the template and of every part of its language: any change of words is another letter."""
    folder = _folder(language)
    parts = [folder / "parts" / part for part in ("letter.j2", "words.j2")]
    text = b"".join(path.read_bytes() for path in (folder / name, *parts))
    return hashlib.sha256(text).hexdigest()[:12]
