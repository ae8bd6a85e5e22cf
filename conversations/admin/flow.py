"""/admin: what operators see and order, in their private chats. Every button says itself what it is about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.hints import Pause
from bot.domain.orders import Confirm, EndPause, SetPause
from conversations.admin import closing, corrections, dossier, matters, pages, seeing
from conversations.admin.doors import ALL, DESK, OUTAGES
from conversations.admin.naming import desk_of
from conversations.admin.seeing import MOST
from conversations.steps import N_, Choice, Flow, Link, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices

FORMS = Choice("forms", N_("Forms to confirm"), "admin/forms")
PAUSES = Choice("pauses", N_("Planned pause"), "admin/pauses")
HOURS = {1: N_("1 hour"), 4: N_("4 hours"), 24: N_("24 hours")}
BULLETIN = Choice("bulletin", N_("Message to groups"), "bulletin/kind")
MENU = (ALL, OUTAGES, FORMS, PAUSES, pages.PAGES, BULLETIN, closing.CLOSING, DESK)


def _answers(**more: str) -> Callable[[Scene], Scene]:
    def given(scene: Scene) -> Scene:
        for key, value in more.items():
            scene = scene.with_answer(key, value)
        return scene

    return given


def _forms(scene: Scene) -> Choices:
    return (*(_form(each.form, each.country) for each in desk_of(scene).human[:MOST]), DESK)


def _form(form: str, country: str) -> Choice:
    names: dict[str, Value] = {"country": country, "form": form}
    return Choice(
        f"form.{form}.{country}", "{country}: {form}", "admin/form", _answers(form=form, place=country), names=names
    )


def _of_form(scene: Scene) -> Choices:
    form, country = scene.answer("form"), scene.answer("place")
    if not form:
        return (FORMS, DESK)
    open_it = Link(N_("Open the form"), lambda scene: _address(scene, form))
    return (open_it, _opened(form, country), _shut(form, country), FORMS, DESK)


def _address(scene: Scene, form: str) -> str | None:
    known = scene.world.known_form(form)
    return known.url if known else None


def _opened(form: str, country: str) -> Choice:
    do = _confirming(form, country, opened=True)
    return Choice(f"yes.{form}.{country}", N_("Opened it now, logged in"), "admin/noted", do)


def _shut(form: str, country: str) -> Choice:
    do = _confirming(form, country, opened=False)
    return Choice(f"no.{form}.{country}", N_("It does not open for me"), "admin/noted", do)


def _confirming(form: str, country: str, *, opened: bool) -> Callable[[Scene], Scene]:
    noted = _answers(about="", noted="opened" if opened else "shut")
    return lambda scene: noted(scene).doing(Confirm(form, country, opened))


def _pauses(scene: Scene) -> Choices:
    ends = (_end(number) for number in list(desk_of(scene).pauses)[:MOST])
    return (*(_pause(hours) for hours in HOURS), *ends, DESK)


def _pause(hours: int) -> Choice:
    def planned(scene: Scene) -> Scene:
        pause = Pause(form=None, country=None, since=scene.now, until=scene.now + timedelta(hours=hours))
        return _answers(about="", noted="paused")(scene).doing(SetPause(pause))

    return Choice(f"pause.{hours}", HOURS[hours], "admin/noted", planned)


def _end(number: int) -> Choice:
    def ended(scene: Scene) -> Scene:
        return _answers(about="", noted="ended")(scene).doing(EndPause(number))

    return Choice(f"end.{number}", N_("End pause {number}"), "admin/noted", ended, names={"number": number})


def _finds(scene: Scene, choice_id: str) -> Choice | None:
    verb, _, rest = choice_id.partition(".")
    form, _, country = rest.rpartition(".")
    if verb in FORM_VERBS and scene.world.known_form(form) and scene.world.country(country):
        return FORM_VERBS[verb](form, country)
    if verb == "pause" and rest.isdecimal() and int(rest) in HOURS:
        return _pause(int(rest))
    if verb == "end" and rest.isdecimal():
        return _end(int(rest))
    found = next((each for each in MENU if each.id == choice_id), None)
    return found or pages.finds(scene, choice_id) or dossier.finds(choice_id) or matters.finds(scene, choice_id)


FORM_VERBS = {"form": _form, "yes": _opened, "no": _shut}


def _step(
    name: str,
    choices: Choices | Callable[[Scene], Choices],
    values: Callable[[Scene], Mapping[str, Value]],
    columns: int = 1,
) -> Step:
    """A step whose buttons hold for ever: they are answered by the present state."""
    return Step(name, choices, values, lasting=True, of_all=True, finds=_finds, columns=columns)


ADMIN = Flow(
    "admin",
    (
        _step("desk", MENU, seeing.numbers, columns=2),
        _step("announcements", matters.listed, seeing.announcements),
        _step("announcement", matters.of_announcement, seeing.announcement, columns=2),
        _step("sure", matters.sure, seeing.announcement),
        _step("preview", matters.previews, seeing.preview, columns=2),
        _step("noted", matters.of_note, lambda scene: {"noted": scene.answer("noted")}),
        _step("outages", corrections.outages, seeing.outages),
        _step("outage", corrections.of_outage, seeing.outage, columns=2),
        _step("why", corrections.of_reasons, seeing.why),
        _step("correct", corrections.correcting, seeing.correcting),
        _step("check", corrections.checking, seeing.correcting),
        _step("mending", corrections.wordings, seeing.mending, columns=2),
        _step("forms", _forms, seeing.forms),
        _step("form", _of_form, seeing.form),
        _step("pauses", _pauses, seeing.pauses),
        _step("pages", pages.listed, pages.all_values),
        _step("page", pages.of_page, pages.values),
        *closing.STEPS,
        dossier.STEP,
    ),
)
