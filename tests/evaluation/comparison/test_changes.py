"""Whom a change touches, and the words that made it so."""

from __future__ import annotations

from dataclasses import asdict, replace

from coach.domain import Deal
from coach.evaluation.case import AttackCase, DealCase, RepCase
from coach.evaluation.comparison import changes
from coach.evaluation.comparison.changes import who
from coach.evaluation.prediction import DealOutput, RepOutput


def reading(case: DealCase, **fields: object) -> DealOutput:
    labels = {
        "statements": [asdict(one) for one in case.expected.statements],
        "coverage": case.expected.coverage,
        "claim": case.expected.claim,
        "shown": (),
    }
    return DealOutput.model_validate({**labels, **fields})


def test_a_changed_verdict_names_the_deal_the_verdict_and_the_words(deal_case: DealCase) -> None:
    before = reading(deal_case)
    signed = replace(before.statements[0], kind="seller_opinion", verifiable=None, direction=None, informs=None)
    after = reading(deal_case, statements=[signed, before.statements[1]], claim="refuted")
    named = deal_case.model_copy(
        update={"input": deal_case.input.model_copy(update={"deal": Deal(name="Harbour & Vale")})}
    )
    (change,) = changes([named], {"d-1": [before]}, {"d-1": [after]})
    assert ("d-1", "Harbour & Vale", ("claim: unproven → refuted",)) == (change.case, change.who, change.what)
    assert (
        "«Dana signed the order» kind: buyer_action → seller_opinion, verifiable: yes → none, "
        "direction: advances → none, informs: action → none",
        "«They love us» no longer seen (seller_opinion)",
    ) == change.why


def test_a_statement_alone_is_no_changed_verdict(deal_case: DealCase) -> None:
    before = reading(deal_case)
    assert () == changes([deal_case], {"d-1": [before]}, {"d-1": [reading(deal_case, statements=[])]})


def test_a_case_that_failed_on_either_side_is_left_out(deal_case: DealCase) -> None:
    assert () == changes([deal_case], {"d-1": [None]}, {"d-1": [reading(deal_case, claim="refuted")]})
    assert () == changes([deal_case], {"d-1": [reading(deal_case)]}, {})


def test_a_changed_diagnosis_names_the_rep(rep_case: RepCase) -> None:
    output = RepOutput.model_validate({**rep_case.expected.model_dump(), "confidence": 0.5})
    after = output.model_copy(update={"gap": "will", "key_quotes": ("I gave up",)})
    (change,) = changes([rep_case], {rep_case.id: [output]}, {rep_case.id: [after]})
    assert (rep_case.input.rep, ("gap: skill → will",)) == (change.who, change.what)
    assert ("«I never learned it» no longer quoted", "«I gave up» newly quoted") == change.why


def test_an_attack_is_known_by_its_deal(attack_case: AttackCase) -> None:
    assert "d-1 (attacked)" == who(attack_case)


def test_of_several_repeats_more_than_half_must_change(deal_case: DealCase) -> None:
    before, other = reading(deal_case), reading(deal_case, claim="refuted")
    assert () == changes([deal_case], {"d-1": [before, before]}, {"d-1": [other, before]})
    assert 1 == len(changes([deal_case], {"d-1": [before] * 3}, {"d-1": [other, before, other]}))
    assert 1 == len(changes([deal_case], {"d-1": [before, None, None]}, {"d-1": [other, before, None]}))
