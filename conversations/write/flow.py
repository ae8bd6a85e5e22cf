"""Writing instead of the form, reminding Meta, answering it: what to write, where, and which date then runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from conversations.days import day_question
from conversations.paper.letters import letter_in_hand
from conversations.sent.flow import ANOTHER, NEXT_ONE
from conversations.steps import N_, Choice, Flow, Link, question
from conversations.wording import about, dated, due, merged, spoken_law, with_due
from conversations.write.complaints import COMPLAIN, COMPLAINT_STEPS, FINE, LATER
from conversations.write.letters import after_written, fitting, letter_values, what_to_write, written

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.deliveries import Value
    from conversations.scene import Scene

__all__ = ["ARRIVED", "COMPLAIN", "I_SENT", "UNDELIVERED", "WRITE", "by_letter"]


def _contact(scene: Scene) -> str | None:
    value = scene.world.facts().get("meta_contact")
    return str(value) if value else None


def _addressed(scene: Scene) -> dict[str, Value]:
    post = scene.world.facts().get("meta_post")
    told = merged(with_due(scene), {"letter": what_to_write(scene).value})
    return {**told, "post": post.get(spoken_law(scene)) if isinstance(post, dict) else None}


def _by_post(scene: Scene) -> bool:
    sent = scene.case.last(FactKind.SENT) if scene.case else None
    return bool(sent and sent.note == "post")


def by_letter(scene: Scene) -> bool:
    """Was the objection itself a letter or a mail, which may come back?"""
    sent = scene.case.last(FactKind.SENT) if scene.case else None
    return bool(sent and sent.note in {"post", "mail"})


def _arrived_on(scene: Scene, day: date) -> Scene:
    return scene.with_case(scene.case.with_sent_day(day, "arrived")) if scene.case else scene


def _checked(scene: Scene) -> dict[str, Value]:
    return merged(with_due(scene), {"check": due(scene.dates(scene.case).check) if scene.case else None})


def _has_letter(scene: Scene) -> bool:
    """Not of every law there is a whole letter."""
    facts = letter_in_hand(fitting(scene))
    return bool(facts and scene.world.letter_languages(facts))


ARRIVED = Choice("arrived", N_("It has arrived"), "write/arrived", when=_by_post)
UNDELIVERED = Choice(
    "back", N_("It came back undelivered"), "write/undelivered", lambda scene: scene.with_fact(FactKind.UNDELIVERED)
)
I_SENT = Choice("sent", N_("I sent it"), "write/sent", fitting)

WRITE = Flow(
    "write",
    (
        question(
            "what",
            Choice("paper", N_("Whole letter"), "paper/ready", fitting, when=_has_letter),
            Link(N_("Copy the text"), copy="write/short"),
            Link(N_("Meta's privacy page ↗"), url=_contact),
            Choice("post", N_("By post"), "write/post", fitting),
            I_SENT,
            LATER,
            values=letter_values,
        ),
        question("post", Choice("sent", N_("I sent it by post"), after_written, written("post")), values=_addressed),
        question(
            "sent",
            Choice("web", N_("Meta's privacy page"), after_written, written("web")),
            Choice("mail", N_("Reply to Meta's e-mail"), after_written, written("mail")),
            Choice("post", N_("By post"), after_written, written("post")),
            values=about,
        ),
        question(
            "counted",
            FINE,
            UNDELIVERED,
            NEXT_ONE,
            ANOTHER,
            ARRIVED,
            values=with_due,
            keeps=True,
        ),
        day_question("arrived", _arrived_on, "write/counted"),
        question("undelivered", Choice("again", N_("Send it another way"), "write/what"), values=about),
        question("checked", FINE, COMPLAIN, values=_checked, keeps=True),
        question("erasure_noted", FINE, values=lambda scene: merged(about(scene), dated(scene)), keeps=True),
        *COMPLAINT_STEPS,
    ),
)
