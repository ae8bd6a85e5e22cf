"""Operators write to groups: reviewed texts by buttons, or their own words; and nobody else ever sees any of it."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.bulletins import FRESH, Bulletin, BulletinKind, Draft
from bot.domain.forms import Service
from bot.domain.orders import Decide, Decision, Issue
from bot.reading.own_words import read_words
from bot.use_cases.own_words import linked
from conversations.events import Meaning, Text
from tests.conversations.desk import DESK, HOUR, OPERATOR
from tests.conversations.pure import KNOWLEDGE, NOON, Chat
from tests.conversations.pure import OPERATOR as SETTINGS

OURS = linked(KNOWLEDGE, SETTINGS.model_copy(update={"privacy_url": "https://www.advice-centre.org/privacy"}))
OPERATORS_CHAT = replace(Chat(), person=replace(Chat().person, chat_id=OPERATOR))


def menu():
    return OPERATORS_CHAT.types("/admin").presses("bulletin").reads("What kind?")


def writes(chat, text, message=50):
    written = read_words(text, message, KNOWLEDGE.links, tuple(KNOWLEDGE.forms.values()), OURS)
    return chat.happens(Text(message, Meaning(written=written, is_personal=len(text) > 200)))


def issued(chat):
    return [each for each in chat.turn.effects if isinstance(each, Issue)]


def sends(chat):
    [send] = [each for each in chat.choices if each.startswith("send.")]
    return chat.presses(send)


@pytest.fixture
def alone(monkeypatch):
    """One operator's yes is enough."""
    single = replace(DESK, second=False)
    monkeypatch.setattr(Chat().scene().world, "_desk", lambda chat: single if chat == OPERATOR else None)


def test_a_changed_form_is_told_to_the_groups_of_its_countries():
    chat = menu().presses("k.form").reads("Which form").presses("f.facebook-2025").reads("Since which day?")
    chat = chat.presses("d.2026-12-02").reads(
        "Message to groups: Meta changed a form", "37 groups, no private chats", "English: 26", "Deutsch: 11"
    )
    chat.reads("A second person has to say yes too")
    preview = chat.presses("in.de").reads("Deutsch, 11 groups would read:", "2. Dezember 2026", "Facebook")
    chat = sends(preview.presses("ready")).reads("Waiting for the second person")
    [order] = issued(chat)
    assert (order.second, order.bulletin.kind, order.bulletin.service) == (True, BulletinKind.FORM, Service.FACEBOOK)
    assert order.bulletin.day == date(2026, 12, 2)
    assert {"AT", "DE"} <= set(order.bulletin.countries)
    assert "GB" not in order.bulletin.countries, "there the older form is the one to use"
    assert order.bulletin.until == NOON + FRESH
    assert chat.person.draft is None


def test_one_yes_is_enough_where_no_second_is_asked_for(alone):
    chat = menu().presses("k.rules", "d.2026-12-03").reads("Must people act?").presses("act.people")
    chat = sends(chat.reads("41 groups")).reads("The groups are being told")
    assert issued(chat) == [Issue(Bulletin(BulletinKind.RULES, NOON + FRESH, day=NOON.date(), act=True))]


def test_a_day_can_be_typed_and_one_far_away_is_a_slip():
    chat = menu().presses("k.rules")
    assert chat.types("1.10.2026").person.draft.day == date(2026, 10, 1)
    assert chat.types("1.1.2021").person.draft.day is None
    assert chat.types("1.1.2021").reads("more than a year away").screen == "bulletin/day"
    assert chat.types("1.1.2027").screen == "bulletin/act", "what is still to come can be told too"


def test_a_planned_pause_is_offered_and_tells_its_own_countries():
    chat = menu().presses("k.pause", "p.9").reads("37 groups")
    assert "No pause is planned" not in chat.text
    [order] = issued(sends(chat))
    assert order.bulletin == Bulletin(BulletinKind.PAUSE, NOON + HOUR, ("AT",), since=NOON)


def test_a_pause_that_is_not_planned_is_told_with_a_warning():
    chat = menu().presses("k.pause", "h.4").reads("41 groups", "No pause is planned for that time")
    assert issued(sends(chat))[0].bulletin.until == NOON + 4 * HOUR


def test_own_words_are_written_language_by_language():
    chat = menu().presses("k.words").reads("Which languages", "English: 30 groups", "Deutsch: 11 groups")
    assert "chosen" not in chat.choices, "one at least"
    chat = chat.presses("l.de", "l.en", "chosen").reads("Deutsch", "at most 1000 letters")
    chat = writes(chat, "Guten <b>Tag</b> & willkommen", 50).reads("1 text is noted", "English")
    chat = writes(chat, "x" * 999, 51).reads("41 groups")
    assert [saying.kind for saying in chat.turn.sayings] == ["screen"], "it is no pasted mail: it stays in the chat"
    chat.presses("in.de").reads("Guten &lt;b&gt;Tag&lt;/b&gt; &amp; willkommen", "Von denen, die den Bot betreiben")
    [order] = issued(sends(chat))
    assert order.bulletin.words == {"de": "Guten <b>Tag</b> & willkommen", "en": "x" * 999}


def test_an_edited_message_changes_its_own_text():
    chat = menu().presses("k.words", "l.de", "l.en", "chosen")
    chat = writes(writes(chat, "Hallo", 50), "Hello", 51)
    changed = writes(chat, "Guten Tag", 50)
    assert (changed.screen, changed.person.draft.words) == ("bulletin/ready", {"de": "Guten Tag", "en": "Hello"})
    assert writes(chat, "And one more", 52).person.draft.words == chat.person.draft.words
    previewed = writes(chat.presses("in.de"), "Guten Tag", 50)
    assert previewed.person.draft.words["de"] == "Guten Tag", "a slip is seen in the preview"


def test_groups_in_other_languages_get_english_or_nothing():
    chat = writes(menu().presses("k.words", "l.de", "chosen"), "Hallo").reads("30 groups have other languages")
    chat.presses("o.none").reads("11 groups, no private chats", "30 groups get nothing")
    english = chat.presses("o.en").reads("write the text in this language: English")
    assert sends(writes(english, "Hello", 51).reads("41 groups")).person.draft is None


def test_a_language_can_be_taken_back_with_its_text():
    chat = writes(menu().presses("k.words", "l.de", "l.en", "chosen"), "Hallo").presses("languages", "l.de", "chosen")
    assert chat.person.draft.words == {}
    chat.reads("English")


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("See evil-form.com", "evil-form.com"),
        ("https://facebook.com.evil.example/x", "evil.example"),
        ("https://facebook.com@evil.example", "evil.example"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2F", "evil.example"),
        ("https://bit.ly/x", "bit.ly"),
        ("[Meta](javascript:alert)", "?"),
        ("https://www.cnil\u200b.fr/", "cnil.fr"),
        ("https://t.me/somebody", "t.me"),
    ],
)
def test_a_link_that_leads_to_anybody_is_refused(text, refused):
    chat = writes(menu().presses("k.words", "l.de", "chosen"), text).reads("Not taken", refused)
    assert (chat.screen, chat.person.draft.words) == ("bulletin/words", {})


@pytest.mark.parametrize(
    "text",
    [
        "https://www.facebook.com/help/contact/712876720715583",
        "Siehe https://www.cnil.fr/fr/plaintes und www.dsb.gv.at.",
        "https://status.advice-centre.org/status",
        "Fragen an help@advice.example, 3.12.2026, 10.30 Uhr, z.B. per Mail",
        "Hier steht kein Link.",
    ],
)
def test_links_to_meta_authorities_and_the_bots_own_pages_may_stand(text):
    chat = writes(menu().presses("k.words", "l.de", "chosen"), text)
    assert chat.person.draft.words == {"de": text}


def test_a_text_that_is_too_long_is_not_taken():
    chat = writes(menu().presses("k.words", "l.de", "chosen"), "x" * 1001).reads("too long (1001 letters)")
    assert chat.person.draft.words == {}


def test_a_draft_outlives_other_talk_and_is_forgotten_after_a_day():
    chat = writes(menu().presses("k.words", "l.de", "l.en", "chosen"), "Hallo")
    chat = chat.types("/start").presses_data("admin.announcement:open.a1::1").presses("desk", "bulletin")
    assert writes(chat.presses("on").reads("English"), "Hello", 51).screen == "bulletin/ready"
    assert chat.later(hours=25).types("/admin").person.draft is None


def test_a_draft_stands_in_what_is_kept():
    writes(menu().presses("k.words", "l.de", "chosen"), "Hallo").types("/mydata").reads(
        "The draft of a message to groups"
    )
    assert "draft" not in Chat().types("/mydata").text


def test_a_draft_can_be_begun_anew_or_left():
    chat = menu().presses("k.pause")
    assert chat.presses("anew").person.draft is None
    assert chat.presses("leave").screen == "admin/desk"
    assert chat.presses("leave").person.draft is None
    assert menu().presses("k.pause").presses_data("bulletin.kind:k.rules::1").person.draft.kind is BulletinKind.RULES


def test_an_old_button_sends_nothing_that_it_did_not_show():
    ready = menu().presses("k.rules", "d.2026-12-03", "act.people")
    [old] = [each for each in ready.data if ":send." in each]
    changed = ready.presses_data("bulletin.act:act.nobody::1")
    assert issued(changed.presses_data(old)) == []
    assert changed.presses_data(old).screen == "bulletin/ready"
    sent = sends(changed)
    assert len(issued(sent)) == 1
    assert issued(sent.presses_data(old)) == []
    assert sent.presses_data(old).screen == "bulletin/kind", "it is sent, and there is no draft"


@pytest.mark.parametrize(
    "data", ["d.2026-12-03", "d.2026-13-03", "h.5", "p.77", "f.no-such", "l.xx", "k.x", "o.fr", "in.xx"]
)
def test_a_button_that_fits_no_draft_changes_nothing(data):
    chat = menu().presses("k.pause").presses_data(f"bulletin.day:{data}::1")
    assert chat.person.draft in (None, Draft(BulletinKind.PAUSE, NOON))
    assert issued(chat) == []


@pytest.mark.parametrize("data", ["kind:k.words::1", "ready:send.1764752400.3::1", "words:anew::1"])
def test_for_everybody_else_there_is_no_such_thing(data):
    chat = Chat().types("/start de_facebook").presses_data(f"bulletin.{data}")
    assert chat.aside == "old_button"
    assert (issued(chat), chat.person.draft) == ([], None)


def test_nobody_is_offered_to_send_what_no_group_would_get(monkeypatch):
    empty = replace(DESK, audience={})
    monkeypatch.setattr(Chat().scene().world, "_desk", lambda chat: empty if chat == OPERATOR else None)
    chat = menu().presses("k.rules", "d.2026-12-03", "act.people").reads("No running group would get it")
    assert not [each for each in chat.choices if each.startswith("send.")]
    draft = chat.person.draft
    assert issued(chat.presses_data(f"bulletin.ready:send.{draft.token}::1")) == []


def ordered(data):
    chat = OPERATORS_CHAT.presses_data(f"admin.announcement:{data}::1")
    return chat, [each for each in chat.turn.effects if isinstance(each, Decide)]


def test_a_bulletin_is_decided_like_an_announcement():
    chat, _ = ordered("open.a20")
    chat.reads("Message to groups: own words", "One of you said yes", "Would tell 41 groups")
    assert ordered("send.a20")[1] == [Decide(20, Decision.YES, second=True)]
    assert ordered("drop.a20")[1] == [Decide(20, Decision.NO, second=True)]
    ordered("drop.a20")[0].reads("it is not sent")
    ordered("preview.a20")[0].presses("in.a20.en").reads("Good &lt;b&gt;morning&lt;/b&gt; &amp; welcome")
    ordered("send.a25")[0].reads("Waiting for the second person")


def test_how_far_it_is_told_is_seen_and_it_can_be_stopped_and_told_on():
    chat, _ = ordered("open.a21")
    chat.reads("Message to groups: Meta changed its rules", "27 of 41 groups told")
    assert {"stop.a21", "preview.a21"} <= set(chat.choices)
    assert not {"why.a21", "ours.a21"} & set(chat.choices), "it rests on no looks, and is not corrected"
    assert ordered("stop.a21")[1][0].decision is Decision.STOP
    assert "how it ends" not in ordered("stop.a21")[0].reads("Stopped").text, "a message does not end"
    stopped, _ = ordered("open.a22")
    stopped.reads("Stopped", "12 of 41 groups told")
    assert "sure.a22" in stopped.choices


@pytest.mark.parametrize("data", ["send.a24", "drop.a24", "hold.a24", "send.a23", "stop.a20", "hold.a21"])
def test_what_is_over_or_decided_is_not_decided_again(data):
    chat, orders = ordered(data)
    chat.reads("Too late for that")
    assert orders == []


def test_the_list_names_them(monkeypatch):
    newest = replace(DESK, matters=DESK.matters[::-1])
    monkeypatch.setattr(Chat().scene().world, "_desk", lambda chat: newest if chat == OPERATOR else None)
    labels = OPERATORS_CHAT.types("/admin").presses("announcements").labels
    assert {"Message: own words", "Message: planned pause"} <= {each.partition(",")[0] for each in labels}
