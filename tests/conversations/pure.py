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

from bot.domain.deliveries import Kind
from bot.domain.observations import Observation, Reason, Verdict
from bot.domain.people import Person
from bot.knowledge import load
from bot.rendering.messages import rendered
from bot.settings import Settings
from bot.use_cases import documents
from bot.use_cases.reading import Reading
from bot.use_cases.seen import Seen
from bot.use_cases.world import KnownWorld
from conversations import buttons, engine, nudging, registry
from conversations.events import Attachment, Command, Press, Text
from conversations.scene import Erase, Scene

if TYPE_CHECKING:
    from bot.domain.cases import Case
    from bot.domain.deliveries import Message
    from conversations.engine import Turn
    from conversations.events import Happening

KNOWLEDGE = load()
NOON = datetime(2026, 12, 3, 9, tzinfo=UTC)
CHAT = 7_000_000_777
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


def looks() -> list[Observation]:
    """France answers, Austria is gone; of Germany nothing was seen yet."""
    found = {"FR": (Verdict.ASKS_LOGIN, Reason.NONE), "AT": (Verdict.GONE, Reason.NOT_FOUND)}
    return [
        Observation(form.id, code, "direct", NOON - timedelta(hours=1), verdict, reason, 200, 0.3, ())
        for form in KNOWLEDGE.forms.values()
        for code, (verdict, reason) in found.items()
    ]


@cache
def world_at(day: date) -> KnownWorld:
    clock = StoppedClock(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    world = KnownWorld(KNOWLEDGE, Seen(looks()), OPERATOR, clock)
    world.known_as("objection_sandbox_bot")
    return world


CLOCK = StoppedClock()
READ = Reading(KNOWLEDGE, CLOCK)


def read(text: str, language: str, now: datetime) -> Any:
    return read_on(text, language, now.date())


@cache
def read_on(text: str, language: str, day: date) -> Any:
    """Reading is pure: the same text on the same day means the same."""
    CLOCK.at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
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

    def scene(self) -> Scene:
        return Scene(self.person, self.now, world_at(self.now.date()), tongue=self.tongue)

    def happens(self, happening: Happening) -> Chat:
        return self._after(engine.advance(self.scene(), happening))

    def is_woken(self) -> Chat:
        return self._after(nudging.nudged(self.scene()))

    def _after(self, turn: Turn) -> Chat:
        screens = [saying for saying in turn.sayings if saying.kind is Kind.SCREEN]
        shown = documents.of_saying(screens[-1], turn.person) if screens else self.shown
        erased = any(isinstance(effect, Erase) for effect in turn.effects)
        after = replace(self, person=turn.person, turn=turn, shown=shown)
        return replace(after, person=Chat().person, erased=True) if erased else after

    def types(self, text: str, language: str | None = None) -> Chat:
        meaning = read(text, language or self.tongue, self.now)
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            return self.happens(Command(name, argument, read(argument, language or self.tongue, self.now)))
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
