"""The short form of tests/benchmarks/outages.py: nothing of ours is an outage, and each outage is found."""

from __future__ import annotations

import random

import pytest

from tests.benchmarks.outages import besieged, quiet
from tests.simulated_faults import FAULTS, trial
from tests.simulated_forms import WORLD, Place, vantages_of, watch


def test_troubles_of_our_own_make_no_incident_and_simple_rules_many():
    found = quiet(seed=5, days=4, countries=3, forms=1)
    assert found["ours"] == 0
    assert min(found["3 in a row"], found["3 of 5"]) > 0


def test_a_thousand_reporters_make_no_incident():
    assert besieged(seed=5, days=1, countries=2, forms=1) == {"days": 1, "pairs": 2, "incidents": 0}


@pytest.mark.parametrize("kind", [one for one in FAULTS if not one.whole_region], ids=lambda one: one.name)
def test_what_people_can_see_is_found_in_time_and_dated_well(kind):
    seen = trial(kind, random.Random(f"11 {kind.name}"))
    assert seen.confirmed is kind.visible
    assert seen.incidents <= kind.most
    if kind.visible:
        assert seen.telling <= 3
        assert seen.start_right
        assert seen.good <= 2 or kind.alternates
        assert seen.end_right


def test_a_form_like_its_decoy_is_said_to_be_unjudgeable():
    form = WORLD.forms["facebook-2025"]
    seen = watch(Place(form, "DE", vantages_of("DE"), like_decoy=True), 0.5, random.Random(1))
    assert seen.status.condition == "unjudgeable"
    assert seen.incidents == []
