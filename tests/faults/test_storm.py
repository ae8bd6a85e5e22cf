"""Promises 1 and 7 in bad weather: who can be reached is told all, in order; little is told twice. Long: benchmarks."""

from tests.faults.storm import Size, storm


async def test_everybody_is_told_through_kills_broken_connections_and_long_pauses(tmp_path):
    outcome = await storm(tmp_path, Size(people=20, groups=15, kills=3, storms=1, storm_wait=2, between=1.5))

    assert outcome.holds, outcome
    assert outcome.kills == 3
