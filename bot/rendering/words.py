"""Filters for templates: small values in the chat's language. Dates by CLDR (Babel)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location

from bot.domain.incidents import Cause, Proof
from bot.domain.observations import Reason, Verdict
from bot.knowledge.regions import region_names
from bot.rendering.countries import country_name
from bot.rendering.languages import SOURCE, languages
from bot.rendering.sights import CAUSES, PROOFS, sight, vantage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Gettext = Callable[[str], str]


def _N(message: str) -> str:  # noqa: N802  # marked for translation, translated below
    return message


SERVICES = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "none": _N("No account"),
    "third_party": _N("Third-party"),
}
LABELS = {"work": _N("Work"), "private": _N("Private"), "shop": _N("Shop"), "old": _N("Old")}
STAGES = {
    "not_sent": _N("not sent yet"),
    "blocked": _N("not sent: the form failed"),
    "sent": _N("sent, waiting for Meta"),
    "overdue": _N("the date is over, no answer"),
    "answered": _N("Meta answered, your move"),
    "written": _N("written to Meta"),
    "complained": _N("with the authority"),
    "accepted": _N("done"),
    "closed": _N("closed"),
}
FACTS = {
    "begun": _N("begun"),
    "opened": _N("form opened"),
    "failed": _N("form did not open"),
    "code_missing": _N("no code came"),
    "sent": _N("sent"),
    "undelivered": _N("came back undelivered"),
    "confirmed": _N("confirmed by Meta"),
    "refused": _N("refused"),
    "no_further_action": _N("“no further action”"),
    "wants_proof": _N("Meta wants proof"),
    "wrong_form": _N("it was the wrong form"),
    "not_in_region": _N("“not in your region”"),
    "extended": _N("Meta asked for more time"),
    "identity_given": _N("you told Meta who you are"),
    "written": _N("written to Meta"),
    "company_complained": _N("complained to Meta itself"),
    "complained": _N("complaint filed"),
    "authority_wrote": _N("the authority wrote"),
    "authority_asked": _N("asked the authority how things stand"),
    "devoid": _N("the authority regards it as settled"),
    "devoid_objected": _N("you objected to the closing"),
    "erasure_asked": _N("asked Meta to erase it too"),
    "closed": _N("closed"),
    "reopened": _N("opened again"),
}


PARTS = {
    "reasons": _N("the reasons"),
    "company": _N("how to complain to Meta itself"),
    "complaint": _N("how to complain to the authority"),
    "court": _N("how to go to court"),
}
"""What a refusal must carry, by the keys of jurisdictions.toml."""
MISSED = {
    "reasons": _N("your reasons"),
    "company": _N("complaint to you"),
    "complaint": _N("complaint to the authority"),
    "court": _N("way to court"),
}
"""The same as they are called in a short text to Meta."""
ARTICLES = (
    _N("Art. 12(3) UK GDPR"),
    _N("Art. 12(3) and 12(4) GDPR"),
    _N("Art. 12(3) and 12(4) UK GDPR"),
    _N("Art. 12(6) GDPR"),
    _N("Art. 12(6) UK GDPR"),
    _N("Art. 12(3) GDPR"),
    _N("Art. 12A UK GDPR"),
    _N("Art. 21 GDPR"),
    _N("Art. 21 UK GDPR"),
    _N("Art. 30(2)(b) FADP"),
    _N("Art. 30(2)(b) FADP; as far as it applies, Art. 21 GDPR"),
    _N("Art. 77 GDPR"),
    _N("Art. 78(2) GDPR"),
    _N("Art. 49 FADP"),
    _N("s. 165 DPA 2018"),
    _N("s. 164A DPA 2018"),
    _N("Art. 4(3) Reg. (EU) 2025/2518"),
    _N("Art. 5(2) Reg. (EU) 2025/2518"),
    _N("§ 24(4) DSG"),
    _N("art. 13 KVKK"),
    _N("art. 14 KVKK"),
)
"""Articles as the data and the letters cite them; a language may write them in its own way."""


REASONS = {
    "children": _N("Children in pictures"),
    "health": _N("Health or beliefs"),
    "never": _N("Never meant for this"),
    "work": _N("My work"),
    "art": _N("My art"),
    "past": _N("Old posts"),
}


FAILURES = {
    "wait": _N("asked to wait"),
    "again": _N("failed, tried again"),
    "unreachable": _N("the chat can't be reached"),
    "moved": _N("the group moved"),
    "topic": _N("the topic is closed or gone"),
    "no_right": _N("not allowed to write there"),
    "done": _N("nothing was left to do"),
    "new_message": _N("too old to edit, said anew"),
    "wrong": _N("refused by Telegram, our fault"),
    "token": _N("the token is refused"),
}
"""What became of a call to Telegram that failed (`bot/telegram/failures.py`), for operators."""


class Words:
    """The filters of one language. `zone` is set for each message: moments are told by the person's clock."""

    def __init__(self, language: str, translate: Gettext) -> None:
        self._locale = Locale.parse("en_GB" if language == SOURCE else language)
        self._language = language
        self._gettext = translate

    def filters(self) -> dict[str, Callable[..., str]]:
        """By the names that templates use."""
        return {
            "service": lambda value: self._named(SERVICES, value),
            "stage": lambda value: self._named(STAGES, value),
            "fact": lambda value: self._named(FACTS, value),
            "article": self._gettext,
            "country": self.country,
            "reason": lambda value: self._named(REASONS, value),
            "part": lambda value: self._named(PARTS, value),
            "failure": lambda value: self._named(FAILURES, value),
            "sight": lambda look: self._gettext(sight(Verdict(look["verdict"]), Reason(look["reason"]))),
            "cause": lambda value: self._gettext(CAUSES[Cause(value)]),
            "proof": lambda value: self._gettext(PROOFS[Proof(value)]),
            "vantage": lambda name: vantage(name, self._language, self._gettext),
            "missed": lambda value: self._named(MISSED, value),
            "region": self.region,
            "language": self.language,
            "tongue": self.tongue,
            "case": self.case,
            "day": self.day,
            "month": self.month,
            "zone": self.zone,
        }

    def _named(self, names: Mapping[str, str], value: str) -> str:
        return self._gettext(names[value])

    def country(self, code: str) -> str:
        """A country's name."""
        return country_name(code, self._language)

    def region(self, code: str) -> str:
        """A part of a country by the name it gives itself, from its ISO 3166-2 code."""
        return region_names().get(code, code)

    def language(self, code: str) -> str:
        """A language that the bot speaks, by the name it gives itself."""
        return languages()[code].name

    def tongue(self, code: str) -> str:
        """Any language, as the chat's language calls it in a sentence."""
        return str(Locale.parse(code).get_display_name(self._locale))

    def case(self, case: Mapping[str, Any]) -> str:
        """What a case is called: service, country, and its label or number."""
        name = f"{self._named(SERVICES, case['service'])}, {self.country(case['country'])}"
        if case.get("label"):
            return f"{name} ({self._gettext(LABELS[case['label']])})"
        return f"{name} ({case['number']})" if case.get("number", 1) > 1 else name

    def day(self, value: str) -> str:
        """A day with its weekday, from a date or a moment in ISO 8601."""
        day = date.fromisoformat(value[:10])
        return format_date(day, "full" if self._locale.language != "en" else "EEE d MMMM y", locale=self._locale)

    def month(self, value: str) -> str:
        """A month with its year, from a date in ISO 8601."""
        return format_skeleton("yMMMM", date.fromisoformat(value), locale=self._locale)

    def zone(self, name: str) -> str:
        """The place that a time zone is called by."""
        return str(get_timezone_location(name, locale=self._locale, return_city=True))

    def clock(self, value: str, zone: str) -> str:
        """The hour of a moment by the person's clock."""
        moment = datetime.fromisoformat(value).astimezone(ZoneInfo(zone))
        return format_time(moment, "HH:mm", locale=self._locale)

    def moment(self, value: str, zone: str, today: date) -> str:
        """A moment by the person's clock: today only the hour, else the day too."""
        local = datetime.fromisoformat(value).astimezone(ZoneInfo(zone))
        clock = format_time(local, "HH:mm", locale=self._locale)
        if local.date() == today:
            return self._gettext(_N("today {time}")).format(time=clock)
        return f"{format_date(local.date(), 'medium', locale=self._locale)}, {clock}"
