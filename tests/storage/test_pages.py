"""What is kept of watched pages, and what an operator's decision changes of it."""

from datetime import timedelta

import pytest

from bot.domain.orders import RulePage
from bot.domain.watched_pages import PageState, Ruling
from bot.storage import Changes
from bot.storage.changes import Outdated
from tests.storage.conftest import ANNA, NOW

PAGE, HOUR = "facebook-genai", timedelta(hours=1)


@pytest.fixture
async def changed(store):
    """A store in which that page has changed once."""
    for number, words in enumerate("aabb"):
        await store.pages.note(PAGE, words, NOW + number * HOUR)
    return store


async def state_of(store):
    return (await store.pages.states())[PAGE]


async def ruled(store, ruling, change=1, at=NOW + 5 * HOUR):
    await store.save(Changes(at, orders=[(ANNA, RulePage(PAGE, change, ruling))]))
    return await state_of(store)


async def test_what_was_read_is_there_after_a_restart(changed, reopen):
    again = await reopen()
    assert await state_of(again) == PageState(
        PAGE, "b", NOW + 2 * HOUR, read_at=NOW + 3 * HOUR, changes=1, ruling=Ruling.OPEN
    )
    await again.close()


async def test_a_decision_is_kept_with_its_commit_and_is_final(changed):
    state = await ruled(changed, Ruling.NOBODY)
    assert (state.ruling, state.ruled_at) == (Ruling.NOBODY, NOW + 5 * HOUR)
    assert (await ruled(changed, Ruling.PEOPLE)).ruling is Ruling.NOBODY


async def test_not_yet_only_puts_the_question_off(changed):
    state = await ruled(changed, Ruling.OPEN)
    assert (state.ruling, state.asked_at) == (Ruling.OPEN, NOW + 5 * HOUR)


async def test_a_decision_about_an_older_change_says_nothing_of_the_new_one(changed):
    for number in (6, 7):
        await changed.pages.note(PAGE, "c", NOW + number * HOUR)
    assert (await ruled(changed, Ruling.NOBODY, change=1)).ruling is Ruling.OPEN
    assert (await ruled(changed, Ruling.NOBODY, change=2)).ruling is Ruling.NOBODY


async def test_asking_about_what_is_decided_saves_nothing(changed):
    await ruled(changed, Ruling.NOBODY)
    with pytest.raises(Outdated):
        await changed.save(Changes(NOW, updates=[7], pages_asked=[(PAGE, 1)]))
    assert (await changed.gather([7], [])).seen == frozenset()


async def test_that_all_were_told_is_kept(changed):
    await ruled(changed, Ruling.PEOPLE)
    await changed.pages.told(PAGE, 1, NOW + 6 * HOUR)
    assert (await state_of(changed)).told_at == NOW + 6 * HOUR
