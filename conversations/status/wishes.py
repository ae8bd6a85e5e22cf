"""Wishes to be told once: offered where a form is not reachable or a code is missing, and taken back at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.forms import Service
from bot.domain.wishes import WishKind
from conversations.status import rules
from conversations.steps import N_, Choice
from conversations.wording import TELLING, is_in_doubt

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from conversations.effects import Wish
    from conversations.scene import Scene
    from conversations.steps import Choices

WISHED = "status/wished"
HELD = "wish"
"""The wish that is talked about, in the session: `answers.facebook.DE`."""
TELL = {
    WishKind.ANSWERS: N_("Tell me when it answers again"),
    WishKind.CODES: N_("Tell me when codes arrive"),
}
TELL_OF_ONE = {
    WishKind.ANSWERS: N_("{service}: tell me when it answers"),
    WishKind.CODES: N_("{service}: tell me when codes arrive"),
}
TELL_NO_MORE = {
    WishKind.ANSWERS: N_("{service}, {country}: no word when it answers"),
    WishKind.CODES: N_("{service}, {country}: no word of codes"),
    WishKind.CITED: N_("{service}, {country}: no word of corrections"),
}


def wished(kind: WishKind, service: Service, country: str) -> Callable[[Scene], Scene]:
    """The scene after that was wished, with the wish in hand."""

    def noted(scene: Scene) -> Scene:
        scene = scene.with_answer(HELD, f"{kind}.{service}.{country}")
        return scene.wishing(scene.wish(kind, service, country))

    return noted


def taken_back(kind: WishKind, service: Service, country: str) -> Callable[[Scene], Scene]:
    """The scene after that wish was taken back; an older form of the service counts too."""

    def noted(scene: Scene) -> Scene:
        scene = scene.with_answer(HELD, f"{kind}.{service}.{country}")
        for wish in waiting_for(scene, kind, service, country):
            scene = scene.without_wish(wish)
        return scene

    return noted


def waiting_for(scene: Scene, kind: WishKind, service: Service, country: str) -> list[Wish]:
    """What the person waits for of that service there."""
    return [
        wish
        for wish in scene.wishes
        if (wish.kind, wish.country) == (kind, country) and _service_of(scene, wish) is service
    ]


def _service_of(scene: Scene, wish: Wish) -> Service | None:
    form = scene.world.known_form(wish.form)
    return form.service if form else None


def held(scene: Scene) -> tuple[WishKind, Service, str]:
    """The wish in hand: kind, service, country."""
    kind, service, country = scene.answer(HELD).split(".")
    return WishKind(kind), Service(service), country


def held_values(scene: Scene) -> dict[str, Value]:
    """The wish in hand as small values."""
    kind, service, country = held(scene)
    return {"kind": kind.value, "service": service.value, "country": country, "waits": _is_waiting(scene)}


def _is_waiting(scene: Scene) -> bool:
    return bool(waiting_for(scene, *held(scene)))


def listed(scene: Scene) -> list[Value]:
    """All that the person waits for."""
    found = {(wish.country, service.value, wish.kind.value) for wish, service in _with_service(scene)}
    if rules.waits(scene):
        found.add(("", Service.NONE.value, WishKind.RULES.value))
    return [{"country": country, "service": service, "kind": kind} for country, service, kind in sorted(found)]


def _with_service(scene: Scene) -> list[tuple[Wish, Service]]:
    return [(wish, service) for wish in scene.wishes if (service := _service_of(scene, wish))]


def each_taken_back(scene: Scene) -> Choices:
    """A button for each wish that takes it back."""
    found = {(wish.kind, service, wish.country) for wish, service in _with_service(scene)}
    of_forms = tuple(
        Choice(
            f"{kind}.{service}.{country}",
            TELL_NO_MORE[kind],
            "status/wishes",
            taken_back(kind, service, country),
            names={"service": service.value, "country": country},
        )
        for kind, service, country in sorted(found, key=lambda each: (each[2], each[1], each[0]))
    )
    return (*of_forms, rules.NO_RULES)


def _offered(kind: WishKind, when: Callable[[Scene], bool]) -> Choice:
    """The wish about the form that is talked about, for who does not wait for it yet."""

    def is_new(scene: Scene) -> bool:
        there = scene.world.form(scene.service, scene.country)
        return bool(there) and not waiting_for(scene, kind, scene.service, scene.country)

    return Choice(
        kind.value,
        TELL[kind],
        WISHED,
        lambda scene: wished(kind, scene.service, scene.country)(scene),
        when=lambda scene: when(scene) and is_new(scene),
    )


TELL_AGAIN = _offered(WishKind.ANSWERS, is_in_doubt)
"""Where a form is unreachable, or something bad was seen of it."""
TELL_CODES = _offered(WishKind.CODES, lambda _scene: True)
"""Where a code is missing."""
DONT_TELL = Choice(
    "back", N_("Don't tell me"), "status/unwished", lambda scene: taken_back(*held(scene))(scene), when=_is_waiting
)
TELL_AFTER_ALL = Choice("again", N_("Tell me after all"), WISHED, lambda scene: wished(*held(scene))(scene))


def over(scene: Scene, choice_id: str) -> Choice | None:
    """Pressed when the form answered already: what is seen now says so."""
    return Choice(choice_id, TELL_AGAIN.label, "status/seen", _asking) if choice_id == TELL_AGAIN.id else None


def _asking(scene: Scene) -> Scene:
    return scene.with_answer("asked", scene.country)


def of_one(scene: Scene, service: Service, country: str) -> tuple[Choice, ...]:
    """What can be wished of one of several forms: that it answers, that its codes arrive."""
    found = scene.world.status(service, country)
    asked = scene.on_case(None).with_answer("country", country).with_answer("service", service.value)
    wanted = {WishKind.ANSWERS: is_in_doubt(asked), WishKind.CODES: found is not None and found.no_code >= TELLING}
    return tuple(
        Choice(f"{kind}.{service}", label, WISHED, wished(kind, service, country), names={"service": service.value})
        for kind, label in TELL_OF_ONE.items()
        if wanted[kind] and not waiting_for(scene, kind, service, country)
    )
