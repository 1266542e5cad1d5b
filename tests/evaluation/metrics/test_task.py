"""The registry of tasks, and what all of them have."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from coach.domain import Kind
from coach.evaluation.case import DealCase, RepCase, TalkCase
from coach.evaluation.metrics import ATTACK, POOLED, TASKS, TaskMetrics, attack_tally, case_tally
from coach.evaluation.prediction import RepOutput, TalkOutput
from coach.evaluation.statistics import total


@pytest.mark.parametrize("task", [*TASKS.values(), ATTACK, POOLED])
def test_of_no_case_every_figure_is_unknown(task: TaskMetrics) -> None:
    assert all(math.isnan(value) for value in task.figures({}).values())


@pytest.mark.parametrize("task", [*TASKS.values(), ATTACK, POOLED])
def test_a_figure_has_one_meaning_wherever_it_is_named(task: TaskMetrics) -> None:
    for name, share in POOLED.shares.items():
        assert share == task.shares.get(name, share)


def test_only_what_is_pooled_has_the_same_name_in_two_tasks() -> None:
    names = [name for task in TASKS.values() for name in task.figures({})]
    assert set(POOLED.shares) == {name for name in names if names.count(name) > 1}


def test_what_all_tasks_have_is_added_up_over_them(
    deal_case: DealCase,
    output: Callable,
    rep_case: RepCase,
    diagnosis: RepOutput,
    talk_case: TalkCase,
) -> None:
    read = output(deal_case, ("I sent a deck", Kind.SELLER_ACTION))
    moved = replace(read.statements[0], start=1)
    tallies = [
        case_tally(deal_case, [read.model_copy(update={"statements": (moved,)})]),
        case_tally(rep_case, [diagnosis]),
        case_tally(talk_case, [None]),
        attack_tally([["failed"]]),
    ]
    # One quote of the deal's one and the rep's three.
    expected = {"ungrounded": 1, "hallucinated_quotes": 1 / 4, "failed": 2}
    assert expected == POOLED.figures(total(tallies))


def test_repeats_of_a_case_are_one_case(talk_case: TalkCase) -> None:
    tally = case_tally(talk_case, [None, TalkOutput(moves=()), None])
    assert (3, 1) == (tally["runs",], tally["cases",])
