"""Countries elsewhere: every fact sourced, worded by its sureness, no invented right, no day count of ours."""

import re

import pytest

from bot.domain.errors import KnowledgeError
from bot.domain.forms import Purpose, Service, Sureness
from bot.domain.jurisdictions import PeriodKind
from bot.domain.outlooks import FormThere
from bot.domain.web_addresses import is_plain_https
from bot.knowledge import load
from bot.rendering.languages import languages
from bot.rendering.messages import renderer
from tests.conversations.pure import KNOWLEDGE, NOON, Chat

OUTLOOKS = KNOWLEDGE.outlooks
KNOWN = ["BR", "KR", "JP", "US", "CA", "AU", "IN", "TR", "NG", "AR"]
DAYS = re.compile(r"\b(\d+) (?:days|Tage)", re.IGNORECASE)
CARE = {
    "en": ("one", "report", "may have", "know", "guides", "confirm"),
    "de": ("einzel", "bericht", "weiss", "kenne", "anleitung", "bestätig"),
}


def said(code, language="en"):
    chat = Chat(tongue=language).types("/start").presses("facebook", "other").types(code)
    return chat, renderer(language).text("elsewhere/known", chat.shown["values"])


def line(fact, language):
    return (
        renderer(language)
        .text("elsewhere/known", {"country": "US", "facts": [fact], "form": "none"})
        .partition("\n")[2]
        .strip()
    )


def test_the_ten_countries_are_on_record():
    assert list(OUTLOOKS) == KNOWN


@pytest.mark.parametrize("code", KNOWN)
def test_every_fact_has_its_sources_and_every_page_is_https(code):
    outlook = OUTLOOKS[code]
    assert outlook.sources
    assert all(fact.sources for fact in outlook.facts)
    assert outlook.page is None or is_plain_https(outlook.page)


@pytest.mark.parametrize("code", KNOWN)
@pytest.mark.parametrize("language", list(languages()))
def test_each_has_a_short_screen_of_its_own_with_a_way_on(code, language):
    chat, text = said(code, language)
    assert chat.screen == "elsewhere/known"
    assert {"helps", "third", "other", "_cases"} <= set(chat.choices)
    assert all(line(fact.says, language) in text for fact in OUTLOOKS[code].facts)
    assert len(re.sub(r"<[^>]+>", "", text)) <= 350


@pytest.mark.parametrize("language", list(languages()))
def test_every_fact_has_a_sentence(language):
    sentences = [line(fact.says, language) for outlook in OUTLOOKS.values() for fact in outlook.facts]
    assert all(sentences)
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("language", list(languages()))
def test_what_is_not_sure_is_worded_with_care(language):
    for outlook in OUTLOOKS.values():
        for fact in outlook.facts:
            if fact.sureness is Sureness.LOW:
                assert any(word in line(fact.says, language).casefold() for word in CARE[language]), fact.says


@pytest.mark.parametrize("language", list(languages()))
def test_days_are_named_only_where_the_law_has_them(language):
    counted = {code: DAYS.findall(said(code, language)[1]) for code in KNOWN}
    assert {code: days for code, days in counted.items() if days} == {"BR": ["15"], "KR": ["10"], "TR": ["30", "30"]}
    assert {"en": "Our check", "de": "Unser Prüftermin"}[language] in line("br_period", language)


def test_no_right_is_named_where_none_is_on_record():
    for code in ("US", "CA", "AU", "IN", "NG", "AR", "JP"):
        text = said(code)[1]
        assert "you may object" not in text
        assert not re.search(r"legal date|must", text), code


@pytest.mark.parametrize("code", ["KR", "JP"])
def test_where_it_is_unsure_one_may_look_and_no_case_is_opened(code):
    chat, _ = said(code)
    chat = chat.presses("try").reads("only you can see", "Menu as of").presses("seen")
    assert chat.person.cases == ()
    chat.reads("I open no case", "I name no date")


def test_without_an_account_nobody_is_sent_to_look_for_the_form():
    chat = Chat().types("/start").presses("none", "other").types("South Korea")
    assert "try" not in chat.choices
    assert chat.types("Slovenia").screen != "elsewhere/known"
    assert chat.presses("third").screen == "third/what"


@pytest.mark.parametrize("code", ["US", "AU", "IN", "TR", "NG", "AR", "CA"])
def test_where_there_is_no_form_none_is_offered(code):
    chat, _ = said(code)
    assert not {"on", "try"} & set(chat.choices)
    chat.presses("helps").reads("private", "cannot be undone")


def test_an_unlisted_country_gets_the_general_screen_and_the_same_help():
    chat = Chat().types("/start").presses("facebook", "other").types("Thailand").reads("I do not want to guess")
    assert chat.presses("helps").screen == "elsewhere/helps"


def test_somebody_in_brazil_opens_a_case_with_our_check_only():
    chat, text = said("BR")
    assert "LGPD art. 18 §2" in text
    chat = chat.presses("on", "app", "form", "sent")
    chat = chat if chat.screen == "sent/noted" else chat.presses("yes")
    assert (chat.case.country, chat.screen) == ("BR", "sent/noted")
    chat.reads("Our check", "sets no period")
    assert "GDPR" not in chat.text
    assert "Legal date" not in chat.text


def test_a_brazilian_leaflet_leads_over_the_brazilian_screen():
    chat = Chat().types("/start br_instagram")
    assert chat.screen == "elsewhere/known"
    assert chat.presses("on").screen == "object/where"


def in_brazil():
    return said("BR")[0].presses("on", "app")


@pytest.mark.parametrize("language", list(languages()))
@pytest.mark.parametrize(
    "screen",
    ["answer/refused", "answer/own", "answer/proof", "answer/extended", "write/what", "write/complain", "write/post"],
)
def test_no_screen_quotes_the_gdpr_to_somebody_in_brazil(screen, language):
    from conversations import engine

    chat = in_brazil().presses("form", "sent")
    turn = engine.show(chat.scene(), screen)
    text = (
        renderer(language)
        .message({**documents_of(turn), "language": language}, zone="America/Sao_Paulo", today=NOON.date())
        .text
    )
    assert "GDPR" not in text
    assert "DSGVO" not in text


def documents_of(turn):
    from bot.use_cases import documents

    return documents.of_saying(turn.sayings[-1], turn.person)


def test_brazils_law_sets_no_period_and_wants_the_company_asked_first():
    law = KNOWLEDGE.jurisdictions["br"]
    assert (law.answer.kind, law.complaint.kind, law.answer.days) == (PeriodKind.NONE, PeriodKind.NONE, 15)
    assert law.company_first
    [authority] = KNOWLEDGE.authorities_of("BR")
    assert "ANPD" in authority.name


@pytest.mark.parametrize(
    ("service", "form"), [(Service.FACEBOOK, "facebook-2024"), (Service.INSTAGRAM, "instagram-2024")]
)
def test_brazil_has_the_forms_of_2024_not_called_sure(service, form):
    found = KNOWLEDGE.forms_for(service=service, country="BR", on=NOON.date(), purpose=Purpose.OWN_DATA)
    assert [each.id for each in found] == [form]
    assert found[0].sureness is Sureness.MEDIUM


@pytest.mark.parametrize(
    ("file", "text", "wrong"),
    [
        ("elsewhere.toml", '[ZZ]\nform = "none"\nfacts = [{ says = "x_y", sureness = "low", sources = ["s"] }]', "ZZ"),
        (
            "elsewhere.toml",
            '[PE]\nform = "known"\nfacts = [{ says = "x_y", sureness = "low", sources = ["s"] }]',
            "PE: form",
        ),
        (
            "elsewhere.toml",
            '[PE]\nform = "maybe"\nfacts = [{ says = "x_y", sureness = "low", sources = ["s"] }]',
            "PE: form",
        ),
        ("elsewhere.toml", '[PE]\nform = "none"\nfacts = []', "PE: facts"),
        (
            "elsewhere.toml",
            '[PE]\nform = "none"\nfacts = [{ says = "x_y", sureness = "low", sources = [] }]',
            "PE: facts.0.sources",
        ),
        ("meta.toml", '["x.com"]\nuse = "safe"', "x.com: use"),
        ("shorteners.toml", "[shorteners]\nnames = []", "shorteners: names"),
    ],
)
def test_a_record_that_does_not_hold_stops_the_start(tmp_path, file, text, wrong):
    (tmp_path / file).write_text(f'{text}\nsources = ["s"]\nchecked = 2026-12-01\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=wrong):
        load(tmp_path)


def test_the_law_that_sets_a_period_is_not_counted_in_days_of_ours(tmp_path):
    period = '{ kind = "months", length = 1, days = 10, article = "1" }'
    periods = f"answer = {period}\ncomplaint = {period}\n"
    law = f'[x]\nlaw = "L"\ncompany_first = false\n{periods}sources = ["s"]\nchecked = 2026-12-01\n'
    (tmp_path / "jurisdictions.toml").write_text(law, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="answer"):
        load(tmp_path)


def test_every_form_of_the_outlooks_is_said_in_words():
    assert {outlook.form for outlook in OUTLOOKS.values()} == set(FormThere)


def test_a_status_asked_for_elsewhere_leads_to_what_is_known():
    chat = Chat().types("/status US")
    assert chat.presses("known").screen == "elsewhere/known"
    assert "known" not in Chat().types("/status TH").choices
