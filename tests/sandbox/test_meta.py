from __future__ import annotations

import time

import httpx
import pytest

from bot.sandbox.meta.forms import forms
from bot.sandbox.seed import FIRST_PERSON

RENATE, NIKOS = FIRST_PERSON, FIRST_PERSON + 4
FORM = next(form for form in forms().values() if form.needs_login and form.service == "facebook" and form.titles)
OPEN = next(form for form in forms().values() if form.purpose == "third_party")
AGENT = "Mozilla/5.0 (compatible; ObjectionBot/0.1)"
DECOY = "https://www.facebook.com/help/contact/9223372036854775807"
HOME = "https://www.facebook.com/help/"


async def look(sandbox, url, country="DE", agent=AGENT):
    headers = {"X-Sandbox-Country": country, "User-Agent": agent}
    return await sandbox.http.get(f"/meta/{url.removeprefix('https://')}", headers=headers)


async def test_a_form_that_needs_a_login_leads_to_the_login_page(sandbox):
    first = await look(sandbox, FORM.url)
    login = await look(sandbox, first.headers["location"])

    assert first.status_code == 302
    assert first.headers["location"].startswith(
        "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fhelp"
    )
    assert (login.status_code, 'id="login_form"' in login.text) == (200, True)


async def test_a_form_without_login_answers_with_its_title(sandbox):
    page = await look(sandbox, OPEN.url)

    assert (page.status_code, OPEN.titles[0] in page.text) == (200, True)


async def test_every_form_on_record_is_served_and_says_that_it_is_not_metas(sandbox):
    for form in forms().values():
        page = await look(sandbox, form.url)
        assert page.status_code == (302 if form.needs_login else 200), form.id
    assert "this stands for Meta’s page" in page.text


async def test_an_id_that_cannot_exist_is_not_available(sandbox):
    page = await look(sandbox, DECOY)

    assert (page.status_code, "This content isn't available right now" in page.text) == (404, True)


async def test_a_program_that_does_not_look_like_a_browser_gets_400(sandbox):
    assert (await look(sandbox, FORM.url, agent="curl/8")).status_code == 400


@pytest.mark.parametrize(
    ("state", "status"),
    [("answers", 302), ("gone", 404), ("moved", 301), ("error", 500), ("bot_wall", 403), ("rate_limit", 429),
     ("platform_down", 503), ("not_in_country", 302), ("no_code", 302), ("login_loop", 302), ("same_as_decoy", 302)],
)  # fmt: skip
async def test_each_switch_shows_from_outside_in_its_country_only(sandbox, state, status):
    await sandbox.form(FORM.id, state, "DE")

    assert (await look(sandbox, FORM.url)).status_code == status
    assert (await look(sandbox, FORM.url, country="FR")).status_code == 302
    assert (await look(sandbox, HOME)).status_code == (503 if state == "platform_down" else 200)
    assert (await look(sandbox, DECOY)).status_code == {"platform_down": 503, "same_as_decoy": 302}.get(state, 404)


async def test_a_page_about_ai_is_open_to_all_and_gets_other_words_by_a_switch(sandbox):
    page = "https://www.facebook.com/privacy/genai"
    before, again = await look(sandbox, page), await look(sandbox, page)
    await sandbox.reword("facebook-genai")
    after = await look(sandbox, page)

    assert before.status_code == after.status_code == 200
    assert before.text == again.text != after.text
    assert (await sandbox.get("/sandbox/state"))["pages"] == {"facebook-genai": 1, "instagram-genai": 0}


async def test_everywhere_overrules_what_single_countries_had(sandbox):
    await sandbox.form(FORM.id, "gone", "DE")
    await sandbox.form(FORM.id, "error", "*")
    await sandbox.form(FORM.id, "answers", "FR")

    assert [(await look(sandbox, FORM.url, country=at)).status_code for at in ("DE", "FR", "")] == [500, 302, 500]


async def test_a_connection_can_break_and_a_page_can_be_slow(sandbox):
    await sandbox.form(FORM.id, "reset")
    with pytest.raises(httpx.TransportError):
        await look(sandbox, FORM.url)
    await sandbox.limits(slow_seconds=0.2)
    await sandbox.form(FORM.id, "slow")
    began = time.monotonic()
    assert (await look(sandbox, FORM.url)).status_code == 302
    assert time.monotonic() - began > 0.19


class Browser:
    """A person's own browser."""

    def __init__(self, sandbox, person, place):
        self.sandbox, self.who = sandbox, {"person": str(person), "place": place}

    async def open(self, url):
        return await self._ask("GET", f"/meta/{url.removeprefix('https://')}", params=self.who)

    async def send(self, url, **fields):
        return await self._ask("POST", f"/meta/{url.removeprefix('https://')}", data=fields | self.who)

    async def _ask(self, method, path, **more):
        response = await self.sandbox.http.request(method, path, follow_redirects=True, **more)
        return response.text


async def test_a_person_who_is_logged_in_sends_the_form_and_gets_a_mail(sandbox):
    nikos = Browser(sandbox, NIKOS, "phone")

    assert 'value="nikos@example.org"' in await nikos.open(FORM.url)
    assert "Thank you" in await nikos.send(FORM.url, step="send", email="x", reason="")
    me = next(each for each in (await sandbox.get("/sandbox/state"))["people"] if each["id"] == NIKOS)
    assert me["sent"][0]["form"] == FORM.id
    assert me["mails"][-1]["subject"] == "We've received your objection"


async def test_renate_is_logged_in_in_the_app_only_and_can_log_in_elsewhere(sandbox):
    app, phone = Browser(sandbox, RENATE, "app"), Browser(sandbox, RENATE, "phone")

    assert "renate@example.org" in await app.open(FORM.url)
    assert "Log in as Renate" in await phone.open(FORM.url)
    back = await phone.send("https://www.facebook.com/login/", next=FORM.url)
    assert "renate@example.org" in back
    assert "Log in as Renate" in await Browser(sandbox, RENATE, "computer").open(FORM.url)


async def test_a_code_must_be_the_one_from_the_mail(sandbox):
    await sandbox.form(FORM.id, "asks_code")
    nikos = Browser(sandbox, NIKOS, "phone")

    assert "Enter the code" in await nikos.send(FORM.url, step="send")
    assert "That is not the code" in await nikos.send(FORM.url, step="code", code="000000")
    me = next(each for each in (await sandbox.get("/sandbox/state"))["people"] if each["id"] == NIKOS)
    assert me["sent"] == []
    assert "Thank you" in await nikos.send(FORM.url, step="code", code=me["mails"][-1]["text"][-6:])


@pytest.mark.parametrize(
    ("state", "words"),
    [("no_code", "Enter the code"), ("not_in_country", "offered in your country"), ("gone", "isn't available"),
     ("login_loop", "Log in as Nikos"), ("platform_down", "something went wrong"), ("error", "Error"),
     ("bot_wall", "Security check"), ("moved", "Help Centre")],
)  # fmt: skip
async def test_each_switch_shows_to_a_person(sandbox, state, words):
    await sandbox.form(FORM.id, state, "GR")
    nikos = Browser(sandbox, NIKOS, "phone")

    assert words in (await nikos.open(FORM.url) if state != "no_code" else await nikos.send(FORM.url, step="send"))
    if state == "login_loop":
        assert words in await nikos.send("https://www.facebook.com/login/", next=FORM.url)


async def test_a_browser_without_a_person_stays_in_the_sandbox(sandbox):
    page = await sandbox.http.get(f"/meta/{FORM.url.removeprefix('https://')}", headers={"User-Agent": AGENT})
    login = await sandbox.http.post(
        "/meta/www.facebook.com/login/", data={"next": "https://evil.example/x", "person": str(NIKOS)}
    )

    assert page.headers["location"].startswith("/meta/www.facebook.com/login/?next=")
    assert login.headers["location"].startswith("/meta/evil.example/x")
