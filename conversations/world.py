"""What the conversation may ask of the world: data and memory, at once, no I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.domain.case_dates import CaseDates
    from bot.domain.cases import Case
    from bot.domain.closing import Closing
    from bot.domain.days import Day
    from bot.domain.deadlines import Deadline
    from bot.domain.deliveries import Value
    from bot.domain.desk import Desk
    from bot.domain.forms import Form, MenuPath, Service
    from bot.domain.incidents import Incident
    from bot.domain.jurisdictions import Authority, Country, Jurisdiction
    from bot.domain.letters import LetterFacts
    from bot.domain.outlooks import Outlook
    from bot.domain.phases import Advice, Phase, Said
    from bot.domain.statuses import Status


class World(Protocol):
    """What the conversation may ask of the world. Answers come from data and memory, at once."""

    def country(self, code: str) -> Country | None:
        """What we know of a country; None where no objection right is known to us."""

    def suggested(self, language: str) -> tuple[str, ...]:
        """The served countries in which that language is official, the likeliest first."""

    def form(self, service: Service, country: str) -> Form | None:
        """The form to use, None if none is known."""

    def known_form(self, form_id: str) -> Form | None:
        """The form of that id, in use or not."""

    def outlook(self, country: str) -> Outlook | None:
        """What is known of a country elsewhere, None for the others."""

    def menu(self, service: Service, place: str, order: int, language: str) -> MenuPath | None:
        """The first, second … way through Meta's menus whose words are known in that language or in English."""

    def status(self, service: Service, country: str) -> Status | None:
        """What is concluded of that form for that country; None where there is no form or nobody looked yet."""

    def days(self, service: Service, country: str) -> tuple[Day, ...]:
        """The last 30 days of that form for that country (UTC), as far as they are kept, the oldest first."""

    def outages(self, case: Case) -> tuple[Incident, ...]:
        """The outages of the case's form on days on which it was tried, without those that were corrected."""

    def deadline(self, case: Case, residence: str | None) -> Deadline | None:
        """When Meta's answer is due."""

    def complaint_deadline(self, case: Case, residence: str | None) -> Deadline | None:
        """When the authority should have told how things stand."""

    def dates(self, case: Case, residence: str | None, region: str | None = None) -> CaseDates:
        """All dates of a case."""

    def advice(self, phase: Phase, said: Said) -> Advice:
        """What is to be done next in that phase."""

    def law(self, country: str) -> Jurisdiction | None:
        """The law of a country, None if it is not on record."""

    def authority(self, id_: str) -> Authority | None:
        """The authority of that record."""

    def letter_languages(self, facts: LetterFacts) -> tuple[str, ...]:
        """The languages in which a letter exists."""

    def letter_template(self, facts: LetterFacts, language: str) -> str:
        """What a letter was made from: name, language and hash of its template."""

    def may_extend(self, case: Case, told: date, residence: str | None) -> bool:
        """Was an extension told on that day in time?"""

    def authorities(self, country: str) -> tuple[Authority, ...]:
        """The authorities of a country that are competent for private companies."""

    def jurisdiction_id(self, country: str) -> str | None:
        """The law of a country, by the id of its record."""

    def desk(self, chat_id: int) -> Desk | None:
        """What an operator sees; None for everybody else."""

    def closing(self) -> Closing | None:
        """What is decided of the service's closing, None if nothing ever was."""

    def typed(self, label: str, names: Mapping[str, Value], language: str) -> str:
        """A button's label as somebody types it in that language: without capitals, accents and signs."""

    def facts(self) -> Mapping[str, Value]:
        """The operator's name and contact, Meta's addresses, the languages on, the bot's user name."""
