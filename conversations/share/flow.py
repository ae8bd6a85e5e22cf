"""Telling others: a link that carries country, service and language, never a person; a text to forward; a picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.domain.forms import Service
from conversations.steps import N_, Choice, Flow, Link, question

if TYPE_CHECKING:
    from bot.domain.cases import Case
    from bot.domain.deliveries import Value
    from conversations.scene import Scene

STARTABLE = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""Bot API, deep linking: what a start parameter may be."""
IN_LINKS = frozenset({Service.FACEBOOK, Service.INSTAGRAM})
"""The services that /start understands in a link."""


def payload(country: str, service: Service | None, language: str) -> str:
    """What a link carries, `de_facebook_de`. Without a country nothing: the first word must be one."""
    parts = [country.lower(), service.value if service in IN_LINKS else "", language]
    carried = "_".join(part for part in parts if part)
    return carried if country and STARTABLE.fullmatch(carried) else ""


def link(bot: str, carried: str) -> str:
    """The address that opens the bot; `bot` is its user name."""
    return f"https://t.me/{bot}?start={carried}" if carried else f"https://t.me/{bot}"


def can_share(scene: Scene) -> bool:
    """Does the bot know its own name yet?"""
    return bool(_bot(scene))


def _bot(scene: Scene) -> str:
    return str(scene.world.facts().get("bot") or "")


def _case(scene: Scene) -> Case | None:
    """The case whose country and service others may want too: the one in hand, or the only one."""
    cases = scene.person.cases
    case = scene.case or (cases[0] if len(cases) == 1 else None)
    return case if case and scene.world.country(case.country) else None


def _is_bare(scene: Scene) -> bool:
    return scene.answer("share") == "bare"


def _carried(scene: Scene) -> str:
    case = None if _is_bare(scene) else _case(scene)
    return payload(case.country, case.service, scene.person.language) if case else ""


def _values(scene: Scene) -> dict[str, Value]:
    case, carried = _case(scene), _carried(scene)
    return {
        "link": link(_bot(scene), carried),
        "country": case.country if case and carried else None,
        "service": case.service.value if case and carried and case.service in IN_LINKS else None,
        "language": scene.person.language if carried else None,
    }


def _bare(scene: Scene) -> Scene:
    return scene.with_answer("share", "bare")


def _full(scene: Scene) -> Scene:
    return scene.with_answer("share", "")


TELL_OTHERS = Choice("share", N_("Tell others"), "share/card", when=can_share)
COPY = Link(N_("Copy the link"), copy="share/link")
BACK_TO_CARD = Choice("card", N_("All right"), "share/card", when=can_share)

SHARE = Flow(
    "share",
    (
        question(
            "card",
            Choice("text", N_("Text to forward"), "share/text", when=can_share),
            Choice("picture", N_("Picture to print"), "share/picture", when=can_share),
            COPY,
            Choice("bare", N_("Without country and service"), "share/card", _bare, lambda s: bool(_carried(s))),
            Choice(
                "full", N_("With country and service"), "share/card", _full, lambda s: _is_bare(s) and bool(_case(s))
            ),
            values=_values,
        ),
        question("text", COPY, BACK_TO_CARD, values=_values, keeps=True),
        question(
            "picture",
            COPY,
            BACK_TO_CARD,
            values=lambda scene: {**_values(scene), "file": "picture"},
            keeps=True,
        ),
    ),
)
