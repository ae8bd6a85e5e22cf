"""The last question of a bulletin: who would read what? And the order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.bulletins import LONGEST, BulletinKind
from bot.domain.orders import Issue
from conversations.admin.naming import desk_of
from conversations.admin.seeing import shown_in
from conversations.bulletin.asking import BESIDES, is_correction, left_out
from conversations.bulletin.drafting import corrected, draft_of, drawn_up, groups_of, next_screen, spoken
from conversations.steps import N_, Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.domain.bulletins import Bulletin
    from bot.domain.deliveries import Value
    from bot.domain.desk import Desk
    from conversations.scene import Scene
    from conversations.steps import Choices, Move

MOST_LANGUAGES = 30
READY = Choice("ready", N_("Whom it reaches"), next_screen)
LANGUAGES = Choice(
    "languages",
    N_("Choose the languages again"),
    "bulletin/languages",
    when=lambda scene: not is_correction(scene),
)


def _old(scene: Scene) -> str:
    """What the message that is corrected says in the language that is asked for."""
    draft, matter = draft_of(scene), corrected(scene)
    bulletin = matter.announcement.bulletin if matter else None
    return bulletin.words.get(draft.unwritten, "") if draft and bulletin else ""


def _kept(scene: Scene) -> Scene:
    draft, old = draft_of(scene), _old(scene)
    return scene.with_person(draft=draft.keeping(old)) if draft and old else scene


KEEP = Choice("keep", N_("Leave this text as it is"), next_screen, _kept, when=lambda scene: bool(_old(scene)))


def heard_words(scene: Scene) -> Move | None:
    """A typed text: kept with the draft, unless it is too long or a link in it leads to anybody."""
    written = scene.heard.written if scene.heard else None
    draft = draft_of(scene)
    if written is None or draft is None or draft.kind is not BulletinKind.WORDS:
        return None
    told = draft.with_text(written.text, written.message)
    if told is draft:
        return None
    if not written.text or written.refused or len(written.text) > LONGEST:
        wrong: dict[str, Value] = {"refused": list(written.refused), "length": len(written.text)}
        return replace(scene, values={**scene.values, **wrong}), "bulletin/words"
    scene = scene.with_person(draft=told)
    return scene, next_screen(scene)


def of_words(_scene: Scene) -> Choices:
    """Nothing but a text is wanted."""
    return (KEEP, LANGUAGES, *BESIDES)


def words(scene: Scene) -> dict[str, Value]:
    """Which text is wanted now."""
    draft = draft_of(scene)
    language = draft.unwritten if draft else ""
    done = len(draft.words) if draft else 0
    return {
        "language": language or scene.person.language,
        "groups": groups_of(scene).get(language, 0),
        "old": _old(scene),
        "done": done,
        "refused": [],
        "length": 0,
        "longest": LONGEST,
    }


def languages(scene: Scene) -> dict[str, Value]:
    """How many groups speak what."""
    counts = groups_of(scene)
    return {"languages": [{"language": each, "count": counts[each]} for each in spoken(scene)]}


def others(scene: Scene) -> dict[str, Value]:
    """How many are asked about."""
    return {"groups": left_out(scene)}


def _at_hand(scene: Scene) -> tuple[Bulletin, dict[str, int]] | None:
    """The finished draft as it would be sent, and how many groups it would reach."""
    draft = draft_of(scene)
    if draft is None or draft.question(spoken(scene)) != "ready" or _is_late(scene):
        return None
    bulletin = drawn_up(scene, draft)
    return bulletin, bulletin.reach(desk_of(scene).audience)


def _is_late(scene: Scene) -> bool:
    """Would it correct what is being corrected already, or is not known any more?"""
    matter = corrected(scene)
    return is_correction(scene) and (matter is None or not desk_of(scene).may_correct(matter, scene.now))


def _is_same(scene: Scene, bulletin: Bulletin) -> bool:
    """Does the correction say what the message said before?"""
    matter = corrected(scene)
    before = matter.announcement.bulletin if matter else None
    return before is not None and all(bulletin.reads_like(before, each) for each in bulletin.words or ("en",))


def _is_read(scene: Scene, bulletin: Bulletin, reach: Mapping[str, int]) -> bool:
    """Is there anybody whom it would reach, with something to say?"""
    return not _is_same(scene, bulletin) if is_correction(scene) else bool(reach)


def of_ready(scene: Scene) -> Choices:
    """Send it, or look at it first."""
    draft, found = draft_of(scene), _at_hand(scene)
    if draft is None or found is None:
        return BESIDES
    bulletin, reach = found
    if not _is_read(scene, bulletin, reach):
        return BESIDES
    read = list(reach or bulletin.words or [scene.person.language])[:MOST_LANGUAGES]
    return (send_it(draft.token), *(in_language(each) for each in read), *BESIDES)


def ready(scene: Scene) -> dict[str, Value]:
    """Who would read it, and what stands in the way."""
    found, desk = _at_hand(scene), desk_of(scene)
    if found is None:
        return {"known": False, "late": _is_late(scene)}
    bulletin, reach = found
    matter = corrected(scene)
    own = bulletin.kind is BulletinKind.WORDS
    return {
        "known": True,
        "kind": bulletin.kind.value,
        "reach": [{"language": language, "count": count} for language, count in reach.items()],
        "groups": sum(reach.values()),
        "nothing": sum(desk.audience.values()) - sum(reach.values()) if own else 0,
        "unplanned": bulletin.kind is BulletinKind.PAUSE and not _is_planned(bulletin, desk),
        "second": desk.second,
        "same": _is_same(scene, bulletin),
        "mends": {"edited": matter.posted, "fresh": matter.waiting} if matter else None,
    }


def _is_planned(bulletin: Bulletin, desk: Desk) -> bool:
    begins = bulletin.since or bulletin.until
    return any(each.since <= begins and each.until >= bulletin.until for each in desk.pauses.values())


def in_language(code: str) -> Choice:
    """What groups of that language would read."""
    do = _looking_at(code)
    return Choice(f"in.{code}", "{language}", "bulletin/preview", do, names={"language": code})


def _looking_at(code: str) -> Callable[[Scene], Scene]:
    return lambda scene: scene.with_answer("language", code)


def of_preview(scene: Scene) -> Choices:
    """The other languages, and back."""
    return (READY, *of_ready(scene))


def preview(scene: Scene) -> dict[str, Value]:
    """What groups of a language would read."""
    found = _at_hand(scene)
    if found is None:
        return {"known": False}
    bulletin, reach = found
    return shown_in(scene.answer("language") or scene.person.language, bulletin, reach, scene.today)


def send_it(token: str) -> Choice:
    """Yes, send the draft of that token: one that was changed since is shown first."""

    def sent(scene: Scene) -> Scene:
        draft, found, desk = draft_of(scene), _at_hand(scene), desk_of(scene)
        if draft is None or found is None or draft.token != token or not _is_read(scene, *found):
            return scene
        noted = "half" if desk.second else "yes"
        scene = scene.with_person(draft=None).with_answer("about", "").with_answer("noted", noted)
        return scene.doing(Issue(found[0], second=desk.second))

    return Choice(f"send.{token}", N_("Yes, send"), _after_sending, sent)


def _after_sending(scene: Scene) -> str:
    is_sent = any(isinstance(each, Issue) for each in scene.effects)
    return "admin/noted" if is_sent else next_screen(scene)
