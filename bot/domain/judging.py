"""What one look means. Whatever may be our own fault gives no data (DESIGN promise 3). Pure.

1. The control page tells whether our own side and the platform work.
2. A wall against programs says nothing.
3. A bad first try counts only if the second is bad too.
4. A page that looks like its decoy can't be judged, unless it is known to have differed.
5. Then the page speaks for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.domain.control_pages import CONTROL_FINE, judge_control
from bot.domain.observations import Reason, Verdict
from bot.domain.page_readings import CERTIFICATE_ERROR, TOO_MANY_REDIRECTS, Judgement, read, says, wall
from bot.domain.page_shapes import same_page

if TYPE_CHECKING:
    from bot.domain.forms import Form
    from bot.domain.looks import LookRules
    from bot.domain.observations import Page


class Value(StrEnum):
    """What a verdict counts as."""

    OK = "ok"
    BAD = "bad"
    NO_DATA = "no_data"


VALUES = {
    Verdict.ANSWERS: Value.OK,
    Verdict.ASKS_LOGIN: Value.OK,
    Verdict.MOVED: Value.BAD,
    Verdict.GONE: Value.BAD,
    Verdict.PLATFORM_DOWN: Value.BAD,
    Verdict.NO_DATA: Value.NO_DATA,
}
UNSURE = frozenset({Reason.BLIND, Reason.CONNECTION, Reason.SERVER_ERROR})
"""No data for a reason that a second try may clear up; a wall is left alone."""
ERRORS = {TOO_MANY_REDIRECTS: Reason.TOO_MANY_REDIRECTS, CERTIFICATE_ERROR: Reason.CERTIFICATE}
"""What an error of the second try is called; any other is the connection's."""
NEVER_DIFFERED = "a form that never differed from its decoy can't be judged from there"


def value_of(verdict: Verdict) -> Value:
    """What a verdict counts as: ok, bad, or no data."""
    return VALUES[verdict]


@dataclass(frozen=True, slots=True)
class Look:
    """All that was fetched to judge one form.

    `second` is the form once more after a pause, if there was doubt; `control` and `decoy` are then as fresh.
    """

    page: Page
    control: Page
    decoy: Page
    second: Page | None = None

    @property
    def seen(self) -> Page:
        """The page that is judged."""
        return self.second or self.page


def judge(look: Look, form: Form, rules: LookRules, *, differed_before: bool = False) -> Judgement:
    """What the look means. `differed_before`: from here the form was once seen to differ from its decoy."""
    judged = (
        judge_control(look.control, look.seen, rules)
        or _judge_walls(look, rules)
        or _judge_one_failure(look, form, rules)
        or _judge_sameness(look, form, rules, differed_before=differed_before)
        or _judge_errors(look)
        or _judge_difference(look, form, rules)
    )
    return Judgement(judged.verdict, judged.reason, (*_tries(look), *judged.explanation))


def differed(look: Look, judgement: Judgement) -> bool | None:
    """Did form and decoy differ while the form was good? None if that could not be told."""
    if value_of(judgement.verdict) is Value.OK:
        return True
    return False if judgement.reason is Reason.SAME_AS_DECOY and not look.seen.error else None


def wants_second_try(judgement: Judgement) -> bool:
    """Tell whether there is doubt that a second try may clear up."""
    return value_of(judgement.verdict) is Value.BAD or (
        judgement.verdict is Verdict.NO_DATA and judgement.reason in UNSURE
    )


def _judge_walls(look: Look, rules: LookRules) -> Judgement | None:
    for name, page in (("form", look.seen), ("decoy", look.decoy)):
        if not page.error and (walled := wall(page, rules)):
            return says(walled.verdict, walled.reason, CONTROL_FINE, f"{name}: {walled.explanation[0]}")
    return None


def _judge_sameness(look: Look, form: Form, rules: LookRules, *, differed_before: bool) -> Judgement | None:
    """A form that looks like its decoy is bad only if it used to differ and what both show is an absence."""
    if not same_page(look.seen, look.decoy):
        return None
    own = _no_answer(look) if look.seen.error else read(look.seen, form, rules)
    steps = (CONTROL_FINE, f"form: {own.explanation[0]}", "decoy: an id that can't exist gives the same page")
    if differed_before and value_of(own.verdict) is Value.BAD:
        return says(own.verdict, own.reason, *steps, "it used to differ from its decoy and no longer does")
    return says(Verdict.NO_DATA, Reason.SAME_AS_DECOY, *steps, NEVER_DIFFERED)


def _judge_errors(look: Look) -> Judgement | None:
    """One of form and decoy gave no answer."""
    if look.decoy.error:
        line = f"decoy: no answer ({look.decoy.error}), so there is nothing to compare with"
        return says(Verdict.NO_DATA, Reason.CONNECTION, CONTROL_FINE, line)
    if not look.seen.error:
        return None
    if not look.second:
        return _one_failure(look)
    failed = _no_answer(look)
    steps = (CONTROL_FINE, "decoy: fine", f"form: {failed.explanation[0]}, twice")
    return says(failed.verdict, failed.reason, *steps)


def _judge_one_failure(look: Look, form: Form, rules: LookRules) -> Judgement | None:
    """A second try without an answer is bad only if the first was bad too, not if it met a wall or the form."""
    if not look.second or not look.second.error or look.page.error:
        return None
    was_bad = not wall(look.page, rules) and value_of(read(look.page, form, rules).verdict) is Value.BAD
    return None if was_bad else _one_failure(look)


def _one_failure(look: Look) -> Judgement:
    line = f"form: no answer ({look.seen.error}); one failed try proves nothing"
    return says(Verdict.NO_DATA, Reason.CONNECTION, CONTROL_FINE, line)


def _no_answer(look: Look) -> Judgement:
    """A certificate is the reason only if it was refused in both tries: one may have met a captive portal."""
    page, reason = look.seen, ERRORS.get(look.seen.error or "", Reason.CONNECTION)
    if reason is Reason.CERTIFICATE and look.page.error != CERTIFICATE_ERROR:
        reason = Reason.CONNECTION
    return says(Verdict.GONE, reason, f"no answer ({page.error})")


def _judge_difference(look: Look, form: Form, rules: LookRules) -> Judgement:
    own = read(look.seen, form, rules)
    steps = (CONTROL_FINE, "decoy: an id that can't exist gives another page")
    return says(own.verdict, own.reason, *steps, f"form: {own.explanation[0]}")


def _tries(look: Look) -> tuple[str, ...]:
    if not look.second:
        return ()
    first = look.page.error or f"status {look.page.status}"
    second = look.second.error or f"status {look.second.status}"
    return (f"second try after a pause: first {first}, then {second}",)
