"""The link to share: within Telegram's rules, and never about a person."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.forms import Service
from bot.rendering.languages import languages
from conversations.share.flow import link, payload
from tests.conversations.pure import KNOWLEDGE, Chat

SERVED = sorted(KNOWLEDGE.countries)


@pytest.mark.parametrize(
    ("country", "service", "language", "carried"),
    [
        ("DE", Service.FACEBOOK, "de", "de_facebook_de"),
        ("FR", Service.INSTAGRAM, "en", "fr_instagram_en"),
        ("AT", Service.NONE, "de", "at_de"),
        ("AT", None, "de", "at_de"),
        ("", Service.FACEBOOK, "de", ""),
        ("DE", Service.FACEBOOK, "x y", ""),
        ("DE", Service.FACEBOOK, "x" * 60, ""),
    ],
)
def test_it_carries_country_service_and_language_or_nothing(country, service, language, carried):
    assert payload(country, service, language) == carried


def test_without_anything_to_carry_it_is_the_bots_plain_address():
    assert link("objection_sandbox_bot", "") == "https://t.me/objection_sandbox_bot"
    assert link("objection_sandbox_bot", "de_facebook_de") == "https://t.me/objection_sandbox_bot?start=de_facebook_de"


@given(st.text(max_size=80), st.sampled_from([None, *Service]), st.text(max_size=80))
def test_whatever_comes_in_telegram_takes_what_comes_out(country, service, language):
    assert re.fullmatch(r"[A-Za-z0-9_-]{0,64}", payload(country, service, language))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("service", [Service.FACEBOOK, Service.INSTAGRAM])
def test_start_understands_every_link_that_is_given_out(language, service):
    for country in SERVED:
        scene = Chat().types(f"/start {payload(country, service, language)}").scene()
        assert (scene.country, scene.service, scene.person.language) == (country, service, language)


@pytest.mark.parametrize("language", languages())
def test_without_a_service_the_link_opens_the_first_screen_of_that_country(language):
    for country in SERVED:
        chat = Chat().types(f"/start {payload(country, None, language)}")
        assert (chat.screen, chat.scene().country, chat.person.language) == ("start/hello", country, language)
