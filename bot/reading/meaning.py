"""What a typed text can mean in our conversation. The text goes no further than this. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.answers import AnswerKind, HowSure, Reading
from bot.reading.country import fold
from bot.reading.link import find_link
from bot.reading.questions import Found
from conversations.events import Meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from bot.domain.forms import Form
    from bot.domain.said_days import SaidDay
    from bot.domain.web_addresses import KnownDomains
    from bot.reading.country import CountryIndex

PASTED = 200
"""A longer text is a pasted mail: it is removed, for it holds more than we want to know."""
SHORTEST_ANSWER = 25
"""A shorter text is no answer of Meta's."""
SENTENCE = 60
"""From that length on a text that surely reads like Meta's is taken for one."""
NODDED = "emoji"
"""The small talk that yes and no are where nothing asks for them: neither a farewell nor anger."""
LABEL = 80
"""No button's label is longer."""
_CODE = re.compile(r"(?:FB-?|code:?)?\s*\d(?:[\s-]?\d){4,7}", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,200}\.[^\s@]{2,}")
_CODE_OF_A_COUNTRY = re.compile(r"\W*[a-z]{2}\W*", re.IGNORECASE)
_PASSWORD = re.compile(
    r"\b(?:password|passcode|passwor[dt]|kennwort|hasło|mot de passe|contraseña|wachtwoord|senha)\b\s*"
    r"(?:is|ist|lautet|to|est|es|é|[:=])\s*\S+",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?\d[\d ()/-]{8,}\d")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what somebody types in one language."""

    countries: CountryIndex
    day: Callable[[str], SaidDay | None]
    """Reads what day a text says."""
    domains: KnownDomains
    forms: Collection[Form]
    find: Callable[[str], Found]
    """Finds questions and small talk."""
    foreign: Callable[[str], bool]
    """Tells a language that we do not speak."""
    read: Callable[[str], Reading]
    """Reads what an answer of Meta's comes down to."""
    replies: Mapping[str, str]
    """Words for `yes` and `no`, folded."""

    def meaning(self, text: str) -> Meaning:
        """All that a text may mean; the step that asked decides what it takes."""
        link = find_link(text, self.domains, self.forms)
        alone = link is not None and len(text.split()) == 1  # an address may be longer than a sentence
        pasted = not alone and (len(text) > PASTED or text.count("\n") > 3)  # noqa: PLR2004  # more lines than a sentence
        day = self.day(text)
        phone = link is None and day is None and _PHONE.search(text)
        private = bool(_MAIL.search(text) or phone or _PASSWORD.search(text))
        found = Found() if link or pasted else self.find(text)
        reading = self.read(text) if len(text) >= SHORTEST_ANSWER else None
        plain = fold(text) if len(text) <= LABEL else ""
        countries = () if link or pasted else self.countries.find(text).codes
        reply = self.replies.get(plain, "")
        return Meaning(
            countries=countries,
            day=day,
            number=int(text.strip()) if text.strip().isascii() and text.strip().isdigit() and len(text) <= 2 else None,  # noqa: PLR2004  # a count of accounts
            link=link if not pasted else None,
            is_code=bool(_CODE.fullmatch(text.strip())) and day is None,
            answer=reading if reading and reading.kind is not AnswerKind.UNKNOWN else None,
            topics=found.topics[:1] if found.sure else found.topics,
            small_talk=NODDED if reply and not found.door else found.small_talk,
            door=found.door,
            asks="?" in text,
            names_country=bool(countries) and not _CODE_OF_A_COUNTRY.fullmatch(text),
            is_foreign=not link and self.foreign(text),
            is_personal=pasted or private or _is_a_sentence_of_metas(text, reading),
            is_private=private and not pasted,
            plain=plain,
            reply=reply,
        )


def _is_a_sentence_of_metas(text: str, reading: Reading | None) -> bool:
    """Shorter than a mail, and yet what only Meta would write."""
    return len(text) >= SENTENCE and reading is not None and reading.sureness is HowSure.SURE
