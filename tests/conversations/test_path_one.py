"""Renate, 62, Germany: the Facebook app, new to Telegram (../shared/conversations.md, path 1)."""

from __future__ import annotations

import asyncio
import base64

from bot.use_cases import documents
from tests.conversations.transcript import silent, town_at
from tests.sandbox_server import TOKEN

LEAFLET = """
> START de_facebook
B Good day. I help you object to Meta using your Facebook posts to train AI, and I keep the dates.
B Is your account registered in Germany? Then: where do you use Facebook?
[In the app on this phone] [In a browser on this phone] [On a computer]
[Other country or account] [I have already tried]
> In the app on this phone
B Then go through the app; you are logged in there already.
B Settings & privacy → Settings → Privacy Policy → object
B Does a page want a screenshot of an AI answer? Wrong form, go back.
B Menu as of May 2025. Facebook form, Germany:
[I see the form] [I can't find it] [I have Meta's e-mail] [Is it too late?] [Something is wrong] [Later]
"""
SENT = f"""
{LEAFLET}
> I see the form
B The e-mail address in the form must be your account's.
[It is sent] [It wants a code] [A sentence to send] [Something is wrong]
> It is sent
B Noted: today, Thu 3 December 2026. Please take a screenshot of the thank-you page now
B Legal date: Mon 4 January 2027
B (one month, Art. 12(3) GDPR). Sun 3 January 2027 is a day off, so it moves.
[All right] [Confirmed already] [It was another day]
"""


async def test_two_taps_from_the_leaflet_and_an_end_that_says_done(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        renate = await stage.person("Renate")
        await stage.play(renate, LEAFLET)
        await stage.play(
            renate,
            """
            > Is it too late?
            B No. You can object at any time, for future training.
            > Go on
            > I see the form
            > A sentence to send
            B I shared my posts with people, never for training AI. I object to the use of my data for AI at Meta.
            [Copy the sentence] [It is sent]
            > It is sent
            B Legal date: Mon 4 January 2027
            > Confirmed already
            > By e-mail
            B Done. Keep that e-mail.
            B It covers the accounts in the same Accounts Centre, not what others post about you.
            [Another account] [Delete everything]
            (2026-12-04 10:30)
            silence
            (2027-01-05 10:30)
            silence
            (2027-03-08 11:00)
            > hallo?
            B Good to see you.
            B Done since Thu 3 December 2026. There is nothing that you must do now.
            [Another account] [Delete everything]
            """,
        )


async def test_without_the_leaflet_it_takes_four_taps(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        renate = await stage.person("Renate")
        await stage.play(
            renate,
            """
            > START
            B I don't need your name or e-mail address, and never a password.
            [Facebook] [Instagram] [Both or several] [I have already tried] [I have no account]
            > Facebook
            B In which country is the Facebook account registered? Tap it, or type its name.
            > in Deutschland
            B Where are you logged in to Facebook?
            > In the app on this phone
            B Then go through the app; you are logged in there already.
            """,
        )


async def test_what_breaks_has_seven_answers_each_with_its_own_fix(tmp_path):
    async with town_at(tmp_path, "2026-12-08 14:00") as stage:
        renate = await stage.person("Renate")
        await stage.play(renate, LEAFLET)
        await stage.play(
            renate,
            """
            > I can't find it
            B There is a second way:
            [I see the form] [Not there either] [I have Meta's e-mail]
            > I have Meta's e-mail
            B Keep your finger on it, copy it, paste it here. I look only at the address and do not open it.
            > https://www.facebook.com/help/contact/712876720715583
            B facebook.com: that is Meta. It is the form that I have for Facebook.
            [I see the form] [It does not open]
            > https://meta-optout.example/form
            B Do not open it: the address belongs to “meta-optout.example”, not to Meta.
            [The safe way]
            > The safe way
            B Then go through the app; you are logged in there already.
            > Something is wrong
            B What do you see?
            [A login page] [Login, again and again] [Not available] [Not in my country] [White page, error]
            [It wants a screenshot] [Something else]
            > A login page
            B That is the usual cause: this window does not know you. The app does.
            [Go through the app] [I have logged in]
            > ‹ Back
            > Not available
            B Noted, without your name.
            B Your right does not depend on this form: you can also write to Meta.
            [Write to Meta] [Go through the app]
            > Write to Meta
            B Your form did not open.
            """,
        )


async def test_codes_mails_and_contacts_are_removed_and_pictures_are_not_loaded(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        renate = await stage.person("Renate")
        await stage.play(renate, LEAFLET)
        await stage.play(
            renate,
            """
            > 482913
            B That looks like a code from Meta. It belongs in Meta's form, never in a chat; I removed it.
            > My address is renate.muster@mail.example
            B I removed that and kept nothing of it. I need neither an e-mail address nor a phone number here
            """,
        )
        await renate.sends(contact=True)
        renate.reads("I never need contacts. I removed it.")
        left = [message["text"] for message in renate.messages if message["from"] == renate.chat]
        assert left == ["/start de_facebook"], "code, mail and contact are gone from the chat"
        for kind, answer in {
            "voice": "I cannot listen to voice messages",
            "location": "I do not keep where you are",
            "sticker": "Thank you. Here is where we were:",
        }.items():
            await renate.sends(**{kind: True})
            renate.reads(answer)
        await stage.play(renate, "> /start\n> Go on")
        await renate.sends(photo=True)
        renate.reads("I cannot read pictures and did not load it. Which of these is on it?", "What do you see?")
        assert not await stage.town.sandbox.calls("getFile")


async def test_silence_is_asked_about_until_the_complaint_is_filed(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        renate = await stage.person("Renate")
        await stage.play(renate, SENT)
        await stage.play(
            renate,
            """
            (2026-12-04 09:59)
            silence
            (2026-12-04 10:01)
            B You sent your objection on Thu 3 December 2026. Has Meta confirmed it?
            [Yes] [No] [It says something else] [Ask in a week] [Stop asking]
            > No
            B People report that it takes from seconds to about a day. Look in the spam folder.
            [Found it] [Send it again] [Wait]
            (2026-12-09 12:00)
            silence
            (2026-12-10 10:01)
            B Has Meta confirmed it?
            (2026-12-20 12:00)
            silence
            (2027-01-04 23:00)
            silence
            (2027-01-05 10:01)
            B Meta had to answer by Mon 4 January 2027 (legal date, Art. 12(3) GDPR).
            B Has anything come from Meta?
            [Nothing] [Yes] [It asked for more time]
            > Nothing
            B Then Meta is late.
            > Remind Meta
            B On Thu 3 December 2026 I objected to the use of my data for AI training (Art. 21 GDPR).
            B General help, not legal advice.
            > I sent it
            > Meta's privacy page
            B Noted. Our check: Tue 19 January 2027.
            (2027-01-18 12:00)
            silence
            (2027-01-19 10:01)
            B This is our check. You wrote to Meta on Tue 5 January 2027. Has anything come?
            > Nothing
            B Then you can complain to your data protection authority.
            > Complain
            B Which part of the country do you live in?
            > Bayern
            B Bayerisches Landesamt für Datenschutzaufsicht
            B Take the whole letter: it is in the authority's language
            [Whole letter] [Its page ↗] [I filed it]
            > I filed it
            B Legal date: by Mon 19 April 2027 the authority should tell you how things stand (Art. 78(2) GDPR).
            (2027-04-19 12:00)
            silence
            (2027-04-20 10:01)
            B Has the authority written?
            > Stop asking
            B I do not ask about this any more.
            (2027-09-01 12:00)
            silence
            """,
        )


async def test_two_nudges_then_quiet_and_back_after_three_months(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        renate = await stage.person("Renate")
        await stage.play(renate, LEAFLET)
        await stage.play(
            renate,
            """
            > Later
            B I ask once tomorrow and once in a week, then I am quiet.
            (2026-12-04 10:01)
            B Your objection is not sent yet. It is not too late, and it takes a few minutes.
            (2026-12-09 12:00)
            silence
            """,
        )
        before = len(renate.messages)
        await stage.at("2026-12-10 10:01")
        await renate.until(lambda: len(renate.messages) == before + 1)
        renate.reads("Your objection is not sent yet.")
        await stage.play(
            renate,
            """
            (2027-01-20 12:00)
            silence
            (2027-03-08 12:00)
            silence
            > hallo?
            B Good to see you. Facebook, Germany
            B Not sent yet. It is not too late.
            [Go on] [I sent it meanwhile] [Delete everything]
            """,
        )


async def test_an_extension_told_in_time_moves_the_legal_date_and_a_late_one_does_not(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        renate = await stage.person("Renate")
        await stage.play(renate, SENT)
        await stage.play(
            renate,
            """
            (2026-12-04 10:01)
            B Has Meta confirmed it?
            > It says something else
            B What does Meta's answer come down to?
            [Accepted] [Refused] [“Cannot take further action”] [Wants proof] [Wrong form] [Not in my region]
            [Needs more time] [I don't understand it]
            > Needs more time
            > Today
            B That is within the first month, so the date moves.
            B Legal date: Wed 3 March 2027
            (2027-01-05 12:00)
            silence
            (2027-03-04 10:01)
            B Meta had to answer by Wed 3 March 2027
            > It asked for more time
            > Today
            B That was after the first month: an extension must be told earlier (Art. 12(3) GDPR). The date stays.
            [Remind Meta] [All right]
            """,
        )


async def test_a_refusal_is_answered_or_complained_about(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        renate = await stage.person("Renate")
        await stage.play(renate, SENT)
        await stage.play(
            renate,
            """
            > /start
            > Meta answered
            > Refused
            B A refusal must give reasons and name your right to complain and to go to court (Art. 12(4) GDPR).
            [Answer Meta] [Complain]
            > Answer Meta
            B You refused my objection (Art. 21 GDPR). Please name your compelling grounds
            """,
        )


async def test_old_buttons_lead_on_kindly(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        renate = await stage.person("Renate")
        await renate.start("de_facebook")
        first = renate.last
        old = first["keyboard"][0][0]["callback_data"]
        await stage.play(renate, SENT.replace("> START de_facebook", "> /start de_facebook"))
        answer = await stage.town.sandbox.press(renate.chat, first["message_id"], old, wait=60)
        assert answer is not None, "the button's waiting sign is stopped"
        await renate.until(lambda: "That button is from before. Here is where it stands:" in renate.text)
        renate.reads("Sent on Thu 3 December 2026", "Legal date: Mon 4 January 2027")


async def test_forged_presses_change_nothing(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        renate, stranger = await stage.person("Renate"), await stage.person("Stranger")
        await stage.play(renate, SENT)
        await stage.play(stranger, "> START\nB What shall it be?")
        for data in (
            "data.goodbye:yes::1",
            "cases.case:close:1:1",
            "nudge.confirmed:yes:1:1",
            "x",
            "data.delete:yes::2",
        ):
            await stage.town.sandbox.press(stranger.chat, stranger.last["message_id"], data, forged=True)
            await stranger.until(lambda: "That button is from before." in stranger.text)
        await stage.play(renate, "> /cases\nB Facebook, Germany: sent, waiting for Meta")
        await stage.play(stranger, "> /cases\nB You have no case here yet.")


async def test_an_export_goes_along_to_a_new_account(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        renate, again = await stage.person("Renate"), await stage.person("Renate's new account")
        await stage.play(renate, SENT)
        await stage.play(renate, "> /export\nB This file holds everything that is kept of you.")
        document = renate.last["content"]["document"]
        file = await stage.town.sandbox.ok("getFile", file_id=document["file_id"])
        content = (await stage.town.sandbox.http.get(f"/file/bot{TOKEN}/{file['file_path']}")).content
        assert documents.EXPORT_FORMAT.encode() in content
        await stage.play(again, "> START")
        await again.sends(document={"name": "objection-bot.json", "content": base64.b64encode(content).decode()})
        await again.until(lambda: "1 case found in the file. Take it over?" in again.text)
        await again.tap("Yes, take over")
        await again.until(lambda: "Taken over. The dates go on here." in again.text)
        await stage.play(
            again,
            """
            > What is next?
            > Facebook, Germany
            B Legal date: Mon 4 January 2027
            """,
        )
        await again.sends(document={"name": "holiday.json", "content": base64.b64encode(b"{}").decode()})
        await again.until(lambda: "That is no export of mine" in again.text)


async def test_after_delete_nothing_is_left(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        renate = await stage.person("Renate")
        await stage.play(renate, SENT)
        await stage.play(
            renate,
            """
            > /mydata
            B 1 case with 3 entries
            > Delete everything
            B Your objection at Meta stays as it is.
            > Yes, delete everything
            B Everything I kept of you is erased. What you sent to Meta stays valid.
            """,
        )
        store = stage.town.app.store
        while any((await store.rows_of(renate.chat)).values()):
            await asyncio.sleep(0.01)  # until the goodbye is told
        await stage.play(renate, "(2027-01-05 12:00)\nsilence\n> hello\nB Good day. I help you object to Meta")


async def test_who_blocked_the_bot_hears_nothing_and_is_welcome_back(tmp_path):
    async with town_at(tmp_path, "2026-12-03 10:00") as stage:
        renate = await stage.person("Renate")
        await stage.play(renate, SENT)
        await stage.town.sandbox.post(f"/sandbox/people/{renate.chat}/block")
        await stage.at("2026-12-04 10:01")
        await silent(renate)
        await stage.at("2027-01-05 10:01")
        await silent(renate)
        await stage.town.sandbox.post(f"/sandbox/people/{renate.chat}/unblock")
        await stage.play(renate, "> /start\nB Meta had to answer by Mon 4 January 2027")
