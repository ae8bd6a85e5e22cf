"""The draft that an operator has in hand, what it would become, and whom it would reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.bulletins import Draft, correcting, fresh
from bot.domain.forms import Service
from conversations.admin.naming import desk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.bulletins import Bulletin, BulletinKind
    from bot.domain.desk import Matter
    from bot.domain.forms import Form
    from conversations.scene import Scene


def draft_of(scene: Scene) -> Draft | None:
    """The draft in hand, None if there is none (any more)."""
    return fresh(scene.person.draft, scene.now)


def begun(scene: Scene, kind: BulletinKind) -> Scene:
    """The scene with a draft of that kind; one that is there goes on."""
    draft = draft_of(scene)
    return (
        scene
        if draft and draft.kind is kind and not draft.corrects
        else scene.with_person(draft=Draft(kind, scene.now))
    )


def corrected(scene: Scene) -> Matter | None:
    """What the draft in hand corrects; None for a new message."""
    draft = draft_of(scene)
    return desk_of(scene).matter(draft.corrects) if draft and draft.corrects else None


def correction_begun(scene: Scene, number: int) -> Scene:
    """The scene with a draft that corrects that bulletin; one that is there stays."""
    matter = desk_of(scene).matter(number)
    if draft_of(scene) or matter is None or matter.announcement.bulletin is None:
        return scene
    return scene.with_person(draft=correcting(number, matter.announcement.bulletin, scene.now))


def answering(kinds: frozenset[BulletinKind], answer: Callable[[Draft], Draft]) -> Callable[[Scene], Scene]:
    """What a button does: it answers the draft if that is of one of these kinds, whatever it was when it was shown."""

    def answered(scene: Scene) -> Scene:
        draft = draft_of(scene)
        return scene.with_person(draft=answer(draft)) if draft and draft.kind in kinds else scene

    return answered


def next_screen(scene: Scene) -> str:
    """The next question of the draft."""
    draft = draft_of(scene)
    return f"bulletin/{draft.question(spoken(scene))}" if draft else "bulletin/kind"


def spoken(scene: Scene) -> list[str]:
    """The languages of the running groups, the most spoken first."""
    counts = groups_of(scene)
    return sorted(counts, key=lambda language: (-counts[language], language))


def groups_of(scene: Scene) -> dict[str, int]:
    """How many groups are running, by language."""
    counts: dict[str, int] = {}
    for (language, _), count in desk_of(scene).audience.items():
        counts[language] = counts.get(language, 0) + count
    return counts


def forms_of(scene: Scene) -> dict[str, Form]:
    """The forms that running groups want to hear of, by their ids: of each country the one that people are led to."""
    countries = sorted(frozenset[str]().union(*(wants for _, wants in desk_of(scene).audience)))
    found = (scene.world.form(service, country) for service in Service for country in countries)
    return {form.id: form for form in found if form}


def drawn_up(scene: Scene, draft: Draft) -> Bulletin:
    """What would be sent now. A form concerns the countries in which people are led to it."""
    form = scene.world.known_form(draft.form)
    countries: tuple[str, ...] = (draft.country,) if draft.country else ()
    if form and not countries:
        countries = tuple(sorted(each for each in form.countries if _leads_to(scene, form, each)))
    return draft.drawn_up(scene.now, service=form.service if form else None, countries=countries)


def _leads_to(scene: Scene, form: Form, country: str) -> bool:
    led = scene.world.form(form.service, country)
    return led is not None and led.id == form.id
