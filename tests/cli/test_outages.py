"""`incidents`, `correct`, `confirm`, `pause`, and what `check --explain` says of conclusions."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.cli.concluded import concluded, print_conclusions
from bot.clock import SystemClock
from bot.domain.hints import Pause
from bot.domain.incidents import Correction
from bot.domain.observations import Verdict
from bot.settings import Settings
from bot.storage import Seal, Store
from tests.storage.seen import EVIDENCE, FORM, an_incident, ended, look

NOW = SystemClock().now().replace(microsecond=0)


@pytest.fixture
def store(tmp_path):
    """Do something with the database that the commands use."""

    def use(do):
        async def within():
            seal = Seal.from_file(tmp_path / "keys" / "data.key", on=NOW.date())
            opened = await Store.open(f"sqlite:///{tmp_path}/data/objection-bot.db", seal, now=NOW, backups=None)
            try:
                return await do(opened)
            finally:
                await opened.close()

        return asyncio.run(within())

    return use


async def nothing(store):
    return store


def seen(vantage, minutes):
    return look(NOW - timedelta(minutes=minutes), Verdict.GONE, vantage=vantage, evidence=EVIDENCE)


async def keep_outages(store):
    """One that ended yesterday, one that lasts, with what it rests on."""
    await store.incidents.save(ended(an_incident(NOW - timedelta(days=1))))
    await store.looks.add([seen("direct", 20), seen("direct", 17), seen("proxy:DE", 17), seen("proxy:DE", 14)])
    cites = await store.looks.history(FORM, "DE", since=NOW - timedelta(hours=1))
    return await store.incidents.save(an_incident(NOW - timedelta(minutes=20)), cites=cites)


@pytest.fixture
def outages(store):
    return store(keep_outages)


@pytest.mark.parametrize("arguments", ["incidents", "correct 1 --why measurement", "confirm facebook-2025 DE", "pause"])
def test_without_a_database_each_says_so_in_a_line(command, arguments):
    ran = command(*arguments.split())
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (78, "", 1)
    assert ran.err.startswith("There is no database")


def test_incidents_lists_the_newest_first(command, outages):
    ran = command("incidents")
    assert "it lasts" in ran.line(f"{outages.id}  {FORM}")
    assert "gone, server error" in ran.line("direct, proxy:DE")
    assert ran.out.index("it lasts") < ran.out.rindex(FORM)


def test_incidents_of_a_time_without_any_says_so(command, store):
    store(nothing)
    assert command("incidents", "--days", "7").out == "No outage was confirmed within 7 days.\n"


def test_an_incident_is_shown_with_the_looks_it_rests_on(command, outages):
    ran = command("incidents", str(outages.id))
    assert ran.line("by ").split() == ["by", "networks:", "direct,", "proxy:DE"]
    assert "it lasts" in ran.line("until")
    assert ran.out.count("gone (not found)") == 4
    assert ran.out.count(EVIDENCE.address) == 4


def test_an_incident_whose_looks_are_not_kept_says_so(command, outages):
    assert "are not kept" in command("incidents", str(outages.id - 1)).out


def test_incidents_as_json_have_all_that_is_cited(command, outages):
    document = command("incidents", str(outages.id), "--json").json
    (one,) = document["incidents"]
    assert (document["version"], one["id"], one["causes"]) == (1, outages.id, ["gone", "server_error"])
    assert (one["ended_at"], one["correction"]) == (None, None)
    first = one["observations"][0]
    assert (first["vantage"], first["verdict"], first["measurement"]) == ("direct", "gone", "m-1")
    assert first["hops"][0]["status"] == 302


def test_a_list_as_json_has_no_observations(command, outages):
    records = command("incidents", "--json").json["incidents"]
    assert [one["id"] for one in records] == [outages.id, outages.id - 1]
    assert "observations" not in records[0]


def test_an_unknown_incident_is_one_line(command, outages):
    ran = command("incidents", "99")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "There is no incident 99. `objection-bot incidents` lists them.\n"


@pytest.mark.parametrize("why", ["our_network", "our-network", "measurement", "form_changed"])
def test_correct_marks_it_and_leaves_the_telling_to_the_running_bot(command, outages, store, why):
    ran = command("correct", str(outages.id), "--why", why)
    assert ran.code == 0, ran
    kept = store(lambda opened: opened.incidents.get(outages.id))
    assert kept.correction is Correction(why.replace("-", "_"))
    (news,) = [one for one in store(lambda opened: opened.incidents.news()) if one.incident.id == outages.id]
    assert (news.kind, news.until) == ("corrected", kept.corrected_at)
    assert "false alarm" in command("incidents", str(outages.id)).line("correction")


def test_correct_twice_and_what_is_not_there_is_one_line(command, outages):
    command("correct", str(outages.id), "--why", "measurement")
    again, absent = (command("correct", str(number), "--why", "our_network") for number in (outages.id, 99))
    assert (again.code, again.err) == (78, f"Incident {outages.id} was corrected before, as measurement.\n")
    assert (absent.code, absent.err) == (78, "There is no incident 99.\n")


def test_correct_without_a_good_reason_names_the_reasons(command, outages):
    ran = command("correct", str(outages.id), "--why", "dunno")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "our_network, measurement, form_changed" in ran.err


def test_confirm_notes_both_words_of_an_operator(command, store):
    store(nothing)
    assert command("confirm", FORM, "de").out.startswith(f"Noted: {FORM} opened for an account of DE")
    assert command("confirm", FORM, "Germany", "--broken").out.startswith(f"Noted: {FORM} did not open")
    for opened in (True, False):
        words = store(lambda kept, opened=opened: kept.confirmations.latest(opened=opened))
        assert list(words) == [(FORM, "DE")]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("facebook-2052", "DE"), "No form “facebook-2052” in the data. Did you mean facebook-2025"),
        ((FORM, "Germoney"), "No country “Germoney” in the data. Did you mean DE (Germany)"),
    ],
)
def test_confirm_helps_with_slips(command, store, arguments, line):
    store(nothing)
    ran = command("confirm", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(line)


def test_a_pause_is_set_listed_and_ended(command, store):
    store(nothing)
    until = NOW + timedelta(hours=3)
    set_ = command("pause", "--until", f"{until:%Y-%m-%dT%H:%M}", "--form", FORM, "--country", "de")
    assert set_.out.startswith(f"Pause 1: {FORM}, DE, from ")
    assert f"until {until:%Y-%m-%d %H:%M} UTC" in command("pause").line("1:")
    assert command("pause", "--end", "1").out == "Pause 1 is over. Bad looks are counted anew.\n"
    assert command("pause").out.startswith("No pause is on or planned.")
    again = command("pause", "--end", "1")
    assert (again.code, again.err) == (2, "There is no pause 1 to end. `objection-bot pause` lists them.\n")


def test_a_pause_for_everything_can_lie_ahead_in_any_zone(command, store):
    store(nothing)
    day = (NOW + timedelta(days=2)).date()
    command("pause", "--since", f"{day}T10:00+02:00", "--until", f"{day}T12:00+02:00")
    (planned,) = store(lambda kept: kept.pauses.current(NOW)).values()
    assert planned == Pause(None, None, planned.since, planned.since + timedelta(hours=2))
    assert f"{planned.since:%H:%M}" == "08:00"
    assert "every form, every country" in command("pause").out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("--until soon", "“soon” is no time."),
        ("--until 2020-01-01T00:00", "The pause would be over"),
        ("--end 1 --until 2099-01-01T00:00", "--end stands alone"),
        ("--form facebook-2025", "--end stands alone"),
        ("--until 2099-01-01 --form nope", "No form “nope” in the data."),
        ("--until 2099-01-01 --country nope", "No country “nope” in the data."),
    ],
)
def test_a_pause_that_makes_no_sense_is_one_line(command, store, arguments, line):
    store(nothing)
    ran = command("pause", *arguments.split())
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert ran.err.startswith(line)


def test_check_explains_what_the_bot_concluded(command, outages):
    ran = command("check", "--country", "DE", "--form", FORM, "--explain", sandbox_url="http://127.0.0.1:9")
    assert ran.code == 4
    assert "bad in a row since" in ran.out
    assert "from direct, proxy:DE" in ran.out
    assert ran.out.rstrip().endswith("therefore: not reachable")


@pytest.mark.parametrize(
    ("found", "why"), [(None, "it has no database yet"), ([], "it has not looked at these forms yet")]
)
def test_check_explains_that_nothing_was_concluded_yet(capsys, found, why):
    print_conclusions(found)
    assert capsys.readouterr().out == f"The bot concluded nothing: {why}.\n"


def test_without_a_database_nothing_is_concluded(tmp_path):
    settings = Settings(database_url=f"sqlite:///{tmp_path}/none.db", _env_file=None)
    assert asyncio.run(concluded(settings, [FORM], "DE")) is None


def test_a_database_that_cannot_be_read_does_not_hide_what_was_seen(command, outages, tmp_path):
    (tmp_path / "keys" / "data.key").write_text("no key\n")
    ran = command("check", "--country", "DE", "--form", FORM, "--explain", sandbox_url="http://127.0.0.1:9")
    assert ran.code == 4
    assert "What the bot concluded can't be read" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        "correct {} --why measurement",
        f"confirm {FORM} DE",
        f"confirm {FORM} DE --broken",
        "pause --until 2099-01-01T00:00",
    ],
)
def test_the_running_bot_notices_each_command(command, outages, store, arguments):
    before = store(lambda kept: kept.marks())
    assert command(*arguments.format(outages.id).split()).code == 0
    assert store(lambda kept: kept.marks()) != before
