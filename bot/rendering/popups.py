"""Pop-ups: plain text that only who pressed sees, at most 200 characters (Bot API, answerCallbackQuery)."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.rendering.messages import renderer

if TYPE_CHECKING:
    from datetime import datetime

    from conversations.effects import PopUp

MOST = 200
_TAG = re.compile(r"<[^>]+>")


def popup(wanted: PopUp, now: datetime) -> str:
    """Its text; whole lines, the first ones if there is no room for all."""
    today = now.astimezone(ZoneInfo(wanted.zone)).date()
    values = {**wanted.values, "clock_zone": wanted.zone, "clock_today": today}
    return fitting(html.unescape(_TAG.sub("", renderer(wanted.language).text(wanted.screen, values))))


def fitting(text: str) -> str:
    """The lines of the text that fit; Telegram counts in UTF-16."""
    lines = [line for line in text.splitlines() if line.strip()]
    while len(lines) > 1 and _length(_joined(lines)) > MOST:
        lines = [*lines[:-2], "…"] if lines[-1] == "…" else [*lines[:-1], "…"]
    return _joined(lines)[:MOST]


def _joined(lines: list[str]) -> str:
    return "\n".join(lines)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
