"""The shipped records: every one sourced, every served country complete."""

from datetime import date

import pytest

from bot.domain.forms import Purpose, Service, Sureness
from bot.domain.jurisdictions import PeriodKind
from bot.knowledge import load

TODAY = date(2026, 11, 23)
WORLD = load()
COUNTRIES = sorted(WORLD.countries)
LAENDER = ["BW", "BY", "BE", "BB", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"]


def records():
    yield from WORLD.forms.values()
    yield from WORLD.paths
    yield from WORLD.jurisdictions.values()
    yield from WORLD.countries.values()
    yield from WORLD.authorities
    yield from WORLD.addresses.values()


def ids(country, service, purpose=Purpose.OWN_DATA, on=TODAY):
    return [form.id for form in WORLD.forms_for(service=service, country=country, on=on, purpose=purpose)]


def test_every_record_says_where_it_comes_from_and_when_that_was_looked_at():
    assert all(record.sources and date(2026, 1, 1) <= record.checked <= TODAY for record in records())


def test_we_serve_the_countries_of_the_gdpr_the_united_kingdom_switzerland_and_brazil():
    served = {law.id: len(law.countries) for law in WORLD.jurisdictions.values()}
    assert served == {"eu": 30, "uk": 1, "ch": 1, "br": 1, "tr": 1}


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("service", [Service.FACEBOOK, Service.INSTAGRAM])
def test_every_country_has_a_form_for_its_accounts(country, service):
    assert ids(country, service)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_has_the_form_for_people_without_an_account(country):
    assert ids(country, Service.NONE, Purpose.THIRD_PARTY) == ["third-party", "third-party-old"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_has_a_law_and_an_authority_for_companies(country):
    assert country in WORLD.jurisdiction_of(country).countries
    assert WORLD.authorities_of(country)


def test_another_country_has_neither():
    assert WORLD.jurisdiction_of("US") is None
    assert WORLD.authorities_of("US") == ()
    assert ids("US", Service.FACEBOOK) == []


def test_the_form_of_2025_comes_before_that_of_2024_where_it_serves():
    assert ids("DE", Service.FACEBOOK) == ["facebook-2025", "facebook-2024"]
    assert ids("DE", Service.INSTAGRAM) == ["instagram-2025", "instagram-2024"]
    assert ids("CH", Service.FACEBOOK) == ["facebook-2025", "facebook-2024"]


def test_british_accounts_and_swiss_instagram_have_the_form_of_2024():
    assert ids("GB", Service.FACEBOOK) == ["facebook-2024"]
    assert ids("GB", Service.INSTAGRAM) == ids("CH", Service.INSTAGRAM) == ["instagram-2024"]


def test_an_objection_of_2024_finds_the_form_of_its_time():
    assert ids("DE", Service.FACEBOOK, on=date(2024, 6, 10)) == ["facebook-2024"]


def test_the_privacy_contact_changed_in_july_2026():
    before, after = date(2026, 7, 23), date(2026, 7, 24)
    assert ids("DE", Service.NONE, Purpose.PRIVACY_CONTACT, before) == ["privacy-contact-old"]
    assert ids("DE", Service.NONE, Purpose.PRIVACY_CONTACT, after) == ["privacy-contact"]


def test_forms_about_own_posts_need_a_login_and_the_third_party_form_none():
    needs = {form.purpose: form.needs_login for form in WORLD.forms.values()}
    assert needs[Purpose.OWN_DATA]
    assert not needs[Purpose.THIRD_PARTY]


def test_no_form_claims_to_have_been_opened():
    assert all(form.confirmed_on is None for form in WORLD.forms.values())


@pytest.mark.parametrize("service", [Service.FACEBOOK, Service.INSTAGRAM])
@pytest.mark.parametrize("place", ["app", "web"])
def test_there_is_a_way_through_the_menus_of_app_and_browser(service, place):
    ways = WORLD.path_for(service, place)
    assert [way.order for way in ways] == sorted(way.order for way in ways)
    assert ways[0].order == 1


def test_germans_are_shown_metas_german_words():
    first = WORLD.path_for(Service.FACEBOOK, "app")[0]
    assert first.labels_in("de")[-1] == "widersprechen"


def test_every_land_has_one_authority_for_companies():
    found = {land: WORLD.authorities_of("DE", f"DE-{land}") for land in LAENDER}
    assert {land for land, bodies in found.items() if len(bodies) == 1} == set(LAENDER)
    assert len(WORLD.authorities_of("DE")) == len(LAENDER)


def test_in_bavaria_companies_belong_to_the_landesamt():
    assert [body.name for body in WORLD.authorities_of("DE", "DE-BY")] == [
        "Bayerisches Landesamt für Datenschutzaufsicht"
    ]


def test_an_authority_of_the_whole_country_is_competent_in_each_region():
    assert WORLD.authorities_of("AT", "AT-9") == WORLD.authorities_of("AT")


def test_links_that_nobody_opened_again_are_not_called_sure():
    assert {authority.sureness for authority in WORLD.authorities} == {Sureness.MEDIUM}
    assert all(authority.accepts_email is authority.needs_signature is None for authority in WORLD.authorities)


def test_the_swiss_month_is_our_own_check():
    assert WORLD.jurisdictions["ch"].answer.kind is PeriodKind.NONE
    assert WORLD.jurisdictions["ch"].answer.length == 1


def test_only_in_the_united_kingdom_and_brazil_the_company_is_asked_before_the_authority():
    assert [law.id for law in WORLD.jurisdictions.values() if law.company_first] == ["uk", "br", "tr"]


@pytest.mark.parametrize(
    ("country", "found"),
    [("DE", ["eu-post", "privacy-page"]), ("GB", ["uk-post", "privacy-page"]), ("CH", ["privacy-page"])],
)
def test_letters_go_to_the_company_that_answers_for_the_country(country, found):
    assert [address.id for address in WORLD.addresses_for(country)] == found


def test_names_are_known_for_every_country_in_the_world_the_served_ones_first():
    assert list(WORLD.names)[: len(COUNTRIES)] == list(WORLD.countries)
    assert "Deutschland" in WORLD.names["DE"]
    assert "Holland" in WORLD.names["NL"]
    assert "USA" in WORLD.names["US"]
