"""Kinga, Poland: three Instagram accounts, no code, an answer in her hand (../shared/conversations.md, path 2)."""

from __future__ import annotations

from tests.conversations.transcript import town_at

MIDDLE_DOOR = """
> START
> I have already tried
B Good that you did. What happened last?
[It does not open] [The code never came] [Meta answered] [No answer] [It was accepted]
> Meta answered
> Instagram
B In which country is the Instagram account registered?
> Polska
B What does Meta's answer come down to?
> “Cannot take further action”
B That is neither a yes nor a refusal with reasons. A letter like this may come from another form.
[It wanted a screenshot of an AI answer] [I was logged in, my e-mail was filled in] [I wrote an e-mail] [I don't know]
> I don't know
B Which title did the form have?
> “Data subject rights for third-party …”
B by its own text such requests are not fulfilled automatically.
B Your own posts have a different form. Had you reached it?
> Yes, the code never came
B Then that objection is most likely not sent, and it can be sent now.
"""
TWO_CENTRES = f"""
{MIDDLE_DOOR}
> I have several accounts
B How many Instagram accounts do you have?
> 3
B In how many Accounts Centres are they?
[One] [Two] [Three] [Where do I see that?]
> Two
B Then it is 2 objections.
B If accounts in one Accounts Centre have different e-mail addresses, send one for each address.
[Start with the first] [Make it one more] [Label them]
"""
NO_CODE = f"""
{TWO_CENTRES}
> Label them
> Work
> Private
B 1. Instagram, Poland (Work)
B 2. Instagram, Poland (Private)
> Start with the first
> In the app on this phone
B This is Instagram, Poland (Work): first switch Instagram to an account of its Accounts Centre.
B Menu as of May 2025. Instagram form, Poland:
> I see the form
> It wants a code
B Never send the code to me: it belongs in Meta's form. Without it the objection is not sent.
> The code does not come
B Is it the mailbox of exactly this account?
> Still none
B Noted: Thu 10 December 2026, 18:20, no code. So the objection is not sent yet.
[Write to Meta] [Ask me tomorrow] [It came after all]
"""


async def test_who_comes_in_the_middle_is_never_led_through_the_beginning(tmp_path):
    async with town_at(tmp_path, "2026-12-10 18:20", "Europe/Warsaw") as stage:
        kinga = await stage.person("Kinga", "pl", country="PL")
        await stage.play(kinga, NO_CODE)
        await stage.play(
            kinga,
            """
            > Write to Meta
            B The form's code did not come.
            > I sent it
            > Reply to Meta's e-mail
            B Noted: Thu 10 December 2026.
            B Legal date: Mon 11 January 2027
            B Sun 10 January 2027 is a day off, so it moves.
            [It came back undelivered] [The next objection] [Another account]
            > The next objection
            B Where are you logged in to Instagram?
            > In the app on this phone
            B This is Instagram, Poland (Private): first switch Instagram
            """,
        )


async def test_two_objections_are_kept_apart_to_the_end(tmp_path):
    async with town_at(tmp_path, "2026-12-10 18:20", "Europe/Warsaw") as stage:
        kinga = await stage.person("Kinga", "pl", country="PL")
        await stage.play(kinga, NO_CODE)
        await stage.play(
            kinga,
            """
            > Write to Meta
            > I sent it
            > Reply to Meta's e-mail
            > My cases
            B Instagram, Poland (Work): sent, waiting for Meta
            B Instagram, Poland (Private): not sent yet
            > Instagram, Poland (Private)
            > What is next?
            > Go on
            > In the app on this phone
            > I see the form
            > It is sent
            > Confirmed already
            > By e-mail
            B 1 of 2 done.
            (2026-12-11 10:01)
            B Instagram, Poland (Work)
            B Has Meta confirmed it?
            (2026-12-14 12:00)
            > It says something else
            > “Cannot take further action”
            > I wrote an e-mail
            B Then Meta owes you a clear word: it must say what it did, or refuse with reasons
            B The date stays as it is.
            > Answer Meta
            B “No further action” is neither a yes nor a refusal with reasons.
            > I sent it
            > Reply to Meta's e-mail
            B Noted. Our check: Mon 28 December 2026.
            (2026-12-28 10:01)
            B This is our check. You wrote to Meta on Mon 14 December 2026.
            """,
        )


async def test_silence_leads_to_the_authority_of_her_country_and_its_date(tmp_path):
    async with town_at(tmp_path, "2026-12-10 18:20", "Europe/Warsaw") as stage:
        kinga = await stage.person("Kinga", "pl", country="PL")
        await stage.play(kinga, NO_CODE)
        await stage.play(
            kinga,
            """
            > Write to Meta
            > I sent it
            > Reply to Meta's e-mail
            (2026-12-11 10:01)
            B These need a look today:
            B 1. Instagram, Poland (Work)
            B 2. Instagram, Poland (Private)
            > Instagram, Poland (Work)
            B Has Meta confirmed it?
            > Ask in a week
            B All right. I ask again on Fri 18 December 2026.
            (2026-12-17 10:01)
            B Instagram, Poland (Private)
            B Your objection is not sent yet.
            (2026-12-18 10:01)
            B Instagram, Poland (Work)
            B Has Meta confirmed it?
            (2026-12-30 12:00)
            silence
            (2027-01-12 10:01)
            B Instagram, Poland (Work)
            B Meta had to answer by Mon 11 January 2027 (legal date, Art. 12(3) GDPR).
            > Nothing
            > Remind Meta
            > I sent it
            > Reply to Meta's e-mail
            B Our check: Tue 26 January 2027.
            (2027-01-26 10:01)
            B Has anything come?
            > Nothing
            > Complain
            B UODO
            B No online form on record, so kancelaria@uodo.gov.pl. Its page says how it must be signed.
            B Its language: Polish.
            > I filed it
            B Legal date: by Mon 26 April 2027 the authority should tell you how things stand (Art. 78(2) GDPR).
            (2027-04-26 12:00)
            silence
            (2027-04-27 10:01)
            B Has the authority written?
            [Yes] [No] [In a month] [Stop asking]
            > No
            B For going to court, ask a lawyer or an advice centre.
            > In a month
            B All right. I ask again on Thu 27 May 2027.
            """,
        )


async def test_a_letter_by_post_is_reckoned_until_its_day_is_told(tmp_path):
    async with town_at(tmp_path, "2026-12-10 18:20", "Europe/Warsaw") as stage:
        kinga = await stage.person("Kinga", "pl", country="PL")
        await stage.play(kinga, NO_CODE)
        await stage.play(
            kinga,
            """
            > Write to Meta
            > By post
            B The month runs from the day it arrives. Until you tell me that day I reckon with a week
            > I sent it by post
            B Our check: Mon 18 January 2027
            [It has arrived] [It came back undelivered]
            (2026-12-11 10:01)
            B These need a look today:
            (2026-12-14 09:00)
            > /cases
            > Instagram, Poland (Work)
            > What is next?
            B Our check: Mon 18 January 2027
            [It has arrived] [It came back undelivered]
            > It has arrived
            > Today
            B Legal date: Thu 14 January 2027
            > It came back undelivered
            B Then it does not count, and I took the day back.
            > Send it another way
            > I sent it
            > Meta's privacy page
            B Noted: Mon 14 December 2026.
            B Legal date: Thu 14 January 2027
            """,
        )


async def test_an_objection_of_2024_stays_valid_and_is_reminded_of(tmp_path):
    async with town_at(tmp_path, "2026-12-10 18:20", "Europe/Warsaw") as stage:
        kinga = await stage.person("Kinga", "pl", country="PL")
        await stage.play(
            kinga,
            """
            > START
            > I have already tried
            > No answer
            > Instagram
            > Poland
            B When did you send it?
            > In 2024
            B Older objections stay valid.
            > Must I send it again?
            B No. Meta said that it honours older objections too
            > Remind Meta
            B On Sat 1 June 2024 I objected to the use of my data
            """,
        )


async def test_without_an_account_there_is_a_different_and_weaker_form(tmp_path):
    async with town_at(tmp_path, "2026-12-10 18:20", "Europe/Warsaw") as stage:
        kinga = await stage.person("Kinga", "pl", country="PL")
        await stage.play(
            kinga,
            """
            > START
            > I have no account
            B In which country do you live?
            > Poland
            B Without an account there is one form, and it is a weaker thing
            [Open the form ↗] [It is sent] [It wants a screenshot] [What else helps?]
            > It wants a screenshot
            > What else helps?
            > Back to the form
            > It is sent
            B Expect a standard letter; it is no refusal of an objection about own posts.
            """,
        )
