"""Luc lives in Switzerland, his account is registered in France, he travels (../shared/conversations.md, path 3)."""

from __future__ import annotations

import pytest

from tests.conversations.transcript import town_at

TO_THE_FORM = """
> START
> Facebook
B In which country is the Facebook account registered?
> France
> On a computer
B On the computer, log in to Facebook first.
B https://www.facebook.com/help/contact/
[Copy the address] [I see the form] [I can't find it] [Something is wrong] [Later]
"""
SENT = f"""
{TO_THE_FORM}
> I see the form
> It is sent
B Noted: today, Mon 14 December 2026. Please take a screenshot of the thank-you page now
B Country of your account: France. Do you live there too?
[Yes] [No]
> No
> Switzerland
B Thu 14 January 2027: a legal date if Art. 12(3) GDPR applies to your account.
B for it, this is our check.
[All right] [Why two laws?]
"""


async def test_where_he_lives_changes_the_law_and_never_the_form(tmp_path):
    async with town_at(tmp_path, "2026-12-14 08:45", "Europe/Zurich") as stage:
        luc = await stage.person("Luc", "fr", country="FR", lives_in="CH")
        await stage.play(luc, SENT)
        await stage.play(
            luc,
            """
            > Why two laws?
            B Under Swiss law an express objection matters (Art. 30(2)(b) of the data protection act)
            > All right
            B I write by the clock of Zurich and never in your quiet hours.
            > Another clock
            B It changes no date of the law.
            > Portugal
            B Clock: Lisbon
            > /cases
            > Facebook, France
            B Thu 14 January 2027: a legal date if
            """,
        )


async def test_abroad_it_can_be_the_place_and_not_the_account(tmp_path):
    async with town_at(tmp_path, "2026-12-14 08:45", "Europe/Zurich") as stage:
        luc = await stage.person("Luc", "fr", country="FR", lives_in="CH")
        await stage.play(luc, TO_THE_FORM)
        await stage.play(
            luc,
            """
            > Something is wrong
            > Not in my country
            B Are you in France now? I do not keep where you are.
            > No, travelling
            B Then it can be the place, not your account. Where you are I do not look
            [Go through the app] [Write to Meta] [In 3 days] [In a week] [In 2 weeks]
            > In 2 weeks
            B I ask again on Mon 28 December 2026, in the morning by your clock.
            > /status TH
            B I have nothing on Thailand. For your account France counts.
            [Status for France]
            > should I use a VPN?
            B I give no advice on that.
            (2026-12-15 12:00)
            silence
            (2026-12-28 09:59)
            silence
            (2026-12-28 10:01)
            B Your objection is not sent yet.
            """,
        )
        reports = list((await stage.town.app.store.rows_of(luc.chat)).get("reports", []))
        assert reports == [], "what he met abroad says nothing of the form"


async def test_not_for_your_region_is_answered_with_the_accounts_country(tmp_path):
    async with town_at(tmp_path, "2026-12-14 08:45", "Europe/Zurich") as stage:
        luc = await stage.person("Luc", "fr", country="FR", lives_in="CH")
        await stage.play(luc, SENT)
        await stage.play(
            luc,
            """
            > /start
            > Meta answered
            > Not in my region
            B Which country does your account show?
            > France
            B in France there is a right to object.
            > Answer Meta
            B My account is registered in France.
            """,
        )


async def test_silence_leads_to_the_authority_where_he_lives_never_at_night(tmp_path):
    async with town_at(tmp_path, "2026-12-14 08:45", "Europe/Zurich") as stage:
        luc = await stage.person("Luc", "fr", country="FR", lives_in="CH")
        await stage.play(luc, SENT)
        await stage.play(
            luc,
            """
            > All right
            (2026-12-15 10:01)
            B Has Meta confirmed it?
            (2026-12-21 10:01)
            B Has Meta confirmed it?
            (2027-01-15 10:01)
            B Thu 14 January 2027 has passed
            > Nothing
            > Remind Meta
            > I sent it
            > Meta's privacy page
            B Our check: Fri 29 January 2027.
            (2027-01-29 10:01)
            B This is our check. You wrote to Meta on Fri 15 January 2027.
            > Nothing
            > Complain
            B EDÖB
            B Its language: German, French, Italian.
            B Take the whole letter: it is in the authority's language
            > I filed it
            B I know of no legal day for the authority's answer. Our check: Thu 29 April 2027.
            (2027-04-29 12:00)
            silence
            (2027-04-30 03:10)
            silence
            (2027-04-30 07:59)
            silence
            (2027-04-30 10:01)
            B Has the authority written?
            """,
        )


async def test_he_moves_and_the_case_stays_as_it_is(tmp_path):
    async with town_at(tmp_path, "2026-12-14 08:45", "Europe/Zurich") as stage:
        luc = await stage.person("Luc", "fr", country="FR", lives_in="CH")
        await stage.play(luc, SENT)
        await stage.play(
            luc,
            """
            > /settings
            > Where I live
            > Germany
            B You live in: Germany (for law and authority only)
            > /cases
            > Facebook, France
            B Facebook, France: sent, waiting for Meta
            B Legal date: Thu 14 January 2027
            """,
        )


async def test_british_holidays_and_the_commissioner_count_for_a_british_account(tmp_path):
    async with town_at(tmp_path, "2027-02-26 12:00", "Europe/London") as stage:
        tom = await stage.person("Tom", "en", country="GB")
        await stage.play(
            tom,
            """
            > START gb_instagram
            > On a computer
            > I see the form
            > It is sent
            B Legal date: Tue 30 March 2027
            B (one month, Art. 12A UK GDPR). Fri 26 March 2027 is a day off, so it moves.
            (2027-03-31 10:01)
            B Meta had to answer by Tue 30 March 2027
            > Nothing
            > Complain
            B In the United Kingdom complain to Meta first
            > I sent it
            > Reply to Meta's e-mail
            B Legal date: by Fri 30 April 2027 Meta must acknowledge your complaint (s. 164A DPA 2018).
            (2027-05-01 10:01)
            B Has anything come from Meta?
            > Nothing
            > Complain
            B The Information Commissioner’s Office
            B Please look into it (s. 165 DPA 2018).
            [Its page ↗] [Copy the text] [I filed it]
            """,
        )


async def test_who_writes_greek_is_spoken_to_in_english_and_understood(tmp_path):
    async with town_at(tmp_path, "2026-12-14 12:00", "Europe/Athens") as stage:
        nikos = await stage.person("Nikos", "el", country="GR")
        await stage.play(
            nikos,
            """
            > START
            > Facebook
            > Ελλάδα
            B Where are you logged in to Facebook?
            > /settings
            B Clock: Athens, 12:00 now
            """,
        )


async def test_a_country_that_is_not_served_is_not_guessed_at(tmp_path):
    async with town_at(tmp_path, "2026-12-14 12:00", "Europe/Madrid") as stage:
        ana = await stage.person("Ana", "es", country="US")
        await stage.play(
            ana,
            """
            > START
            > Facebook
            > USA
            B There is no right to object to this and no form for your own posts.
            [The form without an account] [Another country]
            > Slov
            B Several countries come near to that. Which one is it?
            """,
        )


@pytest.mark.parametrize("payload", ["", "xx", "zz_facebook", "de_facebook_de_de_de", "_" * 64])
async def test_no_deep_link_leads_astray(tmp_path, payload):
    async with town_at(tmp_path, "2026-12-14 12:00") as stage:
        anna = await stage.person("Anna")
        await stage.play(anna, f"> START {payload}")
        assert "Good day." in anna.text or "Guten Tag" in anna.text
