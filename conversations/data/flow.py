"""/mydata, /export, /delete, and taking an export in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.effects import Erase, ReadFile
from conversations.status.wishes import listed
from conversations.steps import N_, Choice, Flow, question

if TYPE_CHECKING:
    from bot.domain.deliveries import Value
    from conversations.scene import Scene

EXPORT = Choice("export", N_("Export"), "data/export")
DELETE = Choice("delete", N_("Delete everything"), "data/delete")


def has_dates(scene: Scene) -> bool:
    """Is there a date to take along?"""
    world, residence = scene.world, scene.person.residence
    dates = (ask(case, residence) for case in scene.person.cases for ask in (world.deadline, world.complaint_deadline))
    return any(dates)


WISHES = Choice("wishes", N_("What I wait for"), "status/wishes", when=lambda scene: bool(scene.wishes))
COUNTED = Choice("counted", N_("Groups that count me"), "counter/mine", when=lambda scene: bool(scene.counted))
CALENDAR = Choice("calendar", N_("Calendar file"), "data/calendar", when=has_dates)


def _mine(scene: Scene) -> dict[str, Value]:
    person = scene.person
    return {
        "language": person.language,
        "zone": person.zone,
        "residence": person.residence,
        "region": person.region,
        "quiet": [person.quiet.start, person.quiet.end],
        "since": person.since.isoformat(),
        "cases": len(person.cases),
        "facts": sum(len(case.facts) for case in person.cases),
        "chat": person.chat_id,
        "wishes": listed(scene),
        "groups": len(person.groups),
        "draft": person.draft is not None,
        "counted": len(scene.counted),
    }


DATA = Flow(
    "data",
    (
        question("mine", EXPORT, WISHES, COUNTED, DELETE, values=_mine),
        question("export", DELETE, values=lambda _scene: {"file": "export"}, keeps=True),
        question(
            "calendar",
            Choice("fine", N_("All right"), lambda scene: "sent/fine" if scene.case else "cases/list"),
            values=lambda _scene: {"file": "calendar"},
            keeps=True,
        ),
        question(
            "delete",
            Choice(
                "yes", N_("Yes, delete everything"), "data/goodbye", lambda scene: scene.doing(Erase()), by_tap=True
            ),
            EXPORT,
            values=lambda scene: {"groups": len(scene.person.groups)},
        ),
        question("goodbye", way_back=False, keeps=True),
        question(
            "found",
            Choice(
                "yes",
                N_("Yes, take over"),
                "data/taking",
                lambda scene: scene.doing(ReadFile(scene.answer("file"), take=True)),
            ),
            Choice("no", N_("No"), "data/refused"),
            values=lambda scene: {"cases": int(scene.answer("cases") or 0)},
            columns=2,
        ),
        question("taking"),
        question("taken", Choice("cases", N_("What is next?"), "cases/list")),
        question("refused", Choice("cases", N_("What is next?"), "cases/list")),
        question("unreadable", Choice("help", N_("Help"), "help/doors")),
    ),
)
