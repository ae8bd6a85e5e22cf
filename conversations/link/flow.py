"""A pasted address: judged by whose it is, in words; never opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.forms import Purpose, Service
from conversations.object.flow import SEE_FORM, route
from conversations.steps import N_, Choice, Flow, Link, question
from conversations.wording import about

if TYPE_CHECKING:
    from bot.domain.deliveries import Value
    from bot.domain.forms import Form
    from conversations.scene import Scene

OTHERS = {Purpose.THIRD_PARTY: "third_party", Purpose.PRIVACY_CONTACT: "contact", Purpose.GENERAL_OBJECTION: "general"}


def _way(scene: Scene) -> str:
    return route(scene) if scene.country else "start/hello"


def _form(scene: Scene) -> Form | None:
    return scene.world.known_form(scene.answer("form"))


def _newer(scene: Scene) -> Form | None:
    """The form to use instead of an older one, for the country that is talked about."""
    form = _form(scene)
    return scene.world.form(form.service, scene.country) if form and scene.country else None


def what_it_is(scene: Scene) -> str:
    """What an address of Meta's leads to: a page, a form of another kind, the form to use, an older one …"""
    form, country = _form(scene), scene.country
    if form is None:
        return "page"
    if form.purpose is not Purpose.OWN_DATA:
        return OTHERS[form.purpose]
    if not country:
        return "form"
    if (
        scene.service is not Service.NONE
        and (scene.case or scene.answer("service"))
        and form.service is not scene.service
    ):
        return "other_service"
    newer = _newer(scene)
    if newer and newer.id != form.id:
        return "older" if country in form.countries else "other_country"
    return "current" if newer else "other_country"


def _is_current(scene: Scene) -> bool:
    return bool(scene.country) and what_it_is(scene) in {"current", "older"}


def _current_address(scene: Scene) -> str | None:
    newer = _newer(scene)
    return newer.url if newer and what_it_is(scene) == "older" else None


def _told(scene: Scene) -> dict[str, Value]:
    form = _form(scene)
    return {
        **about(scene),
        "domain": scene.answer("domain"),
        "trait": scene.answer("trait"),
        "other": scene.answer("other"),
        "kind": what_it_is(scene),
        "of": form.service.value if form else "",
    }


SAFE_WAY = Choice("way", N_("The safe way"), _way)

LINK = Flow(
    "link",
    (
        question(
            "meta",
            Link(N_("The newer form ↗"), url=_current_address),
            replace(SEE_FORM, when=_is_current),
            Choice("dead", N_("It does not open"), "trouble/what", when=_is_current),
            SAFE_WAY,
            values=_told,
        ),
        question("redirect", SAFE_WAY, values=_told),
        question("foreign", SAFE_WAY, values=_told),
        question("unreadable", SAFE_WAY, values=_told),
    ),
)
