"""The words of the evidence, in each language in which there are letters: locales/<language>/evidence.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from babel import Locale

from bot.domain.letters import LetterKind
from bot.domain.observations import Reason, Verdict
from bot.rendering.languages import LOCALES, SOURCE
from bot.rendering.letters import REPLY, tellings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.domain.cases import Case, Fact
    from bot.domain.observations import Observation
    from bot.rendering.letters import Tellings

FILE = "evidence.toml"
KINDS = frozenset(REPLY if kind.startswith(REPLY) else kind.value for kind in LetterKind)
"""The letters that a language has to name."""
SAYS_MORE = {
    Verdict.GONE: {Reason.SERVER_ERROR, Reason.CONNECTION, Reason.CERTIFICATE, Reason.SAME_AS_DECOY},
    Verdict.NO_DATA: {Reason.BOT_WALL, Reason.RATE_LIMIT, Reason.BLIND},
}
"""Where the reason says more than the verdict."""


@dataclass(frozen=True, slots=True)
class EvidenceSpeech:
    """What the bundle needs of a language. What happened is told by the words of the letters."""

    language: str
    words: Mapping[str, Any]
    telling: Tellings

    @property
    def head(self) -> tuple[str, ...]:
        """The table's columns."""
        return tuple(self.words["head"])

    def say(self, key: str, **values: object) -> str:
        """A sentence with what stands in it."""
        return str(self.words[key]).format(**values)

    def day(self, day: date) -> str:
        """A day as the letters write it."""
        return self.telling.day(day)

    def country(self, code: str) -> str:
        """A country's name."""
        return self.telling.country(code)

    def fact(self, fact: Fact) -> str:
        """What happened; empty where no letter tells it."""
        return self.telling.fact(fact.kind.value)

    def case(self, case: Case) -> str:
        """Service and country, without the number that only the bot knows."""
        named = self.say("no_account") if case.service.value == "none" else case.service.value.capitalize()
        return f"{named}, {self.country(case.country)}"

    def letter(self, fact: Fact) -> str:
        """The kind and the language of a letter, from the template that was remembered; its hash is ours alone."""
        name, language = fact.letter.split(".")[:2]
        kind = name.split("-")[0]
        known = self.words["kinds"].get(REPLY if kind.startswith(REPLY) else kind, kind)
        return f"{known} ({Locale.parse(language).get_display_name(self.language)})"

    def seen(self, look: Observation) -> str:
        """What a look saw, and the answer's number where there was one."""
        told = str(self.words["seen"][_seen(look.verdict, look.reason)])
        return f"{told} ({look.status_code})" if look.status_code else told

    def network(self, vantage: str) -> str:
        """From where it was looked."""
        kind, _, country = vantage.partition(":")
        known = str(self.words["networks"].get(kind, vantage))
        return known.format(country=self.country(country) if country else "")


def _seen(verdict: Verdict, reason: Reason) -> str:
    return (reason if reason in SAYS_MORE.get(verdict, ()) else verdict).value


def evidence_speech(language: str, *, lgpd: bool = False) -> EvidenceSpeech:
    """The words of a language; of the source where there are none. `lgpd`: by Brazil's law."""
    known = language if (LOCALES / language / FILE).is_file() else SOURCE
    return EvidenceSpeech(known, evidence_words(known), tellings(known, lgpd=lgpd))


@cache
def evidence_words(language: str) -> Mapping[str, Any]:
    """A language's file: sentences by key, and tables of letters, sights and networks."""
    with (LOCALES / language / FILE).open("rb") as file:
        return tomllib.load(file)
