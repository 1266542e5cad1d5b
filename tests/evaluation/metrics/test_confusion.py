"""Tables and what follows for each label, against scikit-learn."""

from __future__ import annotations

import math
import random
from collections import Counter

import pytest
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from coach.evaluation.metrics import Confusion, confusion
from coach.evaluation.metrics.confusion import label_figures

LABELS = ["skill", "will", "both", "environment"]


def drawn(seed: int) -> tuple[list[str], list[str]]:
    rng = random.Random(seed)  # noqa: S311  statistics, not secrets
    gold = rng.choices(LABELS, [6, 3, 2, 1], k=120)
    return gold, [one if rng.random() < 0.5 else rng.choice(LABELS) for one in gold]


@pytest.mark.parametrize("seed", range(5))
def test_precision_recall_and_f1_agree_with_scikit_learn(seed: int) -> None:
    gold, predicted = drawn(seed)
    counts = confusion_matrix(gold, predicted, labels=LABELS).tolist()
    scores, figures = label_figures(counts, LABELS)
    precision, recall, f1, _ = precision_recall_fscore_support(gold, predicted, labels=LABELS)
    assert f1.tolist() == pytest.approx(scores)
    for i, label in enumerate(LABELS):
        expected = (f1[i], precision[i], recall[i])
        assert expected == pytest.approx(tuple(figures[f"{label}_{name}"] for name in ("f1", "precision", "recall")))


def test_the_table_is_scikit_learns() -> None:
    gold, predicted = drawn(9)
    tally = Counter(("gap", one, other) for one, other in zip(gold, predicted, strict=True))
    tally["cases",] = 120
    expected = tuple(map(tuple, confusion_matrix(gold, predicted, labels=LABELS).tolist()))
    assert Confusion(labels=tuple(LABELS), counts=expected) == confusion(tally, "gap", LABELS)


def test_what_was_not_predicted_has_no_precision_and_what_is_not_in_gold_no_recall() -> None:
    # Rows gold: two a, both called b; c is in neither. An F1 of nothing right is 0 all the same.
    scores, figures = label_figures([[0, 2, 0], [0, 0, 0], [0, 0, 0]], ["a", "b", "c"])
    assert [0, 0] == scores[:2]
    assert math.isnan(scores[2])
    assert math.isnan(figures["a_precision"])
    assert figures["a_recall"] == 0
    assert figures["b_precision"] == 0
    assert math.isnan(figures["b_recall"])


def test_a_label_beyond_those_asked_for_counts_against_them() -> None:
    # Two a are found and one is missed; one a is made up: precision 2/3, recall 2/3, F1 2*2/(3+3).
    _, figures = label_figures([[2, 1], [1, 0]], ["a"])
    assert {"a_f1": 4 / 6, "a_precision": 2 / 3, "a_recall": 2 / 3} == figures
