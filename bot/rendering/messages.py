"""Messages: a saying from the outbox becomes Telegram HTML and buttons, when it is sent."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup

import conversations
from bot.domain.deliveries import Button, Kind, Message
from bot.domain.letters import LetterFacts
from bot.rendering.grounds import grounds
from bot.rendering.languages import catalogue, languages
from bot.rendering.letters import Meta, letter
from bot.rendering.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from jinja2.runtime import Context

    from bot.domain.statuses import Reasoned

TEMPLATES = Path(conversations.__file__).parent
SHARED = "messages.j2"
LONGEST_COPY = 256
"""Bot API, CopyTextButton: a longer text stands in the message, where it can be copied by hand."""
_TAG = re.compile(r"<[^>]+>")
_GAP = re.compile(r"\n{3,}")


class Renderer:
    """The messages of one language."""

    def __init__(self, language: str) -> None:
        texts = catalogue(language)
        self._words = Words(language, texts.gettext)
        self._gettext = texts.gettext
        self._environment = self._made(texts)

    def _made(self, texts: Any) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            extensions=["jinja2.ext.i18n"],
            undefined=StrictUndefined,
            autoescape=True,
            auto_reload=False,
            keep_trailing_newline=False,
        )
        environment.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
        environment.filters.update(self._words.filters())
        words = self._words

        @pass_context
        def clock(context: Context, value: str) -> str:
            return words.clock(value, context["clock_zone"])

        @pass_context
        def moment(context: Context, value: str) -> str:
            return words.moment(value, context["clock_zone"], context["clock_today"])

        environment.filters.update(clock=clock, moment=moment)
        environment.globals.update(
            seen_line=self._line("seen"),
            short_line=self._line("short"),
            outage_line=self._line("outage"),
            switch_line=self._line("switch"),
            history_line=self._line("history"),
            wish_line=self._line("wish"),
            due_line=self._line("due"),
            due_past_line=self._line("due_past"),
            complaint_line=self._line("complaint"),
            company_line=self._line("company"),
            devoid_line=self._line("devoid"),
            last_day_line=self._line("last_day"),
            incident_line=self._line("incident"),
            bulletin_line=self._line("bulletin"),
            mends_line=self._line("mends"),
            reasoned_line=self._line("reasoned"),
            in_language=_in_language,
            nudge_head=self._nudge_head,
            letter_text=_letter_text,
            grounds=lambda language, reasons: Markup(grounds(language, reasons)),  # noqa: S704  # our own data
            spoken=[language.name for language in languages().values()],
        )
        return environment

    def _line(self, block: str) -> Any:
        @pass_context
        def line(context: Context, values: Mapping[str, Any] | None) -> Markup:
            around = {key: context[key] for key in ("clock_zone", "clock_today")}
            return Markup(self._block(SHARED, block, {**around, **values})) if values else Markup()  # noqa: S704  # our own template, escaped in it

        return line

    def _nudge_head(self, case: Mapping[str, Any] | None, late: object) -> Markup:
        values = {"case": case, "late": late}
        return Markup(self._block(SHARED, "nudge_head", values))  # noqa: S704  # our own template, escaped in it

    def _block(self, template: str, block: str, values: Mapping[str, Any]) -> str:
        found = self._environment.get_template(template)
        return "".join(found.blocks[block](found.new_context(dict(values)))).strip()

    def text(self, screen: str, values: Mapping[str, Any]) -> str:
        """The text of a screen `<flow>/<step>`, as Telegram HTML."""
        flow, block = screen.split("/")
        return _GAP.sub("\n\n", self._block(f"{flow}/messages.j2", block, values))

    def country(self, code: str) -> str:
        """A country's name."""
        return self._words.country(code)

    def line(self, block: str, values: Mapping[str, Any]) -> str:
        """A line that many messages share, as plain text for a picture or a file."""
        return html.unescape(_TAG.sub("", self._block(SHARED, block, values)))

    def reasoned(self, steps: Iterable[Reasoned], zone: str) -> list[str]:
        """The steps of a conclusion as plain text, each moment with its day."""
        around = {"clock_zone": zone, "clock_today": None}
        return [self.line("reasoned", {**around, **each.values, "name": each.name}) for each in steps]

    def message(self, document: Mapping[str, Any], *, zone: str, today: date) -> Message:
        """A saying of the outbox as a message; moments by the clock of `zone`, `today` that clock's day."""
        values = {"late": False, "title": "", **document["values"], "clock_zone": zone, "clock_today": today}
        text = self.text(document["screen"], values)
        if document["aside"]:
            text = f"{self._block(SHARED, 'aside_' + document['aside'], values)}\n\n{text}"
        rows = (tuple(self._button(each, values) for each in row) for row in document["buttons"])
        shown = (tuple(button for button in row if len(button.copy or "") <= LONGEST_COPY) for row in rows)
        return Message(text, tuple(row for row in shown if row), document["kind"] == Kind.CLEAR)

    def _button(self, button: Mapping[str, Any], values: Mapping[str, Any]) -> Button:
        label = self.label(button["label"], button["names"])
        copy = button.get("copy")
        plain = html.unescape(_TAG.sub("", self.text(copy, values))) if copy else None
        return Button(label, button.get("data"), button.get("url"), plain, button.get("asks"))

    def label(self, label: str, names: Mapping[str, Any]) -> str:
        """What stands on a button; `names` fill its braces."""
        written = {key: self._name(key, value) for key, value in names.items()}
        return self._gettext(label).format(**written) if written else self._gettext(label)

    def _name(self, key: str, value: Any) -> str:
        written = self._words.filters().get(key)
        return written(value) if written else str(value)


@pass_context
def _in_language(context: Context, screen: str, language: str, values: Mapping[str, Any]) -> Markup:
    """Another screen as others read it in their language, by the chat's clock."""
    around = {key: context[key] for key in ("clock_zone", "clock_today")}
    return Markup(renderer(language).text(screen, {**around, **values}))  # noqa: S704  # our own template, escaped in it


def _letter_text(values: Mapping[str, Any], language: str, meta: Sequence[str]) -> str:
    """A letter with its blanks, in the language it is to have whatever the chat speaks."""
    return letter(LetterFacts.from_values(values), language, Meta(tuple(meta))).text


@cache
def renderer(language: str) -> Renderer:
    """The messages of a language, made at its first use."""
    return Renderer(language)


def rendered(document: Mapping[str, Any], now: datetime) -> Message:
    """A saying of the outbox, in its own language and by its own clock."""
    zone = document["zone"]
    today = now.astimezone(ZoneInfo(zone)).date()
    return renderer(document["language"]).message(document, zone=zone, today=today)
