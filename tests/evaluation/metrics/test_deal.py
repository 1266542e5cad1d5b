"""The figures of deal notes, worked by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coach.domain import Direction, Kind, Question, Status, Verdict
from coach.evaluation.case import DealCase, load_cases
from coach.evaluation.metrics import TASKS, case_tally, confusion
from coach.evaluation.prediction import DealOutput, PredictedStatement
from coach.evaluation.statistics import total

GOLD = Path(__file__).parents[3] / "evals" / "cases" / "deals.jsonl"
CONFUSIONS = TASKS["deal"].confusions


def figures(case: DealCase, *outputs: DealOutput | None) -> dict[str, float]:
    return TASKS["deal"].figures(case_tally(case, outputs))


@pytest.fixture
def partly_wrong(deal_case: DealCase, output: Callable) -> DealOutput:
    """Right: Dana's act. Wrong: «They love us» called a buyer's act. Missed: «I sent a deck»."""
    return output(deal_case, ("Dana signed the order", Kind.BUYER_ACTION), ("They love us", Kind.BUYER_ACTION))


def test_kinds_of_a_note_read_partly_wrong(deal_case: DealCase, partly_wrong: DealOutput) -> None:
    found = figures(deal_case, partly_wrong)
    # buyer_action: 1 right of 2 predicted and 1 gold: 2*1/(2+1). seller_action and seller_opinion: 0 of 1. The two
    # other kinds are in neither, and have no figure to average in.
    assert pytest.approx(2 / 3) == found["buyer_action_f1"]
    assert found["buyer_action_precision"] == 1 / 2
    assert found["buyer_action_recall"] == 1
    assert found["seller_action_f1"] == 0
    assert math.isnan(found["seller_action_precision"])
    assert found["seller_action_recall"] == 0
    assert found["seller_opinion_f1"] == 0
    assert math.isnan(found["buyer_statement_f1"])
    assert pytest.approx((2 / 3 + 0 + 0) / 3) == found["kind_macro_f1"]


def test_spans_and_characters_of_a_note_read_partly_wrong(deal_case: DealCase, partly_wrong: DealOutput) -> None:
    found = figures(deal_case, partly_wrong)
    # Matched 2 of 2 predicted and 3 gold; both are exactly in place, one has the right kind.
    assert pytest.approx(4 / 5) == found["statement_f1"]
    assert pytest.approx(4 / 5) == found["span_exact_f1"]
    assert pytest.approx(4 / 5) == found["span_partial_f1"]
    assert pytest.approx(2 / 5) == found["span_strict_f1"]
    assert pytest.approx(2 / 5) == found["span_type_f1"]
    assert found["span_strict_precision"] == 1 / 2
    assert found["span_strict_recall"] == 1 / 3
    # Characters without spaces: buyer gold 18 (4+6+3+5), predicted 18+10; seller gold 10 («Isentadeck») + 10,
    # predicted 0.
    # Buyer F1 = 2*18/(18+28), seller F1 = 0.
    assert pytest.approx((36 / 46 + 0) / 2) == found["centre_character_f1"]
    assert pytest.approx(36 / 46) == found["buyer_character_f1"]
    assert pytest.approx(18 / 28) == found["buyer_character_precision"]
    assert found["buyer_character_recall"] == 1
    assert found["seller_character_recall"] == 0
    assert pytest.approx(10 / 20) == found["seller_called_buyer"]


def test_judgement_of_a_note_read_partly_wrong(deal_case: DealCase, partly_wrong: DealOutput) -> None:
    found = figures(deal_case, partly_wrong)
    assert found["coverage_qwk"] == 1
    assert found["coverage_accuracy"] == 1
    assert found["claim_accuracy"] == 1
    assert found["claim_kappa"] == 1
    assert found["false_established"] == 0
    # Half of the seller's text is called the buyer's: over a tenth.
    assert found["safe"] == 0
    assert found["ungrounded"] == 0
    assert found["hallucinated_quotes"] == 0
    assert found["failed"] == 0


def test_confusions_of_a_note_read_partly_wrong(deal_case: DealCase, partly_wrong: DealOutput) -> None:
    tally = case_tally(deal_case, [partly_wrong])
    tables = {name: confusion(tally, name, labels) for name, labels in CONFUSIONS.items()}
    assert (*Kind, "none") == tables["kind"].labels
    # buyer_action right; seller_action unmatched; seller_opinion called buyer_action.
    rows = ((1, 0, 0, 0, 0, 0), (0,) * 6, (0,) * 6, (0, 0, 0, 0, 0, 1), (1, 0, 0, 0, 0, 0), (0,) * 6)
    assert rows == tables["kind"].counts
    # «They love us» is called the buyer's; «I sent a deck» nobody's.
    assert ((18, 0, 0), (10, 0, 10), (0, 0, 0)) == tables["centre"].counts
    assert ((3, 0, 0), (0, 0, 0), (0, 0, 1)) == tables["coverage"].counts
    assert ("missing", "partial", "answered") == tables["coverage"].labels
    assert tables["claim"].counts[1] == (0, 1, 0, 0, 0)
    assert (*Verdict, "failed") == tables["claim"].labels
    assert tables["direction"].counts[0] == (1, 0, 0, 0)


def test_a_statement_that_matches_none_is_predicted_of_nothing(deal_case: DealCase, statement: Callable) -> None:
    made_up = statement(deal_case.input.note, ". I", Kind.BUYER_STATEMENT)
    read = DealOutput(statements=(made_up,), coverage=deal_case.expected.coverage, claim=Verdict.UNPROVEN, shown=())
    table = confusion(case_tally(deal_case, [read]), "kind", CONFUSIONS["kind"])
    # One code point of «I sent a deck» is a third of the three: no pair.
    assert table.counts[5] == (0, 0, 1, 0, 0, 0)
    assert [1, 0, 0, 1, 1, 0] == [row[5] for row in table.counts]


def test_a_case_without_an_output_is_wrong_everywhere(deal_case: DealCase) -> None:
    found = figures(deal_case, None)
    assert found["buyer_action_f1"] == 0
    assert found["statement_f1"] == 0
    assert found["span_partial_f1"] == 0
    assert found["centre_character_f1"] == 0
    assert found["claim_kappa"] <= 0
    assert found["claim_accuracy"] == 0
    assert found["coverage_qwk"] < 0
    assert found["coverage_accuracy"] == 0
    assert found["safe"] == 0
    assert found["failed"] == 1
    assert math.isnan(found["hallucinated_quotes"])


def test_a_quote_that_is_not_at_its_offsets_is_ungrounded(deal_case: DealCase, output: Callable) -> None:
    read = output(deal_case, ("I sent a deck", Kind.SELLER_ACTION), ("They love us", Kind.SELLER_OPINION))
    moved = replace(read.statements[0], quote="I sent a desk")
    found = figures(deal_case, read.model_copy(update={"statements": (moved, read.statements[1])}))
    assert found["ungrounded"] == 1
    assert found["hallucinated_quotes"] == 1 / 2


def test_false_established_counts_the_dangerous_claim(deal_case: DealCase, output: Callable) -> None:
    right = ("Dana signed the order", Kind.BUYER_ACTION)
    found = figures(deal_case, output(deal_case, right, claim=Verdict.ESTABLISHED))
    assert found["false_established"] == 1
    assert found["claim_accuracy"] == 0
    assert found["safe"] == 0
    assert figures(deal_case, output(deal_case, right))["safe"] == 1


@pytest.mark.parametrize(
    ("field", "value"), [("verifiable", False), ("direction", Direction.STALLS), ("informs", Question.PROCESS)]
)
def test_each_attribute_is_compared_where_both_are_the_buyers(
    deal_case: DealCase, partly_wrong: DealOutput, field: str, value: object
) -> None:
    # «They love us» is matched as well, but only one side of that pair is the buyer's.
    assert figures(deal_case, partly_wrong)[f"{field}_accuracy"] == 1
    first, second = partly_wrong.statements
    read = partly_wrong.model_copy(update={"statements": (replace(first, **{field: value}), second)})
    found = figures(deal_case, read)
    assert found[f"{field}_accuracy"] == 0
    assert sum(found[f"{name}_accuracy"] for name in ("verifiable", "direction", "informs")) == 2


def test_counts_are_of_one_run_and_shares_of_all(deal_case: DealCase, partly_wrong: DealOutput) -> None:
    established = partly_wrong.model_copy(update={"claim": Verdict.ESTABLISHED})
    found = figures(deal_case, partly_wrong, established, None, established)
    # Of four runs of one case two claim too much and one fails.
    assert found["false_established"] == 2 / 4
    assert found["failed"] == 1 / 4
    assert found["claim_accuracy"] == 1 / 4
    # Six statements are predicted, three of them rightly; the act is gold in each of four runs: 2*3/(6+4).
    assert pytest.approx(6 / 10) == found["buyer_action_f1"]


def test_the_order_in_which_statements_are_listed_changes_nothing(deal_case: DealCase, output: Callable) -> None:
    read = output(
        deal_case,
        ("Dana signed", Kind.BUYER_ACTION),
        ("Dana signed the order", Kind.BUYER_COMMITMENT),
        ("the order. I sent", Kind.SELLER_ACTION),
    )
    turned = read.model_copy(update={"statements": read.statements[::-1]})
    assert case_tally(deal_case, [read]) == case_tally(deal_case, [turned])


def perfect(case: DealCase) -> DealOutput:
    fields = ("quote", "start", "end", "kind", "verifiable", "direction", "informs")
    statements = [PredictedStatement(**{f: getattr(one, f) for f in fields}) for one in case.expected.statements]
    gold = case.expected
    return DealOutput(statements=tuple(statements), coverage=gold.coverage, claim=gold.claim, shown=())


def test_gold_read_as_gold_is_full_marks_on_every_figure() -> None:
    found = TASKS["deal"].figures(total([case_tally(case, [perfect(case)]) for case in load_cases([GOLD])]))
    bad = {"seller_called_buyer", "false_established", "ungrounded", "hallucinated_quotes", "failed"}
    assert {name: float(name not in bad) for name in found} == pytest.approx(found)


def test_every_figure_that_is_named_elsewhere_exists(deal_case: DealCase) -> None:
    found = figures(deal_case, None)
    assert set(TASKS["deal"].headlines) | set(TASKS["deal"].shares) <= set(found)


def test_a_wrong_coverage_is_one_of_four(deal_case: DealCase, partly_wrong: DealOutput) -> None:
    coverage = partly_wrong.coverage | {Question.PROBLEM: Status.PARTIAL}
    found = figures(deal_case, partly_wrong.model_copy(update={"coverage": coverage}))
    assert found["coverage_accuracy"] == 3 / 4


def test_attributes_are_not_compared_where_one_side_is_the_sellers(deal_case: DealCase, output: Callable) -> None:
    read = output(deal_case, ("Dana signed the order", Kind.SELLER_ACTION), ("I sent a deck", Kind.BUYER_ACTION))
    found = figures(deal_case, read)
    assert found["statement_f1"] == 4 / 5
    assert all(math.isnan(found[f"{name}_accuracy"]) for name in ("verifiable", "direction", "informs"))
