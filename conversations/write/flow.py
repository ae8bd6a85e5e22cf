"""Writing instead of the form, reminding Meta, answering it, complaining: what to write, and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.reminders import OUR_LETTER_CHECK
from bot.domain.stages import Stage, telling
from conversations.sent.flow import DAYS_AGO, residence_choice, residence_matters
from conversations.steps import N_, Choice, Flow, Link, Step, question
from conversations.wording import about, due, merged, with_due

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot.domain.deliveries import Value
    from bot.domain.jurisdictions import Authority
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

REGIONS_A_PAGE = 20


def what_to_write(scene: Scene) -> str:
    """Which text fits: an objection, a reminder, or an answer to what Meta wrote."""
    told = telling(scene.case.facts) if scene.case else None
    match scene.stage(scene.case) if scene.case else Stage.NOT_SENT:
        case Stage.ANSWERED if told:
            return told.kind.value
        case Stage.OVERDUE | Stage.SENT | Stage.WRITTEN | Stage.COMPLAINED if scene.due:
            return "reminder"
        case _:
            return "objection"


def _written(channel: str) -> Callable[[Scene], Scene]:
    """A letter is the objection itself while none is on its way; later it is a letter that follows it."""

    def noted(scene: Scene) -> Scene:
        first = what_to_write(scene) == "objection" or scene.due is None
        return scene.with_fact(FactKind.SENT if first else FactKind.WRITTEN, channel)

    return noted


def _after_written(scene: Scene) -> str:
    written = scene.case.last(FactKind.WRITTEN, FactKind.SENT) if scene.case else None
    return "write/checked" if written and written.kind is FactKind.WRITTEN else "write/counted"


def _values(scene: Scene) -> dict[str, Value]:
    failed = scene.case.last(FactKind.FAILED, FactKind.CODE_MISSING) if scene.case else None
    return merged(
        with_due(scene),
        {
            "letter": what_to_write(scene),
            "failed": failed.day.isoformat() if failed else None,
            "no_code": bool(failed and failed.kind is FactKind.CODE_MISSING),
            "law": scene.world.jurisdiction_id(scene.person.residence or scene.country),
        },
    )


def _contact(scene: Scene) -> str | None:
    value = scene.world.facts().get("meta_contact")
    return str(value) if value else None


def _addressed(scene: Scene) -> dict[str, Value]:
    post = scene.world.facts().get("meta_post")
    law = scene.world.jurisdiction_id(scene.person.residence or scene.country) or ""
    return {**about(scene), "post": post.get(law) if isinstance(post, dict) else None}


def authorities(scene: Scene) -> tuple[Authority, ...]:
    """The authorities of where the person lives, else of where the account is registered."""
    return scene.world.authorities(scene.person.residence or scene.country)


def competent(scene: Scene) -> Authority | None:
    """The one authority, once it is clear which."""
    found = authorities(scene)
    if len(found) == 1:
        return found[0]
    return next((each for each in found if each.region and each.region == scene.person.region), None)


def complain_at(scene: Scene) -> str:
    """The way to the complaint: where somebody lives and, where there are several, in which part."""
    if scene.person.residence is None and residence_matters(scene):
        return "write/live"
    return "write/region" if authorities(scene) and not competent(scene) else "write/complain"


def _live(scene: Scene) -> Choices:
    codes = dict.fromkeys([scene.country, *scene.suggested])
    return tuple(replace(residence_choice(code), to=complain_at) for code in list(codes)[:5])


def _heard_home(scene: Scene) -> Move | None:
    found = scene.heard.countries if scene.heard else ()
    if len(found) != 1:
        return None
    scene = scene.with_person(residence=found[0], region=None)
    return scene, complain_at(scene)


def _regions(scene: Scene) -> Choices:
    regions = sorted({each.region for each in authorities(scene) if each.region})[:REGIONS_A_PAGE]
    return tuple(_region(code) for code in regions)


def _region(code: str) -> Choice:
    return Choice(code, "{region}", "write/complain", lambda s: s.with_person(region=code), names={"region": code})


def _authority(scene: Scene) -> dict[str, Value]:
    found = competent(scene)
    sent = scene.case.last(FactKind.SENT) if scene.case else None
    return {
        **about(scene),
        "name": found.name if found else None,
        "email": found.email if found else None,
        "has_form": bool(found and found.complaint_form),
        "language": found.languages[0] if found and found.languages else None,
        "sent": sent.day.isoformat() if sent else None,
        "law": scene.world.jurisdiction_id(scene.person.residence or scene.country),
    }


def _authority_page(scene: Scene) -> str | None:
    found = competent(scene)
    return (found.complaint_form or found.website) if found else None


def _by_post(scene: Scene) -> bool:
    sent = scene.case.last(FactKind.SENT) if scene.case else None
    return bool(sent and sent.note == "post")


def by_letter(scene: Scene) -> bool:
    """Was the objection itself a letter or a mail, which may come back?"""
    sent = scene.case.last(FactKind.SENT) if scene.case else None
    return bool(sent and sent.note in {"post", "mail"})


def _arrived_on(scene: Scene, day: date) -> Scene:
    return scene.with_case(scene.case.with_sent_day(day, "arrived")) if scene.case else scene


def _arrived(days: int) -> Callable[[Scene], Scene]:
    return lambda scene: _arrived_on(scene, scene.today - timedelta(days=days))


def _heard_arrival(scene: Scene) -> Move | None:
    day = scene.heard.day if scene.heard else None
    return (_arrived_on(scene, day), "write/counted") if day and day <= scene.today else None


def _later(scene: Scene) -> str:
    return "object/later" if what_to_write(scene) == "objection" else "nudge/snoozed"


LATER = Choice(
    "later", N_("Later"), _later, lambda scene: scene.snoozed(7) if _later(scene) == "nudge/snoozed" else scene
)
ARRIVED = Choice("arrived", N_("It has arrived"), "write/arrived", when=_by_post)
UNDELIVERED = Choice(
    "back", N_("It came back undelivered"), "write/undelivered", lambda scene: scene.with_fact(FactKind.UNDELIVERED)
)
COMPLAIN = Choice("complain", N_("Complain"), complain_at)

WRITE = Flow(
    "write",
    (
        question(
            "what",
            Link(N_("Copy the text"), copy="write/short"),
            Link(N_("Meta's privacy page ↗"), url=_contact),
            Choice("post", N_("By post"), "write/post"),
            Choice("sent", N_("I sent it"), "write/channel"),
            LATER,
            values=_values,
        ),
        question("post", Choice("sent", N_("I posted it"), _after_written, _written("post")), values=_addressed),
        question(
            "channel",
            Choice("web", N_("Meta's privacy page"), _after_written, _written("web")),
            Choice("mail", N_("Reply to Meta's e-mail"), _after_written, _written("mail")),
            Choice("post", N_("By post"), _after_written, _written("post")),
            values=about,
        ),
        question(
            "counted",
            Choice("fine", N_("All right"), "sent/fine"),
            UNDELIVERED,
            Choice("another", N_("Another account"), "accounts/another", lambda scene: scene.without_answers()),
            ARRIVED,
            values=with_due,
            keeps=True,
        ),
        Step(
            "arrived",
            tuple(Choice(key, label, "write/counted", _arrived(days)) for key, (days, label) in DAYS_AGO.items()),
            about,
            _heard_arrival,
            columns=2,
        ),
        question("undelivered", Choice("again", N_("Send it another way"), "write/what"), values=about),
        question(
            "checked",
            Choice("fine", N_("All right"), "sent/fine"),
            COMPLAIN,
            values=lambda scene: merged(with_due(scene), {"check": _check(scene)}),
            keeps=True,
        ),
        Step("live", _live, about, _heard_home, columns=2),
        Step("region", _regions, about, columns=2),
        question(
            "complain",
            Link(N_("Its page ↗"), url=_authority_page),
            Link(N_("Copy the text"), copy="write/complaint_short"),
            Choice("filed", N_("I filed it"), "write/filed", lambda scene: scene.with_fact(FactKind.COMPLAINED)),
            LATER,
            values=_authority,
        ),
        question(
            "filed",
            Choice("fine", N_("All right"), "sent/fine"),
            values=lambda scene: merged(_authority(scene), {"complaint": _complaint_due(scene)}),
            keeps=True,
        ),
    ),
)


def _check(scene: Scene) -> str | None:
    written = scene.case.last(FactKind.WRITTEN) if scene.case else None
    return (written.day + OUR_LETTER_CHECK).isoformat() if written else None


def _complaint_due(scene: Scene) -> Value:
    return due(scene.world.complaint_deadline(scene.case, scene.person.residence) if scene.case else None)
