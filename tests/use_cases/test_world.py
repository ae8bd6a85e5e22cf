"""What the conversation may ask of the world, with the real knowledge."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.domain.cases import Case, FactKind
from bot.domain.deadlines import Basis
from bot.domain.forms import Service
from bot.domain.incidents import Cause, Incident, Proof
from bot.settings import load_settings
from bot.use_cases.world import KnownWorld
from tests.conversations.pure import KNOWLEDGE, NOON, Noticeboard, StoppedClock, world_at

WORLD = world_at(NOON.date())
DAY = NOON.date()


def case(*facts, country="DE", service=Service.FACEBOOK):
    found = Case(1, service, country)
    for fact in facts:
        kind, day, *note = fact if isinstance(fact, tuple) else (fact, DAY)
        found = found.with_fact(kind, today=DAY, day=day, note="".join(note))
    return found


@pytest.mark.parametrize(
    ("country", "residence", "sent", "day", "basis"),
    [
        ("DE", None, date(2026, 12, 3), date(2027, 1, 4), Basis.LEGAL),
        ("PL", None, date(2026, 12, 10), date(2027, 1, 11), Basis.LEGAL),
        ("FR", "CH", date(2026, 12, 14), date(2027, 1, 14), Basis.LEGAL_IF_GDPR),
        ("FR", "TH", date(2026, 12, 14), date(2027, 1, 14), Basis.LEGAL_IF_GDPR),
        ("FR", "DE", date(2026, 12, 14), date(2027, 1, 14), Basis.LEGAL),
        ("CH", None, date(2026, 12, 14), date(2027, 1, 14), Basis.OUR_CHECK),
        ("GB", None, date(2027, 2, 26), date(2027, 3, 30), Basis.LEGAL),
        ("DE", None, date(2027, 2, 26), date(2027, 3, 26), Basis.LEGAL),
        ("US", None, date(2026, 12, 3), date(2027, 1, 4), Basis.OUR_CHECK),
    ],
)
def test_the_date_follows_country_and_residence(country, residence, sent, day, basis):
    due = WORLD.deadline(case((FactKind.SENT, sent), country=country), residence)
    assert (due.day, due.basis) == (day, basis)


def test_nothing_runs_before_a_dispatch_or_after_it_came_back():
    assert WORLD.deadline(case(FactKind.BEGUN), None) is None
    assert WORLD.deadline(case(FactKind.SENT, FactKind.UNDELIVERED), None) is None
    assert WORLD.deadline(case(FactKind.SENT, FactKind.UNDELIVERED, (FactKind.SENT, DAY, "web")), None) is not None


def test_a_letter_runs_from_a_reckoned_day_until_its_arrival_is_told():
    posted = case((FactKind.SENT, DAY, "post"))
    assert WORLD.deadline(posted, None).basis is Basis.OUR_CHECK
    assert WORLD.deadline(posted, None).day == date(2027, 1, 11)
    assert WORLD.deadline(posted.with_sent_day(date(2026, 12, 8), "arrived"), None).day == date(2027, 1, 8)


def test_an_extension_counts_from_receipt_if_it_was_told_in_time():
    sent = case(FactKind.SENT)
    assert WORLD.may_extend(sent, date(2027, 1, 4), None)
    assert not WORLD.may_extend(sent, date(2027, 1, 5), None)
    assert not WORLD.may_extend(sent, date(2026, 12, 2), None)
    assert not WORLD.may_extend(case(FactKind.BEGUN), DAY, None)
    assert not WORLD.may_extend(case(FactKind.SENT, FactKind.UNDELIVERED), DAY, None)
    assert WORLD.may_extend(case((FactKind.SENT, DAY, "post")), date(2027, 1, 8), None), "the month began a week later"
    assert WORLD.deadline(case(FactKind.SENT, FactKind.EXTENDED), None).day == date(2027, 3, 3)


@pytest.mark.parametrize(
    ("country", "residence", "filed", "day", "basis"),
    [
        ("DE", "DE", date(2027, 1, 19), date(2027, 4, 19), Basis.LEGAL),
        ("PL", None, date(2027, 1, 26), date(2027, 4, 26), Basis.LEGAL),
        ("FR", "CH", date(2027, 1, 29), date(2027, 4, 29), Basis.OUR_CHECK),
        ("FR", "TH", date(2027, 1, 29), date(2027, 4, 29), Basis.OUR_CHECK),
    ],
)
def test_the_authoritys_date_follows_where_somebody_lives(country, residence, filed, day, basis):
    due = WORLD.complaint_deadline(case((FactKind.COMPLAINED, filed), country=country), residence)
    assert (due.day, due.basis) == (day, basis)
    assert WORLD.complaint_deadline(case(FactKind.SENT), residence) is None


def test_a_form_is_found_for_the_accounts_country_and_for_nobody_else():
    assert WORLD.form(Service.FACEBOOK, "DE").url.startswith("https://www.facebook.com/")
    assert WORLD.form(Service.FACEBOOK, "DE") != WORLD.form(Service.FACEBOOK, "GB")
    assert WORLD.form(Service.FACEBOOK, "US") is None
    assert WORLD.form(Service.NONE, "DE") is not None


def test_what_was_seen_is_that_of_the_form_and_country():
    assert WORLD.status(Service.FACEBOOK, "FR").country == "FR"
    assert WORLD.status(Service.FACEBOOK, "DE") is None
    assert WORLD.status(Service.FACEBOOK, "US") is None
    assert len(WORLD.days(Service.FACEBOOK, "FR")) == 30
    assert WORLD.days(Service.FACEBOOK, "US") == ()


def outage(number, day, form="facebook-2025"):
    at = datetime(day.year, day.month, day.day, 14, 5, tzinfo=UTC)
    return Incident(number, form, "DE", at, at, (Cause.GONE,), Proof.NETWORKS, ("direct", "proxy:DE"), 4)


def test_the_outages_of_a_case_are_those_of_its_form_on_the_days_it_was_tried():
    form = WORLD.form(Service.FACEBOOK, "DE").id
    days = [date(2026, 12, day) for day in (1, 2, 3)]
    board = Noticeboard(incidents=(*(outage(day.day, day, form) for day in days), outage(9, days[0], "other")))
    world = world_at(DAY, board)
    tried = case((FactKind.FAILED, days[2], "error"), (FactKind.CODE_MISSING, days[0]), (FactKind.SENT, days[1]))
    assert [each.id for each in world.outages(tried)] == [1, 3]
    assert world.outages(case((FactKind.SENT, days[1]))) == ()
    assert world.outages(case((FactKind.FAILED, days[0]), country="US")) == ()


def test_menus_in_the_own_language_go_first():
    first, second = (WORLD.menu(Service.FACEBOOK, "app", order, "de") for order in (1, 2))
    assert first.labels_in("de")[-1] != first.labels_in("en")[-1]
    assert second is not None
    assert WORLD.menu(Service.FACEBOOK, "app", 9, "de") is None


def test_countries_are_suggested_by_language_the_home_first():
    assert WORLD.suggested("fr")[0] == "FR"
    assert WORLD.suggested("de")[0] == "DE"
    assert WORLD.suggested("el") == ("GR", "CY")
    assert WORLD.suggested("en")[0] == "GB"
    assert WORLD.suggested("xx") == ()


def test_authorities_are_those_for_private_companies():
    assert [each.id for each in WORLD.authorities("PL")]
    bavarian = [each for each in WORLD.authorities("DE") if each.region == "DE-BY"]
    assert [each.email for each in bavarian] == ["poststelle@lda.bayern.de"]


def test_the_facts_name_operator_addresses_and_languages():
    facts = WORLD.facts()
    assert (facts["operator_name"], facts["operator_contact"]) == ("Advice Centre", "help@advice.example")
    assert facts["languages"][:2] == ["en", "de"]
    assert "Ireland" in facts["meta_post"]["eu"]
    nobody = KnownWorld(KNOWLEDGE, Noticeboard(), load_settings(_env_file=None), StoppedClock())
    assert nobody.facts()["privacy_url"] is None


def test_laws_go_by_country():
    assert [WORLD.jurisdiction_id(code) for code in ("DE", "GB", "CH", "US")] == ["eu", "uk", "ch", None]
    assert WORLD.country("US") is None
