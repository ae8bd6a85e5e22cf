"""What the control page says about us and the platform, before anything is said about a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.observations import Reason, Verdict
from bot.domain.page_readings import CLIENT_ERRORS, Judgement, is_foreign, is_server_error, says, wall

if TYPE_CHECKING:
    from bot.domain.looks import LookRules
    from bot.domain.observations import Page

CONTROL_FINE = "control page: fine"


def judge_control(control: Page, seen: Page, rules: LookRules) -> Judgement | None:
    """What the control page decides by itself, `seen` being the form's page; None if it is fine."""
    if not control.error and (walled := wall(control, rules)):
        return says(walled.verdict, walled.reason, f"control page: {walled.explanation[0]}")
    if blindness := _blindness(control, rules):
        return says(Verdict.NO_DATA, Reason.BLIND, f"control page: {blindness}")
    return _judge_failure(control, seen) if is_server_error(control) else None


def _blindness(control: Page, rules: LookRules) -> str | None:
    """Why nothing can be seen from here."""
    if control.error:
        return f"no answer ({control.error}); our own side is blind"
    if is_foreign(control, rules):
        return "leads away from Meta, so something between us and Meta answers; our own side is blind"
    if (control.status or 0) in CLIENT_ERRORS:
        return f"status {control.status}, so it is not the page we know; nothing to go by"
    return None


def _judge_failure(control: Page, seen: Page) -> Judgement:
    step = f"control page: status {control.status}"
    if seen.error or is_server_error(seen):
        line = "form: fails too, so the platform is down"
        return says(Verdict.PLATFORM_DOWN, Reason.SERVER_ERROR, step, line)
    return says(Verdict.NO_DATA, Reason.SERVER_ERROR, step, "form: answers all the same; contradictory")
