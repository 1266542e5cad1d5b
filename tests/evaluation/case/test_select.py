"""Choosing cases: what a condition keeps, and that an empty choice is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import InvalidInput
from coach.evaluation.case import load_cases, select

CASES = load_cases([Path(__file__).parents[3] / "evals" / "cases"])


@pytest.mark.parametrize(
    ("conditions", "kept"),
    [
        ((), 244),
        (("task=rep",), 60),
        (("task!=rep",), 184),
        (("task=deal", "tag=very short, 2-4 sentences"), 10),
        (("task=deal", "tag!=very short, 2-4 sentences"), 120),
        (("id=d1-028",), 1),
        (("split=dev",), 244),
    ],
)
def test_conditions_narrow(conditions: tuple[str, ...], kept: int) -> None:
    assert kept == len(select(CASES, conditions))


def test_a_cluster_holds_a_note_and_the_attacks_on_it() -> None:
    assert {"deal", "attack"} == {case.task for case in select(CASES, ["cluster=d1-010"])}


def test_a_named_slice_selects() -> None:
    marked = CASES[0].model_copy(update={"slices": {"industry": "rail"}})
    assert (marked,) == select((marked, *CASES[1:]), ["industry=rail"])


@pytest.mark.parametrize("condition", ["tag", "=x", "!=x", "tag!!=x"])
def test_a_condition_is_a_name_and_a_value(condition: str) -> None:
    with pytest.raises(InvalidInput, match="name=value"):
        select(CASES, [condition])


def test_nothing_left_is_an_error() -> None:
    with pytest.raises(InvalidInput, match="no case is left of 244 where tag=purple"):
        select(CASES, ["tag=purple"])
