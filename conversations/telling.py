"""What somebody wished to be told, as a message in its lane, and when it may be sent. Who tells it takes out the wish.

The person is not changed: what they were about goes on, and the buttons of the message are valid for ever.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.deliveries import Lane
from bot.domain.reminders import after_quiet
from conversations.engine import show
from conversations.status.notices import case_about

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.deliveries import Saying, Value
    from bot.domain.forms import Service
    from conversations.scene import Scene

AGAIN, CODES, CORRECTED = "status/again", "status/codes", "status/corrected"
PAGE_NOBODY, PAGE_PEOPLE = "status/page_nobody", "status/page_people"


def notice(  # noqa: PLR0913  # what is told, of what, and the outage's two times
    scene: Scene,
    screen: str,
    service: Service,
    country: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Saying:
    """What is said to the scene's person. `since` and `until` are the outage's times in UTC."""
    case = case_about(scene, service, country)
    values: dict[str, Value] = {
        "service": service.value,
        "country": country,
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
    }
    scene = replace(scene.without_answers().on_case(case.number if case else None), values=values)
    [saying] = show(scene, screen, lane=Lane.NOTICE).sayings
    return saying


def page_notice(scene: Scene, screen: str, url: str, since: datetime | None) -> Saying:
    """What is said of a watched page that changed; `since` is when its words were first read, in UTC."""
    values: dict[str, Value] = {"url": url, "since": since.isoformat() if since else None}
    [saying] = show(replace(scene.without_answers(), values=values), screen, lane=Lane.NOTICE).sayings
    return saying


def due_at(scene: Scene) -> datetime:
    """When it may be sent, in UTC: now, or when the person's own quiet hours end."""
    return after_quiet(scene.now, scene.person.zone, scene.person.quiet)
