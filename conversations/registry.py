"""The one ordered list of flows, and the commands. A new flow is a folder and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.accounts.flow import ACCOUNTS
from conversations.admin.flow import ADMIN
from conversations.answer.flow import ANSWER
from conversations.back.flow import BACK
from conversations.bulletin.flow import BULLETIN
from conversations.cases.flow import CASES
from conversations.closing.flow import CLOSING
from conversations.counter.flow import COUNTER
from conversations.data.flow import DATA
from conversations.elsewhere.flow import ELSEWHERE
from conversations.group.flow import GROUP
from conversations.help.flow import HELP
from conversations.link.flow import LINK
from conversations.nudge.flow import NUDGE
from conversations.object.flow import OBJECT
from conversations.paper.flow import PAPERS
from conversations.privacy.flow import PRIVACY
from conversations.questions.flow import QUESTIONS
from conversations.sent.flow import SENT
from conversations.settings.flow import SETTINGS
from conversations.share.flow import SHARE
from conversations.start.flow import START, started
from conversations.status.flow import STATUS, asked_for_status
from conversations.third.flow import THIRD
from conversations.tried.flow import TRIED
from conversations.trouble.flow import TROUBLE
from conversations.write.flow import WRITE

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.scene import Scene
    from conversations.steps import Move, Step

FLOWS = (
    START, OBJECT, TROUBLE, SENT, ANSWER, WRITE, PAPERS, TRIED, ACCOUNTS, THIRD, ELSEWHERE, LINK,
    NUDGE, BACK, CASES, STATUS, SETTINGS, PRIVACY, DATA, SHARE, GROUP, COUNTER, HELP, QUESTIONS, ADMIN, BULLETIN,
    CLOSING,
)  # fmt: skip
STEPS = {f"{flow.name}/{step.id}": step for flow in FLOWS for step in flow.steps}
STANDING = ""
"""A command may lead to "where it stands" instead of a screen."""
GOODBYE = "data/goodbye"
BEGINNINGS = frozenset({"start", "object", "cases"})
"""Commands after which nothing chosen before counts any more; from the others a way leads back."""
ON_THE_WAY = ("object/", "trouble/")
"""Screens on which a picture most likely shows Meta's page."""
ASIDES = ("photo", "voice", "sticker", "location", "contact", "document")


def find(screen: str) -> Step | None:
    """The step of that screen, None where there is none (any more)."""
    return STEPS.get(screen)


def step(screen: str) -> Step:
    """The step of that screen; KeyError for a flow that leads nowhere, which a test excludes."""
    return STEPS[screen]


def _to(screen: str) -> Callable[[Scene, str], Move]:
    return lambda scene, _argument: (scene, screen)


COMMANDS: dict[str, Callable[[Scene, str], Move]] = {
    "start": started,
    "object": _to("start/hello"),
    "cases": _to("cases/list"),
    "status": asked_for_status,
    "language": _to("settings/language"),
    "settings": _to("settings/menu"),
    "privacy": _to("privacy/who"),
    "mydata": _to("data/mine"),
    "export": _to("data/export"),
    "delete": _to("data/delete"),
    "help": _to("help/doors"),
}


OPERATORS: dict[str, Callable[[Scene, str], Move]] = {"admin": _to("admin/desk")}
"""Commands of those who run the bot; for everybody else there is no such command."""
OPERATORS_SCREENS = ("admin/", "bulletin/")


def command(name: str, scene: Scene) -> Callable[[Scene, str], Move] | None:
    """What a command does, None for one we do not have."""
    return COMMANDS.get(name) or (OPERATORS.get(name) if _is_operator(scene) else None)


def is_open_to(scene: Scene, screen: str) -> bool:
    """May the person see that screen? Buttons can be forged, and operators leave."""
    return not screen.startswith(OPERATORS_SCREENS) or _is_operator(scene)


def _is_operator(scene: Scene) -> bool:
    return scene.world.desk(scene.person.chat_id) is not None
