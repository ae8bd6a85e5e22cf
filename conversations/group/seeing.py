"""What was seen, in the few words that a group or a pop-up has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.forms import Service
from bot.domain.statuses import Condition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.deliveries import Value
    from conversations.world import World

SERVICES = (Service.FACEBOOK, Service.INSTAGRAM)
MOST = 6
"""Countries in one answer; for more there is the private chat."""
WORST_FIRST = (Condition.DOWN, Condition.UNSTABLE, Condition.CHECKING)


def seen(world: World, service: Service, country: str) -> dict[str, Value]:
    """What is concluded of one form: its condition, the look it rests on, since when."""
    found = world.status(service, country)
    return {
        "service": service.value,
        "country": country,
        "condition": (found.condition if found else Condition.UNSEEN).value,
        "at": found.as_of.isoformat() if found and found.as_of else None,
        "since": found.since.isoformat() if found and found.since else None,
        "networks": len(found.networks) if found else 0,
    }


def of_countries(world: World, countries: Iterable[str]) -> list[Value]:
    """The forms of these countries, a list a country."""
    served = [code for code in dict.fromkeys(countries) if world.country(code)][:MOST]
    found: list[Value] = []
    for code in served:
        looks: list[Value] = [seen(world, service, code) for service in SERVICES if world.form(service, code)]
        found.append({"country": code, "looks": looks})
    return found


def of_service(world: World, service: Service, countries: Iterable[str]) -> list[Value]:
    """One service's form in these countries, the worst first: a pop-up may have room for the first ones only."""
    looks = [seen(world, service, code) for code in countries if world.form(service, code)]
    rank = {condition.value: place for place, condition in enumerate(WORST_FIRST)}
    return [*sorted(looks, key=lambda look: rank.get(str(look["condition"]), len(rank)))]
