"""What operators say: planned pauses and forms opened by hand. And which forms are in use."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.announcing import Announcement, Approval, line_of
from bot.domain.closing import Close, ClosingState
from bot.domain.forms import Service
from bot.domain.hints import Pause
from bot.domain.orders import Decide, Decision
from bot.storage import Changes
from bot.storage.orders import name_of
from tests.storage.conftest import ANNA, BEN, NOW
from tests.storage.seen import an_incident

HOUR = timedelta(hours=1)
DAY = NOW.date() + timedelta(days=28)


async def test_a_pause_lasts_until_its_end(store):
    pause = Pause(form="facebook-2025", country=None, since=NOW, until=NOW + 2 * HOUR)
    number = await store.pauses.add(pause)

    assert await store.pauses.current(NOW) == {number: pause}
    assert await store.pauses.current(NOW + 2 * HOUR) == {}


async def test_a_pause_can_be_ended_early_once(store):
    number = await store.pauses.add(Pause(form=None, country=None, since=NOW, until=NOW + 2 * HOUR))

    assert await store.pauses.end(number, NOW + HOUR)
    assert await store.pauses.current(NOW + HOUR) == {}
    assert [pause.until for pause in await store.pauses.lately(NOW)] == [NOW + HOUR]
    assert not await store.pauses.end(number, NOW + HOUR)
    assert not await store.pauses.end(number + 1, NOW)


async def test_pauses_long_over_are_forgotten(store):
    await store.pauses.add(Pause(form=None, country="DE", since=NOW, until=NOW + HOUR))

    await store.forget(NOW + timedelta(days=91))

    assert await store.pauses.current(NOW) == {}


async def test_the_last_confirmation_counts(store):
    await store.confirmations.add("facebook-2025", "DE", NOW)
    await store.confirmations.add("facebook-2025", "DE", NOW + HOUR)
    await store.confirmations.add("facebook-2025", "AT", NOW)
    await store.confirmations.add("facebook-2025", "AT", NOW + 2 * HOUR, opened=False)

    assert await store.confirmations.latest() == {
        ("facebook-2025", "DE"): NOW + HOUR,
        ("facebook-2025", "AT"): NOW,
    }
    assert await store.confirmations.latest(opened=False) == {("facebook-2025", "AT"): NOW + 2 * HOUR}


async def test_the_last_day_on_which_somebody_asked(store):
    both = [("facebook-2025", "DE"), ("instagram-2025", "DE")]
    await store.wanted.ask(both, NOW.date())
    await store.wanted.ask(both[:1], (NOW + 24 * HOUR).date())
    await store.wanted.ask([], NOW.date())

    assert await store.wanted.days() == {both[0]: (NOW + 24 * HOUR).date(), both[1]: NOW.date()}


async def test_when_operators_said_yes_is_kept_and_stays(store):
    kept = await store.announcements.keep(Announcement(0, Service.FACEBOOK, NOW, Approval.ASKED), [], NOW)
    incident = await store.incidents.save(an_incident())
    line = line_of(incident)
    await store.announcements.keep(replace(kept, lines=(line,)), [], NOW)

    async def after(chat, decision, at, *, second=True):
        await store.save(Changes(at, orders=[(chat, Decide(kept.id, decision, second=second))]))
        found = await store.dossiers.announced(incident.id, NOW)
        return found.first_at, found.decided_at

    assert await after(ANNA, Decision.YES, NOW) == (NOW, None)
    assert await after(ANNA, Decision.YES, NOW + HOUR) == (NOW, None), "one person is not two"
    assert await after(ANNA, Decision.HOLD, NOW + HOUR) == (None, None), "taken back"
    assert await after(ANNA, Decision.YES, NOW + 2 * HOUR) == (NOW + 2 * HOUR, None)
    both = (NOW + 2 * HOUR, NOW + 3 * HOUR)
    assert await after(BEN, Decision.YES, NOW + 3 * HOUR) == both
    assert await after(BEN, Decision.STOP, NOW + 4 * HOUR) == both
    assert await after(BEN, Decision.YES, NOW + 5 * HOUR, second=False) == both


async def test_of_what_goes_out_by_itself_no_yes_is_kept(store):
    incident = await store.incidents.save(an_incident())
    lines = (line_of(incident),)
    kept = await store.announcements.keep(Announcement(0, Service.FACEBOOK, NOW, Approval.YES, lines), [], NOW)
    await store.save(Changes(NOW, orders=[(ANNA, Decide(kept.id, Decision.YES))]))
    found = await store.dossiers.announced(incident.id, NOW)
    assert (found.first_at, found.decided_at) == (None, None)


async def test_a_first_yes_counts_as_long_as_who_said_it_is_an_operator(store):
    asked = [Announcement(0, Service.FACEBOOK, NOW, Approval.ASKED) for _ in range(2)]
    one, two = [await store.announcements.keep(each, [], NOW) for each in asked]
    yeses = [(ANNA, Decide(one.id, Decision.YES, second=True)), (BEN, Decide(two.id, Decision.YES, second=True))]
    await store.save(Changes(NOW, orders=yeses))

    await store.forget_strangers([BEN], NOW)

    assert await store.announcements.approvals(NOW) == {one.id: Approval.ASKED, two.id: Approval.HALF}
    assert {each.first for each in await store.announcements.kept_since(NOW)} == {"", name_of(store._seal, BEN)}


async def test_under_a_new_key_nobody_says_yes_for_two(store):
    """Who they were is kept as a hash under the key: another key makes another name of the same operator."""
    kept = await store.announcements.keep(Announcement(0, Service.FACEBOOK, NOW, Approval.ASKED), [], NOW)
    yes = (ANNA, Decide(kept.id, Decision.YES, second=True))
    await store.save(Changes(NOW, orders=[yes, (ANNA, Close(DAY, second=True))]))
    await store.rotate(NOW.date())

    await store.forget_strangers([ANNA, BEN], NOW)
    await store.save(Changes(NOW, orders=[yes]))

    assert await store.announcements.approvals(NOW) == {kept.id: Approval.HALF}
    assert (await store.closing.current()).state is ClosingState.CALLED_OFF
