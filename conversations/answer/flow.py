"""Meta answered: what it comes down to, and what is useful today."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.answers import AnswerKind, HowSure
from bot.domain.case_dates import IDENTITY
from bot.domain.cases import FactKind
from bot.domain.forms import Service
from bot.domain.stages import Stage
from conversations.answer.came import ANOTHER_DAY, WHEN, dated
from conversations.days import day_question
from conversations.object.flow import route
from conversations.start.flow import heard_country
from conversations.steps import N_, Choice, Flow, Step, question
from conversations.wording import PARTS, about, company_law_country, lacking, merged, with_due
from conversations.write.complaints import COMPLAIN, complain_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot.domain.answers import Reading
    from bot.domain.deliveries import Value
    from conversations.scene import Scene
    from conversations.steps import Choices, Move


def _noted(kind: FactKind) -> Callable[[Scene], Scene]:
    return lambda scene: scene.with_fact(kind)


def _which(form: str) -> Callable[[Scene], Scene]:
    return lambda scene: scene.with_fact(FactKind.NO_FURTHER_ACTION, form)


def _answer(key: str, label: str, kind: FactKind) -> Choice:
    return Choice(key, label, f"answer/{key}", _noted(kind))


ANSWER_META = Choice("write", N_("Answer Meta"), "write/what")
SHOW_WAY = Choice("route", N_("Show me the right form"), route)
REACHED = (
    Choice(
        "code", N_("Yes, the code never came"), "answer/unsent", lambda scene: scene.with_fact(FactKind.CODE_MISSING)
    ),
    Choice("sent", N_("Yes, it is sent"), "sent/when"),
    Choice("no", N_("No"), route),
)


def told_on(scene: Scene, day: date) -> Scene:
    """More time was asked for on that day; it counts only within the first month (Art. 12(3) GDPR)."""
    case = scene.case
    in_time = case is not None and scene.world.may_extend(case, day, scene.person.residence)
    if not in_time:
        return scene.with_answer("extended", "no")
    return scene.with_fact(FactKind.EXTENDED, day=day).with_answer("extended", "yes")


def _is_overdue(scene: Scene) -> bool:
    return scene.case is not None and scene.stage(scene.case) is Stage.OVERDUE


def _needs_sent(scene: Scene) -> str:
    """Without a dispatch there is no month that could be extended."""
    return "answer/told" if scene.due else "answer/unsent_time"


def _detailed(kind: FactKind, note: str) -> Callable[[Scene], Scene]:
    """What Meta wrote, told more precisely."""
    return lambda scene: scene.with_case(scene.case.with_note(kind, note)) if scene.case else scene


def _lacks(scene: Scene) -> Choices:
    """What the law asks of a refusal, each to be ticked where it is missing."""
    missing = lacking(scene.case)
    return (
        *(_part(part, missing) for part in _parts(scene)),
        Choice("done", N_("That is all"), "answer/lacking"),
    )


def _part(part: str, missing: tuple[str, ...]) -> Choice:
    after = "_".join(each for each in PARTS if (each in missing) is not (each == part))
    label = "✓ {part}" if part in missing else "{part}"
    return Choice(part, label, "answer/lacks", _detailed(FactKind.REFUSED, after), names={"part": part})


def _parts(scene: Scene) -> tuple[str, ...]:
    law = scene.world.law(company_law_country(scene))
    return law.refusal if law else ()


def _refusal(scene: Scene) -> dict[str, Value]:
    """What a refusal must carry by the law, and what the person says is missing."""
    return merged(with_due(scene), {"lacking": list(lacking(scene.case))})


def _has_parts(scene: Scene) -> bool:
    return len(_parts(scene)) > 1


def gave_on(scene: Scene, day: date) -> Scene:
    """Meta has the answer who the person is: its time runs on, or begins anew."""
    return scene.with_fact(FactKind.IDENTITY_GIVEN, day=day)


def _identity(scene: Scene) -> dict[str, Value]:
    law = scene.world.law(company_law_country(scene))
    rule = law.identity.value if law else "none"
    return merged(with_due(scene), {"rule": rule, "article": law.articles.get("identity") if law else None})


def _no_action(scene: Scene) -> str:
    """Without an account the third-party form is the right one, and there is no other."""
    return "answer/alone" if scene.service is Service.NONE else "answer/noaction"


def _region(scene: Scene) -> Choices:
    names = {"country": scene.country}
    return (
        Choice("own", "{country}", "answer/region_own", _noted(FactKind.NOT_IN_REGION), names=names),
        Choice("other", N_("Another country"), "answer/region_other"),
        Choice("unseen", N_("I can't see it"), "answer/region_own", _noted(FactKind.NOT_IN_REGION)),
    )


WHAT = (
    Choice("accepted", N_("Accepted"), "sent/how"),
    _answer("refused", N_("Refused"), FactKind.REFUSED),
    Choice("noaction", N_("“Cannot take further action”"), _no_action),
    _answer("proof", N_("Wants proof"), FactKind.WANTS_PROOF),
    _answer("wrong", N_("Wrong form"), FactKind.WRONG_FORM),
    Choice("region", N_("Not in my region"), "answer/region"),
    Choice("time", N_("Needs more time"), _needs_sent),
    Choice("unclear", N_("I don't understand it"), "answer/unclear"),
)
READS_AS = {
    AnswerKind.ACCEPTED: "accepted",
    AnswerKind.REFUSED: "refused",
    AnswerKind.NO_FURTHER_ACTION: "noaction",
    AnswerKind.WANTS_PROOF: "proof",
    AnswerKind.WRONG_FORM: "wrong",
    AnswerKind.NOT_IN_REGION: "region",
    AnswerKind.MORE_TIME: "time",
}
"""What a reading pre-selects. The person confirms it: promise 4."""
READ_SCREENS = frozenset({"answer/read", "answer/received", "answer/code"})
"""Screens that follow a pasted text; the text is removed from the chat."""


def read(scene: Scene, reading: Reading) -> Move:
    """On from what a pasted text was read as."""
    scene = scene.with_answer("read", reading.kind.value).with_answer("sure", reading.sureness.value)
    if reading.kind in READS_AS and reading.sureness is not HowSure.UNSURE:
        return scene, "answer/read"
    others = {AnswerKind.RECEIVED: "answer/received", AnswerKind.CODE: "answer/code"}
    aside = "text_gone" if reading.kind in others else "text_removed"
    return replace(scene, aside=aside), others.get(reading.kind, "answer/what")


def read_first(scene: Scene, reading: Reading) -> Move:
    """A stranger's pasted answer: what it was read as waits until service and country are known; the text is gone."""
    scene, onward = read(scene, reading)
    return replace(scene.with_answer("onward", onward), aside="text_read"), "start/hello"


def read_which(scene: Scene, reading: Reading | None) -> Move:
    """Which of several objections a pasted text is about, the person alone knows; what it was read as waits."""
    scene, onward = read(scene, reading) if reading else (scene, "answer/what")
    aside = "text_read_which" if reading else "text_removed_which"
    return replace(scene.with_answer("onward", onward), aside=aside), "cases/which"


def _heard_answer(scene: Scene) -> Move | None:
    reading = scene.heard.answer if scene.heard else None
    return read(scene, reading) if reading else None


def _confirming(scene: Scene) -> Choices:
    selected = next((each for each in WHAT if READS_AS.get(AnswerKind(scene.answer("read"))) == each.id), WHAT[-1])
    return (
        replace(selected, label=N_("Yes, that is it")),
        Choice("other", N_("No, something else"), "answer/what"),
        Choice("which", N_("It is another objection"), "cases/which", _waiting, when=_has_several),
    )


def _has_several(scene: Scene) -> bool:
    return scene.case is not None and len(scene.person.cases) > 1


def _waiting(scene: Scene) -> Scene:
    return replace(scene.with_answer("onward", "answer/read"), aside="which")


def _was_read(scene: Scene) -> dict[str, Value]:
    return merged(about(scene), {"read": scene.answer("read"), "sure": scene.answer("sure") == HowSure.SURE.value})


ANSWER = Flow(
    "answer",
    (
        Step("what", WHAT, about, _heard_answer, columns=2),
        Step("read", _confirming, _was_read, _heard_answer),
        question(
            "received",
            Choice("fine", N_("All right"), "back/standing"),
            Choice("other", N_("No, something else"), "answer/what"),
            values=with_due,
        ),
        question("code", Choice("form", N_("Back to the form"), "object/code"), values=about),
        question(
            "refused",
            ANSWER_META,
            COMPLAIN,
            Choice("lacks", N_("Something is missing in it"), "answer/lacks", when=_has_parts),
            ANOTHER_DAY,
            values=dated(_refusal),
            keeps=True,
        ),
        Step("lacks", _lacks, _refusal),
        question("lacking", ANSWER_META, COMPLAIN, values=_refusal, keeps=True),
        question(
            "alone",
            Choice("write", N_("Answer Meta"), "write/what", _noted(FactKind.NO_FURTHER_ACTION)),
            Choice("complain", N_("Complain"), complain_at, _noted(FactKind.NO_FURTHER_ACTION)),
            values=with_due,
            keeps=True,
        ),
        question(
            "noaction",
            Choice("prompts", N_("It wanted a screenshot of an AI answer"), "answer/third", _which("third_party")),
            Choice("own", N_("I was logged in, my e-mail was filled in"), "answer/own", _which("own")),
            Choice("mail", N_("I wrote an e-mail"), "answer/own", _which("mail")),
            Choice("unknown", N_("I don't know"), "answer/title"),
            values=about,
        ),
        question(
            "title",
            Choice("own", N_("“Object to your information being used …”"), "answer/own", _which("own")),
            Choice("third", N_("“Data subject rights for third-party …”"), "answer/third", _which("third_party")),
            Choice("neither", N_("Neither"), "answer/own", _which("unknown")),
            values=about,
        ),
        question("third", *REACHED, values=about),
        question("own", ANSWER_META, COMPLAIN, SHOW_WAY, ANOTHER_DAY, values=dated(with_due), keeps=True),
        question(
            "unsent",
            SHOW_WAY,
            Choice("write", N_("Write to Meta"), "write/what"),
            Choice("several", N_("I have several accounts"), "accounts/count"),
            values=about,
        ),
        question("unsent_time", Choice("sent", N_("It is sent"), "sent/when"), SHOW_WAY, values=about),
        question(
            "proof",
            Choice("identity", N_("It asks who I am"), "answer/identity", _detailed(FactKind.WANTS_PROOF, IDENTITY)),
            ANSWER_META,
            SHOW_WAY,
            COMPLAIN,
            ANOTHER_DAY,
            values=dated(with_due),
            keeps=True,
        ),
        question(
            "identity",
            Choice("gave", N_("I have answered it"), "answer/gave"),
            Choice("write", N_("Ask back why it doubts"), "write/what"),
            Choice("later", N_("Later"), "nudge/snoozed", lambda scene: scene.snoozed(7)),
            values=_identity,
            keeps=True,
        ),
        day_question("gave", gave_on, "answer/runs"),
        question(
            "runs",
            Choice("fine", N_("All right"), "sent/fine"),
            Choice("write", N_("Tell Meta in writing"), "write/what"),
            values=_identity,
            keeps=True,
        ),
        question("wrong", SHOW_WAY, Choice("write", N_("Write to Meta"), "write/what"), values=about, keeps=True),
        Step("region", _region, about),
        question("region_own", ANSWER_META, SHOW_WAY, COMPLAIN, ANOTHER_DAY, values=dated(with_due), keeps=True),
        WHEN,
        Step("region_other", (), about, heard_country),
        day_question("told", told_on, "answer/extended", values=with_due),
        question(
            "extended",
            Choice("write", N_("Remind Meta"), "write/what", when=_is_overdue),
            Choice("fine", N_("All right"), "sent/fine"),
            values=lambda scene: merged(with_due(scene), {"moved": scene.answer("extended") == "yes"}),
            keeps=True,
        ),
        question(
            "unclear",
            Choice("accepted", N_("Accepted"), "sent/how"),
            _answer("refused", N_("Refused"), FactKind.REFUSED),
            Choice("noaction", N_("“Cannot take further action”"), _no_action),
            _answer("proof", N_("Wants proof"), FactKind.WANTS_PROOF),
            Choice("receipt", N_("It only says it was received"), "answer/received"),
            values=about,
            columns=2,
        ),
    ),
)
