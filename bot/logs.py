"""Logs: one line an event, as text or JSON. Nothing personal: no chat ids, names or texts.

Of an error only its class and the places in the code are logged: messages and local values may be somebody's.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

OUR_FRAMES = 6
"""Places that a line names, the innermost last."""


def set_up(level: str, style: str) -> None:
    """Log to standard error. Libraries are heard from a warning on."""
    renderer = structlog.processors.JSONRenderer() if style == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_values,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_LibraryLine("%(levelname)s %(name)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _LibraryLine(logging.Formatter):
    """A library's line: who speaks, and an error's class. What it says may be somebody's."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's own name
        """The class only."""
        return str(ei[0].__name__ if ei[0] else "")

    def formatStack(self, stack_info: str) -> str:  # noqa: ARG002, N802  # logging's own name
        """Nothing."""
        return ""


def without_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An error as its class and where it came from: the one that is named, or that is being handled."""
    given = event.pop("exc_info", None)
    if given and (error := given if isinstance(given, BaseException) else sys.exception()):
        frames = traceback.extract_tb(error.__traceback__)[-OUR_FRAMES:]
        event["error"] = type(error).__name__
        event["where"] = " < ".join(
            f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in reversed(frames)
        )
    return event
