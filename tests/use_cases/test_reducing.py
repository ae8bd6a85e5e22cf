"""What is shown of what was seen: no address tells more than whose page it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.observations import Evidence, Hop, Observation, Reason, Verdict
from bot.use_cases.reducing import LONGEST_ADDRESS, bare, counted, of_look

AT = datetime(2026, 12, 1, tzinfo=UTC)
texts = st.text(max_size=40)
addresses = st.builds(
    lambda scheme, who, host, path, question: f"{scheme}{who}{host}/{path}?{question}#x",
    st.sampled_from(["https://", "http://", "javascript:", "//", ""]), st.sampled_from(["", "me:secret@"]),
    st.sampled_from(["www.facebook.com", "[::1", "", "x:99999"]), texts, texts,
)  # fmt: skip


@given(st.one_of(addresses, texts))
def test_an_address_loses_its_question_and_its_names_or_is_left_out(address):
    shown = bare(address)
    assert not set("?#") & set(shown)
    assert "secret" not in shown or "secret" in address.partition("@")[2]
    assert shown == "" or shown.startswith(("https://", "http://"))
    assert len(shown) <= LONGEST_ADDRESS


@pytest.mark.parametrize(("people", "shown"), [(0, None), (1, None), (2, None), (3, 3), (40, 40)])
def test_people_are_counted_from_three_on(people, shown):
    assert counted(people) == shown


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/login/?next=abc", "https://www.facebook.com/login/"),
        ("https://help.instagram.com/x?token=1", "https://help.instagram.com/x"),
        ("javascript:alert(1)", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_a_redirect_is_shown_by_where_it_led(location, leads_to):
    evidence = Evidence((Hop("https://www.facebook.com/help/contact/1?a=b", 302, location),))
    seen = Observation("f", "DE", "direct", AT, Verdict.MOVED, Reason.OTHER_SITE, 302, 0.1, ("x",), evidence)
    [step] = of_look(seen).steps
    assert (step.address, step.leads_to) == ("https://www.facebook.com/help/contact/1", leads_to)


def test_a_look_without_evidence_is_shown_without_it():
    look = of_look(Observation("f", "DE", "direct", AT, Verdict.ANSWERS, Reason.NONE, 200, 0.1, ()))
    assert (look.steps, look.measurement, look.sha256) == ((), "", "")
