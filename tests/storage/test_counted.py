"""Who takes part in a group's counter: counted by group, gone with the person, the group, the switch."""

from __future__ import annotations

import re

import pytest

from bot.domain.groups import Group
from bot.storage import Changes
from bot.storage.groups import StoredGroup
from tests.storage.conftest import ANNA, BEN, CLEO, NOW, everything
from tests.storage.test_sealing import bytes_of, found_in

OTHER = -1_001_998_877_666


async def counts(store, *groups):
    return [(await store.counted.among([each]))[each].members for each in groups]


@pytest.fixture
async def joined(store):
    """Anna in two groups, Ben in one."""
    await store.save(Changes(NOW, joined=[(ANNA, CLEO), (ANNA, OTHER), (BEN, CLEO)]))
    return store


async def test_each_is_counted_once_and_whoever_leaves_is_not_any_more(joined):
    await joined.save(Changes(NOW, joined=[(ANNA, CLEO)]))
    assert await counts(joined, CLEO, OTHER) == [2, 1]
    assert {chat: sorted(groups) for chat, groups in (await joined.gather([], [ANNA, BEN])).counted.items()} == {
        ANNA: sorted([CLEO, OTHER]), BEN: [CLEO],
    }  # fmt: skip
    await joined.save(Changes(NOW, left=[(ANNA, CLEO), (BEN, OTHER)]))
    assert await counts(joined, CLEO, OTHER) == [1, 1]


async def test_who_is_erased_counts_no_more(joined):
    await joined.erase(ANNA, NOW)
    assert await counts(joined, CLEO, OTHER) == [1, 0]


@pytest.mark.parametrize("way", [{"forgotten_groups": [CLEO]}, {"uncounted": [CLEO]}])
async def test_with_the_group_or_its_counter_goes_who_took_part(joined, way):
    await joined.groups.save(StoredGroup(Group(CLEO, "de", "Europe/Vienna", NOW.date()), 0))
    await joined.save(Changes(NOW, **way))
    assert await counts(joined, CLEO, OTHER) == [0, 1]


async def test_a_group_that_moves_takes_its_members_along(joined):
    await joined.groups.save(StoredGroup(Group(CLEO, "de", "Europe/Vienna", NOW.date()), 0))
    await joined.groups.move(CLEO, OTHER - 1)
    assert await counts(joined, CLEO, OTHER - 1) == [0, 2]
    assert (await joined.gather([], [BEN])).counted == {BEN: [OTHER - 1]}


async def test_all_of_it_goes_on_under_a_new_key_and_so_do_old_links(joined, reopen):
    token = (await joined.counted.among([CLEO]))[CLEO].token
    await joined.rotate(NOW.date())
    for store in (joined, await reopen()):
        assert await counts(store, CLEO, OTHER) == [2, 1]
        assert store.counted.group_of(token) == CLEO
    await store.close()


async def test_a_links_token_says_nothing_and_only_ours_mean_a_group(joined):
    counting = await joined.counted.among([CLEO, OTHER])
    token = counting[CLEO].token
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,59}", token), "with join_ before it at most 64"
    assert token == (await joined.counted.among([CLEO]))[CLEO].token
    assert counting[OTHER].token[8:40] != token[8:40]
    for broken in ("", "x", token[:-1], token[::-1], "A" * 54, "ä", token[:-2] + "AA"):
        assert joined.counted.group_of(broken) is None
    assert joined._seal.number_in("other", token) is None


async def test_no_number_lies_open_in_the_file(store, tmp_path):
    await store.save(everything(ANNA, 1))
    await store.save(Changes(NOW, joined=[(ANNA, CLEO)]))
    raw = bytes_of(tmp_path / "data")
    assert not found_in(raw, ANNA)
    assert not found_in(raw, CLEO)
