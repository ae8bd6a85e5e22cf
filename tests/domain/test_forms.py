from dataclasses import replace
from datetime import date

from bot.domain.forms import Form, MenuPath, Purpose, Service, Sureness, current, serving

OLD = Form(
    id="old",
    service=Service.FACEBOOK,
    purpose=Purpose.OWN_DATA,
    url="https://www.facebook.com/help/contact/1",
    titles=(),
    countries=frozenset({"DE", "GB"}),
    valid_from=date(2024, 5, 21),
    valid_until=None,
    successor="new",
    needs_login=True,
    sureness=Sureness.MEDIUM,
    confirmed_on=None,
    sources=("somebody",),
    checked=date(2026, 11, 23),
)
NEW = replace(OLD, id="new", countries=frozenset({"DE"}), valid_from=date(2025, 4, 29), successor=None)
FORMS = {"old": OLD, "new": NEW}
TODAY = date(2026, 12, 1)


def served(country, on=TODAY, service=Service.FACEBOOK, **purpose):
    return [form.id for form in serving(FORMS.values(), service=service, country=country, on=on, **purpose)]


def test_the_newest_form_comes_first():
    assert served("DE") == ["new", "old"]


def test_a_form_serves_only_its_countries():
    assert served("GB") == ["old"]
    assert served("US") == []


def test_a_form_without_countries_serves_everywhere():
    assert replace(OLD, countries=frozenset()).serves("US", TODAY)


def test_a_form_serves_from_its_first_day_to_its_last():
    ended = replace(OLD, valid_until=date(2026, 7, 23))
    days = [date(2024, 5, 20), date(2024, 5, 21), date(2026, 7, 23), date(2026, 7, 24)]
    assert [ended.serves("DE", day) for day in days] == [False, True, True, False]


def test_before_the_new_form_there_was_the_old_one():
    assert served("DE", on=date(2024, 6, 10)) == ["old"]


def test_another_service_or_purpose_has_other_forms():
    assert served("DE", service=Service.INSTAGRAM) == []
    assert served("DE", purpose=Purpose.THIRD_PARTY) == []


def test_the_current_form_is_the_successor_where_it_serves():
    assert current(FORMS, OLD, country="DE", on=TODAY) is NEW
    assert current(FORMS, OLD, country="GB", on=TODAY) is OLD
    assert current(FORMS, OLD, country="DE", on=date(2024, 6, 10)) is OLD
    assert current(FORMS, NEW, country="DE", on=TODAY) is NEW


def test_labels_are_metas_words_in_the_language_or_else_in_english():
    labels = {"en": ("Settings",), "de": ("Einstellungen",)}
    way = MenuPath("way", Service.FACEBOOK, "app", 1, labels, TODAY, ("somebody",), TODAY)
    assert way.labels_in("de") == way.labels_in("de-AT") == ("Einstellungen",)
    assert way.labels_in("pl") == ("Settings",)
