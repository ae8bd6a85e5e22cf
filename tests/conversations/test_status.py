"""What people are told of the forms, and what they may wish to be told (../shared/conversations.md, paths 1 to 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import FactKind, QuietHours
from bot.domain.days import Day
from bot.domain.deliveries import Lane
from bot.domain.forms import Service
from bot.domain.observations import Reason, Verdict
from bot.domain.statuses import Condition
from bot.domain.wishes import WishKind
from conversations import telling
from conversations.effects import LookNow, Report, Unwish, Wish
from conversations.scene import MOST_WISHES
from tests.conversations.pure import KNOWLEDGE, NOON, Chat, Noticeboard, sent, status_of, world_at

FORM = world_at(NOON.date()).form(Service.FACEBOOK, "DE").id
SINCE = NOON - timedelta(minutes=55)
DOWN = {"since": SINCE, "bad_looks": 4, "networks": ("direct", "proxy:DE"), "from_inside": True}
OUTAGE = Noticeboard((status_of(FORM, "DE", Condition.DOWN, **DOWN),))
FINE = Noticeboard((status_of(FORM, "DE", Condition.ASKS_LOGIN),))
AGAIN = Wish(FORM, "DE", WishKind.ANSWERS)


def seen_as(condition: Condition, **more) -> Chat:
    return Chat(board=Noticeboard((status_of(FORM, "DE", condition, **more),))).types("/status Germany")


def renate(board=OUTAGE) -> Chat:
    """On the way to the form through the app, which she has in Germany."""
    return Chat(board=board).types("/start de_facebook").presses("app")


def effects(chat: Chat, kind: type) -> list:
    return [effect for effect in chat.turn.effects if isinstance(effect, kind)]


@pytest.mark.parametrize(
    ("condition", "more", "said"),
    [
        (Condition.UNSEEN, {"as_of": None, "seen": None}, "Germany: nothing seen yet."),
        (Condition.UNSEEN, {"as_of": NOON - timedelta(days=3)}, "last seen 30 Nov 2026, 10:00 from the bot's own"),
        (Condition.ANSWERS, {}, "seen today 09:00 from the bot's own network (nobody looked from inside the country)"),
        (Condition.ANSWERS, {"vantage": "proxy:AT"}, "from Austria (nobody looked from inside the country), answers."),
        (Condition.ASKS_LOGIN, {"from_inside": True}, "from inside the country, answers and asks for login."),
        (Condition.ASKS_LOGIN, {"networks": ("direct", "proxy:AT")}, "from 2 networks (none in the country), answers"),
        (Condition.ASKS_LOGIN, {**DOWN}, "from 2 networks (at least one in the country), answers"),
        (Condition.ANSWERS, {"as_of": NOON - timedelta(hours=3)}, "That is some hours old."),
        (Condition.CHECKING, {}, "I am checking it. A look today 09:00 raised a doubt; nothing is confirmed."),
        (Condition.DOWN, DOWN, "not reachable since today 09:05, seen 4 times from 2 networks. Last look"),
        (Condition.DOWN, {"bad_looks": 1}, "seen once from one network. None lies in the country."),
        (Condition.UNSTABLE, {}, "unstable, it answers and fails by turns."),
        (Condition.UNJUDGEABLE, {}, "from outside it can't be told from a page that does not exist."),
        (Condition.PAUSED, {}, "planned pause; I do not judge it now."),
        (Condition.ANSWERS, {"reports": 5, "no_code": 4}, "4 people miss the code. 5 people report trouble."),
    ],
)
def test_each_condition_says_what_was_seen_from_where_and_when(condition, more, said):
    seen_as(condition, **more).reads(said, "only you can see")


def test_two_people_are_nobody_yet():
    chat = seen_as(Condition.ANSWERS, reports=2, no_code=2)
    assert "people" not in chat.text


@pytest.mark.parametrize(
    ("verdict", "reason", "said"),
    [
        (Verdict.GONE, Reason.NOT_FOUND, "not found"),
        (Verdict.GONE, Reason.SERVER_ERROR, "an error"),
        (Verdict.GONE, Reason.CONNECTION, "no answer"),
        (Verdict.GONE, Reason.CERTIFICATE, "its certificate was refused"),
        (Verdict.MOVED, Reason.OTHER_PAGE, "leads to another page"),
        (Verdict.PLATFORM_DOWN, Reason.CONNECTION, "the whole site did not answer"),
        (Verdict.ASKS_LOGIN, Reason.NONE, "it answered, which one look does not prove yet"),
    ],
)
def test_an_outage_says_how_it_failed_and_that_one_good_look_ends_nothing(verdict, reason, said):
    status = status_of(FORM, "DE", Condition.DOWN, **DOWN)
    look = replace(status.seen, verdict=verdict, reason=reason)
    chat = Chat(board=Noticeboard((replace(status, seen=look),))).types("/status Germany")
    chat.reads(f"Last look today 09:00: {said}.")


def days(**special: Day) -> tuple[Day, ...]:
    usual = [Day(NOON.date() - timedelta(days=ago), ok=90) for ago in range(29, -1, -1)]
    return (*usual[:27], *special.values(), *usual[27 + len(special) :])


def test_the_last_30_days_are_one_sentence_and_a_picture():
    day = NOON.date()
    chat = Chat(
        board=replace(
            FINE,
            days=days(
                down=Day(day - timedelta(days=2), ok=60, bad=30, down=4 * 3600),
                doubtful=Day(day - timedelta(days=1), ok=50, bad=40),
                unseen=Day(day, no_data=90),
            ),
        )
    ).types("/status Germany")
    sentence = "answered on 27 days, outage confirmed on 1 (4 hours in all), doubtful on 1, not seen on 1."
    chat.reads(f"Last 30 days: {sentence}")
    picture = chat.presses("picture.facebook").reads("Facebook form, Germany", sentence, "A column is a day (UTC).")
    assert picture.shown["values"]["file"] == "history"
    assert picture.presses("status").screen == "status/seen"


def test_a_country_that_nobody_looked_at_says_so():
    Chat(board=Noticeboard()).types("/status Germany").reads("nothing seen yet", "Last 30 days: nothing seen.")


def test_who_meets_a_known_outage_on_the_way_may_write_or_be_told():
    chat = renate().reads("not reachable since today 09:05", "You need not wait for it")
    assert chat.choices[:2] == ["answers", "write"]
    assert chat.presses("write").screen == "write/what"
    assert "answers" not in renate(FINE).choices
    for place in ("browser", "computer"):
        assert "answers" in Chat(board=OUTAGE).types("/start de_facebook").presses(place).choices


def test_not_available_is_noted_and_she_is_told_once_when_it_answers():
    chat = renate().presses("trouble", "gone")
    chat.reads("Noted, without your name.", "not reachable since today 09:05, seen 4 times from 2 networks.")
    assert effects(chat, Report) == [Report(FORM, "DE", "not_available")]
    wished = chat.presses("answers").reads("I tell you once, never in your quiet hours.", "It stands in /mydata")
    assert effects(wished, Wish) == [AGAIN]
    assert wished.wishes == {AGAIN}
    assert "answers" not in renate().presses("trouble", "gone", "answers").types("/status Germany").choices


def test_a_wish_can_be_taken_back_at_once_or_later_and_stands_in_mydata():
    wished = renate().presses("answers")
    back = wished.presses("back").reads("Nothing of the wish is kept.")
    assert effects(back, Unwish) == [Unwish(AGAIN)]
    assert back.wishes == frozenset()
    assert back.presses("again").wishes == {AGAIN}
    mine = wished.types("/mydata").reads("Wish: to be told when the Facebook form for Germany answers again")
    none = mine.presses("wishes", "answers.facebook.DE").reads("You wait for no news.")
    assert none.wishes == frozenset()
    assert "wishes" not in none.types("/mydata").choices


def test_the_wish_of_an_old_form_can_be_taken_back_too():
    facebook = (form for form in KNOWLEDGE.forms.values() if form.service is Service.FACEBOOK and form.id != FORM)
    old = next(form.id for form in facebook if form.successor)
    chat = replace(Chat(), wishes=frozenset({Wish(old, "DE", WishKind.ANSWERS)}))
    assert chat.types("/mydata").presses("wishes", "answers.facebook.DE").wishes == frozenset()


def test_nobody_keeps_more_wishes_than_anybody_needs():
    many = frozenset(Wish(FORM, f"X{number}", WishKind.CODES) for number in range(MOST_WISHES))
    chat = replace(renate(), wishes=many).presses("answers").reads("so many wishes are kept already")
    assert chat.wishes == many


def test_who_wishes_when_it_answers_already_sees_that():
    chat = replace(renate(), board=FINE).presses("answers")
    chat.reads("answers and asks for login")
    assert (chat.screen, chat.wishes) == ("status/seen", frozenset())


def test_codes_are_waited_for_where_none_came():
    chat = Chat().types("/start ie_facebook").presses("app", "form", "code", "missing", "none")
    chat.reads("no code", "4 people miss the code.")
    assert [each.kind for each in effects(chat, Report)] == ["no_code"]
    wished = chat.presses("codes").reads("I know that only from what others report.")
    assert [wish.kind for wish in wished.wishes] == [WishKind.CODES]
    assert Chat().types("/status Ireland").presses("codes.instagram").wishes


def test_who_got_a_code_helps_those_who_wait():
    coded = Chat().types("/start ie_facebook").presses("app", "form", "code")
    for chat in (coded.presses("missing", "came"), coded.presses("missing", "none", "came"), coded.presses("sent")):
        assert [each.kind for each in effects(chat, Report)] == ["code_came"]


@pytest.mark.parametrize("screen", [telling.AGAIN, telling.CODES, telling.CORRECTED])
def test_what_was_wished_leads_on_and_changes_nothing_else(screen):
    before = renate().presses("trouble", "gone", "answers")
    told = before.is_told(screen, Service.FACEBOOK, "DE").reads("Facebook form, Germany")
    assert told.person == before.person
    assert told.presses(told.choices[0]).screen == "object/app"
    assert told.presses(told.choices[0]).person.session.case == 1
    later = told.types("/settings").later(days=40)
    assert later.presses_data(told.data[0]).aside == "", "its buttons are valid for ever"


def test_the_news_names_the_times_and_the_correction_says_sorry():
    chat = sent()
    chat.is_told(telling.AGAIN, Service.FACEBOOK, "DE").reads(
        "It answers again, seen today 10:00.", "since today 07:00"
    )
    chat.is_told(telling.CORRECTED, Service.FACEBOOK, "DE").reads("the form was reachable. I am sorry.")
    on = chat.is_told(telling.CODES, Service.FACEBOOK, "DE").presses("on.facebook.DE")
    assert on.screen == "back/standing", "what is sent already is not begun anew"
    anew = chat.is_told(telling.AGAIN, Service.INSTAGRAM, "FR").presses("on.instagram.FR")
    assert (anew.screen, anew.scene().service, anew.scene().country) == ("object/where", Service.INSTAGRAM, "FR")


def test_forged_buttons_of_news_lead_nowhere_else():
    told = sent().is_told(telling.AGAIN, Service.FACEBOOK, "DE")
    for forged in ("on.facebook.ZZ", "on.myspace.DE", "off.facebook.DE", "on", "on.facebook.US"):
        assert told.presses_data(f"status.again:{forged}:1:1").aside == "old_button"


@pytest.mark.parametrize(
    ("local", "quiet", "due"),
    [
        ("2026-12-03T13:00", QuietHours(), "2026-12-03T13:00"),
        ("2026-12-03T23:00", QuietHours(), "2026-12-04T07:00"),
        ("2026-12-03T02:00", QuietHours(), "2026-12-03T07:00"),
        ("2026-12-03T02:00", QuietHours(0, 0), "2026-12-03T02:00"),
    ],
)
def test_news_waits_for_the_end_of_the_persons_own_quiet_hours(local, quiet, due):
    chat = replace(renate(), person=replace(renate().person, quiet=quiet)).on(local)
    saying = telling.notice(chat.scene(), telling.AGAIN, Service.FACEBOOK, "DE")
    assert saying.lane is Lane.NOTICE
    assert telling.due_at(chat.scene()).isoformat()[:16] == due


def test_who_travels_reports_nothing_and_his_place_is_not_kept():
    luc = Chat().types("/start fr_facebook").presses("computer", "trouble", "country")
    asked = luc.reads("Are you in France now?")
    away = asked.presses("away").reads("it can be the place, not your account", "answers and asks for login")
    assert effects(away, Report) == []
    assert away.case.last(FactKind.FAILED) is None
    home = away.types("28.12.2026").reads("I ask again on Mon 28 December 2026")
    assert home.person == replace(home.person, cases=(replace(away.case, snoozed_until=home.case.snoozed_until),)), (
        "nothing but the day"
    )
    assert away.types("1.12.2026").screen != "trouble/home", "a day that is over is none of a return"
    assert asked.presses("here").turn.effects[-1] == Report(
        luc.scene().world.form(Service.FACEBOOK, "FR").id, "FR", "not_in_country"
    )


def test_who_lives_elsewhere_is_asked_about_both_countries():
    luc = Chat(person=replace(Chat().person, residence="CH")).types("/start fr_facebook")
    luc.presses("computer", "trouble", "country").reads("Are you in France or Switzerland now?")


def test_of_thailand_nothing_is_known_and_the_accounts_country_counts():
    luc = Chat().types("/start fr_facebook").presses("computer").types("/status TH")
    luc.reads("I have nothing on Thailand. For your account France counts.")
    assert luc.labels[0] == "Status for France"
    assert luc.presses("home").reads("Facebook form, France").screen == "status/seen"
    assert "Status for France" in luc.types("/status Austria").labels
    assert "Status for France" not in luc.types("/status France").labels


def test_who_asks_for_a_status_causes_a_look():
    assert effects(Chat().types("/status Germany"), LookNow) == [LookNow("DE")]
