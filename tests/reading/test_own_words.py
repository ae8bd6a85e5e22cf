"""Which links may stand in an operator's own words?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import load
from bot.reading.own_words import read_words

KNOWLEDGE = load()
FORMS = tuple(KNOWLEDGE.forms.values())
OURS = frozenset({"cnil.fr", "advice-centre.org"})


def refused(text):
    return read_words(text, 1, KNOWLEDGE.links, FORMS, OURS).refused


@pytest.mark.parametrize(
    "text",
    [
        "https://www.facebook.com/privacy",
        "instagram.com",
        "(www.cnil.fr/fr/plaintes).",
        "HTTPS://WWW.CNIL.FR",
        "https://advice-centre.org:8443/status",
        "help@anybody.org or 3.12.2026",
        "",
    ],
)
def test_meta_authorities_and_the_bots_own(text):
    assert refused(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("evil.com", ("evil.com",)),
        ("evil.com and https://x.evil.com/y, evil.org", ("evil.com", "evil.org")),
        ("https://cnil.fr.evil.com", ("evil.com",)),
        ("https://cnil.fr@evil.com/x", ("evil.com",)),
        ("https://evil.com@cnil.fr/x", ("cnil.fr",)),
        ("https://cnil\u200b.fr", ("cnil.fr",)),
        ("https://bit.ly/x", ("bit.ly",)),
        ("https://t.me/x tg://resolve?domain=x", ("t.me", "?")),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.com", ("evil.com",)),
        ("https://wa.me/1", ("wa.me",)),
        ("https://192.0.2.1/x", ("192.0.2.1/x",)),
        ("https://facebook.com@evil.com", ("evil.com",)),
        ("https://fаcebook.com", ("xn--fcebook-2fg.com",)),
    ],
)
def test_what_leads_to_anybody(text, names):
    assert refused(text) == names


@given(st.text(max_size=300))
def test_any_text_is_read_and_kept_as_it_is(text):
    assert read_words(text, 7, KNOWLEDGE.links, FORMS, OURS).text == text.strip()


@given(st.text(alphabet="abcdefgh", min_size=4, max_size=12), st.sampled_from(" \n,;(*|!~„»’…→€§'\""))
def test_a_strangers_domain_is_found_wherever_it_stands(name, before):
    domain = f"{name}xx.com"
    assert refused(f"Please read{before}{domain} today") == (domain,)
