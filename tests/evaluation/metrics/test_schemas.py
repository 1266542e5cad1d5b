"""The four schemas against nervaluate, on random spans and on our own notes read slightly wrong."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from nervaluate import Evaluator

from coach.domain import Kind
from coach.evaluation.case import DealCase, load_cases
from coach.evaluation.metrics.schemas import Span, schema_counts, schema_figures
from coach.evaluation.metrics.spans import in_text_order, overlaps

GOLD = Path(__file__).parents[3] / "evals" / "cases" / "deals.jsonl"
KINDS = [kind.value for kind in Kind]
OURS = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
Texts = Sequence[tuple[list[Span], list[Span]]]


def ours(texts: Texts) -> dict[str, float]:
    tally: Counter[tuple[str, ...]] = Counter()
    for gold, predicted in texts:
        tally.update(schema_counts(gold, predicted, overlaps(gold, predicted)))
    return schema_figures(tally)


def theirs(texts: Texts) -> dict[str, float]:
    # Their ends are the last character, not the one after it.
    given = [
        [[{"label": s.label, "start": s.start, "end": s.end - 1} for s in side] for side in text] for text in texts
    ]
    found = Evaluator([gold for gold, _ in given], [predicted for _, predicted in given], KINDS, loader="dict")
    overall = found.evaluate()["overall"]
    figures = {f"{name}_f1": overall[schema].f1 for name, schema in OURS.items()}
    strict = overall["strict"]
    return {**figures, "strict_precision": strict.precision, "strict_recall": strict.recall}


def known(figures: dict[str, float]) -> dict[str, float]:
    """Theirs has 0 where ours has nothing to measure."""
    return {name: 0 if math.isnan(value) else value for name, value in figures.items()}


def drawn(rng: random.Random, most: int) -> list[Span]:
    spans = []
    for _ in range(rng.randrange(most)):
        start = rng.randrange(120)
        # Some are long enough that one shared character is less than a hundredth.
        spans.append(Span(start, start + rng.choice([1, 2, 5, 20, 60, 250]), rng.choice(KINDS[:3])))
    return spans


@pytest.mark.parametrize("block", range(10))
def test_random_spans_score_as_nervaluate_scores_them(block: int) -> None:
    rng = random.Random(block)  # noqa: S311  statistics, not secrets
    texts = [(drawn(rng, 9), drawn(rng, 9)) for _ in range(40)]
    for text in texts:
        assert theirs([text]) == pytest.approx(known(ours([text])))
    assert theirs(texts) == pytest.approx(known(ours(texts)))


def slightly_wrong(rng: random.Random, case: DealCase) -> list[Span]:
    """Its gold with spans lost, moved, split, relabelled and made up."""
    spans = []
    for one in case.expected.statements:
        start, end = max(0, one.start + rng.choice([0, 0, -8, 9])), one.end + rng.choice([0, 0, 12, -3])
        label = one.kind.value if rng.random() < 0.8 else rng.choice(KINDS)
        middle = (start + end) // 2
        cuts = [(start, middle), (middle, end)] if rng.random() < 0.15 else [(start, end)]
        spans += [Span(a, b, label) for a, b in cuts if a < b and rng.random() < 0.9]
    start = rng.randrange(len(case.input.note))
    return in_text_order([*spans, Span(start, start + 30, rng.choice(KINDS))])


def test_notes_read_slightly_wrong_score_as_nervaluate_scores_them() -> None:
    rng = random.Random(5)  # noqa: S311  statistics, not secrets
    texts: list[tuple[list[Span], list[Span]]] = []
    for case in load_cases([GOLD]):
        assert isinstance(case, DealCase)
        gold = [Span(one.start, one.end, one.kind.value) for one in case.expected.statements]
        texts.append((gold, slightly_wrong(rng, case)))
    for text in texts:
        assert theirs([text]) == pytest.approx(ours([text]))
    assert theirs(texts) == pytest.approx(ours(texts))


def test_one_span_of_each_sort_worked_by_hand() -> None:
    gold = [Span(0, 10, "buyer_action"), Span(20, 30, "buyer_action"), Span(40, 50, "seller_action")]
    # The first is right; the second is moved; the third has another label; the fourth is made up.
    predicted = [
        Span(0, 10, "buyer_action"),
        Span(22, 30, "buyer_action"),
        Span(40, 50, "buyer_action"),
        Span(60, 70, "seller_action"),
    ]
    # Of 3 gold and 4 predicted. Strict: 1. Exact: the first and the third. Partial: 2 and a half. Type: the first two.
    expected = {
        "strict_f1": 2 / 7,
        "strict_precision": 1 / 4,
        "strict_recall": 1 / 3,
        "exact_f1": 4 / 7,
        "partial_f1": 5 / 7,
        "type_f1": 4 / 7,
    }
    assert expected == pytest.approx(ours([(gold, predicted)]))


def test_no_span_at_all_is_nothing_to_measure() -> None:
    assert all(math.isnan(value) for value in ours([([], [])]).values())
