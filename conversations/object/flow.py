"""The way to the form: where somebody is logged in decides the one route they are shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.cases import FactKind
from bot.domain.forms import Service
from bot.domain.reports import CODE_CAME, CODE_MISSING
from conversations.effects import LookNow
from conversations.object.reasons import form_language, reasons_for, ticked, toggled
from conversations.sent.flow import after_sent
from conversations.status.wishes import TELL_AGAIN, TELL_CODES, over
from conversations.steps import N_, Choice, Flow, Link, Step, question
from conversations.wording import APP, BROWSER, COMPUTER, about, form_address, is_down, menu, merged, title, with_seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices

SEE_FORM = Choice("form", N_("I see the form"), "object/form", lambda scene: scene.with_fact(FactKind.OPENED))
SENT = Choice("sent", N_("It is sent"), after_sent, lambda scene: scene.with_fact(FactKind.SENT, "form"))
"""The day is today; the next screen lets it be changed."""
HAVE_MAIL = Choice("mail", N_("I have Meta's e-mail"), "object/mail")
TROUBLE = Choice("trouble", N_("Something is wrong"), "trouble/what")
LATER = Choice("later", N_("Later"), "object/later", lambda scene: scene.begun())
WRITE = Choice("write", N_("Write to Meta"), "write/what", lambda scene: scene.begun())
OUTAGE = (TELL_AGAIN, replace(WRITE, when=is_down))
"""What helps somebody who meets a known outage on the way to the form."""
GO_ON = Choice("on", N_("Go on"), lambda scene: route(scene))


def at(place: str) -> Callable[[Scene], Scene]:
    """The case begun, at the place where the person is logged in."""

    def noted(scene: Scene) -> Scene:
        scene = scene.with_answer("place", place).begun().doing(LookNow(scene.country))
        return scene.with_case(replace(scene.case, place=place)) if scene.case else scene

    return noted


def route(scene: Scene) -> str:
    """The route that fits where the person is logged in; without an account there is only one."""
    if scene.service is Service.NONE:
        return "third/what"
    case = scene.case
    place = (case.place if case else "") or scene.answer("place")
    return f"object/{place}" if place in {APP, BROWSER, COMPUTER} else "object/where"


def _place(scene: Scene) -> str:
    return (scene.case.place if scene.case else "") or scene.answer("place") or APP


def _route(place: str) -> Callable[[Scene], dict[str, Value]]:
    def values(scene: Scene) -> dict[str, Value]:
        return merged(with_seen(scene), menu(scene, place, 1), {"url": form_address(scene), "switch": _switch(scene)})

    return values


def _switch(scene: Scene) -> Value:
    """With several objections for one service: which one this is, for the form knows only who is logged in."""
    case, cases = scene.case, scene.person.cases
    if not case or sum(each.service is case.service for each in cases) < 2:  # noqa: PLR2004  # several
        return None
    return {"case": title(case), "service": case.service.value}


def reasons(scene: Scene) -> Choices:
    """The ticks, then the way on."""
    code = Choice("code", N_("It wants a code"), "object/code")
    copies = [Link(N_("Copy the sentence"), copy="object/sentence_text")]
    if language := form_language(scene):
        label = N_("Copy it in {tongue}")
        copies.append(Link(label, copy="object/sentence_form", names={"tongue": language}))
    return (*reasons_for(scene), *copies, SENT, code)


def _code_came(scene: Scene) -> Scene:
    return scene.reporting(CODE_CAME)


ASKS = (
    SEE_FORM,
    Choice("lost", N_("I can't find it"), "object/second"),
    HAVE_MAIL,
    Choice("late", N_("Is it too late?"), "object/late"),
    TROUBLE,
    LATER,
)
OPEN_FORM = Link(N_("Open the form ↗"), url=form_address)
COPY_ADDRESS = Link(N_("Copy the address"), copy="object/address")

OBJECT = Flow(
    "object",
    (
        question(
            "where",
            Choice("app", N_("In the app on this phone"), "object/app", at(APP)),
            Choice("browser", N_("In a browser on this phone"), "object/browser", at(BROWSER)),
            Choice("computer", N_("On a computer"), "object/computer", at(COMPUTER)),
            Choice("nowhere", N_("Nowhere, I can't log in"), "object/nowhere"),
            values=about,
        ),
        Step("app", (*OUTAGE, *ASKS), _route(APP), finds=over),
        Step("browser", (*OUTAGE, OPEN_FORM, COPY_ADDRESS, *ASKS), _route(BROWSER), finds=over),
        Step("computer", (*OUTAGE, COPY_ADDRESS, *ASKS), _route(COMPUTER), finds=over),
        question("nowhere", WRITE, Choice("app", N_("I can use the app"), "object/app", at(APP)), LATER, values=about),
        question("late", GO_ON, values=about),
        question(
            "second",
            SEE_FORM,
            Choice("lost", N_("Not there either"), "object/lost"),
            HAVE_MAIL,
            values=lambda scene: merged(about(scene), menu(scene, _place(scene), 2)),
        ),
        question(
            "lost",
            TELL_AGAIN,
            OPEN_FORM,
            COPY_ADDRESS,
            SEE_FORM,
            HAVE_MAIL,
            WRITE,
            LATER,
            values=lambda scene: merged(about(scene), {"url": form_address(scene)}),
            finds=over,
        ),
        question("mail", SEE_FORM, Choice("dead", N_("It does not open"), "trouble/what"), values=about),
        question(
            "form",
            SENT,
            Choice("code", N_("It wants a code"), "object/code"),
            Choice("sentence", N_("A sentence to send"), "object/sentence"),
            TROUBLE,
            values=about,
        ),
        Step("sentence", reasons, ticked, finds=toggled, columns=2),
        question(
            "code",
            replace(SENT, do=lambda scene: _code_came(SENT.do(scene))),
            Choice("missing", N_("The code does not come"), "object/missing"),
            Choice("refused", N_("The code was refused"), "object/refused"),
            TROUBLE,
            values=about,
        ),
        question("refused", SENT, Choice("missing", N_("No new code comes"), "object/missing")),
        question(
            "missing",
            Choice("came", N_("It came"), "object/code", _code_came),
            Choice(
                "none",
                N_("Still none"),
                "object/nocode",
                lambda scene: scene.with_fact(FactKind.CODE_MISSING).reporting(CODE_MISSING),
            ),
            values=about,
        ),
        question(
            "nocode",
            WRITE,
            TELL_CODES,
            Choice("tomorrow", N_("Ask me tomorrow"), "object/later"),
            Choice("came", N_("It came after all"), "object/code", _code_came),
            values=lambda scene: merged(with_seen(scene), {"now": scene.now.isoformat()}),
            keeps=True,
        ),
        question("later", GO_ON, Choice("sent", N_("I sent it meanwhile"), "sent/when"), values=about, keeps=True),
    ),
)
