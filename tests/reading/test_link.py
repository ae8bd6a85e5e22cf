import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import load
from bot.reading.link import find_link
from conversations.pasted import Link, LinkOwner

WORLD = load()
FORMS = tuple(WORLD.forms.values())


def judged(text):
    return find_link(text, WORLD.links, FORMS)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("https://www.facebook.com/help/contact/712876720715583", True),
        ("http://facebook.com/help/contact/712876720715583/", True),
        ("see www.facebook.com/help/contact/712876720715583?ref=x.", True),
        ("https://m.facebook.com/privacy", False),
        ("instagram.com/accounts", False),
        ("https://www.meta.com", False),
    ],
)
def test_an_address_of_metas_is_known_by_its_registrable_domain(text, form):
    link = judged(text)
    assert link.owner is LinkOwner.META
    assert link.domain in WORLD.links.meta
    assert bool(link.form) is form


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://meta-optout.example/form", "meta-optout.example"),
        ("https://facebook.com.evil.test/help", "evil.test"),
        ("https://facebook.com@evil.com/", "evil.com"),
        ("https://www.faceb00k.com/help/contact/712876720715583", "faceb00k.com"),
        ("facebook-privacy.co.uk", "facebook-privacy.co.uk"),
        ("https://xn--fcebook-hwa.com/", "xn--fcebook-hwa.com"),
    ],
)
def test_a_look_alike_is_named_by_whom_it_belongs_to(text, domain):
    link = judged(text)
    assert link.owner is LinkOwner.FOREIGN
    assert domain in {link.domain, link.domain.encode("idna").decode()}


@pytest.mark.parametrize(
    "text",
    ["https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.com", "https://lm.facebook.com/x", "https://www.facebook.com/l.php",
     "https://facebook.com/flx/warn/?u=x", "https://www.facebook.com/login/?next=evil", "https://www.instagram.com/n/?x"],
)  # fmt: skip
def test_a_page_that_only_passes_on_is_told_apart(text):
    assert judged(text).owner is LinkOwner.META_REDIRECT


@pytest.mark.parametrize(
    "text",
    ["https://192.0.2.1/help", "http://2130706433/", "https://[::1]/x", "https://[bad/x", "https://www.facebook.com:8443/help",
     "https://localhost/x"],
)  # fmt: skip
def test_whose_it_is_cannot_always_be_told(text):
    assert judged(text).owner is LinkOwner.UNREADABLE


@pytest.mark.parametrize(
    "text",
    ["hello", "", "me@mail.example", "renate.muster@mail.example", "anna.b+c@mail.co.uk", "I objected. Then nothing",
     "3.12.2026", "e.g. this", "write to renate.muster@mail.example please"],
)  # fmt: skip
def test_what_is_no_address_is_none(text):
    assert judged(text) is None


def test_beside_an_e_mail_address_a_link_is_found():
    assert judged("anna@mail.example wrote: see meta-optout.example/form").domain == "meta-optout.example"


def test_a_very_long_name_is_cut():
    link = judged("https://" + "a" * 60 + "." + "b" * 60 + ".example/")
    assert link == Link(LinkOwner.FOREIGN, link.domain)
    assert len(link.domain) <= 80


@given(st.text(max_size=120) | st.text(alphabet="htps:/.fackbom@[]%\\#?", max_size=60).map("https://".__add__))
def test_no_text_makes_it_fall_and_nothing_foreign_passes_as_metas(text):
    link = judged(text)
    if link and link.owner is LinkOwner.META:
        assert link.domain in WORLD.links.meta
