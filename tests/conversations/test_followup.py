"""Silence, refusals, complaints: each way with the clock moved on, told by the pure engine; each has a next step."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.domain.cases import FactKind
from bot.use_cases import documents
from bot.use_cases.importing import from_export
from tests.conversations.pure import KNOWLEDGE, Chat, sent


def next_step(chat: Chat) -> Chat:
    """Back after a while: one message, and something to press that leads on."""
    standing = chat.types("/start")
    assert standing.screen == "back/standing"
    assert set(standing.choices) - {"_cases", "_back"}, standing.text
    return standing


def reminded(country="DE") -> Chat:
    chat = sent(country).on("2027-01-05T10:00").is_woken()
    return chat.presses("nothing", "write", "sent", "web")


def test_when_the_month_is_over_the_law_speaks_then_a_letter_then_our_check():
    chat = sent().on("2027-01-05T10:00").is_woken()
    chat.reads("Meta had to answer by Mon 4 January 2027 (legal date, Art. 12(3) GDPR).", "Has anything come")
    late = chat.presses("nothing").reads("Then Meta is late.")
    late.presses("write").reads("The month of Art. 12(3) is over")
    checked = late.presses("write", "sent", "web").reads("Our check: Tue 19 January 2027")
    assert checked.wakes()[0] == ("2027-01-19 10:00", "nudge/written")
    next_step(checked.on("2027-04-06T10:00"))


def test_our_check_never_falls_on_a_weekend():
    chat = sent().on("2027-01-09T10:00").is_woken().presses("nothing", "write", "sent", "web")
    chat.reads("Our check: Mon 25 January 2027"), "two weeks from a Saturday"


@pytest.mark.parametrize(
    ("press", "reply"),
    [
        (("refused",), "You refused my objection"),
        (("noaction", "own"), "neither a yes nor a refusal with reasons"),
        (("proof",), "Which reasonable doubt"),
        (("region", "own"), "My account is registered in Germany"),
    ],
)
def test_each_answer_has_its_reply_a_check_and_a_complaint(press, reply):
    chat = sent().on("2026-12-14T10:00").types("/start").presses("answered", *press)
    written = chat.presses("write").reads(reply).presses("sent", "mail").reads("Our check: Mon 28 December 2026")
    woken = written.until_woken().reads("You wrote to Meta on Mon 14 December 2026")
    woken.presses("nothing", "complain", "DE", "DE-BY").reads("Bayerisches Landesamt")
    next_step(written.on("2027-03-14T10:00"))


def test_a_refusal_without_its_parts_is_told_and_noted():
    chat = sent().types("/start").presses("answered", "refused")
    chat.reads("give reasons and name your right to complain and to go to court (Art. 12(4) GDPR)")
    ticked = chat.presses("lacks", "reasons", "court", "complaint", "complaint")
    assert ticked.labels[:3] == ["✓ the reasons", "how to complain to the authority", "✓ how to go to court"]
    lacking = ticked.presses("done").reads("Noted as missing: the reasons, how to go to court.")
    assert lacking.case.last(FactKind.REFUSED).note == "reasons_court"
    lacking.presses("write").reads("lacks: your reasons, way to court (Art. 12(4))")
    letter = lacking.presses("write", "paper", "text")
    letter.reads("it lacks: your reasons, the way to go to court;")
    chat.presses("lacks", "done").reads("nothing is missing")
    undated = (
        Chat()
        .types("/start")
        .presses("tried", "answered", "facebook")
        .types("Germany")
        .presses("refused", "lacks", "court", "done")
    )
    undated.reads("Noted as missing: how to go to court.").presses("write").reads("lacks: way to court (Art. 12(4))")
    next_step(lacking.on("2026-12-20T10:00"))
    british = sent("GB").types("/start").presses("answered", "refused")
    british.reads("s. 164A DPA 2018", "s. 165", "a court (Art. 12(4) UK GDPR)")
    everything = british.presses("lacks", "reasons", "company", "complaint", "court").person
    assert (
        from_export(json.dumps(documents.of_export(everything)).encode(), KNOWLEDGE.countries).cases == everything.cases
    ), "an export reads in again"
    all_parts = british.presses("lacks", "reasons", "company", "complaint", "court", "done", "write")
    for language in ("en", "de"):
        chat = all_parts.types("/language").presses(language).types("/start").presses("write")
        [copied] = [button.copy for row in chat.message.rows for button in row if button.copy]
        assert len(copied) <= 256, "else its button is left out"
    assert "lacks" not in sent("CH").types("/start").presses("answered", "refused").choices


def test_a_reply_before_the_month_is_over_does_not_hide_its_end():
    """Meta's answer was neither a yes nor a no, and its time runs on."""
    answered = sent().on("2026-12-14T10:00").types("/start").presses("answered", "noaction", "own")
    replied = answered.reads("The date stays as it is.").presses("write", "sent", "mail")

    assert replied.wakes()[:3] == [
        ("2026-12-28 10:00", "nudge/written"),
        ("2027-01-05 10:00", "nudge/written"),
        ("2027-12-21 10:00", "nudge/expiry"),
    ]
    assert "The time is over" not in replied.until_woken().text
    over = replied.until_woken().until_woken().reads("The time is over: Meta had to answer by Mon 4 January 2027")
    over.presses("nothing", "complain", "DE", "DE-BY").reads("Bayerisches Landesamt")


def test_after_a_refusal_nobody_is_told_that_meta_had_to_answer():
    refused = sent().on("2026-12-14T10:00").types("/start").presses("answered", "refused", "write", "sent", "mail")

    assert [at for at, screen in refused.wakes() if screen == "nudge/written"] == [
        "2026-12-28 10:00",
        "2027-01-04 10:00",
    ]
    assert "The time is over" not in refused.until_woken().on("2027-01-06T10:00").is_woken().text


@pytest.mark.parametrize("answer", [("refused",), ("noaction", "own"), ("proof",)])
def test_a_reply_to_an_answer_is_no_objection_also_where_its_day_is_unknown(answer):
    """Else a complaint would say that Meta never answered what was sent on the day of the reply."""
    answered = Chat().types("/start").presses("tried", "answered", "facebook").types("Germany").presses(*answer)
    replied = answered.presses("write", "sent", "mail").reads("Our check: Thu 17 December 2026")
    assert (replied.case.last(FactKind.WRITTEN).day, replied.case.last(FactKind.SENT)) == (replied.now.date(), None)
    woken = replied.until_woken().reads("You wrote to Meta on Thu 3 December 2026")
    filed = woken.presses("nothing", "complain", "DE", "DE-BY").reads("Bayerisches Landesamt")
    filed.presses("paper", "read").reads("The controller answered on 3 December 2026")
    next_step(replied)


def test_a_mere_receipt_is_no_yes_and_the_clock_runs_on():
    asked = sent().on("2026-12-04T10:00").is_woken().presses("yes").reads("That it has come is not yet one.")
    receipt = asked.presses("receipt").reads("only a receipt: nothing is decided yet", "Legal date: Mon 4 January 2027")
    assert (receipt.stage, [fact.kind for fact in receipt.case.facts][-1]) == ("sent", FactKind.SENT)
    assert receipt.wakes()[:2] == [("2026-12-10 10:00", "nudge/confirmed"), ("2027-01-05 10:00", "nudge/month_over")]
    next_step(receipt)
    unsure = asked.presses("unsure").reads("“We received your request” is only a receipt.")
    assert unsure.presses("receipt").screen == "answer/received"
    pasted = asked.types("Thank you. We received your request and will review it as soon as we can.")
    assert (pasted.screen, pasted.aside) == ("answer/received", "text_gone"), "no tap is asked for"
    assert pasted.presses("other").screen == "answer/what"
    late = sent().on("2027-01-05T10:00").types("/start").presses("confirmed", "receipt")
    late.reads("Meta had to answer by Mon 4 January 2027").presses("fine").reads("The time is over")


def test_after_a_yes_one_may_ask_for_erasure_and_the_yes_stands():
    done = sent().presses("confirmed", "mail").presses("erase").reads("You confirmed my objection", "Art. 17(1)(c)")
    assert done.presses("later").screen == "back/standing", "what is a mere addition is never asked about"
    asked = done.presses("sent", "mail").reads("Its yes to your objection stands", "Legal date: Mon 4 January 2027")
    assert (asked.screen, asked.stage) == ("write/erasure_noted", "accepted")
    assert "erase" not in next_step(asked).reads("You asked Meta to erase it too").choices
    assert asked.wakes() == [
        ("2027-01-05 10:00", "nudge/erasure"),
        ("2027-01-12 10:00", "nudge/erasure"),
        ("2027-12-21 10:00", "nudge/expiry"),
    ]
    nudged = asked.until_woken().reads("Meta had to answer by Mon 4 January 2027", "Has it answered?")
    assert nudged.presses("no").presses("again").screen == "write/what"
    answered = nudged.presses("yes").reads("Keep that answer")
    assert [screen for _, screen in answered.wakes()] == ["nudge/expiry"]
    assert "erase" not in sent("CH").presses("confirmed", "mail").choices, "no such right on record"


def test_a_question_who_one_is_pauses_the_date_in_the_union():
    chat = sent().on("2026-12-10T10:00").types("/start").presses("answered", "proof", "identity")
    chat.reads("reasonable doubts (Art. 12(6) GDPR)", "its time stands still until you answer")
    next_step(chat).reads("Meta asked who you are", "Our check: Mon 4 January 2027", "I name no legal date yet")
    runs = chat.on("2026-12-17T10:00").types("/start").presses("identity", "gave", "d0")
    runs.reads("do not count", "Legal date: Mon 11 January 2027")
    runs.presses("write").reads("You asked who I am; you have my answer.")
    assert runs.wakes()[0] == ("2027-01-12 10:00", "nudge/month_over")


def test_in_the_united_kingdom_the_month_begins_with_the_proof():
    chat = sent("GB").on("2026-12-10T10:00").types("/start").presses("answered", "proof", "identity")
    chat.reads("Its month begins when you have answered.")
    chat.on("2026-12-17T10:00").types("/start").presses("identity", "gave", "d0").reads(
        "Legal date: Mon 18 January 2027"
    )


def test_an_answer_from_the_third_party_form_leads_to_the_right_form_and_to_no_complaint():
    chat = sent().types("/start").presses("answered", "noaction", "prompts")
    assert chat.screen == "answer/third"
    standing = next_step(chat.on("2027-03-03T10:00")).reads("came from another form")
    assert standing.choices[0] == "right"
    assert not {"complain", "write"} & set(standing.choices)
    nudged = chat.until_woken()
    assert (nudged.screen, nudged.choices[0]) == ("nudge/answered", "right")
    assert "complain" not in nudged.choices


def test_in_turkiye_a_date_is_worded_with_care_and_the_last_day_is_told():
    noted = Chat().types("/start").presses("none").types("Türkiye").presses("third", "sent")
    assert noted.person.zone == "Europe/Istanbul", "no neighbour's clock"
    noted.reads(
        "Our check: Mon 4 January 2027", "sets a time for answering requests (art. 13 KVKK)", "I can't say for sure"
    )
    over = noted.on("2027-01-05T10:00").is_woken().presses("nothing", "complain", "TR")
    over.reads("no authority on record", "Legal date: complain by Mon 1 February 2027 at the latest (art. 14 KVKK")
    assert {"paper"}.isdisjoint(over.choices), "no text by a law that is not theirs"
    assert any(label.startswith("Its page") for label in over.labels)
    next_step(noted)


def test_without_an_account_no_further_action_contradicts_nothing():
    chat = Chat().types("/start").presses("none").types("Germany").presses("sent")
    answered = chat.types("/start").presses("answered", "noaction")
    assert answered.screen == "answer/alone"
    answered.reads("there is no other one without an account", "a right to object needs no account")
    letter = answered.presses("write").reads("I have no account")
    for wrong in ("my own posts", "My account is registered", "wrote from my account"):
        assert wrong not in letter.text


def test_a_broken_form_and_a_missing_code_are_an_objection_by_letter():
    broken = Chat().types("/start de_facebook").presses("app", "trouble", "gone", "write")
    broken.reads("Your form did not open.").presses("sent", "web").reads("Legal date: Mon 4 January 2027")
    code = Chat().types("/start de_facebook").presses("app", "form", "code", "missing", "none", "write")
    code.reads("The form's code did not come.").presses("sent", "mail").reads("Legal date: Mon 4 January 2027")


def test_what_comes_back_undelivered_undoes_the_date():
    chat = Chat().types("/start de_facebook").presses("app", "trouble", "gone", "write", "sent", "mail", "back")
    assert chat.scene().due is None
    assert "Legal date" not in next_step(chat).text


def complained(country="DE") -> Chat:
    chat = reminded(country).on("2027-01-19T10:00").is_woken().presses("nothing", "complain")
    return chat.presses("DE-BY", "filed") if country == "DE" else chat.presses("filed")


def test_after_a_complaint_the_authority_has_three_months_then_it_is_asked():
    chat = complained().reads("Legal date: by Mon 19 April 2027 the authority should tell you")
    assert chat.case.last(FactKind.COMPLAINED).note == "debaylda"
    woken = chat.until_woken()
    assert (woken.local, woken.screen) == ("2027-04-20 10:00", "nudge/complained")
    asked = woken.presses("no").reads("ask a lawyer or an advice centre")
    asked.presses("paper", "read").reads("Art. 77(2) GDPR", "Art. 78(2) GDPR")
    sent_it = asked.presses("asked").reads("you asked how it stands", "Our check: Thu 20 May 2027")
    assert sent_it.wakes()[0] == ("2027-05-21 10:00", "nudge/complained")
    next_step(sent_it.on("2027-07-20T10:00"))


def test_from_april_2027_a_closing_can_be_objected_to_for_four_weeks():
    chat = complained().on("2027-04-20T10:00").is_woken().presses("yes", "devoid", "d0")
    chat.reads("Legal date: until Tue 18 May 2027 you may object", "Art. 5 Reg. (EU) 2025/2518")
    assert [moment[:10] for moment, screen in chat.wakes() if screen == "nudge/devoid"] == ["2027-05-04", "2027-05-13"]
    next_step(chat.on("2027-04-28T10:00")).presses("object", "filed").reads("you objected to the closing")
    before = complained().on("2027-03-20T10:00").types("/start").presses("authority")
    assert "devoid" not in before.choices, "the rule does not hold yet"


def test_from_april_2027_a_complaint_waits_for_the_request():
    chat = Chat().types("/start de_facebook").presses("app", "trouble", "gone").on("2027-04-01T10:00")
    scene = replace(chat.scene().on_case(1), person=replace(chat.scene().on_case(1).person, residence="DE"))
    from conversations.write.complaints import complain_at

    assert complain_at(scene) == "write/region"
    assert complain_at(replace(scene, now=scene.now.replace(day=2))) == "write/first"


def test_the_words_of_the_new_rules_stand_from_their_day_on():
    on_time = complained_screen("2027-04-02T10:00")
    on_time.reads("nothing more may be asked for (Art. 4(3) Reg. (EU) 2025/2518)")
    assert "2025/2518" not in complained_screen("2027-04-01T10:00").text


def complained_screen(day: str) -> Chat:
    return reminded("PL").on(day).types("/start").presses("complain", "PL")


def test_in_the_united_kingdom_meta_is_complained_to_first_and_then_the_commissioner():
    company = reminded("GB").on("2027-01-19T10:00").is_woken().presses("nothing", "complain")
    company.reads("complain to Meta first", "s. 164A DPA 2018")
    noted = company.presses("sent", "mail").reads("Legal date: by Thu 18 February 2027 Meta must acknowledge")
    woken = noted.until_woken()
    assert (woken.local[:10], woken.screen) == ("2027-02-19", "nudge/company")
    ico = woken.presses("nothing", "complain").reads(
        "Information Commissioner", "s. 165 DPA 2018", "within three months"
    )
    filed = ico.presses("filed").reads("I know of no legal day for the authority's answer. Our check: Wed 19 May 2027")
    next_step(filed.on("2027-08-19T10:00"))


def test_who_only_got_a_receipt_may_wait_or_go_on():
    company = reminded("GB").on("2027-01-19T10:00").is_woken().presses("nothing", "complain", "sent", "mail")
    receipt = company.until_woken().presses("receipt").reads("the law sets no day for that")
    assert {"complain", "month"} <= set(receipt.choices)


def test_who_complained_to_meta_already_tells_the_day():
    chat = reminded("GB").on("2027-01-19T10:00").types("/start").presses("complain", "GB", "done").types("12.1.2027")
    chat.reads("Noted: complained to Meta on Tue 12 January 2027", "Thu 11 February 2027")


def test_the_austrian_year_is_called_well_before_it_ends():
    chat = sent("AT").on("2027-01-12T10:00").is_woken().presses("nothing", "complain")
    chat.reads("Österreichische Datenschutzbehörde", "Legal date: complain by Tue 4 January 2028", "§ 24(4) DSG")
    calls = [moment[:10] for moment, screen in chat.wakes(20) if screen == "nudge/last_call"]
    assert calls == ["2027-10-06", "2027-12-05"]


def test_the_swiss_report_promises_nothing_and_no_day_is_legal():
    chat = sent("CH").on("2027-01-05T10:00").is_woken()
    assert "month" not in chat.text
    report = chat.presses("nothing").reads("I am not sure that a period of the law is over").presses("complain")
    report.reads("EDÖB", "you are no party (Art. 49 and 52 FADP)")
    report.presses("filed").reads("Our check: Mon 5 April 2027")


def test_brazils_fifteen_days_are_never_called_a_month():
    chat = Chat().types("/start br_facebook").presses("on", "app", "form", "sent")
    assert "month" not in chat.text
    over = chat.on("2026-12-19T15:00").is_woken()
    assert over.screen == "nudge/month_over"
    for each in (
        over,
        over.presses("nothing"),
        over.types("/cases"),
        next_step(over),
        over.presses("nothing", "write"),
    ):
        assert "month" not in each.text.casefold(), each.text
        assert "Legal date" not in each.text
    petition = over.presses("nothing", "complain").reads("ANPD", "a login of gov.br")
    next_step(petition.presses("filed").on("2027-04-19T15:00"))


def test_on_wish_the_authority_of_work_or_of_the_infringement_is_asked():
    chat = reminded("FR").on("2027-01-29T10:00").types("/start").presses("complain", "FR").reads("CNIL")
    work = chat.presses("place").reads("Art. 77(1) GDPR").types("Belgium").reads("Autorité de protection des données")
    filed = work.presses("filed")
    assert filed.case.last(FactKind.COMPLAINED).note == "beapd"
    assert chat.presses("place").types("Switzerland").aside == "not_understood"
    british = reminded("GB").on("2027-01-29T10:00").types("/start").presses("complain", "GB", "direct")
    assert "place" not in british.choices


def test_who_has_moved_keeps_form_case_and_dates():
    chat = complained("FR").on("2027-04-20T10:00").is_woken().presses("moved").types("Germany")
    chat.reads("The form stays that of France", "the open case with its dates as it is")
    assert chat.person.residence == "DE"
    assert chat.case.lived_in == "FR"
    assert chat.scene().dates(chat.case) == complained("FR").scene().dates(complained("FR").case)


def test_after_a_success_the_erasure_can_be_asked_for():
    done = sent().presses("confirmed", "mail").on("2027-03-08T10:00")
    next_step(done).reads("Done since").presses("erase").reads("Art. 17(1)(c)")
    assert "erase" not in sent("CH").presses("confirmed", "mail").types("/start").choices


@pytest.mark.parametrize("country", ["DE", "AT", "GB", "CH", "BR", "PL"])
def test_no_letter_on_any_way_asks_to_file_again_and_again(country):
    """Art. 12(5) GDPR: a second letter is a reminder, never the objection anew."""
    start = Chat().types(f"/start {country.lower()}_facebook")
    chat = (start.presses("on") if country == "BR" else start).presses("app", "form", "sent")
    for day in ("2027-01-12", "2027-02-12", "2027-03-12"):
        letter = chat.on(f"{day}T15:00").types("/start")
        if "write" in letter.choices:
            letter = letter.presses("write").reads("objected")
            chat = letter.presses("sent", "web")
            assert len([fact for fact in chat.case.facts if fact.kind is FactKind.SENT]) == 1
    next_step(chat)
