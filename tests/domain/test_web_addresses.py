"""Whose page an address is."""

from __future__ import annotations

import pytest

from bot.domain.web_addresses import belongs_to, is_plain_https, registrable_domain

META = frozenset({"facebook.com", "instagram.com"})


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.facebook.com/help", "facebook.com"),
        ("https://facebook.com", "facebook.com"),
        ("https://WWW.Facebook.COM./help", "facebook.com"),
        ("https://facebook.com.evil.co.uk/", "evil.co.uk"),
        ("https://facebook.com@evil.example/", None),
        ("https://notfacebook.com/", "notfacebook.com"),
        ("https://co.uk/", None),
        ("https://127.0.0.1/", None),
        ("https://[::1]/", None),
        ("https://localhost/", None),
        ("https://[bad", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_the_registrable_domain_is_what_somebody_registered(url, domain):
    assert registrable_domain(url) == domain


def test_only_the_registrable_domain_tells_whose_a_page_is():
    assert belongs_to("https://m.facebook.com/x", META)
    assert not belongs_to("https://facebook.com.evil.example/x", META)
    assert not belongs_to("https://127.0.0.1/", META)


@pytest.mark.parametrize("url", ["https://facebook.com/", "https://facebook.com:443/x?y#z"])
def test_plain_https(url):
    assert is_plain_https(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://facebook.com/",
        "https://a:b@facebook.com/",
        "https://facebook.com:8443/",
        "https://facebook.com:x/",
    ],
)
def test_not_plain_https(url):
    assert not is_plain_https(url)
