"""What `check` prints: plain words, a table, JSON."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from bot.domain.judging import Value, value_of
from bot.domain.observations import Reason, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from bot.domain.forms import Form
    from bot.domain.observations import Observation

JSON_VERSION = 1
BLIND = "Our own side is blind: no control page answered. This says nothing about the forms."
HONEST = (
    "Seen from here, without an account. Whether a form opens for you, only you can see: "
    "open it in the browser in which you are logged in."
)
COLOURS = {Value.OK: "green", Value.BAD: "red", Value.NO_DATA: "yellow"}

WORDS = {
    (Verdict.ANSWERS, Reason.NONE): "answers",
    (Verdict.ASKS_LOGIN, Reason.NONE): "asks for login, as is normal",
    (Verdict.MOVED, Reason.OTHER_PAGE): "moved to another page",
    (Verdict.MOVED, Reason.OTHER_SITE): "leads to a site that is not Meta's",
    (Verdict.GONE, Reason.NOT_FOUND): "gone: Meta says there is no such page",
    (Verdict.GONE, Reason.OTHER_PAGE): "gone: another page stands in its place",
    (Verdict.GONE, Reason.SERVER_ERROR): "fails: Meta's machine gives an error",
    (Verdict.GONE, Reason.CONNECTION): "no answer, twice, while Meta's other pages answer",
    (Verdict.GONE, Reason.CERTIFICATE): "its certificate does not hold, twice, while Meta's other pages' do",
    (Verdict.GONE, Reason.TOO_MANY_REDIRECTS): "leads round in circles",
    (Verdict.PLATFORM_DOWN, Reason.SERVER_ERROR): "Meta's whole service is down",
    (Verdict.NO_DATA, Reason.BOT_WALL): "can't be judged: Meta keeps programs out",
    (Verdict.NO_DATA, Reason.RATE_LIMIT): "can't be judged: Meta asks us to slow down",
    (Verdict.NO_DATA, Reason.BLIND): "can't be judged: our own side is blind",
    (Verdict.NO_DATA, Reason.SAME_AS_DECOY): "can't be judged: looks like a page that can't exist",
    (Verdict.NO_DATA, Reason.CONNECTION): "can't be judged: nothing to compare with",
    (Verdict.NO_DATA, Reason.SERVER_ERROR): "can't be judged: Meta's pages contradict each other",
    (Verdict.NO_DATA, Reason.OTHER_PAGE): "can't be judged: leads to another service's login",
}


class Exit(IntEnum):
    """The exit codes of `check`; scripts rely on them."""

    GOOD = 0
    BAD = 1
    USAGE = 2
    NO_DATA = 3
    BLIND = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A form and what was seen of it."""

    form: Form
    seen: Observation


def exit_of(rows: Sequence[Row]) -> Exit:
    """One bad form outweighs all; what can't be judged is not counted as good."""
    values = {value_of(row.seen.verdict) for row in rows}
    if Value.BAD in values:
        return Exit.BAD
    if Value.OK in values:
        return Exit.GOOD
    return Exit.BLIND if all(row.seen.reason is Reason.BLIND for row in rows) else Exit.NO_DATA


def words(seen: Observation) -> str:
    """The verdict in plain words. None of them says “works”."""
    return WORDS.get((seen.verdict, seen.reason), seen.verdict.value.replace("_", " "))


def print_table(console: Console, rows: Sequence[Row], place: str, *, explain: bool) -> None:
    """The table for people; with `explain` the steps below it."""
    day = f"{rows[0].seen.at:%Y-%m-%d} (UTC)"
    table = Table(title=f"Meta's objection forms, {place}, {day}", title_justify="left", box=SIMPLE_HEAD)
    for heading in ("Form", "Service", "Seen", "Status", "Seconds", "When"):
        numeric = heading in {"Status", "Seconds"}
        table.add_column(heading, justify="right" if numeric else "left", no_wrap=heading in {"Form", "When"})
    for row in rows:
        table.add_row(*_cells(row))
    console.print(table)
    if explain:
        _print_steps(console, rows)
    console.print(BLIND if exit_of(rows) is Exit.BLIND else HONEST, style="bold")


def document(rows: Sequence[Row], country: str | None) -> dict[str, Any]:
    """The shape of `--json`; fields are only ever added within a version."""
    code = exit_of(rows)
    return {
        "version": JSON_VERSION,
        "country": country,
        "result": code.name.lower(),
        "exit_code": int(code),
        "forms": [_record(row) for row in rows],
    }


def _cells(row: Row) -> tuple[str, ...]:
    seen, colour = row.seen, COLOURS[value_of(row.seen.verdict)]
    return (
        escape(row.form.id),
        row.form.service.value if row.form.service.value != "none" else "no account",
        f"[{colour}]{words(seen)}[/{colour}]",
        str(seen.status_code or "–"),
        f"{seen.seconds:.1f}",
        f"{seen.at:%H:%M:%S}",
    )


def _print_steps(console: Console, rows: Sequence[Row]) -> None:
    for row in rows:
        console.print(f"\n{row.form.id} · {row.form.url}", markup=False, highlight=False, style="bold")
        for number, line in enumerate((*row.seen.explanation, f"therefore: {words(row.seen)}"), 1):
            console.print(f"  {number}. {line}", markup=False, highlight=False)
    console.print()


def _record(row: Row) -> dict[str, Any]:
    form, seen = row.form, row.seen
    return {
        "form": form.id,
        "service": form.service.value,
        "purpose": form.purpose.value,
        "url": form.url,
        "vantage": seen.vantage,
        "at": seen.at.isoformat(timespec="seconds"),
        "value": value_of(seen.verdict).value,
        "verdict": seen.verdict.value,
        "reason": seen.reason.value,
        "words": words(seen),
        "status_code": seen.status_code,
        "seconds": round(seen.seconds, 3),
        "explanation": list(seen.explanation),
    }
