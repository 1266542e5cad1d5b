"""How figures are written, ordered and grouped."""

from __future__ import annotations

import pytest

from coach.evaluation.metrics import ATTACK, POOLED, TASKS, Metric
from coach.evaluation.render import figures
from coach.evaluation.report import Report


def metric(value: float | None, n: int = 10) -> Metric:
    return Metric(value=value, low=value, high=value, n=n)


@pytest.mark.parametrize(
    ("value", "name", "expected"),
    [
        (None, "claim_kappa", "-"),
        (0.0, "claim_kappa", "0.000"),
        (1.0, "claim_kappa", "1.000"),
        (0.66666, "claim_kappa", "0.667"),
        (1.0, "false_established", "1"),
        (0.0, "failed", "0"),
        (2.5, "false_established", "2.5"),
    ],
)
def test_ratios_have_three_decimals_and_counts_none(value: float | None, name: str, expected: str) -> None:
    assert expected == figures.number(value, name)


def test_every_headline_is_explained() -> None:
    headlines = {name for of in (*TASKS.values(), ATTACK, POOLED) for name in of.headlines}
    assert headlines == headlines & figures.MEANINGS.keys()


def test_headlines_are_grouped_by_task_and_those_of_all_come_last(report: Report) -> None:
    groups = figures.headline_groups(report.metrics)
    assert ["deal", "rep", "talk", "attack", "all"] == [group.task for group in groups]
    assert ["ungrounded", "failed"] == list(groups[-1].metrics)
    names = [name for group in groups for name in group.metrics]
    assert sorted(report.metrics) == sorted([*names, *figures.other_figures(report.metrics)])


def sliced(report: Report, **slices: dict[str, Metric]) -> figures.SliceTable:
    (table,) = figures.slice_tables(report.model_copy(update={"slices": slices}))
    return table


def test_the_worst_slice_is_the_lowest_or_where_less_is_better_the_highest(report: Report) -> None:
    table = sliced(
        report,
        rail={"claim_kappa": metric(0.4), "seller_called_buyer": metric(0.1), "false_established": metric(3, 10)},
        # Four in forty are fewer than three in ten.
        food={
            "claim_kappa": metric(0.6, 40),
            "seller_called_buyer": metric(0.3, 40),
            "false_established": metric(4, 40),
        },
    )
    assert ["food", "rail"] == list(table.rows)
    assert {"claim_kappa": "rail", "seller_called_buyer": "food", "false_established": "rail"} == table.worst


def test_a_small_slice_is_never_the_worst_nor_is_one_of_equals(report: Report) -> None:
    few, enough = metric(0.1, figures.SMALLEST_SLICE - 1), metric(0.5, figures.SMALLEST_SLICE)
    table = sliced(report, a={"claim_kappa": few}, b={"claim_kappa": enough}, c={"claim_kappa": enough})
    assert ({}, ("b", "c")) == (table.worst, table.large)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ({"engine": "llm", "engine_version": "3", "rubric": "r", "rubric_version": 4}, ("llm 3 · r 4", "")),
        (
            {"engine": "local", "trained_on": "450 labelled notes"},
            ("local", "Trained on 450 labelled notes: where these cases are among them, the figures flatter it."),
        ),
        (
            {"engine": "local", "trained_on": "9 notes", "cross_validation": "5 folds by note, seed 7"},
            ("local", "Cross-validated, 5 folds by note, seed 7: each case read by an engine that never saw it."),
        ),
    ],
)
def test_a_report_says_first_whether_the_engine_may_know_the_cases(
    report: Report, made: dict[str, str | int], expected: tuple[str, str]
) -> None:
    made_so = report.model_copy(update={"provenance": made})
    assert expected == (figures.made_by(made_so), figures.seen(made_so))
