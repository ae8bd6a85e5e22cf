"""Faults that a test orders: the next so many calls of a method fail in a chosen way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import ApiError, DrivingError

AT_MOST = 1000
_NUMBERS = ("error_code", "retry_after", "migrate_to_chat_id", "delay")
_KINDS = ({"error_code"}, {"reset"}, {"delay"})


@dataclass(slots=True)
class Fault:
    """One ordered fault and how often it still happens."""

    method: str
    chat: int | None
    times: int
    what: dict[str, Any]

    def error(self) -> ApiError | None:
        """The refusal, if the fault is one."""
        if "error_code" not in self.what:
            return None
        known = ("retry_after", "migrate_to_chat_id")
        parameters = {key: int(self.what[key]) for key in known if self.what.get(key) is not None}
        return ApiError(int(self.what["error_code"]), str(self.what.get("description", "Fault")), **parameters)


@dataclass(slots=True)
class Faults:
    """The faults that are still to happen, in the order in which they were ordered."""

    waiting: list[Fault] = field(default_factory=list)

    def order(self, method: str, chat: int | None, times: int, what: dict[str, Any]) -> None:
        """Let `times` calls fail."""
        if not any(kind <= what.keys() for kind in _KINDS):
            raise DrivingError(400, "a fault is one of error_code, reset, delay")
        numbers = [what.get(name) for name in _NUMBERS]
        if not all(isinstance(number, int | float | None) for number in numbers):
            raise DrivingError(400, f"{', '.join(_NUMBERS)} are numbers")
        if what.get("reset", "before") not in {"before", "after"}:
            raise DrivingError(400, "reset is before or after")
        if len(self.waiting) >= AT_MOST:
            raise DrivingError(400, f"at most {AT_MOST} faults wait")
        self.waiting.append(Fault(method, chat, times, what))

    def strike(self, method: str, chat: int | None) -> Fault | None:
        """The fault that hits this call, counted down."""
        for fault in self.waiting:
            if fault.method.lower() in {"*", method.lower()} and fault.chat in {None, chat}:
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None
