"""The world as the conversation may ask it: records, the law's dates, what was seen. Answers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.domain import case_dates, deadlines
from bot.domain.case_dates import Laws
from bot.domain.cases import FactKind
from bot.domain.forms import Purpose, Service
from bot.knowledge.regions import region_names
from bot.reading.country import fold
from bot.rendering.grounds import grounds_languages
from bot.rendering.languages import languages
from bot.rendering.letters import languages_of, template_of
from bot.rendering.messages import renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from bot.clock import Clock
    from bot.domain.case_dates import CaseDates
    from bot.domain.cases import Case
    from bot.domain.closing import Closing
    from bot.domain.days import Day
    from bot.domain.deadlines import Deadline
    from bot.domain.deliveries import Value
    from bot.domain.desk import Desk
    from bot.domain.forms import Form, MenuPath
    from bot.domain.incidents import Incident
    from bot.domain.jurisdictions import Authority, Country, Jurisdiction
    from bot.domain.letters import LetterFacts
    from bot.domain.outlooks import Outlook
    from bot.domain.periods import DaysOff
    from bot.domain.phases import Advice, Phase, Said
    from bot.domain.statuses import Status
    from bot.knowledge import Knowledge
    from bot.settings import Settings


class Noticed(Protocol):
    """What is concluded of the forms, in memory."""

    def status(self, form: str, country: str) -> Status | None:
        """The conclusion of now."""

    def recent(self, form: str, country: str) -> tuple[Day, ...]:
        """The last 30 days, the oldest first."""

    def outages(self, form: str, country: str, days: Collection[date]) -> tuple[Incident, ...]:
        """The outages of these days that were not corrected."""


TRIED = (FactKind.OPENED, FactKind.FAILED, FactKind.CODE_MISSING)
"""Facts on whose days an outage met the person's own attempt."""


class KnownWorld:
    """Answers the conversation from the data and from memory."""

    def __init__(self, knowledge: Knowledge, board: Noticed, settings: Settings, clock: Clock) -> None:
        self._knowledge, self._board, self._clock = knowledge, board, clock
        self._facts = _facts(knowledge, settings)
        self._suggested = _by_language(knowledge)
        self._authorities: dict[str, tuple[Authority, ...]] = {}
        self._closing: Closing | None = None
        self._desk: Callable[[int], Desk | None] = lambda _chat_id: None
        self._laws_by_place: dict[tuple[str, str | None, str | None], Laws] = {}
        """Of the countries on record and those that people named: as many as there are, no more."""

    def attend(self, desk: Callable[[int], Desk | None]) -> None:
        """Let operators see their desk."""
        self._desk = desk

    def desk(self, chat_id: int) -> Desk | None:
        """What an operator sees; None for everybody else."""
        return self._desk(chat_id)

    def close(self, closing: Closing | None) -> None:
        """Remember what is decided of the service's closing."""
        self._closing = closing

    def closing(self) -> Closing | None:
        """What is decided of the service's closing."""
        return self._closing

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
        return self._form_on(self._clock.now().date(), service, country)

    def _form_on(self, day: date, service: Service, country: str) -> Form | None:
        purpose = Purpose.THIRD_PARTY if service is Service.NONE else Purpose.OWN_DATA
        found = self._knowledge.forms_for(service=service, country=country, on=day, purpose=purpose)
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

    def status(self, service: Service, country: str) -> Status | None:
        """What is concluded of the form."""
        form = self.form(service, country)
        return self._board.status(form.id, country) if form else None

    def days(self, service: Service, country: str) -> tuple[Day, ...]:
        """The form's last 30 days."""
        form = self.form(service, country)
        return self._board.recent(form.id, country) if form else ()

    def outages(self, case: Case) -> tuple[Incident, ...]:
        """Outages of the form that was in use on each day of an attempt, in order of their beginning."""
        tried: dict[str, set[date]] = {}
        for day in {fact.day for fact in case.facts if fact.kind in TRIED}:
            if form := self._form_on(day, case.service, case.country):
                tried.setdefault(form.id, set()).add(day)
        found = [each for form, days in tried.items() for each in self._board.outages(form, case.country, days)]
        return tuple(sorted(found, key=lambda each: each.started_at))

    def dates(self, case: Case, residence: str | None, region: str | None = None) -> CaseDates:
        """All dates of a case."""
        return case_dates.dates_of(case, self._laws(case, residence, region))

    def _laws(self, case: Case, residence: str | None, region: str | None = None) -> Laws:
        """By what a case is counted: who has moved since the dispatch keeps the laws of that day."""
        lives = case.lived_in or residence
        authority = self._authority_of(case, lives or case.country, region)
        key = (case.country, lives, authority.id if authority else None)
        if key not in self._laws_by_place:
            self._laws_by_place[key] = self._found_laws(case.country, lives, authority)
        return self._laws_by_place[key]

    def _found_laws(self, registered: str, lives: str | None, authority: Authority | None) -> Laws:
        place = authority.country if authority else lives or registered
        return Laws(
            registered=self._knowledge.jurisdiction_of(registered),
            residence=self._knowledge.law_of_residence(lives),
            lived_in=self._knowledge.jurisdiction_of(lives or registered),
            authority=authority,
            authority_law=self._knowledge.jurisdiction_of(place),
            authority_days_off=self._days_off(authority, place),
            calendars=self._knowledge.days_off,
        )

    def _authority_of(self, case: Case, country: str, region: str | None) -> Authority | None:
        """The one that has the complaint, else the one that would get it."""
        filed = case.last(FactKind.COMPLAINED)
        if filed and (known := self._knowledge.authority(filed.note)):
            return known
        found = self._knowledge.authorities_of(country)
        return next((each for each in found if each.region == region), found[0] if found else None)

    def _days_off(self, authority: Authority | None, country: str) -> DaysOff:
        if authority:
            return self._knowledge.days_off_of(authority)
        known = self._knowledge.countries.get(country)
        return self._knowledge.days_off(known.holidays if known else None)

    def deadline(self, case: Case, residence: str | None) -> Deadline | None:
        """When Meta's answer is due; None before something was sent."""
        return case_dates.answer_date(case, self._laws(case, residence))

    def complaint_deadline(self, case: Case, residence: str | None) -> Deadline | None:
        """When the authority should have told how things stand; None before a complaint."""
        return case_dates.authority_date(case, self._laws(case, residence))

    def letter_languages(self, facts: LetterFacts) -> tuple[str, ...]:
        """The languages in which a letter exists."""
        return languages_of(facts)

    def letter_template(self, facts: LetterFacts, language: str) -> str:
        """What a letter was made from."""
        return template_of(facts, language)

    def may_extend(self, case: Case, told: date, residence: str | None) -> bool:
        """Was an extension told on that day in time?"""
        sent = case_dates.dispatch(case)
        laws = self._laws(case, residence)
        return sent is not None and deadlines.may_extend(
            case_dates.received_on(sent),
            told,
            registered=laws.registered,
            residence=laws.residence,
            calendars=laws.calendars,
        )

    def advice(self, phase: Phase, said: Said) -> Advice:
        """What is to be done next."""
        return self._knowledge.next_steps[phase, said]

    def law(self, country: str) -> Jurisdiction | None:
        """The law of a country."""
        return self._knowledge.jurisdiction_of(country)

    def authority(self, id_: str) -> Authority | None:
        """The authority of that record."""
        return self._knowledge.authority(id_)

    def authorities(self, country: str) -> tuple[Authority, ...]:
        """Those that are competent for private companies, by the names of the parts of the country."""
        if country not in self._authorities:
            names = region_names()
            found = self._knowledge.authorities_of(country)
            self._authorities[country] = tuple(sorted(found, key=lambda each: names.get(each.region or "", "")))
        return self._authorities[country]

    def jurisdiction_id(self, country: str) -> str | None:
        """The law of a country."""
        law = self._knowledge.jurisdiction_of(country)
        return law.id if law else None

    def typed(self, label: str, names: Mapping[str, Value], language: str) -> str:
        """A button's label as somebody types it."""
        return fold(renderer(language).label(label, names))

    def facts(self) -> Mapping[str, Value]:
        """Who runs this, its public page, where Meta is written to, the languages, the bot's user name once known."""
        return self._facts


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
        "status_page": f"{settings.webhook_url.rstrip('/')}/status" if settings.webhook_url else None,
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
