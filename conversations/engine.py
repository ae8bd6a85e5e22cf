"""How a conversation goes on: (scene, event) → turn. Pure; every way to a screen goes through `show`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.bulletins import fresh
from bot.domain.deliveries import Kind, Lane, Saying
from bot.domain.people import taken_over
from conversations import buttons, registry
from conversations.answer.flow import READ_SCREENS, read, read_first, read_which
from conversations.counter.flow import invited
from conversations.effects import AnswerPress, Effect, ReadFile
from conversations.events import (
    Attachment,
    Command,
    Filled,
    Found,
    GroupNews,
    Invited,
    Membership,
    Press,
    Shared,
    Taken,
    Text,
    Unreadable,
)
from conversations.group.flow import CHOOSE, shared
from conversations.group.hand import moved_along
from conversations.group.news import UNASKED, in_hand
from conversations.leading import WISHES
from conversations.questions.flow import asked
from conversations.start.flow import told_country
from conversations.steps import N_, Ask, Choice, Link
from conversations.typed import typed_choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.deliveries import Value
    from bot.domain.people import Person
    from conversations.events import Happening, Meaning
    from conversations.pasted import Link as PastedLink
    from conversations.scene import Scene
    from conversations.steps import Move, Step

TRAIL = 12
"""Screens that the way back remembers."""
AWAY = timedelta(days=1)
"""Who was away that long is first told where things stand."""
BACK, CASES = "_back", "_cases"
GREETING_SCREENS = frozenset({"start/hello", "start/linked"})
"""They greet by themselves."""
UNFILLED = "paper/unfilled"
LINK_SCREENS = {"meta": "link/meta", "meta_redirect": "link/redirect", "foreign": "link/foreign"}


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes of an event. The sayings go to the outbox in this order; the effects are done after the commit."""

    person: Person
    sayings: tuple[Saying, ...] = ()
    effects: tuple[Effect, ...] = ()


def advance(scene: Scene, happening: Happening) -> Turn:
    """The turn that follows from what happened."""
    match happening:
        case Press():
            turn = _pressed(scene.doing(AnswerPress(happening.callback_id)), happening)
        case Command():
            turn = _commanded(scene, happening)
        case Text():
            turn = _heard(scene, happening)
        case Attachment():
            turn = _attached(scene, happening)
        case Found() | Unreadable() | Taken():
            turn = _filed(scene, happening)
        case Filled():
            turn = _removing(show(scene, "paper/filled" if happening.sent else "paper/unfilled"), happening.message_id)
        case Shared() | Invited():
            is_joining = isinstance(happening, Invited)
            turn = show(*(invited(scene.without_answers()) if is_joining else shared(scene, happening.group)))
        case GroupNews():
            return _told_of_group(scene, happening)
        case Membership():
            return Turn(replace(scene.person, blocked=happening.blocked))
        case _:  # Nudged: what the clock brings is decided in conversations.nudging
            return Turn(scene.person)
    turn = _without_keyboard(turn) if scene.person.session.screen == CHOOSE else turn
    draft = fresh(turn.person.draft, scene.now)
    return replace(turn, person=replace(turn.person, seen=scene.today, blocked=False, draft=draft))


def _filed(scene: Scene, happening: Found | Unreadable | Taken) -> Turn:
    """A document was read: what to do with it, or what was done."""
    match happening:
        case Found(cases, file_id):
            return show(scene.with_answer("file", file_id).with_answer("cases", str(cases)), "data/found")
        case Unreadable():
            return show(scene, "data/unreadable")
        case Taken(given):
            scene = replace(scene, person=taken_over(scene.person, given))
            return show(scene.without_answers(), "data/taken")


def _without_keyboard(turn: Turn) -> Turn:
    """The turn with the keyboard below the chat taken away, unless it is still needed."""
    if turn.person.session.screen == CHOOSE:
        return turn
    return replace(turn, sayings=(Saying("group/chosen", kind=Kind.CLEAR), *turn.sayings))


def _told_of_group(scene: Scene, news: GroupNews) -> Turn:
    """What a group's admin hears. Unasked news change nothing of what the person was about."""
    if news.kind == "moved" and news.moved_to is not None:
        return Turn(moved_along(scene, news.group, news.moved_to).person)
    shown, screen = in_hand(scene, news)
    if not screen:
        return Turn(scene.person)
    if news.kind in UNASKED:
        return replace(show(shown, screen, lane=Lane.NOTICE), person=scene.person)
    turn = show(shown, screen)
    return _without_keyboard(turn) if scene.person.session.screen == CHOOSE else turn


def show(
    scene: Scene, screen: str, *, edit: int | None = None, on_trail: bool = True, lane: Lane = Lane.ANSWER
) -> Turn:
    """The turn that shows a screen: a new revision, so that older buttons are old."""
    before = scene.person.session
    trail = before.trail
    if on_trail and before.screen and before.screen != screen:
        trail = (*trail, before.screen)[-TRAIL:]
    session = replace(before, screen=screen, revision=before.revision + 1, trail=trail)
    scene = scene.with_person(session=session)
    step = registry.step(screen)
    saying = Saying(
        screen,
        lane=lane,
        values={**step.values(scene), **scene.values},
        buttons=_rows(step, scene, lasting=step.lasting),
        aside=scene.aside,
        message_id=edit,
        ends=screen == registry.GOODBYE,
    )
    return Turn(scene.person, (saying,), scene.effects)


def _rows(step: Step, scene: Scene, *, lasting: bool) -> tuple[tuple[Mapping[str, Value], ...], ...]:
    session = scene.person.session

    def button(choice_id: str, label: str, names: Mapping[str, Value]) -> dict[str, Value]:
        data = buttons.Button(session.screen, choice_id, session.case, session.revision).encode()
        return {"label": label, "names": dict(names), "data": data}

    def row(each: Choice | Link | Ask) -> dict[str, Value] | None:
        if isinstance(each, Choice):
            return button(each.id, each.label, each.names)
        if isinstance(each, Ask):
            return {"label": each.label, "names": {}, "asks": each.what}
        url = each.url(scene) if each.url else None
        return (
            {"label": each.label, "names": dict(each.names), "url": url, "copy": each.copy}
            if url or each.copy
            else None
        )

    cells = [cell for each in step.choices_in(scene) if (cell := row(each))]
    rows = [tuple(cells[start : start + step.columns]) for start in range(0, len(cells), step.columns)]
    if step.way_back:
        back = [button(BACK, N_("‹ Back"), {})] if session.trail and not lasting else []
        rows.append((*back, button(CASES, N_("My cases"), {})))
    return tuple(rows)


def _pressed(scene: Scene, press: Press) -> Turn:
    button = buttons.decode(press.data)
    step = registry.find(button.screen) if button else None
    if not button or not step or not registry.is_open_to(scene, button.screen):
        return standing(replace(scene, aside="old_button"))
    session = scene.person.session
    current = (button.screen, button.revision) == (session.screen, session.revision)
    if not current and not (step.lasting and (step.of_all or scene.person.case(button.case))):
        return _aged(replace(scene, aside="old_button"), button.screen)
    edit = None if step.keeps else press.message_id
    if button.choice == CASES:
        return show(scene, "cases/list", edit=edit)
    if button.choice == BACK:
        return _back(scene, edit)
    return _choose(_in_hand(scene, step, button, current=current), step, button.choice, edit)


def _aged(scene: Scene, screen: str) -> Turn:
    """Who pressed what was about a group is asked which group, not sent to an objection of their own."""
    if screen.startswith("group/") and scene.person.groups:
        return show(replace(scene.without_answers(), values={}), "group/hello")
    return standing(scene)


def _in_hand(scene: Scene, step: Step, button: buttons.Button, *, current: bool) -> Scene:
    """A lasting button of an older message brings its own case, and no way back to what was asked then."""
    if current or not step.lasting:
        return scene
    session = replace(scene.person.session, case=button.case, screen="", trail=(), answers={})
    return scene.with_person(session=session)


def _choose(scene: Scene, step: Step, choice_id: str, edit: int | None) -> Turn:
    choices = (each for each in step.choices_in(scene) if isinstance(each, Choice) and each.id == choice_id)
    choice = next(choices, None) or (step.finds(scene, choice_id) if step.finds else None)
    if not choice:
        return standing(replace(scene, aside="old_button"))
    scene = choice.do(scene)
    return show(scene, choice.target(scene), edit=edit)


def _back(scene: Scene, edit: int | None) -> Turn:
    trail = scene.person.session.trail
    if not trail:
        return standing(scene)
    scene = scene.with_person(session=replace(scene.person.session, trail=trail[:-1]))
    return show(scene, trail[-1], edit=edit, on_trail=False)


def standing(scene: Scene) -> Turn:
    """Where it stands, and what is next: for who comes back, and for old buttons."""
    cases = scene.person.cases
    if not cases:
        return show(replace(scene.without_answers(), values={}), "start/hello")
    if len(cases) > 1:
        return show(replace(scene.without_answers(), values={}), "cases/list")
    return show(scene.without_answers().on_case(cases[0].number), "back/standing")


def _commanded(scene: Scene, command: Command) -> Turn:
    move = registry.command(command.name, scene)
    if not move:
        return show_again(replace(scene, aside="unknown_command"))
    scene = scene.without_answers() if command.name in registry.BEGINNINGS else scene
    scene, screen = move(replace(scene, heard=command.meaning), command.argument)
    return standing(scene) if screen == registry.STANDING else show(scene, screen)


def _heard(scene: Scene, text: Text) -> Turn:
    meaning = text.meaning
    away = scene.today - scene.person.seen >= AWAY
    scene = replace(scene, heard=meaning)
    step = registry.find(scene.person.session.screen)
    move = (step.heard(scene) if step and step.heard else None) or _tapped_by_word(scene, step)
    turn = show(*move) if move else _said_freely(scene, meaning, away=away)
    if move and step and step.for_others:
        return turn
    if meaning.is_code or meaning.is_personal or turn.person.session.screen in {*READ_SCREENS, UNFILLED}:
        turn = _removing(turn, text.message_id)
    return turn


def _tapped_by_word(scene: Scene, step: Step | None) -> Move | None:
    choice = typed_choice(scene, scene.person.session.screen, step, scene.heard) if step and scene.heard else None
    if not choice:
        return None
    scene = choice.do(scene)
    return scene, choice.target(scene)


def _said_freely(scene: Scene, meaning: Meaning, *, away: bool) -> Turn:
    if meaning.link:
        return show(_with_link(scene, meaning.link), LINK_SCREENS.get(meaning.link.owner, "link/unreadable"))
    if meaning.is_code:
        return show_again(replace(scene, aside="code_removed"))
    if meaning.is_personal:
        return _pasted(scene, meaning)
    if not meaning.door and meaning.countries and (told := told_country(scene)):
        return show(*told)
    return _asked(scene, meaning, away=away)


def _asked(scene: Scene, meaning: Meaning, *, away: bool) -> Turn:
    """A wish that leads straight to a screen, or a question that we know."""
    if meaning.door:
        return show(*WISHES[meaning.door](scene))
    if meaning.topics:
        return show(*asked(scene, meaning.topics))
    return _said_besides(scene, meaning, away=away)


def _said_besides(scene: Scene, meaning: Meaning, *, away: bool) -> Turn:
    """What is no question that we know: a greeting, a question to which we have no answer, or anything."""
    if meaning.is_foreign and not meaning.small_talk:
        return show_again(replace(scene, aside="foreign_tongue"))
    if away or not scene.person.session.screen:
        return standing(replace(scene, values={"greet": True}))
    if meaning.small_talk == "greeting" and scene.person.session.screen in GREETING_SCREENS:
        return show_again(scene)
    if meaning.small_talk:
        return show_again(replace(scene, aside=meaning.small_talk))
    if meaning.asks:
        return show(*asked(scene, ()))
    return show_again(replace(scene, aside="not_understood"))


def _with_link(scene: Scene, link: PastedLink) -> Scene:
    scene = scene.with_answer("domain", link.domain).with_answer("form", link.form or "")
    return scene.with_answer("trait", link.trait or "").with_answer("other", link.other)


def _pasted(scene: Scene, meaning: Meaning) -> Turn:
    """Most likely Meta's answer: what does it come down to, and in which case?"""
    if meaning.is_private and not meaning.answer:
        return show_again(replace(scene, aside="private_removed"))
    cases = scene.person.cases
    held = scene.case or (cases[0] if len(cases) == 1 else None)
    if meaning.answer and (held or (scene.country and scene.answer("service"))):
        return show(*read(scene.on_case(held.number if held else None), meaning.answer))
    if meaning.answer and not cases:
        return show(*read_first(scene, meaning.answer))
    if not cases:
        return show_again(replace(scene, aside="text_removed"))
    if scene.case or len(cases) == 1:
        return show(replace(scene.on_case((scene.case or cases[0]).number), aside="text_removed"), "answer/what")
    return show(*read_which(scene, meaning.answer))


def _attached(scene: Scene, attachment: Attachment) -> Turn:
    kind = attachment.kind
    if attachment.file_id:
        return Turn(scene.person, effects=(ReadFile(attachment.file_id),))
    on_the_way = bool(scene.person.session.screen.startswith(registry.ON_THE_WAY) and scene.country)
    asked = kind in registry.ASIDES and (kind != "photo" or on_the_way)  # elsewhere there is nothing to choose from
    scene = replace(scene, aside=kind if asked else "other")
    turn = show(scene, "trouble/what") if kind == "photo" and on_the_way else show_again(scene)
    return _removing(turn, attachment.message_id) if kind == "contact" else turn


def show_again(scene: Scene) -> Turn:
    """The present screen once more, as a new message; where there is none, where it stands."""
    screen = scene.person.session.screen
    step = registry.find(screen)
    if not step or screen == registry.GOODBYE:
        return standing(scene)
    return show(scene, screen)


def _removing(turn: Turn, message_id: int) -> Turn:
    removal = Saying("", kind=Kind.REMOVE, message_id=message_id)
    return replace(turn, sayings=(removal, *turn.sayings))
