"""A chat with the pure engine: no input, no output, the real knowledge, and a clock that is only a number.

chat = Chat().types("/start").presses("facebook").presses("DE")
assert chat.screen == "object/where"
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.domain.days import Day
from bot.domain.deliveries import Kind
from bot.domain.observations import Observation, Reason, Verdict
from bot.domain.people import Person
from bot.domain.standings import Standing
from bot.domain.statuses import Condition, Status
from bot.knowledge import load
from bot.rendering.messages import rendered
from bot.settings import Settings
from bot.use_cases import documents
from bot.use_cases.reading import Reading
from bot.use_cases.world import KnownWorld
from conversations import buttons, engine, nudging, registry, telling
from conversations.closing.telling import farewell, notice, told_first
from conversations.effects import Erase, ForgetGroup, KeepGroup, Leave, TakePart, Unwish, Wish
from conversations.events import Attachment, Command, GroupNews, Press, Shared, Text
from conversations.scene import Scene
from tests.conversations import desk

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.domain.cases import Case
    from bot.domain.closing import Closing
    from bot.domain.deliveries import Message
    from bot.domain.forms import Service
    from bot.domain.groups import Group
    from bot.domain.incidents import Incident
    from conversations.engine import Turn
    from conversations.events import Happening

KNOWLEDGE = load()
NOON = datetime(2026, 12, 3, 9, tzinfo=UTC)
CHAT = 7_000_000_777
GROUP = -1_002_200_000_001
MORE_THAN_A_YEAR = 500
"""Days after which nothing can be due any more."""
OPERATOR = Settings(
    _env_file=None,
    operator_name="Advice Centre",
    operator_contact="help@advice.example",
    privacy_url="https://a.example/p",
)


@dataclass
class StoppedClock:
    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        raise AssertionError("nobody sleeps here")


def status_of(form: str, country: str, condition: Condition, **more: Any) -> Status:
    """What was concluded an hour ago."""
    at = NOON - timedelta(hours=1)
    verdict, reason = {Condition.DOWN: (Verdict.GONE, Reason.NOT_FOUND)}.get(
        condition, (Verdict.ASKS_LOGIN, Reason.NONE)
    )
    look = Observation(form, country, more.pop("vantage", "direct"), at, verdict, reason, 200, 0.3, ())
    return Status(form, country, condition, **{"as_of": at, "since": at, "seen": look, "networks": ("direct",), **more})


@dataclass(frozen=True, eq=False)
class Noticeboard:
    """What is concluded of the forms, set by a test. Known by itself, not by what stands on it."""

    statuses: tuple[Status, ...] = ()
    days: tuple[Day, ...] = ()
    incidents: tuple[Incident, ...] = ()

    def status(self, form: str, country: str) -> Status | None:
        return next((each for each in self.statuses if (each.form, each.country) == (form, country)), None)

    def recent(self, form: str, country: str) -> tuple[Day, ...]:
        return self.days if self.status(form, country) else ()

    def outages(self, form: str, country: str, days: Collection[date]) -> tuple[Incident, ...]:
        mine = (each for each in self.incidents if (each.form, each.country) == (form, country))
        return tuple(each for each in mine if each.started_at.date() in days)


def usual() -> Noticeboard:
    """France answers, of Austria an outage is confirmed, in Ireland codes are missing; of Germany nothing was seen."""
    down = {"since": NOON - timedelta(hours=2), "bad_looks": 4, "networks": ("direct", "proxy:AT"), "from_inside": True}
    found = {
        "FR": (Condition.ASKS_LOGIN, {}),
        "AT": (Condition.DOWN, {**down, "reports": 5}),
        "IE": (Condition.ASKS_LOGIN, {"no_code": 4}),
    }
    return Noticeboard(
        tuple(
            status_of(form.id, code, condition, **more)
            for form in KNOWLEDGE.forms.values()
            for code, (condition, more) in found.items()
        ),
        tuple(
            Day(NOON.date() - timedelta(days=ago), ok=90, bad=ago % 3, down=5400 if ago == 9 else 0)
            for ago in range(30, 0, -1)
        ),
    )


USUAL = usual()


@cache
def world_at(day: date, board: Noticeboard = USUAL, closing: Closing | None = None) -> KnownWorld:
    clock = StoppedClock(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    world = KnownWorld(KNOWLEDGE, board, OPERATOR, clock)
    world.known_as("objection_sandbox_bot")
    world.attend(desk.desk_of)
    world.close(closing)
    return world


READ = Reading(KNOWLEDGE)


@cache
def read(text: str, language: str) -> Any:
    """Reading is pure and knows no clock: the same text always means the same."""
    return READ(text, language)


@dataclass(frozen=True)
class Chat:
    """One person's chat after something happened; a deed gives the chat after it."""

    person: Person = field(
        default_factory=lambda: Person(CHAT, "en", "Europe/Berlin", since=NOON.date(), seen=NOON.date())
    )
    now: datetime = NOON
    tongue: str = "en"
    turn: Turn | None = None
    shown: dict[str, Any] | None = None
    """The document of the last screen, as the outbox would keep it."""
    erased: bool = False
    wishes: frozenset[Wish] = frozenset()
    board: Noticeboard = USUAL
    counted: frozenset[int] = frozenset()
    groups: Mapping[int, Group] = field(default_factory=dict)
    standings: Mapping[int, Standing] = field(default_factory=dict)
    closing: Closing | None = None

    def scene(self) -> Scene:
        world = world_at(self.now.date(), self.board, self.closing)
        return Scene(
            self.person,
            self.now,
            world,
            tongue=self.tongue,
            wishes=self.wishes,
            counted=self.counted,
            groups=self.groups,
            standings=self.standings,
        )

    def happens(self, happening: Happening) -> Chat:
        return self._after(told_first(self.scene(), engine.advance(self.scene(), happening)))

    def is_woken(self) -> Chat:
        return self._after(nudging.nudged(self.scene()))

    def is_told(self, screen: str, service: Service, country: str) -> Chat:
        """What was wished comes as a message of its own; the person is as before."""
        since, until = self.now - timedelta(hours=3), self.now
        saying = telling.notice(self.scene(), screen, service, country, since=since, until=until)
        return replace(self, shown=documents.of_saying(saying, self.person))

    def is_told_of_page(self, screen: str, url: str) -> Chat:
        """A watched page changed; what an operator said of it comes as a message of its own."""
        saying = telling.page_notice(self.scene(), screen, url, self.now - timedelta(hours=3))
        return replace(self, shown=documents.of_saying(saying, self.person))

    def is_told_of_closing(self, closing: Closing) -> Chat:
        """It is decided that the service closes, or that it goes on: that comes as a message of its own."""
        chat = replace(self, closing=closing)
        return replace(chat, shown=documents.of_saying(notice(chat.scene(), closing), self.person))

    def after_closing(self, closing: Closing) -> Chat:
        """The one line after the service closed."""
        chat = replace(Chat(), closing=closing)
        return replace(chat, shown=documents.of_saying(farewell(chat.scene()), chat.person))

    def _after(self, turn: Turn) -> Chat:
        screens = [saying for saying in turn.sayings if saying.kind is Kind.SCREEN]
        assert all(isinstance(each.values.get("group", 0), int | None) for each in screens), "a group is its number"
        shown = documents.of_saying(screens[-1], turn.person) if screens else self.shown
        erased = any(isinstance(effect, Erase) for effect in turn.effects)
        after = replace(self, person=turn.person, turn=turn, shown=shown, wishes=self._wishes_after(turn))
        after = replace(after, groups=self._groups_after(turn), counted=self._counted_after(turn))
        if not erased:
            return after
        return replace(after, person=Chat().person, wishes=frozenset(), counted=frozenset(), erased=True)

    def _wishes_after(self, turn: Turn) -> frozenset[Wish]:
        wishes = self.wishes
        for effect in turn.effects:
            match effect:
                case Wish():
                    wishes |= {effect}
                case Unwish(wish):
                    wishes -= {wish}
        return wishes

    def _counted_after(self, turn: Turn) -> frozenset[int]:
        joined = {each.group for each in turn.effects if isinstance(each, TakePart)}
        left = {each.group for each in turn.effects if isinstance(each, Leave)}
        return (self.counted | joined) - left

    def _groups_after(self, turn: Turn) -> dict[int, Group]:
        groups = dict(self.groups)
        for effect in turn.effects:
            match effect:
                case KeepGroup(group):
                    groups[group.chat_id] = group
                case ForgetGroup(number):
                    groups.pop(number, None)
        return groups

    def standing(self, *, is_admin: bool | None, is_in: bool | None = True, is_forum: bool = False) -> Chat:
        """How Telegram says that the person stands in the group from now on."""
        return replace(self, standings={GROUP: Standing(is_admin, is_in, is_forum)})

    def shares(self) -> Chat:
        """The group is chosen by the keyboard below the chat."""
        return self.happens(Shared(GROUP))

    def hears(self, kind: str, why: str = "") -> Chat:
        """Something of the group comes as a message of its own."""
        return self.happens(GroupNews(GROUP, kind, why))

    def types(self, text: str, language: str | None = None) -> Chat:
        meaning = read(text, language or self.tongue)
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            return self.happens(Command(name, argument, read(argument, language or self.tongue)))
        return self.happens(Text(next(MESSAGES), meaning))

    def sends(self, kind: str, file_id: str | None = None) -> Chat:
        return self.happens(Attachment(next(MESSAGES), kind, file_id))

    def presses(self, *choices: str) -> Chat:
        chat = self
        for choice in choices:
            found = [data for data in chat.data if buttons.decode(data).choice == choice]
            assert found, f"no {choice!r} among {chat.data}"
            chat = chat.presses_data(found[0])
        return chat

    def presses_data(self, data: str) -> Chat:
        return self.happens(Press("1", 1, data))

    def on(self, moment: str) -> Chat:
        return replace(self, now=datetime.fromisoformat(moment).replace(tzinfo=UTC))

    def later(self, **time: float) -> Chat:
        return replace(self, now=self.now + timedelta(**time))

    @property
    def wake_at(self) -> datetime | None:
        return nudging.next_wake(self.scene())

    def until_woken(self) -> Chat:
        """On to the next moment that was asked for, and woken there."""
        at = self.wake_at
        assert at is not None, "nothing is planned"
        return replace(self, now=at).is_woken()

    def wakes(self, rounds: int = 12) -> list[tuple[str, str]]:
        """All that comes by itself from now on: (local time, screen)."""
        chat, told = self, []
        for _ in range(rounds):
            at = chat.wake_at
            if at is None:
                return told
            chat = replace(chat, now=at).is_woken()
            if chat.turn and chat.turn.sayings:
                told.append((chat.local, chat.turn.sayings[0].screen))
        raise AssertionError(f"never quiet: {told}")

    @property
    def local(self) -> str:
        return self.now.astimezone(ZoneInfo(self.person.zone)).strftime("%Y-%m-%d %H:%M")

    @property
    def screen(self) -> str:
        return self.shown["screen"] if self.shown else ""

    @property
    def aside(self) -> str:
        return self.shown["aside"] if self.shown else ""

    @property
    def case(self) -> Case:
        return self.person.cases[0]

    @property
    def stage(self) -> str:
        return self.scene().stage(self.case).value

    @property
    def data(self) -> list[str]:
        rows = self.shown["buttons"] if self.shown else []
        return [button["data"] for row in rows for button in row if button.get("data")]

    @property
    def choices(self) -> list[str]:
        return [buttons.decode(data).choice for data in self.data]

    @property
    def message(self) -> Message:
        return rendered(json.loads(json.dumps(self.shown)), self.now)

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.message.rows for button in row]

    def reads(self, *parts: str) -> Chat:
        for part in parts:
            assert part in self.text, f"{part!r} is not in:\n{self.text}\n{self.labels}"
        return self


MESSAGES = count(1000)


def sent(country: str = "DE", service: str = "facebook", **more: Any) -> Chat:
    """Somebody whose objection is sent today from the leaflet's link."""
    start = Chat(**more).types(f"/start {country.lower()}_{service}")
    return start.presses("app", "form", "sent")


def steps() -> dict[str, Any]:
    return registry.STEPS
