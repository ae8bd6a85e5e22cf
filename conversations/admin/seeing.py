"""What the operators' screens are made of: small values of what the desk knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.announcing import Approval
from bot.domain.desk import UNDECIDED
from bot.domain.groups import GroupState
from bot.domain.incidents import Correction
from conversations.admin.naming import desk_of, incidents_of, matter_of
from conversations.announce.sayings import MENDED, bulletin_values, correction_values, line_values, screen_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from bot.domain.bulletins import Bulletin
    from bot.domain.deliveries import Value
    from bot.domain.desk import Desk, Matter
    from bot.domain.incidents import Incident
    from bot.domain.observations import Observation
    from conversations.scene import Scene

MOST = 8
"""So many of a kind are listed; the page and the commands show all."""
LOOKS, INCIDENTS = 5, 2
"""So many looks of so many incidents are shown: the first ones, which confirmed it, are what one asks for."""


def moment(at: datetime | None) -> str | None:
    """A time as values carry it."""
    return at.isoformat() if at else None


def numbers(scene: Scene) -> dict[str, Value]:
    """The desk in numbers."""
    desk = desk_of(scene)
    return {
        "at": moment(desk.at),
        "outages": sum(each.is_open for each in desk.incidents),
        "undecided": sum(each.is_undecided(scene.now) for each in desk.matters),
        "running": desk.groups.get(GroupState.RUNNING, 0),
        "groups": sum(desk.groups.values()),
        "queues": [
            {"name": each.name, "waiting": each.waiting, "minutes": _minutes(desk, each.since)} for each in desk.queues
        ],
        "vantages": [{"name": name, "at": moment(at)} for name, at in desk.vantages],
        "failures": [{"name": name, "count": count} for name, count in sorted(desk.failures.items())],
        "faults": desk.faults,
        "corrected": sum(each.corrected_at is not None for each in desk.incidents),
        "all": len(desk.incidents),
    }


def _minutes(desk: Desk, since: datetime | None) -> int:
    return int((desk.at - since).total_seconds() // 60) if since else 0


def announcement(scene: Scene) -> dict[str, Value]:
    """An announcement as it is now; `head` says why it is shown unasked."""
    desk, matter = desk_of(scene), matter_of(scene)
    if matter is None:
        return {"known": False}
    return {
        "known": True,
        "head": scene.answer("head"),
        **of_matter(matter, scene.now),
        "first": bool(matter.first),
        "mine": matter.first == desk.me,
        "waits": desk.waits_for_another(matter),
        "replaced": desk.is_replaced(matter),
    }


def of_matter(matter: Matter, now: datetime) -> dict[str, Value]:
    """An announcement's own values."""
    one, bulletin = matter.announcement, matter.announcement.bulletin
    return {
        "bulletin": bulletin.kind.value if bulletin else "",
        "service": one.service.value if one.service else "",
        "lines": [line_values(line) for line in one.lines],
        "approval": one.approval.value,
        "undecided": one.approval in UNDECIDED,
        "lasting": one.lasts(now),
        "groups": _to_tell(matter),
        "languages": len(matter.reach),
        "wanted": matter.wanted,
        "posted": matter.posted,
        "settled": matter.settled,
        "mends": {"edited": matter.edited, "fresh": matter.fresh} if bulletin and bulletin.corrects else None,
    }


def _to_tell(matter: Matter) -> int:
    """How many groups a yes would tell: those that want it, or of a stopped one the others."""
    is_stopped = matter.announcement.approval is Approval.STOPPED
    return max(matter.wanted - matter.posted, 0) if is_stopped else sum(matter.reach.values())


def preview(scene: Scene) -> dict[str, Value]:
    """What a group of that language would read now."""
    matter = matter_of(scene)
    if matter is None:
        return {"known": False}
    language = scene.answer("language") or scene.person.language
    if bulletin := matter.announcement.bulletin:
        return shown_in(language, bulletin, matter.reach, scene.today)
    values = of_matter(matter, scene.now)
    inner: dict[str, Value] = {key: values[key] for key in ("service", "lines", "lasting")}
    return {
        "known": True, "language": language, "groups": matter.reach.get(language, 0),
        "screen": "announce/alarm", "shown": {**inner, "at": moment(scene.now)},
    }  # fmt: skip


def shown_in(language: str, bulletin: Bulletin, reach: Mapping[str, int], today: date) -> dict[str, Value]:
    """What groups read of a bulletin in that language, or else in one that it has; a correction as edited."""
    if bulletin.language_for(language) != language:
        language = next(iter({**reach, **bulletin.words}), language)
    known: dict[str, Value] = {"known": True, "language": language, "groups": reach.get(language, 0)}
    if bulletin.corrects:
        return {**known, "screen": MENDED, "shown": correction_values(bulletin, language, today)}
    return {**known, "screen": screen_of(bulletin), "shown": bulletin_values(bulletin, language)}


def announcements(scene: Scene) -> dict[str, Value]:
    """The newest, and how many wait for a decision."""
    matters = desk_of(scene).matters
    return {
        "head": scene.answer("head"),
        "all": len(matters),
        "undecided": sum(each.is_undecided(scene.now) for each in matters),
    }


def outages(scene: Scene) -> dict[str, Value]:
    """The newest incidents."""
    found = desk_of(scene).incidents
    return {"incidents": [_incident(each) for each in found[:MOST]], "all": len(found)}


def _incident(one: Incident) -> dict[str, Value]:
    return {
        "form": one.form,
        "country": one.country,
        "since": moment(one.started_at),
        "until": moment(one.ended_at),
        "correction": one.correction.value if one.correction else None,
        "looks": one.looks,
        "networks": len(one.networks),
        "proof": one.proof.value,
    }


def outage(scene: Scene) -> dict[str, Value]:
    """One incident."""
    found = incidents_of(scene)
    return {"incidents": [_incident(each) for each in found[:1]]}


def why(scene: Scene) -> dict[str, Value]:
    """The looks that confirmed it, and the steps of the present conclusion."""
    desk = desk_of(scene)
    return {"incidents": [_reasons(desk, each) for each in incidents_of(scene)[:INCIDENTS]]}


def _reasons(desk: Desk, one: Incident) -> dict[str, Value]:
    status = desk.statuses.get((one.form, one.country)) if one.is_open else None
    looks = desk.looks.get(one.id, ())
    return {
        **_incident(one),
        "seen": _looks(looks[:LOOKS]),
        "more": max(len(looks) - LOOKS, 0),
        "steps": [{**each.values, "name": each.name} for each in status.explanation] if status else [],
    }


def _looks(looks: Iterable[Observation]) -> list[Value]:
    return [
        {
            "at": moment(each.at),
            "vantage": each.vantage,
            "verdict": each.verdict.value,
            "code": each.status_code,
            "reason": each.reason.value,
        }
        for each in looks
    ]


def told_of(scene: Scene) -> list[Matter]:
    """The announcements by which groups were told of the incidents that are talked about."""
    numbers = {each.id for each in incidents_of(scene)}
    found = [each for each in desk_of(scene).matters if numbers & {line.incident for line in each.announcement.lines}]
    return [each for each in found if each.posted]


def mending(scene: Scene) -> dict[str, Value]:
    """What a group would read of the correction."""
    told, why, numbers = told_of(scene), scene.answer("why"), {each.id for each in incidents_of(scene)}
    if not told or why not in set(Correction):
        return {"known": False}
    one = told[0].announcement
    lines = [line for line in one.lines if line.incident in numbers]
    return {
        "known": True,
        "language": scene.answer("language") or scene.person.language,
        "shown": {
            "service": one.service.value if one.service else "",
            "lines": [{**line_values(line), "correction": why} for line in lines],
        },
    }


def correcting(scene: Scene) -> dict[str, Value]:
    """What a correction would do."""
    desk, matter, found = desk_of(scene), matter_of(scene), incidents_of(scene)
    numbers = {each.id for each in found}
    return {
        "incidents": [_incident(each) for each in found],
        "done": all(each.correction for each in found),
        "posted": sum(each.posted for each in told_of(scene)),
        "cited": sum(desk.cited.get(number, 0) for number in numbers),
        "why": scene.answer("why"),
        "undecided": bool(matter and matter.announcement.approval in UNDECIDED),
    }


def forms(scene: Scene) -> dict[str, Value]:
    """How many forms are in use, and how many nobody opened by hand for long."""
    human = desk_of(scene).human
    old = sum(each.at is None or (scene.now - each.at).days >= 30 for each in human)  # noqa: PLR2004  # days
    return {"all": len(human), "old": old}


def form(scene: Scene) -> dict[str, Value]:
    """One form of one country."""
    id_, country = scene.answer("form"), scene.answer("place")
    known = scene.world.known_form(id_)
    last = next((each.at for each in desk_of(scene).human if (each.form, each.country) == (id_, country)), None)
    return {"form": known.titles[0] if known and known.titles else id_, "country": country, "last": moment(last)}


def pauses(scene: Scene) -> dict[str, Value]:
    """What is planned."""
    planned = desk_of(scene).pauses
    return {
        "pauses": [
            {"number": number, "form": one.form, "country": one.country, "until": moment(one.until)}
            for number, one in planned.items()
        ]
    }
