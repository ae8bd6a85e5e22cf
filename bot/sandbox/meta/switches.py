"""What each form of Meta's does, by country (the default: it answers), and which words its pages about AI have."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """What a form does."""

    ANSWERS = "answers"
    ASKS_CODE = "asks_code"
    NO_CODE = "no_code"
    """It asks for a code that never comes."""
    NOT_IN_COUNTRY = "not_in_country"
    LOGIN_LOOP = "login_loop"
    GONE = "gone"
    MOVED = "moved"
    ERROR = "error"
    PLATFORM_DOWN = "platform_down"
    BOT_WALL = "bot_wall"
    RATE_LIMIT = "rate_limit"
    RESET = "reset"
    SLOW = "slow"
    SAME_AS_DECOY = "same_as_decoy"
    """Nobody who is not logged in can tell the form from an id that does not exist."""


@dataclass(slots=True)
class Switches:
    """The states that differ from the default, by (form, country); country `*` is everywhere."""

    states: dict[tuple[str, str], State] = field(default_factory=dict)
    editions: dict[str, int] = field(default_factory=dict)
    """How often the words of a page about AI were changed, by its id."""

    def turn(self, form: str, country: str, state: State) -> None:
        """Switch a form in a country; `*` forgets what single countries had."""
        if country == "*":
            self.states = {key: kept for key, kept in self.states.items() if key[0] != form}
        self.states[form, country] = state

    def reword(self, page: str) -> int:
        """Give a page about AI other words; its edition from now on."""
        self.editions[page] = self.editions.get(page, 0) + 1
        return self.editions[page]

    def state(self, form: str, country: str) -> State:
        """What the form does for that country."""
        everywhere = self.states.get((form, "*"), State.ANSWERS)
        return self.states.get((form, country), everywhere)
