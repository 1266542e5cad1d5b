"""The shipped labels, and reading one's own."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from coach.domain import Competency, Gap, SelfView
from coach.errors import InvalidInput
from coach.evaluation.judge import Criteria, labelled_items, load_labels
from coach.evaluation.judge.label import JudgeLabel

LINE = {"id": "a", "criterion": "specific", "text": "Who?", "context": "", "verdict": "yes", "labelled_by": "me"}


@pytest.fixture(scope="module")
def labels(folder: Path) -> tuple[JudgeLabel, ...]:
    """The shipped labels."""
    return load_labels(folder / "labels.jsonl")


def test_every_criterion_has_sixteen_labels_half_of_them_yes(
    labels: tuple[JudgeLabel, ...], criteria: Criteria
) -> None:
    expected = {(criterion, verdict): 8 for criterion in criteria.criteria for verdict in ("yes", "no")}
    assert expected == Counter((label.criterion, label.verdict) for label in labels)


def test_no_two_labels_of_a_criterion_share_a_context(labels: tuple[JudgeLabel, ...]) -> None:
    assert 1 == max(Counter((label.criterion, label.group) for label in labels).values())


def test_the_labels_say_who_made_them(labels: tuple[JudgeLabel, ...]) -> None:
    expected = {"one reader of this project, a language model; no person has checked them"}
    assert expected == {label.labelled_by for label in labels}


def test_a_labelled_prescription_stands_beside_a_diagnosis_as_a_run_gives_it(labels: tuple[JudgeLabel, ...]) -> None:
    for label in labels:
        if label.criterion == "fitting":
            gap, competency, view, heading, *quotes = label.context.split("\n")
            assert gap.removeprefix("gap: ") in list(Gap)
            assert competency.removeprefix("competency: ") in list(Competency)
            assert view.removeprefix("self-view: ") in list(SelfView)
            assert "key quotes:" == heading
            assert quotes
            assert all(quote.startswith('- "') and quote.endswith('"') for quote in quotes)


def test_no_example_of_the_criteria_is_among_the_labels(labels: tuple[JudgeLabel, ...], criteria: Criteria) -> None:
    shown = {
        example
        for one in criteria.criteria.values()
        for meaning in (one.when_yes, one.when_no)
        for example in meaning.examples
    }
    assert not shown & {label.text for label in labels}


def test_labels_become_items_of_their_own_id(labels: tuple[JudgeLabel, ...], criteria: Criteria) -> None:
    items = labelled_items(labels, criteria)
    assert [(one.id, one.criterion, one.text, one.group) for one in labels] == [
        (one.id, one.criterion, one.text, one.group) for one in items
    ]
    assert len(items) == len({one.prompt for one in items})


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param([LINE, LINE], r":2: the id 'a' comes twice", id="an id twice"),
        pytest.param([LINE | {"verdict": "maybe"}], r":1: at verdict", id="off the menu"),
        pytest.param([LINE | {"note": ""}], r":1: at note", id="an unknown field"),
        pytest.param([], "holds no label", id="empty"),
    ],
)
def test_a_wrong_file_of_labels_is_named(tmp_path: Path, lines: list[dict[str, str]], message: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with pytest.raises(InvalidInput, match=message):
        load_labels(path)


def test_a_label_for_an_unknown_criterion_is_named(criteria: Criteria) -> None:
    with pytest.raises(InvalidInput, match="label 'a': no criterion 'polite'; there are: buyer_centred, "):
        labelled_items([JudgeLabel(**LINE | {"criterion": "polite"})], criteria)
