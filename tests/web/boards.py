"""A board in memory, with as much on it as wanted, in the shape that the page reads."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.days import Day
from bot.domain.incidents import Cause, Correction, Incident, Proof
from bot.domain.observations import Evidence, Hop, Observation, Reason, Verdict
from bot.domain.statuses import Condition, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.knowledge import Knowledge

NOW = datetime(2026, 12, 1, 14, 20, tzinfo=UTC)
LOGIN = "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fhelp&token=for-one-asker"


class StandingClock:
    """Always the same moment."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        raise AssertionError(f"the page sleeps for {seconds} s")


@dataclass
class BoardInMemory:
    """What `Publisher` reads; `asked` counts how often incidents were read."""

    known: dict[tuple[str, str], Status] = field(default_factory=dict)
    all_incidents: list[Incident] = field(default_factory=list)
    looks: dict[int, list[Observation]] = field(default_factory=dict)
    history: dict[tuple[str, str], list[Day]] = field(default_factory=dict)
    asked: int = 0

    def status(self, form: str, country: str) -> Status | None:
        return self.known.get((form, country))

    def open_incidents(self) -> list[Incident]:
        return [each for each in self.all_incidents if each.is_open]

    async def incidents(self, *, since: datetime) -> list[Incident]:
        self.asked += 1
        found = [each for each in self.all_incidents if each.is_open or max(_ends(each)) >= since]
        return sorted(found, key=lambda each: each.started_at, reverse=True)

    async def incident(self, number: int) -> Incident | None:
        return next((each for each in self.all_incidents if each.id == number), None)

    async def observations(self, incident: Incident) -> list[Observation]:
        return self.looks.get(incident.id, [])

    def recent(self, form: str, country: str) -> list[Day]:
        return self.history.get((form, country), []) if country == "DE" else []  # nothing concluded elsewhere yet

    async def days(self, form: str, country: str, *, since: date) -> list[Day]:
        return [each for each in self.history.get((form, country), []) if each.day >= since]

    def has(self, *statuses: Status) -> BoardInMemory:
        self.known |= {(each.form, each.country): each for each in statuses}
        return self


def _ends(incident: Incident) -> list[datetime]:
    return [each for each in (incident.ended_at, incident.corrected_at) if each]


def look(
    form: str = "facebook-2025",
    country: str = "DE",
    *,
    at: datetime = NOW - timedelta(minutes=8),
    vantage: str = "direct",
    verdict: Verdict = Verdict.ASKS_LOGIN,
    reason: Reason = Reason.NONE,
    status_code: int | None = 302,
    number: int = 4711,
    measurement: str = "",
) -> Observation:
    hops = (Hop("https://www.facebook.com/help/contact/712876720715583", 302, LOGIN),) if status_code == 302 else ()
    evidence = Evidence(hops, "9f86d081884c7d65" * 4, "203.0.113.7", "ab" * 32, None, (), measurement)
    return Observation(
        form, country, vantage, at, verdict, reason, status_code, 0.31, ("a step of ours",), evidence, id=number
    )


def outage(number: int = 12, form: str = "facebook-2025", country: str = "DE", **changes: object) -> Incident:
    started = NOW - timedelta(hours=3)
    made = Incident(
        number,
        form,
        country,
        started,
        started + timedelta(minutes=15),
        (Cause.GONE, Cause.SERVER_ERROR),
        Proof.NETWORKS,
        ("direct", f"globalping:{country}"),
        9,
    )
    return replace(made, **changes)


def answering(form: str = "facebook-2025", country: str = "DE", **changes: object) -> Status:
    seen = look(form, country)
    made = Status(
        form, country, Condition.ASKS_LOGIN, seen.at, NOW - timedelta(days=5), seen, networks=("direct",),
    )  # fmt: skip
    return replace(made, **changes)


def broken(incident: Incident, **changes: object) -> Status:
    at = NOW - timedelta(minutes=5)
    seen = look(
        incident.form, incident.country, at=at, verdict=Verdict.GONE, reason=Reason.NOT_FOUND, status_code=404,
        vantage=incident.networks[-1], measurement="kOpF3xMRbPFdvQ2W",
    )  # fmt: skip
    made = Status(
        incident.form, incident.country, Condition.DOWN, at, incident.started_at, seen, incident.looks,
        incident.networks, incident=incident.id, from_inside=True,
    )  # fmt: skip
    return replace(made, **changes)


def month(*, down: Iterable[int] = (), unseen: Iterable[int] = (), doubtful: Iterable[int] = ()) -> list[Day]:
    """30 days up to today; the numbers are days ago."""
    days = {back: Day(NOW.date() - timedelta(days=back), ok=46, bad=1, no_data=1) for back in range(30)}
    days |= {back: replace(days[back], ok=8, bad=40) for back in doubtful}
    days |= {back: replace(days[back], ok=30, bad=18, down=11_000) for back in down}
    return [day for back, day in days.items() if back not in set(unseen)]


def eventful() -> BoardInMemory:
    """A board on which something of each kind stands: what the screenshots and the browser look at."""
    board = BoardInMemory()
    lasting = outage(
        31, "instagram-2025", "DE", started_at=NOW - timedelta(hours=2), confirmed_at=NOW - timedelta(minutes=105)
    )
    elsewhere = outage(
        30,
        "instagram-2025",
        "AT",
        started_at=NOW - timedelta(hours=1, minutes=50),
        confirmed_at=NOW - timedelta(minutes=100),
    )
    ended = outage(
        27, "facebook-2025", "DE", started_at=NOW - timedelta(days=4, hours=3), causes=(Cause.CONNECTION,),
        confirmed_at=NOW - timedelta(days=4, hours=2, minutes=40), ended_at=NOW - timedelta(days=4),
    )  # fmt: skip
    undone = outage(
        22, "facebook-2025", "DE", started_at=NOW - timedelta(days=12), ended_at=NOW - timedelta(days=11, hours=20),
        confirmed_at=NOW - timedelta(days=11, hours=23), corrected_at=NOW - timedelta(days=11),
        correction=Correction.OUR_NETWORK, proof=Proof.PEOPLE, networks=("direct",),
    )  # fmt: skip
    board.all_incidents += [lasting, elsewhere, ended, undone]
    board.has(
        answering(since=ended.ended_at, reports=2),
        answering("third-party", condition=Condition.ANSWERS),
        answering("facebook-2024", condition=Condition.UNJUDGEABLE),
        broken(lasting, reports=7, no_code=3),
        broken(elsewhere),
        answering(country="AT", from_inside=True),
        answering("facebook-2025", "FR", condition=Condition.CHECKING, bad_looks=2, since=NOW - timedelta(minutes=9)),
        answering("instagram-2025", "FR", as_of=NOW - timedelta(days=3), condition=Condition.UNSEEN),
        answering("facebook-2024", "GB", condition=Condition.UNSTABLE),
        answering("instagram-2024", "GB", condition=Condition.PAUSED),
    )
    board.looks[31] = [
        look(
            "instagram-2025", at=lasting.started_at + timedelta(minutes=5 * step), number=900 + step,
            verdict=Verdict.GONE if step != 2 else Verdict.NO_DATA, measurement="kOpF3xMRbPFdvQ2W" if step % 2 else "",
            reason=Reason.NOT_FOUND if step != 2 else Reason.BOT_WALL, status_code=302 if step % 3 else 404,
            vantage="globalping:DE" if step % 2 else "direct",
        )
        for step in range(12)
    ]  # fmt: skip
    board.looks[22] = board.looks[31][:3]
    for form, country in board.known:
        board.history[form, country] = month(down=(4,), unseen=(29, 28, 27, 15), doubtful=(9,))
    return board


def crowded(knowledge: Knowledge, incidents: int = 400) -> BoardInMemory:
    """Every form in every country, and hundreds of outages, some of them lasting."""
    board = BoardInMemory()
    pairs = [
        (form.id, code) for code in sorted(knowledge.countries) for form in knowledge.forms.values()
        if form.serves(code, NOW.date())
    ]  # fmt: skip
    for form, code in pairs:
        board.has(answering(form, code))
        board.history[form, code] = month(down=(4, 5), unseen=(29,), doubtful=(9, 11))
    for number in range(1, incidents + 1):
        form, code = pairs[number * 7 % len(pairs)]
        started = NOW - timedelta(hours=5 * number)
        made = outage(number, form, code, started_at=started, confirmed_at=started + timedelta(minutes=20))
        lasts = number <= 20
        board.all_incidents.append(made if lasts else replace(made, ended_at=started + timedelta(hours=3)))
        if lasts:
            board.has(broken(made))
        board.looks[number] = [
            look(form, code, at=started + timedelta(minutes=3 * step), number=1000 * number + step, vantage="direct")
            for step in range(300 if number == 1 else 9)
        ]
    return board
