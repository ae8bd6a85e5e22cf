"""Pasted addresses, by a labelled set (links.json: real, old, hostile, and texts without one) and by a grammar."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.web_addresses import registrable_domain
from bot.knowledge import load
from bot.reading.addresses import addresses_in
from bot.reading.link import find_link
from conversations.pasted import LinkOwner, LinkTrait

WORLD = load()
FORMS = tuple(WORLD.forms.values())
LABELLED = json.loads(Path(__file__).with_name("links.json").read_text("utf-8"))
OURS = WORLD.links.meta | WORLD.links.passing
TRUSTED = {LinkOwner.META, LinkOwner.META_REDIRECT}
BAD = {LinkTrait.TARGET_FOREIGN}


def judged(text):
    return find_link(text, WORLD.links, FORMS)


@pytest.mark.parametrize("each", LABELLED, ids=lambda each: ascii(each["text"])[:60])
def test_each_labelled_address_is_judged_as_it_is_labelled(each):
    link = judged(each["text"])
    assert (link and link.owner.value) == each["owner"]
    if "trait" in each:
        assert (link.trait and link.trait.value) == each["trait"]
    if "form" in each:
        assert link.form == each["form"]


def test_the_labelled_set_is_large_and_no_hostile_address_is_called_metas():
    assert sum(each["owner"] is not None for each in LABELLED) >= 300
    hostile = [judged(each["text"]) for each in LABELLED if each["kind"] == "hostile"]
    assert len(hostile) >= 200
    assert [link for link in hostile if link.owner is LinkOwner.META] == []
    assert [link for link in hostile if link.owner is LinkOwner.META_REDIRECT and link.trait not in BAD] == []


def test_every_form_on_record_is_known_by_its_address():
    for form in FORMS:
        assert judged(form.url).form == form.id


def test_what_stands_before_the_at_is_let_go_unless_it_passes_for_meta():
    assert judged("https://anna.schmidt:secret@evil.com/").other == ""
    assert judged("https://www.facebook.com:secret@evil.com/").other == "facebook.com"


def test_what_is_kept_of_an_address_is_short():
    long = judged(f"https://l.facebook.com/l.php?u=https://{'a' * 60}.{'b' * 60}.{'c' * 60}.example")
    assert all(len(value) <= 80 for value in (long.domain, long.other))


def test_a_long_redirect_alone_is_an_address_and_no_pasted_mail():
    from tests.reading.test_meaning import read

    meaning = read("https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2F&h=" + "A" * 300)
    assert meaning.link.other == "evil.example"
    assert not meaning.is_personal


words = st.sampled_from(
    ["facebook", "facebook.com", "www.facebook.com", "instagram.com", "meta.com", "help", "contact", "712876720715583",
     "l.php", "login", "evil", "x", "fаcebook", "xn--fcebook-2fg", "wa.me", "bit.ly", "co.uk", "com", "net",
      "1", "0x7f",
     "[::1]", "127.0.0.1", "", "-", "_", "é", "例え", "。", "．", "\u200b", "\u202e", "%2e", "%2f", "%00", "%40", "%"]
)  # fmt: skip
marks = st.sampled_from(
    ["", ".", "/", "//", "\\", "@", ":", "#", "?", "&", "=", ";", ",", " ", "|", "(", ")", "[", "]", "%20", "\t", "\n"]
)
schemes = st.sampled_from(
    ["", "https://", "http://", "HTTPS://", "https:/", "https:", "https:\\\\", "//", "ftp://", "javascript:", "tg://"]
)
soup = st.builds(
    lambda scheme, parts: scheme + "".join(a + b for a, b in parts),
    schemes,
    st.lists(st.tuples(words, marks), max_size=14),
)
foreign_hosts = st.builds(
    lambda before, name, end: ".".join([*before, name, end]),
    st.lists(st.sampled_from(["www", "facebook", "com", "help", "instagram", "meta", "l", "m"]), max_size=4),
    st.sampled_from(
        [
            "evil",
            "facebook-help",
            "meta-optout",
            "facebookcom",
            "wwwfacebook",
            "faceb00k",
            "fаcebook",
            "xn--fcebook-2fg",
        ]
    ),
    st.sampled_from(["com", "net", "co.uk", "example", "help", "com.br", "io", "de"]),
)
users = st.sampled_from(["", "facebook.com@", "www.facebook.com:443@", "https%3A%2F%2Ffacebook.com@", "a:b@", "@"])
ports = st.sampled_from(["", ":", ":443", ":80", ":8080"])
paths = st.sampled_from(["", "/", "/facebook.com", "\\facebook.com", "/@facebook.com",
     "/https://www.facebook.com/help/contact/712876720715583",
                         "?u=https://www.facebook.com", "#https://facebook.com", "//facebook.com",
                          "/%2e%2e/facebook.com", ";facebook.com"])  # fmt: skip
around = st.sampled_from(
    [
        "{}",
        "see {} please",
        "({})",
        "[facebook.com]({})",
        "<{}>",
        "„{}“",
        "www.facebook.com {}",
        "{}\nhttps://meta.com",
        "{}.",
        "\u200e{}\u200e",
    ]
)


@settings(max_examples=1500)
@given(soup | st.text(max_size=200))
@example("https://" + "a." * 300)
@example("@" * 500)
@example("[" * 2000)
def test_no_text_makes_it_fall_and_metas_is_only_what_is_metas(text):
    link = judged(text)
    assert link is None or link.owner not in TRUSTED or link.domain in OURS


@settings(max_examples=1500)
@given(
    st.sampled_from(["https://", "http://", "HTTPS://", "https:", "https:/", "https:\\\\", "https:////"]),
    users,
    foreign_hosts,
    ports,
    paths,
    around,
)
def test_an_address_of_a_foreign_domain_is_never_called_metas(scheme, user, host, port, path, frame):
    link = judged(frame.format(f"{scheme}{user}{host}{port}{path}"))
    assert link.owner in {LinkOwner.FOREIGN, LinkOwner.UNREADABLE}


@settings(max_examples=800)
@given(foreign_hosts, st.sampled_from(["l.facebook.com/l.php?u=", "www.facebook.com/login/?next=",
     "l.instagram.com/?u=", "www.facebook.com/help?x="]),
       st.sampled_from(["https://", "http%3A%2F%2F", "https%253A%252F%252F", "//", "%5C%5C"]))  # fmt: skip
def test_a_redirect_to_a_foreign_domain_is_told_as_one(host, start, packed):
    link = judged(f"https://{start}{packed}{host}")
    assert (link.owner, link.trait) == (LinkOwner.META_REDIRECT, LinkTrait.TARGET_FOREIGN)
    assert link.other not in OURS


@settings(max_examples=500)
@given(st.from_regex(r"[a-z0-9-]{1,12}(\.[a-z0-9-]{1,12}){1,4}", fullmatch=True))
def test_a_plain_address_is_metas_exactly_if_its_registrable_domain_is(host):
    link = judged(f"https://{host}/help/contact/1")
    is_metas = registrable_domain(f"https://{host}") in WORLD.links.meta
    assert (link.owner in TRUSTED) is is_metas


def seconds(text, rounds):
    best = float("inf")
    for _ in range(rounds):
        begun = time.thread_time()
        judged(text)
        best = min(best, time.thread_time() - begun)
    return best


def test_a_typical_address_takes_less_than_a_millisecond():
    times = sorted(seconds(each["text"], 3) for each in LABELLED)
    assert times[len(times) // 2] < 0.001
    assert times[-1] < 0.005


@pytest.mark.parametrize(
    "text",
    ["a." * 2048, "https://" + "a." * 2044, "%25" * 1365,
    "https://l.facebook.com/?" + "u=https://a.de&" * 270, "evil.com " * 455,
     "[](" * 1365, "@" * 4096, "(" * 4096, "https://x.de/" + "\u200b" * 4080, "é." * 2048,
     "data:" + "," * 4090, "a-" * 2048, "://" * 1365],
    ids=lambda text: ascii(text[:12]),
)  # fmt: skip
def test_the_longest_hostile_text_takes_a_bounded_time(text):
    assert seconds(text, 2) < 0.1


def test_addresses_are_found_in_the_order_of_the_text():
    assert [each.rest for each in addresses_in("https://a.de/x, dann b.de")] == ["a.de/x", "b.de"]
