"""The page's words: small values in a language. None says that a form works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.units import format_unit

from bot.domain.columns import Shade
from bot.domain.forms import Purpose, Service
from bot.domain.statuses import Condition
from bot.rendering.countries import country_name
from bot.rendering.languages import SOURCE
from bot.rendering.sights import CAUSES, CORRECTIONS, PROOFS, sight, vantage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from bot.use_cases.published import FormFacts, Look


def _N(message: str) -> str:  # noqa: N802  # marked for translation, translated below
    return message


CONDITIONS = {
    Condition.UNSEEN: _N("not seen lately"),
    Condition.ANSWERS: _N("answers"),
    Condition.ASKS_LOGIN: _N("answers, asks for login"),
    Condition.CHECKING: _N("looks failed; being checked, nothing confirmed"),
    Condition.DOWN: _N("confirmed outage"),
    Condition.UNSTABLE: _N("comes and goes"),
    Condition.UNJUDGEABLE: _N("can't be judged without a login"),
    Condition.PAUSED: _N("planned pause, not judged"),
}
MARKS = {
    Condition.UNSEEN: "○",
    Condition.ANSWERS: "●",
    Condition.ASKS_LOGIN: "●",
    Condition.CHECKING: "◐",
    Condition.DOWN: "▼",
    Condition.UNSTABLE: "◆",
    Condition.UNJUDGEABLE: "○",
    Condition.PAUSED: "■",
}
"""A shape of its own for what has to be told apart without colour."""
SERVICES = {
    Service.FACEBOOK: "Facebook",
    Service.INSTAGRAM: "Instagram",
    Service.WHATSAPP: "WhatsApp",
    Service.NONE: _N("Without an account"),
}
PURPOSES = {
    Purpose.OWN_DATA: _N("objection to AI training"),
    Purpose.THIRD_PARTY: _N("what others posted"),
    Purpose.PRIVACY_CONTACT: _N("privacy questions"),
    Purpose.GENERAL_OBJECTION: _N("objection of another kind"),
}
SHADES = {
    Shade.ANSWERED: _N("answered"),
    Shade.DOUBTFUL: _N("looks failed, not confirmed"),
    Shade.DOWN: _N("confirmed outage"),
    Shade.UNSEEN: _N("nothing could be seen"),
}


class Words:
    """The filters of one language. All moments are UTC and say so."""

    def __init__(self, language: str, translate: Callable[[str], str]) -> None:
        self._locale = Locale.parse("en_GB" if language == SOURCE else language)
        self._language, self._gettext = language, translate

    def filters(self) -> dict[str, Callable[..., Any]]:
        """By the names that templates use."""
        named: dict[str, dict[Any, str]] = {
            "condition": CONDITIONS, "cause": CAUSES, "proof": PROOFS, "correction": CORRECTIONS, "shade": SHADES,
            "purpose": PURPOSES,
        }  # fmt: skip
        return {
            **{name: self._by(words) for name, words in named.items()},
            "mark": MARKS.__getitem__,
            "country": self.country,
            "by_name": lambda each: sorted(each, key=lambda one: self._sorting(one.code)),
            "by_country": lambda each: sorted(each, key=lambda one: self._sorting(one.incident.country)),
            "form": self.form,
            "short": self.short,
            "vantage": self.vantage,
            "answer": self.answer,
            "moment": self.moment,
            "day": self.day,
            "local": self.local,
            "span": self.span,
            "iso": iso,
        }

    def _by(self, words: dict[Any, str]) -> Callable[[Any], str]:
        return lambda value: self._gettext(words[value])

    def country(self, code: str) -> str:
        """A country's name."""
        return country_name(code, self._language)

    def _sorting(self, code: str) -> str:
        return _without_accents(self.country(code))

    def form(self, form: FormFacts) -> str:
        """What a form is called; one that is no longer on record by its id."""
        if form.service is None or form.purpose is None:
            return form.id
        name = f"{self._service(form)}: {self._gettext(PURPOSES[form.purpose])}"
        return self._gettext(_N("{form} (older form)")).format(form=name) if form.older else name

    def _service(self, form: FormFacts) -> str:
        if form.service is Service.NONE and form.purpose is not Purpose.THIRD_PARTY:
            return self._gettext(_N("All services"))
        return self._gettext(SERVICES[form.service]) if form.service else ""

    def short(self, form: FormFacts) -> str:
        """The same where many forms stand together: the service's name is enough for the one most people look for."""
        if form.service is None or form.purpose not in {Purpose.OWN_DATA, Purpose.THIRD_PARTY}:
            return self.form(form)
        name = self._gettext(SERVICES[form.service])
        return self._gettext(_N("{form} (older form)")).format(form=name) if form.older else name

    def vantage(self, name: str) -> str:
        """From where it was looked: `direct`, `proxy:DE`, `globalping:DE`."""
        return vantage(name, self._language, self._gettext)

    def answer(self, look: Look) -> str:
        """What a look saw."""
        return self._gettext(sight(look.verdict, look.reason))

    def moment(self, at: datetime, today: date | None = None) -> str:
        """A moment in UTC; of today only the hour."""
        if at.date() == today:
            return f"{format_time(at, 'HH:mm', locale=self._locale)} UTC"
        return f"{format_date(at, 'd MMM y', locale=self._locale)}, {format_time(at, 'HH:mm', locale=self._locale)} UTC"

    def day(self, day: date) -> str:
        """A day with its month."""
        return str(format_date(day, "d MMM y", locale=self._locale))

    def local(self, at: datetime, zone: str) -> str:
        """A moment by the clock of a country, with that clock's zone."""
        return str(format_datetime(at, "HH:mm z", tzinfo=ZoneInfo(zone), locale=self._locale))

    def span(self, seconds: float) -> str:
        """How long, in the two largest units that fit."""
        minutes = max(1, round(seconds / 60))
        days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
        units = (("day", days), ("hour", hours), ("minute", rest if not days else 0))
        return " ".join(str(format_unit(each, f"duration-{name}", locale=self._locale)) for name, each in units if each)


def iso(at: datetime) -> str:
    """A moment for machines (RFC 3339)."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _without_accents(name: str) -> str:
    return normalize("NFKD", name).encode("ascii", "ignore").decode().casefold() or name
