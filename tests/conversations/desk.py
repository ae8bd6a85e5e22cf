"""A desk with one announcement of each kind, as operators see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.announcing import Announcement, Approval, Line
from bot.domain.bulletins import Bulletin, BulletinKind
from bot.domain.closing import Closing, ClosingMatter, ClosingState
from bot.domain.desk import Desk, HumanLook, Matter, PageMatter, Queue, Said
from bot.domain.forms import Service
from bot.domain.hints import Pause
from bot.domain.incidents import Cause, Correction, Incident, Proof
from bot.domain.observations import Observation, Reason, Verdict
from bot.domain.statuses import Condition, Reasoned, Status
from bot.domain.watched_pages import PageState, Ruling

OPERATOR = 7_000_000_999
"""The chat of somebody who runs the bot."""
NOON = datetime(2026, 12, 3, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
ME, OTHER = "me", "other"


def incident(number: int, **more: object) -> Incident:
    proof = list(Proof)[number % len(Proof)]
    begun = NOON - 3 * HOUR
    known = Incident(
        number, "facebook-2025", "AT", begun, begun + HOUR, (Cause.GONE,), proof, ("direct", "proxy:AT"), 5
    )
    return replace(known, **more)  # type: ignore[arg-type]  # fields of Incident


def matter(number: int, approval: Approval, first: str = "", **more: object) -> Matter:
    one = incident(number, **more)
    line = Line(number, "AT", one.started_at, Cause.GONE, 5, 2, 3, one.ended_at, one.correction)
    announced = Announcement(number, Service.FACEBOOK, one.started_at, approval, (line,))
    told = {Approval.YES: (41, 38, 12), Approval.STOPPED: (41, 12, 41)}.get(approval, (0, 0, 0))
    return Matter(announced, first, Said.ASKED, NOON, *told, {"en": 30, "de": 11})


def _page(name: str, **more: object) -> PageMatter:
    state = PageState(name, read_at=NOON, **more)  # type: ignore[arg-type]  # fields of PageState
    return PageMatter(f"https://www.facebook.com/privacy/{name}", state)


def bulletin(number: int, approval: Approval, kind: BulletinKind, first: str = "", **more: object) -> Matter:
    body = Bulletin(kind, NOON + 24 * HOUR, service=Service.FACEBOOK, since=NOON, day=NOON.date())
    sent = Announcement(number, None, NOON, approval, bulletin=replace(body, **more))  # type: ignore[arg-type]  # fields
    told = {Approval.YES: (41, 27, 27), Approval.STOPPED: (41, 12, 41)}.get(approval, (0, 0, 0))
    return Matter(sent, first, Said.HALF, NOON, *told, {"en": 30, "de": 11})


OVER = {"ended_at": NOON - HOUR}
NONE = {"corrected_at": NOON, "correction": Correction.OUR_NETWORK}
MATTERS = (
    matter(1, Approval.ASKED),
    matter(2, Approval.HALF, OTHER),
    matter(3, Approval.HALF, ME),
    matter(4, Approval.YES),
    matter(5, Approval.STOPPED),
    matter(6, Approval.NO, **NONE),
    matter(7, Approval.HELD, **OVER),
    replace(matter(8, Approval.YES, **OVER), settled=41),
)
WORDS = {"en": "Good <b>morning</b> & welcome", "de": "Guten Morgen"}
BULLETINS = (
    bulletin(20, Approval.HALF, BulletinKind.WORDS, OTHER, words=WORDS),
    bulletin(21, Approval.YES, BulletinKind.RULES, act=True),
    bulletin(22, Approval.STOPPED, BulletinKind.FORM, countries=("AT",)),
    bulletin(23, Approval.NO, BulletinKind.PAUSE),
    bulletin(24, Approval.HELD, BulletinKind.PAUSE, until=NOON - HOUR, service=None),
    bulletin(25, Approval.HALF, BulletinKind.RULES, ME),
)
AUDIENCE = {("en", frozenset({"AT", "DE"})): 26, ("de", frozenset({"AT"})): 11, ("en", frozenset({"GB"})): 4}
CHANGED: dict[int, dict[str, object]] = {6: NONE, 7: OVER, 8: OVER}
LOOK = Observation("facebook-2025", "AT", "proxy:AT", NOON, Verdict.GONE, Reason.NOT_FOUND, 404, 0.2, ("gone",))
STEPS = (
    Reasoned("looks", {"made": 9, "good": 3, "bad": 5, "silent": 1}),
    Reasoned("in_a_row", {"count": 5, "networks": ["direct", "proxy:AT"], "since": (NOON - HOUR).isoformat()}),
    Reasoned("control", {"failing": False}),
    Reasoned("therefore", {"condition": "down"}),
)
STATUS = Status("facebook-2025", "AT", Condition.DOWN, NOON, explanation=STEPS)
DESK = Desk(
    NOON,
    ME,
    second=True,
    matters=(*MATTERS, *BULLETINS),
    audience=AUDIENCE,
    incidents=tuple(incident(number, **CHANGED.get(number, {})) for number in range(1, 9)),
    looks={number: (LOOK,) * number for number in range(1, 9)},
    statuses={("facebook-2025", "AT"): STATUS},
    cited={4: 3, 8: 1},
    human=(HumanLook("facebook-2025", "AT"), HumanLook("instagram-2025", "DE", NOON - 40 * 24 * HOUR)),
    pauses={9: Pause(form=None, country="AT", since=NOON, until=NOON + HOUR)},
    queues=(Queue("answer", 0), Queue("reminder", 1, NOON - HOUR), Queue("notice", 7, NOON), Queue("groups", 2, NOON)),
    groups={"running": 40, "paused": 1},
    vantages=(("direct", NOON), ("proxy:AT", None)),
    failures={"again": 3, "unreachable": 1},
    faults=2,
    pages={
        "changed": _page("changed", text="b", since=NOON - HOUR, changes=2, ruling=Ruling.OPEN),
        "quiet": _page("quiet", text="a", since=NOON - 30 * 24 * HOUR),
        "silent": _page("silent"),
        "ruled": _page("ruled", text="c", since=NOON - HOUR, changes=1, ruling=Ruling.NOBODY),
    },
)


DAY = date(2026, 12, 31)
CLOSINGS = (
    Closing(DAY, ClosingState.HALF, ME, NOON),
    Closing(DAY, ClosingState.HALF, OTHER, NOON),
    Closing(DAY, ClosingState.ANNOUNCED, "", NOON),
    Closing(DAY, ClosingState.ANNOUNCED, "", NOON, told_at=NOON),
    Closing(DAY, ClosingState.CALLED_OFF, "", NOON, ended_at=NOON),
    Closing(DAY, ClosingState.CLOSED, "", NOON, NOON, NOON),
)
CLOSERS = {OPERATOR - 1 - place: closing for place, closing in enumerate(CLOSINGS)}
"""Operators who meet a closing in each of its states."""
ALONE = OPERATOR - 100
"""An operator whose yes is enough."""


def desk_of(chat_id: int) -> Desk | None:
    """Only operators have one."""
    if chat_id in CLOSERS:
        return replace(DESK, closing=ClosingMatter(CLOSERS[chat_id], 312, 41, 57))
    if chat_id == ALONE:
        return replace(DESK, second=False)
    return DESK if chat_id == OPERATOR else None
