"""What we ask and what we read, held against the service's own specification."""

from __future__ import annotations

import pytest

from bot.vantages.globalping.answers import Limits, Measurement
from bot.vantages.globalping.questions import nearby, question
from tests.vantages.globalping import specification as spec
from tests.vantages.globalping.stand_in import redirected
from tests.vantages.globalping.test_service import ERRORS, READ_ERRORS
from tests.vantages.globalping.test_vantage import CASES
from tests.vantages.meta_pages import FORM_PAGE, URL, a_form

pytestmark = pytest.mark.skipif(not spec.SPEC_IS_HERE, reason=spec.SPEC_MISSING)
ODD = {"an odd status", "never ended"}


def schema_of(exchange):
    if exchange.status >= 400:
        return spec.error_schema(exchange.status)
    if exchange.path == "/v1/limits":
        return spec.LIMITS
    return spec.CREATED if exchange.method == "POST" else spec.MEASUREMENT


@pytest.mark.parametrize("case", sorted(CASES.keys() - ODD))
async def test_each_question_and_each_answer_of_the_play_is_as_specified(service, vantage, case):
    service.results[FORM_PAGE] = CASES[case][0]
    service.before["create"] = [ERRORS["422 no_probes_found"]]
    await vantage.look(a_form(), "DE")
    assert service.questions
    for each in service.said:
        if each.question is not None:
            assert spec.problems(each.question, spec.REQUEST) == []
        if each.status != 304:
            assert spec.problems(each.answer, schema_of(each)) == []


@pytest.mark.parametrize("case", [each for each in ERRORS if "no JSON" not in each])
def test_the_recorded_errors_are_as_specified(case):
    status, _, body = ERRORS[case]
    assert spec.problems(body, spec.error_schema(status)) == []


@pytest.mark.parametrize("case", ["404", "500"])
def test_the_played_errors_are_as_specified(case):
    status, _, body = READ_ERRORS[case]
    assert spec.problems(body, spec.error_schema(status)) == []


@pytest.mark.parametrize(
    "asked",
    [question(URL, nearby("DE", homes=True)), question(f"{URL}?a=b", "M0x"), question(URL, nearby("NO", homes=False))],
)
def test_questions_are_as_specified(asked):
    assert spec.problems(asked, spec.REQUEST) == []


def test_the_specifications_own_examples_can_be_read():
    examples = spec.part("examples.yaml")["components"]["examples"]
    found = Measurement.model_validate(examples["getHttpMeasurementResponse"]["value"])
    assert (found.results[0].result.statusCode, found.results[0].probe.country) == (200, "KR")
    for name in ("nonAuthenticatedLimits", "authenticatedLimits"):
        assert Limits.model_validate(examples[name]["value"]).rateLimit.measurements.create.limit > 0


def test_the_check_finds_what_is_wrong():
    asked = question(URL, nearby("DE", homes=True))
    assert spec.problems(asked | {"timeout": 60}, spec.REQUEST)
    assert spec.problems(asked | {"locations": [{"land": "DE"}]}, spec.REQUEST)
    assert spec.problems({"id": 1}, spec.CREATED)
    assert spec.problems(redirected(URL), spec.MEASUREMENT)
