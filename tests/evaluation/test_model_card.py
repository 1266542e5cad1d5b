"""The model card: every figure is the report's, and what was not measured says so."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from coach.evaluation.case import AttackCase, DealCase, LabelledCase, RepCase
from coach.evaluation.metrics import Calibration, Metric
from coach.evaluation.model_card import model_card
from coach.evaluation.report import Report, build_report

FILES = {"encoder.onnx": (23_456_789, "0123456789abcdef" * 4), "moves.json.gz": (40_000, "f" * 64)}
HEADER = ["| figure | value | 95 % interval | cases |", "|---|--:|--:|--:|"]
SURE = Calibration(brier=0.1, ece=0.0456, n=9, bins=())


def report(
    metrics: Mapping[str, Metric] | None = None,
    calibration: Mapping[str, Calibration] | None = None,
    **provenance: str | int,
) -> Report:
    """A report with these figures and nothing else."""
    return build_report((), {}, provenance).model_copy(
        update={"metrics": dict(metrics or {}), "calibration": dict(calibration or {})}
    )


def section(card: str, title: str) -> list[str]:
    """The lines of one section that are not empty."""
    text = card.split(f"\n## {title}\n")[1].split("\n## ", maxsplit=1)[0]
    return [line for line in text.split("\n") if line]


def test_a_card_has_the_sections_that_its_reader_looks_for() -> None:
    card = model_card(report(), (), (), FILES)
    assert card.startswith("# Model card: Coach's embedded engine\n")
    titles = [line for line in card.split("\n") if line.startswith("## ")]
    assert ["## What it is", "## What it learned from", "## Figures", "## Limits"] == titles
    assert "must not decide about a person" in card
    assert ("{" in card, "}" in card) == (False, False)
    assert card.endswith(".\n")
    assert 120 >= max(map(len, card.split("\n")))


def test_each_file_is_listed_with_its_size_and_the_start_of_its_hash() -> None:
    lines = section(model_card(report(), (), (), FILES), "What it is")
    expected = ["- `encoder.onnx`: 23.5 MB, 0123456789ab", "- `moves.json.gz`: 0.0 MB, ffffffffffff"]
    assert expected == [line for line in lines if line.startswith("- ")]


def test_texts_are_counted_by_task_and_an_attack_is_no_deal_note(
    deal_case: DealCase, attack_case: AttackCase, rep_case: RepCase
) -> None:
    cases: list[LabelledCase] = [deal_case, deal_case.model_copy(update={"id": "d-2"}), attack_case, rep_case]
    training: list[LabelledCase] = [rep_case, rep_case, rep_case]
    expected = [
        "- 2 cases of `evals/cases` and 0 texts of `evals/training`: deal notes",
        "- 1 cases of `evals/cases` and 3 texts of `evals/training`: rep packets",
        "- 0 cases of `evals/cases` and 0 texts of `evals/training`: conversations",
    ]
    assert expected == section(model_card(report(), cases, training, FILES), "What it learned from")[:3]


def test_figures_are_the_reports_with_their_intervals_in_the_order_of_the_card() -> None:
    metrics = {
        "move_macro_f1": Metric(value=0.61237, low=0.5, high=0.7049, n=40),
        "talk_of_nothing": Metric(value=0.1, low=0.0, high=0.2, n=40),
        "kind_macro_f1": Metric(value=0.48249, low=0.46, high=0.51, n=130),
        "false_established": Metric(value=3.0, low=1.0, high=8.4, n=130),
    }
    lines = section(model_card(report(metrics), (), (), FILES), "Figures")
    rows = [
        "| kind_macro_f1 | 0.482 | 0.460 to 0.510 | 130 |",
        "| false_established | 3 | 1 to 8.4 | 130 |",
        "| move_macro_f1 | 0.612 | 0.500 to 0.705 | 40 |",
    ]
    assert [*HEADER, *rows] == [line for line in lines if line.startswith("|")]


@pytest.mark.parametrize(
    ("metric", "row"),
    [
        (Metric(value=None, low=None, high=None, n=7), "| gap_macro_f1 | not measured | | 7 |"),
        # Where all resamples agree there is no interval, and the figure is known all the same.
        (Metric(value=1.0, low=None, high=None, n=7), "| gap_macro_f1 | 1.000 | - | 7 |"),
    ],
)
def test_a_figure_without_a_value_is_not_measured_and_one_without_an_interval_is(metric: Metric, row: str) -> None:
    lines = section(model_card(report({"gap_macro_f1": metric}), (), (), FILES), "Figures")
    assert [*HEADER, row] == [line for line in lines if line.startswith("|")]


def test_the_card_says_how_the_figures_were_validated() -> None:
    made = report(cross_validation="5 folds by case, seed 7")
    assert "Cross-validated by case (5 folds by case, seed 7): every text" in model_card(made, (), (), FILES)
    assert "Cross-validated by case (not measured): every text" in model_card(report(), (), (), FILES)


@pytest.mark.parametrize(
    ("tasks", "said"),
    [
        (("deal", "rep"), "deal notes 0.046, rep packets 0.046"),
        (("talk", "attack"), "conversations 0.046"),
        ((), "not measured"),
    ],
)
def test_calibration_is_given_by_task_where_confidence_was_stated(tasks: tuple[str, ...], said: str) -> None:
    card = model_card(report(calibration=dict.fromkeys(tasks, SURE)), (), (), FILES)
    assert f"Calibration error (ECE) of the stated confidence: {said}." == section(card, "Figures")[-1]


def test_a_real_report_makes_a_card_whose_figures_are_all_there(deal_case: DealCase, rep_case: RepCase) -> None:
    made = build_report((deal_case, rep_case), {}, {})
    rows = section(model_card(made, (deal_case, rep_case), (), FILES), "Figures")
    names = {row.split(" ")[1]: row.split(" | ")[1] for row in rows[len(HEADER) :] if row.startswith("| ")}
    expected = {"kind_macro_f1": "0.000", "claim_kappa": "0.000", "gap_accuracy": "0.000", "skill_called_will": "0"}
    assert expected == {name: names.get(name) for name in expected}
    assert "move_macro_f1" not in names
