"""Watched pages: what was read of them, and what operators say a change means. `<verb>.<page>.<change>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.orders import RulePage
from bot.domain.watched_pages import Ruling
from conversations.admin.doors import DESK
from conversations.admin.naming import desk_of
from conversations.steps import N_, Choice, Link

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.domain.deliveries import Value
    from bot.domain.desk import PageMatter
    from conversations.scene import Scene
    from conversations.steps import Choices

PAGES = Choice("pages", N_("Meta's pages"), "admin/pages")
VERBS = {
    "nobody": (N_("Nobody must act"), Ruling.NOBODY),
    "people": (N_("People must act"), Ruling.PEOPLE),
    "later": (N_("Not yet"), Ruling.OPEN),
}


def _ruling(verb: str, page: str, change: int) -> Choice:
    label, ruling = VERBS[verb]

    def ruled(scene: Scene) -> Scene:
        matter = desk_of(scene).page(page)
        scene = scene.with_answer("page", page).with_answer("about", "")
        if matter is None or not _waits(matter) or matter.state.changes != change:
            return scene.with_answer("noted", "late")
        return scene.with_answer("noted", f"page_{verb}").doing(RulePage(page, change, ruling))

    return Choice(f"{verb}.{page}.{change}", label, "admin/noted", ruled)


def _shown(page: str, url: str = "") -> Choice:
    return Choice(f"page.{page}", "{url}", "admin/page", _about(page), names={"url": url.removeprefix("https://")})


def _about(page: str) -> Callable[[Scene], Scene]:
    return lambda scene: scene.with_answer("page", page)


def _waits(matter: PageMatter) -> bool:
    return matter.state.ruling is Ruling.OPEN


def listed(scene: Scene) -> Choices:
    """A button for each page."""
    return (*(_shown(page, each.url) for page, each in desk_of(scene).pages.items()), DESK)


def of_page(scene: Scene) -> Choices:
    """What can be said of a page's change."""
    page = scene.answer("page")
    matter = desk_of(scene).page(page)
    if matter is None:
        return (PAGES, DESK)
    open_it = Link(N_("Open the page"), lambda _scene: matter.url)
    verbs = VERBS if _waits(matter) else ()
    return (open_it, *(_ruling(verb, page, matter.state.changes) for verb in verbs), PAGES, DESK)


def values(scene: Scene) -> dict[str, Value]:
    """The page that is talked about."""
    matter = desk_of(scene).page(scene.answer("page"))
    return {"known": True, **_values(matter)} if matter else {"known": False}


def all_values(scene: Scene) -> dict[str, Value]:
    """All pages."""
    return {"pages": [_values(each) for each in desk_of(scene).pages.values()]}


def _values(matter: PageMatter) -> dict[str, Value]:
    state = matter.state
    return {
        "url": matter.url,
        "read": _moment(state.read_at),
        "since": _moment(state.since),
        "never": state.never_read,
        "changes": state.changes,
        "ruling": state.ruling.value,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def finds(scene: Scene, choice_id: str) -> Choice | None:
    """The button that carries a page of ours."""
    verb, _, rest = choice_id.partition(".")
    if verb == "page" and (matter := desk_of(scene).page(rest)):
        return _shown(rest, matter.url)
    page, _, change = rest.partition(".")
    if verb in VERBS and desk_of(scene).page(page) and change.isdecimal():
        return _ruling(verb, page, int(change))
    return None
