from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.sandbox.timeline import later


@pytest.mark.parametrize(
    ("start", "step", "end"),
    [
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2026-11-30", "3 months", "2027-02-28"),
        ("2026-12-03", "1 month", "2027-01-03"),
        ("2026-12-28", "1 week", "2027-01-04"),
    ],
)
def test_a_month_is_a_calendar_month_clamped_at_its_end(start, step, end):
    assert later(datetime.fromisoformat(start), step) == datetime.fromisoformat(end)


async def test_the_clock_is_moved_by_steps_to_a_time_and_back(sandbox):
    before = await sandbox.get("/clock")
    moved = await sandbox.advance("1 day")
    set_to = await sandbox.post("/clock", now="2027-03-03T12:00:00+01:00")
    back = await sandbox.post("/clock", reset=True)

    assert (before["offset_seconds"], back["offset_seconds"]) == (0, 0)
    assert 86399 < moved["offset_seconds"] <= 86400
    assert set_to["now"].startswith("2027-03-03T11:00:00")
    assert [told["revision"] for told in (before, moved, set_to, back)] == [1, 2, 3, 4]


async def test_whoever_waits_for_the_clock_is_told_when_it_moves(sandbox):
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(sandbox.get("/clock", after=1, timeout=60))
        await asyncio.sleep(0.05)
        await sandbox.advance("10 minutes")
    unmoved = await sandbox.get("/clock", after=2, timeout=0.05)

    assert waiting.result()["revision"] == 2
    assert unmoved["revision"] == 2


async def test_messages_carry_the_sandboxs_time(sandbox):
    anna = await sandbox.person("Anna")
    await sandbox.post("/clock", now="2026-12-24T18:00:00Z")
    await sandbox.start(anna)
    sent = await sandbox.ok("sendMessage", chat_id=anna, text="x")

    [update] = await sandbox.ok("getUpdates")
    for date in (update["message"]["date"], sent["date"]):
        assert datetime.fromtimestamp(date, UTC).strftime("%F %H") == "2026-12-24 18"


@pytest.mark.parametrize("order", [{}, {"advance": "1 year"}, {"now": "tomorrow"}, {"foo": 1}, {"now": "9999-12-31"}])
async def test_what_the_clock_does_not_understand_it_refuses(sandbox, order):
    assert (await sandbox.http.post("/clock", json=order)).status_code == (200 if "9999" in str(order) else 400)
