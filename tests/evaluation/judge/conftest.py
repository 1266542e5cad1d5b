"""The shipped criteria, and items and verdicts made by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.evaluation.judge import Criteria, Item, Judged, load_criteria
from coach.evaluation.judge.item import Passage, make_item
from coach.evaluation.judge.label import JudgeLabel
from coach.evaluation.judge.verdict import JudgeVerdict, Unscored

FOLDER = Path(__file__).parents[3] / "evals" / "judge"


@pytest.fixture(scope="session")
def folder() -> Path:
    """Where the shipped data lie."""
    return FOLDER


@pytest.fixture(scope="session")
def criteria() -> Criteria:
    """The shipped criteria."""
    return load_criteria(FOLDER)


@pytest.fixture
def item(criteria: Criteria) -> Callable[..., Item]:
    """Make an item."""

    def make(id_: str, text: str = "What did Ana do?", context: str = "Ana called.", by: str = "specific") -> Item:
        return make_item(id_, criteria.criteria[by], criteria, Passage(text, context, id_))

    return make


@pytest.fixture
def judged() -> Callable[..., Judged]:
    """Make a verdict: `yes`, `no`, or a reason for none."""

    def make(id_: str, said: str, by: str = "specific", group: str | None = None) -> Judged:
        verdict = JudgeVerdict(said) if said in list(JudgeVerdict) else None
        return Judged(
            id=id_,
            criterion=by,
            group=group or id_,
            text=f"Question {id_}?",
            verdict=verdict,
            unscored=None if verdict else Unscored(said),
            reason="so it is",
            prompt_sha256="0" * 64,
        )

    return make


@pytest.fixture
def label() -> Callable[..., JudgeLabel]:
    """Make a label; each has a context of its own."""

    def make(id_: str, verdict: str, by: str = "specific", context: str | None = None) -> JudgeLabel:
        return JudgeLabel(
            id=id_, criterion=by, text="What?", context=context or id_, verdict=verdict, labelled_by="two readers"
        )

    return make
