"""How far a case has come, and the table of next steps: no cell empty, and advice grows with the phase."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.case_dates import CaseDates
from bot.domain.cases import Case, FactKind
from bot.domain.deadlines import Basis, Deadline
from bot.domain.errors import KnowledgeError
from bot.domain.forms import Service
from bot.domain.letters import LetterKind
from bot.domain.phases import Gate, NextStep, Phase, Said, gate_of, phase_of, said_of
from bot.knowledge import load

WORLD = load()
EU, UK, CH, BR = (WORLD.jurisdictions[law] for law in ("eu", "uk", "ch", "br"))
DAY = date(2026, 12, 3)
DUE = date(2027, 1, 4)
K = FactKind


def case(*kinds, service=Service.FACEBOOK):
    found = Case(1, service, "DE")
    for each in kinds:
        kind, note = each if isinstance(each, tuple) else (each, "")
        found = found.with_fact(kind, today=DAY, note=note)
    return found


def phase(*kinds, today=DAY):
    dates = CaseDates(*(Deadline(DUE, Basis.LEGAL) for _ in range(5)))
    return phase_of(case(*kinds), dates, today)


@pytest.mark.parametrize(
    ("facts", "in_time", "over"),
    [
        ([], Phase.NOT_SENT, Phase.NOT_SENT),
        ([K.FAILED], Phase.BLOCKED, Phase.BLOCKED),
        ([K.SENT], Phase.WAITING, Phase.OVERDUE),
        ([K.SENT, (K.WANTS_PROOF, "identity")], Phase.IDENTITY, Phase.IDENTITY),
        ([K.SENT, (K.WANTS_PROOF, "identity"), K.IDENTITY_GIVEN], Phase.WAITING, Phase.OVERDUE),
        ([K.SENT, K.WANTS_PROOF], Phase.ANSWERED, Phase.ANSWERED),
        ([K.SENT, K.REFUSED], Phase.ANSWERED, Phase.ANSWERED),
        ([K.SENT, K.WRITTEN], Phase.WRITTEN, Phase.WRITTEN_OVER),
        ([K.SENT, K.COMPANY_COMPLAINED], Phase.COMPANY, Phase.COMPANY_OVER),
        ([K.SENT, K.COMPLAINED], Phase.COMPLAINED, Phase.COMPLAINED_OVER),
        ([K.SENT, K.COMPLAINED, K.DEVOID], Phase.DEVOID, Phase.COMPLAINED_OVER),
        ([K.SENT, K.CONFIRMED], Phase.ACCEPTED, Phase.ACCEPTED),
        ([K.SENT, K.CLOSED], Phase.CLOSED, Phase.CLOSED),
    ],
)
def test_a_phase_follows_from_the_facts_and_the_day(facts, in_time, over):
    assert phase(*facts, today=DUE) is in_time, "a day ends with its last hour"
    assert phase(*facts, today=DUE + timedelta(days=1)) is over


def test_what_meta_said_counts_from_the_last_dispatch():
    assert said_of(case(K.SENT, K.REFUSED, K.WRITTEN)) is Said.REFUSED
    assert said_of(case(K.SENT, K.REFUSED, K.SENT)) is Said.NOTHING
    assert said_of(case(K.REFUSED)) is Said.REFUSED, "who came in the middle told no dispatch"


def test_no_further_action_from_the_third_party_form_is_an_answer_to_another_form():
    assert said_of(case((K.NO_FURTHER_ACTION, "third_party"))) is Said.OTHER_FORM
    assert said_of(case((K.NO_FURTHER_ACTION, "own"))) is Said.NO_FURTHER_ACTION
    alone = case((K.NO_FURTHER_ACTION, "third_party"), service=Service.NONE)
    assert said_of(alone) is Said.NO_FURTHER_ACTION, "without an account it is the right form"


def test_no_cell_of_the_table_is_empty():
    assert set(WORLD.next_steps) == {(phase, said) for phase in Phase for said in Said}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ('next = "refile"', "otherwise.next"),
        ('next = "wait", article = "made_up"', "article: 'made_up' is in no jurisdiction"),
        ('next = "wait", letter = "poem"', "otherwise.letter"),
    ],
)
def test_a_bad_row_stops_the_start_with_its_phase_and_field(tmp_path, row, field):
    lines = f'[waiting]\notherwise = {{ {row} }}\nsources = ["x"]\nchecked = 2026-11-23\n'
    (tmp_path / "phases.toml").write_text(lines, "utf-8")
    with pytest.raises(KnowledgeError, match=f"phases.toml: waiting: .*{field}"):
        load(tmp_path)


CHAINS = (
    (Phase.NOT_SENT, Phase.WAITING, Phase.OVERDUE, Phase.WRITTEN_OVER, Phase.COMPLAINED_OVER),
    (Phase.BLOCKED, Phase.WAITING, Phase.ANSWERED, Phase.WRITTEN_OVER, Phase.DEVOID, Phase.COMPLAINED_OVER),
    (Phase.WAITING, Phase.IDENTITY, Phase.OVERDUE, Phase.COMPANY_OVER, Phase.COMPLAINED_OVER),
)
ORDER = list(NextStep)


@pytest.mark.parametrize("said", sorted(set(Said) - {Said.ACCEPTED}))
@pytest.mark.parametrize("chain", CHAINS)
def test_advice_grows_with_the_phase(said, chain):
    ranks = [ORDER.index(WORLD.next_steps[phase, said].next) for phase in chain]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("phase", [Phase.ANSWERED, Phase.WRITTEN_OVER, Phase.OVERDUE, Phase.WAITING])
def test_an_answer_from_another_form_leads_to_the_right_form_never_to_a_complaint(phase):
    advice = WORLD.next_steps[phase, Said.OTHER_FORM]
    assert advice.next is NextStep.RIGHT_FORM
    assert advice.letter is not LetterKind.COMPLAINT
    assert gate_of(case(K.SENT, (K.NO_FURTHER_ACTION, "third_party")), EU, DAY) is Gate.RIGHT_FORM


@pytest.mark.parametrize(
    ("fact", "letter"),
    [
        (K.REFUSED, LetterKind.REPLY_REFUSED),
        (K.NO_FURTHER_ACTION, LetterKind.REPLY_NO_FURTHER_ACTION),
        (K.WANTS_PROOF, LetterKind.REPLY_WANTS_PROOF),
        (K.NOT_IN_REGION, LetterKind.REPLY_NOT_IN_REGION),
        (K.WRONG_FORM, LetterKind.REPLY_WRONG_FORM),
    ],
)
def test_each_kind_of_refusal_has_the_reply_that_fits(fact, letter):
    assert WORLD.next_steps[Phase.ANSWERED, said_of(case(K.SENT, fact))].letter is letter


def test_nobody_is_told_to_send_an_objection_again_that_is_on_its_way():
    """Art. 12(5) GDPR: repeated requests may be refused."""
    on_its_way = set(Phase) - {Phase.NOT_SENT, Phase.BLOCKED, Phase.CLOSED}
    for (phase, said), advice in WORLD.next_steps.items():
        if phase in on_its_way and said is not Said.OTHER_FORM:
            assert advice.letter is not LetterKind.OBJECTION, (phase, said)
            assert advice.next not in {NextStep.GO_ON, NextStep.WRITE, NextStep.RIGHT_FORM}, (phase, said)


def test_from_april_2027_a_complaint_needs_the_request_before_it():
    """Reg. 2025/2518 Art. 4(3): the request must have been made, an answer need not have come."""
    before, since = date(2027, 4, 1), date(2027, 4, 2)
    assert gate_of(case(K.FAILED), EU, before) is Gate.OPEN
    assert gate_of(case(K.FAILED), EU, since) is Gate.REQUEST
    assert gate_of(case(K.SENT), EU, since) is Gate.OPEN
    assert gate_of(case(K.SENT, K.UNDELIVERED), EU, since) is Gate.OPEN, "it was made, whatever came back"


def test_in_the_united_kingdom_the_company_comes_first():
    assert gate_of(case(K.SENT), UK, DAY) is Gate.COMPANY
    assert gate_of(case(K.SENT, K.COMPANY_COMPLAINED), UK, DAY) is Gate.OPEN
    assert gate_of(case(K.BEGUN), UK, DAY) is Gate.REQUEST


def test_in_brazil_a_request_comes_first_and_in_switzerland_nothing():
    assert gate_of(case(K.BEGUN), BR, DAY) is Gate.REQUEST
    assert gate_of(case(K.SENT), BR, DAY) is Gate.OPEN
    assert gate_of(case(K.BEGUN), CH, DAY) is Gate.OPEN


def test_a_refusal_must_carry_its_parts():
    assert EU.refusal == ("reasons", "complaint", "court"), "Art. 12(4) GDPR"
    assert UK.refusal == ("reasons", "company", "complaint", "court"), "as the act of 2025 has it"
    assert BR.refusal == ("reasons",), "LGPD art. 18 §4"
    assert CH.refusal == ()


def test_where_a_law_has_no_right_its_article_is_not_made_up():
    assert "erasure" not in CH.articles
    assert "silence" not in UK.articles, "s. 166 was not read"
    assert replace(EU, rules=None).rules_on(date(2028, 1, 1)) is None
