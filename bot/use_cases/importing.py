"""An export is a file from outside: anybody can write one. Only what we could have written is taken over."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from bot.domain.cases import MAX_CASES, MAX_FACTS
from bot.domain.errors import ObjectionBotError
from bot.rendering.languages import languages
from bot.use_cases.documents import EXPORT_FORMAT, to_person

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.domain.cases import Case
    from bot.domain.people import Person

EARLIEST, LATEST = date(2018, 1, 1), date(2100, 1, 1)
"""Days outside are no days of a case."""
_WORD = re.compile(r"[a-z_]{0,32}")
_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
HOURS = range(24)
LONGEST_KEY = 32
"""Characters of a nudge's key (bot.domain.reminders)."""


def from_export(content: bytes, countries: Collection[str]) -> Person:
    """The person of an export; ObjectionBotError if it is none of ours. `countries` are all ISO codes."""
    try:
        parsed = json.loads(content)
        if parsed["format"] != EXPORT_FORMAT:
            raise ObjectionBotError("no export of ours")
        person = to_person(parsed["person"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ObjectionBotError("no export of ours") from error
    if not (_has_a_plausible_setting(person, countries) and _has_plausible_cases(person, countries)):
        raise ObjectionBotError("no export of ours")
    return person


def _has_a_plausible_setting(person: Person, countries: Collection[str]) -> bool:
    return (
        person.language in languages()
        and person.zone in available_timezones()
        and (person.residence is None or person.residence in countries)
        and (person.region is None or _REGION.fullmatch(person.region) is not None)
        and person.quiet.start in HOURS
        and person.quiet.end in HOURS
    )


def _has_plausible_cases(person: Person, countries: Collection[str]) -> bool:
    return len(person.cases) <= MAX_CASES and all(_is_plausible(case, countries) for case in person.cases)


def _is_plausible(case: Case, countries: Collection[str]) -> bool:
    days = [day for fact in case.facts for day in (fact.day, fact.noted)]
    words = [case.place, *(fact.note for fact in case.facts)]
    return (
        case.country in countries
        and 0 < len(case.facts) <= MAX_FACTS
        and len(case.told) <= MAX_FACTS
        and all(len(key) <= LONGEST_KEY for key in case.told)
        and all(EARLIEST <= day <= LATEST for day in [*days, case.snoozed_until or EARLIEST])
        and all(_WORD.fullmatch(word) for word in words)
    )
