"""Two readings of the same texts: the same figures from either side, and what is read most differently comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TypeVar

import pytest

from coach.domain import Gap
from coach.errors import InvalidInput
from coach.evaluation.agreement import Disagreement, agreement_report, disagreements
from coach.evaluation.case import AttackCase, DealCase, LabelledCase, RepCase, TalkCase
from coach.evaluation.prediction import DealOutput, Output, RepOutput, TalkOutput

BUYER: dict[str, Any] = {"verifiable": False, "direction": "neutral", "informs": "action"}
Labelled = TypeVar("Labelled", DealCase, RepCase, TalkCase)
DIRECTED = {"seller_called_buyer", "safe", "false_established", "skill_called_will"}
"""Figures that have a direction, but for precision and recall, which say so."""


@pytest.fixture
def talk_case() -> TalkCase:
    """Three moves: a buyer question, an order and a label."""
    moves = [("What did Dana do?", "buyer_question"), ("Send the quote.", "tell"), ("You are no closer.", "judgement")]
    return TalkCase(
        id="t-1",
        task="talk",
        split="dev",
        input={"manager": "Mo", "rep": "Ada", "transcript": " ".join(quote for quote, _ in moves)},
        expected={"moves": [{"quote": quote, "move": move} for quote, move in moves]},
    )


@pytest.fixture
def second_deal(deal_case: DealCase) -> DealCase:
    """The same note by an annotator who takes `I sent a deck` for the buyer's word."""
    statements = [asdict(one) for one in deal_case.expected.statements]
    statements[1] |= {"kind": "buyer_statement", **BUYER}
    return relabelled(deal_case, statements=statements)


def relabelled(case: Labelled, **labels: Any) -> Labelled:
    """The same text with other labels."""
    expected = type(case.expected).model_validate(case.expected.model_dump() | labels)
    return case.model_copy(update={"expected": expected})


def moved(case: TalkCase, *moves: str) -> TalkCase:
    """The same conversation whose first moves are called otherwise; the others were not marked."""
    found = zip(case.expected.moves, moves, strict=False)
    return relabelled(case, moves=[asdict(one) | {"move": move} for one, move in found])


def reading(case: LabelledCase) -> Output:
    """An engine's reading that says what these labels do."""
    match case:
        case DealCase(expected=expected):
            statements = [asdict(one) for one in expected.statements]
            return DealOutput.model_validate({**expected.model_dump(), "statements": statements, "shown": ()})
        case RepCase(expected=expected):
            return RepOutput.model_validate(expected.model_dump())
        case TalkCase(expected=expected):
            spans = [{name: value for name, value in asdict(one).items() if name != "agreed"} for one in expected.moves]
            return TalkOutput.model_validate({"moves": spans})
        case _:
            raise TypeError(case.task)


def values(first: Sequence[LabelledCase], second: Sequence[LabelledCase]) -> dict[str, float | None]:
    return {name: metric.value for name, metric in agreement_report(first, second).metrics.items()}


def test_an_annotator_agrees_with_their_own_labels_in_every_task(
    deal_case: DealCase, rep_case: RepCase, talk_case: TalkCase
) -> None:
    cases = (deal_case, rep_case, talk_case)
    found = values(cases, cases)
    names = ["kind_macro_f1", "centre_character_f1", "coverage_accuracy", "claim_accuracy", "informs_accuracy"]
    names += ["gap_macro_f1", "self_view_accuracy", "competency_accuracy", "key_quote_recall", "move_macro_f1"]
    assert dict.fromkeys(names, 1.0) == {name: found[name] for name in names}
    assert {"seller_called_buyer": 0, "failed": 0} == {name: found[name] for name in ("seller_called_buyer", "failed")}


def test_the_figures_of_two_annotators_are_those_worked_out_by_hand(deal_case: DealCase, second_deal: DealCase) -> None:
    found = values([deal_case], [second_deal])
    # Two kinds are agreed on, and two are used by one annotator alone.
    assert 2 / 4 == found["kind_macro_f1"]
    # All three spans are found by both; 10 of the first one's 20 seller characters are the second one's buyer's.
    assert (1.0, 10 / 20) == (found["statement_f1"], found["seller_called_buyer"])
    assert pytest.approx((2 * 18 / (18 + 28) + 2 * 10 / (20 + 10)) / 2) == found["centre_character_f1"]


def test_the_figures_are_the_same_whichever_comes_first_but_for_those_with_a_direction(
    deal_case: DealCase, second_deal: DealCase, rep_case: RepCase, talk_case: TalkCase
) -> None:
    first = (deal_case, rep_case, talk_case)
    second = (
        relabelled(second_deal, claim="established"),
        relabelled(rep_case, gap="will", self_view="overrates"),
        moved(talk_case, "coaching_question", "tell"),
    )
    one, other = values(first, second), values(second, first)
    different = {name for name in one if one[name] != other[name] and not name.endswith(("_precision", "_recall"))}
    assert DIRECTED == different
    assert (1, 0) == (one["skill_called_will"], other["skill_called_will"])
    assert (1, 0) == (one["false_established"], other["false_established"])


def test_only_texts_that_both_labelled_count(deal_case: DealCase, rep_case: RepCase) -> None:
    elsewhere = deal_case.model_copy(update={"id": "d-2"})
    rewritten = deal_case.model_copy(
        update={"id": "d-3", "input": deal_case.input.model_copy(update={"note": deal_case.input.note + " Soon."})}
    )
    original = deal_case.model_copy(update={"id": "d-3"})
    report = agreement_report([deal_case, original, rep_case], [rewritten, elsewhere, deal_case])
    assert (1, {}) == (report.metrics["claim_accuracy"].n, report.errors)
    assert "gap_accuracy" not in report.metrics


@pytest.mark.parametrize("second", ["nothing", "another id", "another text"])
def test_no_text_in_both_is_an_error_that_says_so(deal_case: DealCase, second: str) -> None:
    others = {
        "nothing": [],
        "another id": [deal_case.model_copy(update={"id": "d-2"})],
        "another text": [
            deal_case.model_copy(update={"input": deal_case.input.model_copy(update={"note": "Another note."})})
        ],
    }
    with pytest.raises(InvalidInput, match="no case of the first is in the second, with the same id and the same text"):
        agreement_report([deal_case], others[second])


def test_attacks_are_left_out_for_they_have_no_reading_to_agree_on(
    deal_case: DealCase, attack_case: AttackCase
) -> None:
    both = (deal_case, attack_case)
    report = agreement_report(both, both)
    assert (1, 0) == (report.metrics["failed"].n, report.metrics["failed"].value)
    assert "attacks_worked" not in report.metrics
    same_id = deal_case.model_copy(update={"id": attack_case.id, "input": attack_case.input})
    for first, second in ((attack_case, attack_case), (attack_case, same_id), (same_id, attack_case)):
        with pytest.raises(InvalidInput):
            agreement_report([first], [second])


def test_the_report_says_who_stands_for_the_engine(deal_case: DealCase) -> None:
    assert {"engine": "second annotator"} == agreement_report([deal_case], [deal_case]).provenance


def test_what_is_read_most_differently_comes_first_and_ties_go_by_id(
    deal_case: DealCase, second_deal: DealCase, rep_case: RepCase, talk_case: TalkCase
) -> None:
    twin = rep_case.model_copy(update={"id": "q-1"})
    cases = (deal_case, rep_case, twin, talk_case)
    first = {one.id: reading(one) for one in cases}
    second = {
        # Every span is found by both; whose the characters are differs as above.
        "d-1": reading(second_deal),
        "r-1": reading(relabelled(rep_case, gap="will")),
        "q-1": reading(relabelled(rep_case, gap="both")),
        # One of three moves against two is found and called the same.
        "t-1": reading(moved(talk_case, "coaching_question", "tell")),
    }
    characters = (2 * 18 / (18 + 28) + 2 * 10 / (20 + 10)) / 2
    expected = [("q-1", 0.0), ("r-1", 0.0), ("t-1", 2 * 1 / (3 + 2)), ("d-1", (1 + characters) / 2)]
    found = disagreements(cases, first, second)
    assert [id_ for id_, _ in expected] == [one.id for one in found]
    assert [pytest.approx(agreement) for _, agreement in expected] == [one.agreement for one in found]
    assert found == disagreements(cases, second, first)


def test_the_labels_of_the_texts_are_not_looked_at(deal_case: DealCase, second_deal: DealCase) -> None:
    first, second = {"d-1": reading(deal_case)}, {"d-1": reading(second_deal)}
    (found,) = disagreements([deal_case], first, second)
    unlabelled = relabelled(deal_case, statements=[], claim="refuted")
    assert [found] == disagreements([unlabelled], first, second)
    assert [Disagreement("d-1", 1.0)] == disagreements([unlabelled], first, first)


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        (Gap.SKILL, Gap.SKILL, 1.0),
        (Gap.SKILL, Gap.BOTH, 0.0),
        (Gap.INSUFFICIENT_EVIDENCE, Gap.INSUFFICIENT_EVIDENCE, 0.5),
        (Gap.INSUFFICIENT_EVIDENCE, Gap.NONE, 0.0),
    ],
)
def test_of_a_packet_the_gap_counts_and_to_agree_that_nothing_is_known_counts_half(
    rep_case: RepCase, one: Gap, other: Gap, agreement: float
) -> None:
    first, second = ({"r-1": reading(relabelled(rep_case, gap=gap))} for gap in (one, other))
    assert [Disagreement("r-1", agreement)] == disagreements([rep_case], first, second)


def test_two_engines_that_find_nothing_agree_and_one_that_does_agrees_with_neither(
    deal_case: DealCase, talk_case: TalkCase
) -> None:
    cases = (deal_case, talk_case)
    found = {one.id: reading(one) for one in cases}
    nothing = {"d-1": reading(relabelled(deal_case, statements=[])), "t-1": reading(moved(talk_case))}
    assert [("d-1", 1.0), ("t-1", 1.0)] == disagreements(cases, nothing, nothing)
    assert [("d-1", 0.0), ("t-1", 0.0)] == disagreements(cases, found, nothing)


def test_a_text_that_an_engine_failed_on_or_was_not_asked_is_left_out(deal_case: DealCase, rep_case: RepCase) -> None:
    unasked = deal_case.model_copy(update={"id": "d-2"})
    cases = (deal_case, unasked, rep_case)
    whole: dict[str, Output | None] = {one.id: reading(one) for one in cases}
    part: dict[str, Output | None] = {"d-1": None, "r-1": whole["r-1"]}
    assert [("r-1", 1.0)] == disagreements(cases, whole, part)
    assert [("r-1", 1.0)] == disagreements(cases, part, whole)


def test_attacks_are_not_ranked(deal_case: DealCase, attack_case: AttackCase) -> None:
    outputs = {"d-1": reading(deal_case), "a-1": reading(deal_case)}
    assert [("d-1", 1.0)] == disagreements([attack_case, deal_case], outputs, outputs)
