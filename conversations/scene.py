"""What a step sees and what it may do: a frozen scene that each deed replaces."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import reduce
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.cases import FactKind
from bot.domain.forms import Service
from bot.domain.phases import phase_of, said_of
from bot.domain.stages import UNSENT, stage_of
from conversations.effects import Report, Unwish, Wish

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.domain.case_dates import CaseDates
    from bot.domain.cases import Case
    from bot.domain.deadlines import Deadline
    from bot.domain.deliveries import Value
    from bot.domain.groups import Group
    from bot.domain.people import Person
    from bot.domain.phases import Advice, Phase
    from bot.domain.stages import Stage
    from bot.domain.standings import Standing
    from bot.domain.wishes import WishKind
    from conversations.effects import Effect
    from conversations.events import Meaning
    from conversations.world import World


GIVEN = ("country", "linked", "typed", "read", "sure", "onward")
"""What can be said before anything was asked: a country, and what a pasted answer of Meta's was read as."""
KEEPING_COUNTRY = frozenset({"linked", "typed"})
"""A country counts as given by a leaflet's link or typed by the person; not what was chosen along the way."""


LETTERS = frozenset(
    {
        FactKind.SENT, FactKind.WRITTEN, FactKind.COMPANY_COMPLAINED, FactKind.COMPLAINED,
        FactKind.AUTHORITY_ASKED, FactKind.DEVOID_OBJECTED, FactKind.ERASURE_ASKED,
    }
)  # fmt: skip
"""Facts that a letter of ours may stand behind."""
MOST_WISHES = 40
"""More than anybody has been seen to need; bounds what is kept of one person."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A person at a moment. Deeds give the scene after them; nothing is changed in place."""

    person: Person
    now: datetime
    world: World
    heard: Meaning | None = None
    effects: tuple[Effect, ...] = ()
    aside: str = ""
    """The key of a line said before the screen: an unreadable picture, a removed code."""
    values: dict[str, Value] = field(default_factory=dict)
    ticked: int = 0
    """Ticks of the reason helper, as bits. They travel in the buttons; the session never holds them."""
    tongue: str = ""
    """The language that the person's Telegram speaks, which may be none of ours; empty if untold."""
    wishes: frozenset[Wish] = frozenset()
    """What the person waits to be told of."""
    counted: frozenset[int] = frozenset()
    """The groups in whose counters the person takes part."""
    groups: Mapping[int, Group] = field(default_factory=dict)
    """What is kept of the groups that this may be about, by their numbers."""
    standings: Mapping[int, Standing] = field(default_factory=dict)
    """How the person stands in them right now."""

    @property
    def suggested(self) -> tuple[str, ...]:
        """The served countries where the person's languages are official, the likeliest first."""
        languages = dict.fromkeys((self.tongue or self.person.language, self.person.language))
        return tuple(dict.fromkeys(code for each in languages for code in self.world.suggested(each)))

    @property
    def today(self) -> date:
        """The person's own day."""
        return self.now.astimezone(ZoneInfo(self.person.zone)).date()

    @property
    def case(self) -> Case | None:
        """The case that is talked about."""
        return self.person.case(self.person.session.case)

    @property
    def service(self) -> Service:
        """The service talked about: the case's, else the one chosen on the way to it."""
        return self.case.service if self.case else Service(self.answer("service") or Service.FACEBOOK)

    @property
    def country(self) -> str:
        """The country talked about, empty if none yet."""
        return self.case.country if self.case else self.answer("country")

    @property
    def due(self) -> Deadline | None:
        """The case's date."""
        return self.world.deadline(self.case, self.person.residence) if self.case else None

    def told_day(self, *, ahead: bool = False) -> date | None:
        """The day that was typed, by the person's own calendar; `ahead`: of a day to come, where that was left open."""
        said = self.heard.day if self.heard else None
        return said.on(self.today, ahead=ahead) if said else None

    def answer(self, key: str) -> str:
        """What was chosen on the way, empty if nothing."""
        return self.person.session.answers.get(key, "")

    def dates(self, case: Case) -> CaseDates:
        """All dates of a case."""
        return self.world.dates(case, self.person.residence, self.person.region)

    def phase(self, case: Case) -> Phase:
        """How far a case has come today."""
        return phase_of(case, self.dates(case), self.today)

    def advice(self, case: Case) -> Advice:
        """What is to be done next in a case."""
        return self.world.advice(self.phase(case), said_of(case))

    def stage(self, case: Case) -> Stage:
        """Where a case stands today."""
        due = self.world.deadline(case, self.person.residence)
        return stage_of(case, due.day if due else None, self.today)

    def with_person(self, **changes: object) -> Scene:
        """The scene with fields of the person changed."""
        return replace(self, person=replace(self.person, **changes))  # type: ignore[arg-type]  # fields of Person

    def with_answer(self, key: str, value: str) -> Scene:
        """The scene after something small was chosen."""
        session = self.person.session
        return self.with_person(session=replace(session, answers={**session.answers, key: value}))

    def without_answers(self) -> Scene:
        """The scene at a new beginning: no case in hand, nothing chosen, no way back to what was about another."""
        return self.with_person(session=replace(self.person.session, answers={}, case=None, trail=(), screen=""))

    def anew(self) -> Scene:
        """The scene at a new beginning; what a stranger said unasked before the first case still counts."""
        given = {key: value for key in GIVEN if (value := self.answer(key))} if not self.person.cases else {}
        if given.keys().isdisjoint(KEEPING_COUNTRY):
            given.pop("country", None)
        return reduce(lambda scene, each: scene.with_answer(*each), given.items(), self.without_answers())

    def on_case(self, number: int | None) -> Scene:
        """The scene with that case in hand; from another case no way leads back."""
        session = self.person.session
        if session.case not in {None, number}:
            session = replace(session, trail=(), screen="")
        return self.with_person(session=replace(session, case=number))

    def begun(self) -> Scene:
        """The scene with a case in hand: the one there is, else a new one from what was chosen."""
        if self.case:
            return self
        twin = next((each for each in self.person.cases if self._is_same(each)), None)
        person, case = (self.person, twin) if twin else self.person.begin(self.service, self.country, self.today)
        return replace(self, person=person).on_case(case.number)

    def _is_same(self, case: Case) -> bool:
        wanted = (self.service, self.country, self.answer("new"))
        return (case.service, case.country, "") == wanted and self.stage(case) in UNSENT

    def with_fact(self, kind: FactKind, note: str = "", day: date | None = None) -> Scene:
        """The scene after something happened to the case in hand."""
        scene = self.begun()
        assert scene.case is not None  # noqa: S101  # begun() put one there
        paper = self.answer("paper") if kind in LETTERS and (kind is not FactKind.SENT or note) else ""
        case = scene.case.with_fact(kind, today=self.today, day=day, note=note)
        return scene.with_case(case.with_letter(paper)).with_answer("paper", "") if paper else scene.with_case(case)

    def snoozed(self, days: int) -> Scene:
        """The scene with the case in hand left alone for some days."""
        until = self.today + timedelta(days=days)
        return self.with_case(replace(self.case, snoozed_until=until, stopped=False)) if self.case else self

    def with_case(self, case: Case) -> Scene:
        """The scene with that case changed."""
        return replace(self, person=self.person.with_case(case))

    def doing(self, *effects: Effect) -> Scene:
        """The scene with something to do afterwards."""
        return replace(self, effects=(*self.effects, *effects))

    def reporting(self, kind: str) -> Scene:
        """The scene with a report about the case's form."""
        form = self.world.form(self.service, self.country)
        return self.doing(Report(form.id, self.country, kind)) if form else self

    def wish(self, kind: WishKind, service: Service, country: str) -> Wish | None:
        """What would be wished of the form of that service there; None without a form."""
        form = self.world.form(service, country)
        return Wish(form.id, country, kind) if form else None

    def wishing(self, wish: Wish | None) -> Scene:
        """The scene after somebody wished to be told; wished again it stays, also if it is being fulfilled."""
        if wish is None or (wish not in self.wishes and len(self.wishes) >= MOST_WISHES):
            return self
        return replace(self.doing(wish), wishes=self.wishes | {wish})

    def without_wish(self, wish: Wish | None) -> Scene:
        """The scene after a wish was taken back."""
        if wish is None or wish not in self.wishes:
            return self
        return replace(self.doing(Unwish(wish)), wishes=self.wishes - {wish})
