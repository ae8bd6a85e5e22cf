"""Every way a look can end, and what it must mean (DESIGN promise 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import KnowledgeError
from bot.domain.forms import Form, Purpose, Service, Sureness
from bot.domain.judging import VALUES, Look, Value, differed, judge, value_of, wants_second_try
from bot.domain.looks import LookRules, Marks, Place
from bot.domain.observations import Hop, Page, Reason, Verdict
from bot.domain.page_shapes import same_page

URL = "https://www.facebook.com/help/contact/712876720715583"
DECOY_URL = "https://www.facebook.com/help/contact/9223372036854775807"
CONTROL_URL = "https://www.facebook.com/help/"
LOGIN = "https://www.facebook.com/login/?next={}"
TITLE = "Object to your information being used for AI at Meta"

RULES = LookRules(
    domains=frozenset({"facebook.com", "instagram.com"}),
    places=(Place("https://www.facebook.com/help/contact/", CONTROL_URL, DECOY_URL),),
    login=Marks(("you must log in to continue",), ('id="login_form"',), ("/login/", "/login.php", "/login?next=")),
    checkpoint=Marks(("are you a robot",), (), ("/checkpoint/",)),
    absent=Marks(("this content isn't available right now",)),
    wall_statuses=frozenset({400, 403}),
    rate_limit_statuses=frozenset({429}),
    absent_statuses=frozenset({404, 410}),
)
WALLED = Form(
    id="facebook-2025", service=Service.FACEBOOK, purpose=Purpose.OWN_DATA, url=URL, titles=(TITLE,),
    countries=frozenset(), valid_from=date(2025, 4, 29), valid_until=None, successor=None, needs_login=True,
    sureness=Sureness.HIGH, confirmed_on=None, sources=("test",), checked=date(2026, 11, 23),
)  # fmt: skip
OPEN = replace(WALLED, id="third-party", service=Service.NONE, purpose=Purpose.THIRD_PARTY, needs_login=False)


def page(status=200, body="<p>Something else</p>", url=URL, location=None, *, error=None, truncated=False):
    return Page((Hop(url, status, location),), body, truncated, 0.1, error)


def failed(error="ConnectError"):
    return Page((), "", False, 5.0, error)


def redirect(location, status=302, url=URL):
    return page(status, "", url, location)


CONTROL = page(body="<h1>Help Centre</h1>", url=CONTROL_URL)
ABSENT = page(404, "<h1>Not found</h1>", DECOY_URL)
FORM = page(body=f"<h1>{TITLE}</h1><form></form>")
TO_LOGIN = redirect(LOGIN.format("712876720715583"))
DECOY_TO_LOGIN = redirect(LOGIN.format("9223372036854775807"), url=DECOY_URL)


def judged(seen, *, form=WALLED, control=CONTROL, decoy=ABSENT, second=None, differed_before=False):
    judgement = judge(Look(seen, control, decoy, second), form, RULES, differed_before=differed_before)
    assert judgement.explanation
    return judgement.verdict, judgement.reason


NO_DATA, GONE, MOVED = Verdict.NO_DATA, Verdict.GONE, Verdict.MOVED


SEEN = {
    "the form's own title": (FORM, Verdict.ANSWERS, Reason.NONE),
    "a page without the title, unlike its decoy": (page(), Verdict.ANSWERS, Reason.NONE),
    "a redirect to the login": (TO_LOGIN, Verdict.ASKS_LOGIN, Reason.NONE),
    "login words": (page(body="You must log in to continue."), Verdict.ASKS_LOGIN, Reason.NONE),
    "a login form": (page(body='<form id="login_form">'), Verdict.ASKS_LOGIN, Reason.NONE),
    "another service's login": (redirect("https://www.instagram.com/login/"), NO_DATA, Reason.OTHER_PAGE),
    "410": (page(410), GONE, Reason.NOT_FOUND),
    "404 unlike the decoy's": (page(404, "<b>Another 404</b>"), GONE, Reason.NOT_FOUND),
    "absent words": (page(body="This content isn’t\n available <b>right</b> now"), GONE, Reason.NOT_FOUND),
    "503 while the control is good": (page(503), GONE, Reason.SERVER_ERROR),
    "301 to another page": (redirect(CONTROL_URL, 301), MOVED, Reason.OTHER_PAGE),
    "308 to another page": (redirect(CONTROL_URL, 308), MOVED, Reason.OTHER_PAGE),
    "302 to another page": (redirect(CONTROL_URL), GONE, Reason.OTHER_PAGE),
    "a look-alike domain": (redirect("https://facebook.com.evil.example/x"), MOVED, Reason.OTHER_SITE),
    "a bare address": (redirect("https://203.0.113.7/x"), MOVED, Reason.OTHER_SITE),
    "the same form without TLS": (redirect(URL.replace("https", "http")), NO_DATA, Reason.BOT_WALL),
    "a checkpoint": (redirect("https://www.facebook.com/checkpoint/1/"), NO_DATA, Reason.BOT_WALL),
    "words of a check": (page(body="Are you a robot?"), NO_DATA, Reason.BOT_WALL),
    "400": (page(400), NO_DATA, Reason.BOT_WALL),
    "403": (page(403), NO_DATA, Reason.BOT_WALL),
    "an answer that people never get": (page(418), NO_DATA, Reason.BOT_WALL),
    "429": (page(429), NO_DATA, Reason.RATE_LIMIT),
}


@pytest.mark.parametrize(("seen", "verdict", "reason"), SEEN.values(), ids=SEEN)
def test_a_page_unlike_its_decoy_speaks_for_itself(seen, verdict, reason):
    assert judged(seen) == (verdict, reason)


@pytest.mark.parametrize(
    "target",
    [
        "https://www.facebook.com/help/contact/712876720715583/",
        "https://m.facebook.com/help/contact/712876720715583?locale=en_GB",
        "https://www.facebook.com/help/form/712876720715583",
    ],
)
@pytest.mark.parametrize("status", [301, 302])
def test_a_redirect_to_the_same_form_is_followed_not_judged(target, status):
    seen = Page((Hop(URL, status, target), Hop(target, 200, None)), FORM.body, False, 0.2, None)
    assert judged(seen) == (Verdict.ANSWERS, Reason.NONE)


def test_words_in_scripts_do_not_count():
    body = '<script>["This content isn\'t available right now", "You must log in to continue"]</script><p>Hi</p>'
    assert judged(page(body=body)) == (Verdict.ANSWERS, Reason.NONE)


def test_the_forms_title_outweighs_login_words_around_it():
    assert judged(page(body=f"<h1>{TITLE}</h1> You must log in to continue"), form=OPEN)[0] is Verdict.ANSWERS


@pytest.mark.parametrize("seen", [TO_LOGIN, page(body="You must log in to continue")])
def test_a_login_before_a_form_that_needs_none_says_nothing(seen):
    assert judged(seen, form=OPEN) == (NO_DATA, Reason.BOT_WALL)


@pytest.mark.parametrize(
    ("control", "seen", "verdict", "reason"),
    [
        (failed(), failed(), NO_DATA, Reason.BLIND),
        (failed(), FORM, NO_DATA, Reason.BLIND),
        (failed(), page(404), NO_DATA, Reason.BLIND),
        (redirect("https://hotel.example/portal", url=CONTROL_URL), page(404), NO_DATA, Reason.BLIND),
        (page(400, url=CONTROL_URL), page(404), NO_DATA, Reason.BOT_WALL),
        (page(429, url=CONTROL_URL), failed(), NO_DATA, Reason.RATE_LIMIT),
        (redirect("https://www.facebook.com/checkpoint/1/"), FORM, NO_DATA, Reason.BOT_WALL),
        (page(502, url=CONTROL_URL), page(502), Verdict.PLATFORM_DOWN, Reason.SERVER_ERROR),
        (page(502, url=CONTROL_URL), failed(), Verdict.PLATFORM_DOWN, Reason.SERVER_ERROR),
        (page(502, url=CONTROL_URL), FORM, NO_DATA, Reason.SERVER_ERROR),
        (page(404, url=CONTROL_URL), FORM, NO_DATA, Reason.BLIND),
        (redirect(LOGIN.format("help"), url=CONTROL_URL), FORM, Verdict.ANSWERS, Reason.NONE),
    ],
)
def test_the_control_page_comes_first(control, seen, verdict, reason):
    assert judged(seen, control=control) == (verdict, reason)


def test_one_failed_try_proves_nothing():
    assert judged(failed()) == (NO_DATA, Reason.CONNECTION)


def test_two_failed_tries_beside_a_good_control_are_bad():
    assert judged(failed(), second=failed("ReadTimeout")) == (GONE, Reason.CONNECTION)


@pytest.mark.parametrize("first", [FORM, TO_LOGIN, page(429), redirect("https://www.facebook.com/checkpoint/1/")])
@pytest.mark.parametrize("decoy", [ABSENT, failed()])
def test_a_failed_second_try_proves_nothing_if_the_first_met_the_form_or_a_wall(first, decoy):
    assert judged(first, second=failed(), decoy=decoy, differed_before=True) == (NO_DATA, Reason.CONNECTION)


def test_an_absence_and_then_no_answer_are_bad():
    assert judged(page(404, "<b>Another 404</b>"), second=failed()) == (GONE, Reason.CONNECTION)


def test_a_second_try_rescues():
    assert judged(failed(), second=FORM) == (Verdict.ANSWERS, Reason.NONE)
    assert judged(page(503), second=TO_LOGIN) == (Verdict.ASKS_LOGIN, Reason.NONE)


def test_a_certificate_is_the_reason_only_if_it_was_refused_twice():
    refused = failed("CertificateError")
    assert judged(refused, second=refused) == (GONE, Reason.CERTIFICATE)
    assert judged(failed(), second=refused) == (GONE, Reason.CONNECTION)


@pytest.mark.parametrize(
    ("seen", "decoy", "known"),
    [
        (FORM, ABSENT, True),
        (TO_LOGIN, ABSENT, True),
        (TO_LOGIN, DECOY_TO_LOGIN, False),
        (page(404, "<b>Another 404</b>"), ABSENT, None),
        (failed(), failed(), None),
        (page(429), ABSENT, None),
    ],
)
def test_that_a_form_differs_is_known_from_a_good_look_only(seen, decoy, known):
    look = Look(seen, CONTROL, decoy)
    assert differed(look, judge(look, WALLED, RULES)) is known


def test_the_tries_are_told():
    explanation = judge(Look(failed(), CONTROL, ABSENT, FORM), WALLED, RULES).explanation
    assert explanation[0] == "second try after a pause: first ConnectError, then status 200"


def test_a_circle_of_redirects_is_bad_the_second_time():
    loop = page(302, "", error="TooManyRedirects")
    assert judged(loop) == (NO_DATA, Reason.CONNECTION)
    assert judged(loop, second=loop) == (GONE, Reason.TOO_MANY_REDIRECTS)


@pytest.mark.parametrize(
    ("decoy", "reason"),
    [(failed(), Reason.CONNECTION), (page(403), Reason.BOT_WALL), (page(429), Reason.RATE_LIMIT)],
)
def test_without_a_decoy_nothing_is_judged(decoy, reason):
    assert judged(page(410), decoy=decoy) == (NO_DATA, reason)


def with_id(number, token):
    return f"<p id='{token}'>No {number}, ref AbC_{number}xyz</p><script>{token}</script>"


def cut(ending):
    return page(body="<p>word</p>" * 900 + ending, truncated=True)


TWINS = {
    "both ask for login": (TO_LOGIN, DECOY_TO_LOGIN),
    "both are not found": (page(404, "<h1>Not found</h1>"), ABSENT),
    "both show the same shell": (page(), page(url=DECOY_URL)),
    "neither answers": (failed(), failed("ReadTimeout")),
    "both lead to the help page": (redirect(CONTROL_URL), redirect(CONTROL_URL, url=DECOY_URL)),
    "only ids and tokens differ": (page(body=with_id(712876, "a")), page(body=with_id(9223372036, "b"))),
    "cut at different places": (cut("<i>cut</i>"), cut("<b>cu")),
}


@pytest.mark.parametrize(("seen", "decoy"), TWINS.values(), ids=TWINS)
def test_a_form_like_its_decoy_cannot_be_judged(seen, decoy):
    second = failed() if seen.error else None
    assert judged(seen, decoy=decoy, second=second) == (NO_DATA, Reason.SAME_AS_DECOY)


def test_a_form_that_used_to_differ_and_now_shows_an_absence_is_bad():
    same = page(404, "<h1>Not found</h1>")
    assert judged(same, differed_before=True) == (GONE, Reason.NOT_FOUND)
    assert judged(failed(), decoy=failed(), second=failed(), differed_before=True) == (
        GONE,
        Reason.CONNECTION,
    )


def test_a_login_put_before_everything_is_no_absence():
    assert judged(TO_LOGIN, decoy=DECOY_TO_LOGIN, differed_before=True) == (NO_DATA, Reason.SAME_AS_DECOY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (page(200), page(404)),
        (page(body="<p>a</p>"), page(body="<p>b</p>")),
        (redirect(LOGIN.format("x")), redirect("https://www.facebook.com/help/")),
        (failed(), page()),
        (page(body="extraordinary words"), page(body="extraordinarily")),
    ],
)
def test_pages_differ_by_status_words_way_or_failure(one, other):
    assert not same_page(one, other)


def test_every_verdict_has_one_of_three_values():
    assert set(VALUES) == set(Verdict)
    assert [value_of(verdict) for verdict in (Verdict.ANSWERS, GONE, NO_DATA)] == [*Value]


@pytest.mark.parametrize(
    ("seen", "control", "again"),
    [
        (FORM, CONTROL, False),
        (page(404), CONTROL, True),
        (failed(), CONTROL, True),
        (failed(), failed(), True),
        (page(400), CONTROL, False),
        (page(429), CONTROL, False),
    ],
)
def test_doubt_asks_again_but_a_wall_is_left_alone(seen, control, again):
    assert wants_second_try(judge(Look(seen, control, ABSENT), WALLED, RULES)) is again


def test_a_form_of_no_known_place_is_named():
    with pytest.raises(KnowledgeError, match=r"elsewhere \(https://www\.facebook\.com/other/1\)"):
        RULES.place_of(replace(WALLED, id="elsewhere", url="https://www.facebook.com/other/1"))
    assert RULES.place_of(WALLED).decoy == DECOY_URL


PAGES = [
    FORM,
    TO_LOGIN,
    page(),
    page(404),
    page(503),
    page(400),
    page(429),
    failed(),
    redirect("https://evil.example"),
]


@pytest.mark.parametrize("control", [failed(), page(400), page(429), page(403)])
@pytest.mark.parametrize(("seen", "second", "before"), list(product(PAGES, [*PAGES, None], [True, False])))
def test_a_blind_or_walled_control_never_gives_a_bad_verdict(control, seen, second, before):
    assert judged(seen, control=control, second=second, differed_before=before)[0] is NO_DATA


@settings(max_examples=200)
@given(body=st.text(), status=st.integers(100, 599), before=st.booleans())
def test_any_page_gets_a_verdict_and_its_twin_never_a_bad_one_at_first_sight(body, status, before):
    seen, twin = page(status, body), page(status, body, DECOY_URL)
    judged(seen, differed_before=before)
    assert value_of(judged(seen, decoy=twin)[0]) is Value.NO_DATA
