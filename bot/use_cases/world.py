"""The world as the conversation may ask it: records, the law's dates, what was seen. Answers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain import deadlines
from bot.domain.cases import FactKind
from bot.domain.forms import Purpose, Service
from bot.rendering.grounds import grounds_languages
from bot.rendering.languages import languages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.clock import Clock
    from bot.domain.cases import Case, Fact
    from bot.domain.deadlines import Deadline
    from bot.domain.deliveries import Value
    from bot.domain.forms import Form, MenuPath
    from bot.domain.jurisdictions import Authority, Country
    from bot.domain.observations import Observation
    from bot.domain.outlooks import Outlook
    from bot.knowledge import Knowledge
    from bot.settings import Settings
    from bot.use_cases.seen import Seen


class KnownWorld:
    """Answers the conversation from the data and from memory."""

    def __init__(self, knowledge: Knowledge, seen: Seen, settings: Settings, clock: Clock) -> None:
        self._knowledge, self._seen, self._clock = knowledge, seen, clock
        self._facts = _facts(knowledge, settings)
        self._suggested = _by_language(knowledge)

    def known_as(self, bot: str) -> None:
        """Remember the bot's user name, which Telegram tells."""
        self._facts["bot"] = bot

    def country(self, code: str) -> Country | None:
        """What we know of a country."""
        return self._knowledge.countries.get(code)

    def suggested(self, language: str) -> tuple[str, ...]:
        """The served countries in which that language is official, the likeliest first."""
        return self._suggested.get(language, ())

    def form(self, service: Service, country: str) -> Form | None:
        """The form to use today."""
        purpose = Purpose.THIRD_PARTY if service is Service.NONE else Purpose.OWN_DATA
        today = self._clock.now().date()
        found = self._knowledge.forms_for(service=service, country=country, on=today, purpose=purpose)
        return found[0] if found else None

    def known_form(self, form_id: str) -> Form | None:
        """The form of that id, in use or not."""
        return self._knowledge.forms.get(form_id)

    def outlook(self, country: str) -> Outlook | None:
        """What is known of a country elsewhere."""
        return self._knowledge.outlooks.get(country)

    def menu(self, service: Service, place: str, order: int, language: str) -> MenuPath | None:
        """Ways whose words are known in the language go before those known in English only."""
        paths = self._knowledge.path_for(service, "app" if place == "app" else "web")
        known = sorted(paths, key=lambda path: language not in path.labels)
        return known[order - 1] if len(known) >= order else None

    def seen(self, service: Service, country: str) -> Observation | None:
        """The last look at the form."""
        form = self.form(service, country)
        return self._seen.last(form.id, country) if form else None

    def deadline(self, case: Case, residence: str | None) -> Deadline | None:
        """When Meta's answer is due; None before something was sent."""
        sent = case.last(FactKind.SENT, FactKind.UNDELIVERED)
        if not sent or sent.kind is FactKind.UNDELIVERED:
            return None
        extended = case.last(FactKind.EXTENDED)
        by_post = sent.note == "post"
        due = deadlines.answer_deadline(
            _received(sent),
            registered=self._knowledge.jurisdiction_of(case.country),
            residence=self._knowledge.law_of_residence(residence),
            calendars=self._knowledge.days_off,
            extension_told=extended.day if extended else None,
        )
        return due.reckoned() if by_post else due

    def complaint_deadline(self, case: Case, residence: str | None) -> Deadline | None:
        """When the authority should have told how things stand; None before a complaint."""
        filed = case.last(FactKind.COMPLAINED)
        if not filed:
            return None
        country = residence or case.country
        authorities = self._knowledge.authorities_of(country)
        known = self._knowledge.countries.get(country)
        place = known.holidays if known else None
        days_off = self._knowledge.days_off_of(authorities[0]) if authorities else self._knowledge.days_off(place)
        return deadlines.complaint_deadline(filed.day, law=self._knowledge.jurisdiction_of(country), days_off=days_off)

    def may_extend(self, case: Case, told: date, residence: str | None) -> bool:
        """Was an extension told on that day in time?"""
        sent = case.last(FactKind.SENT, FactKind.UNDELIVERED)
        if not sent or sent.kind is FactKind.UNDELIVERED:
            return False
        return deadlines.may_extend(
            _received(sent),
            told,
            registered=self._knowledge.jurisdiction_of(case.country),
            residence=self._knowledge.law_of_residence(residence),
            calendars=self._knowledge.days_off,
        )

    def authorities(self, country: str) -> tuple[Authority, ...]:
        """Those that are competent for private companies."""
        return self._knowledge.authorities_of(country)

    def jurisdiction_id(self, country: str) -> str | None:
        """The law of a country."""
        law = self._knowledge.jurisdiction_of(country)
        return law.id if law else None

    def facts(self) -> Mapping[str, Value]:
        """Who runs this, where Meta is written to, the languages, the bot's user name once it is known."""
        return self._facts


def _received(sent: Fact) -> date:
    return deadlines.arrival_by_post(sent.day) if sent.note == "post" else sent.day


def _facts(knowledge: Knowledge, settings: Settings) -> dict[str, Value]:
    page = next((each.url for each in knowledge.addresses.values() if each.url), None)
    post: dict[str, Value] = {}
    for law in knowledge.jurisdictions.values():
        country = min(law.countries)
        lines = next((each.lines for each in knowledge.addresses_for(country) if each.lines), ())
        post[law.id] = "\n".join(lines) or None
    return {
        "operator_name": settings.operator_name,
        "operator_contact": settings.operator_contact,
        "privacy_url": settings.privacy_url,
        "meta_contact": page,
        "meta_post": post,
        "languages": list(languages()),
        "grounds": list(grounds_languages()),
        "bot": "",
    }


def _by_language(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for place in range(4):
        for country in knowledge.countries.values():
            if len(country.languages) > place:
                found.setdefault(country.languages[place], []).append(country.code)
    return {language: tuple(_home_first(codes, language, knowledge)) for language, codes in found.items()}


def _home_first(codes: list[str], language: str, knowledge: Knowledge) -> list[str]:
    """The country named like the language, then those where it is the only one: Greece before Cyprus."""
    countries = knowledge.countries
    return sorted(codes, key=lambda code: (code.lower() != language, countries[code].languages != (language,)))
