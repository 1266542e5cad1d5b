"""Characters by centre: by segments, exactly as one would count them one by one."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from coach.domain import Kind
from coach.evaluation.metrics.characters import KindSpan, centre_counts, centre_figures
from coach.evaluation.prediction import PredictedStatement

ALPHABET = "ab \t\n\u00a0\u2028\u3000é🙂."


def one_by_one(text: str, gold: Sequence[KindSpan], predicted: Sequence[KindSpan]) -> dict[tuple[str, ...], int]:
    def marks(spans: Sequence[KindSpan]) -> list[str]:
        centres = ["none"] * len(text)
        for span in spans:
            for place in range(span.start, min(span.end, len(text))):
                centres[place] = span.kind.centre.value
        return centres

    pairs = zip(text, marks(gold), marks(predicted), strict=True)
    return Counter(("centre", g, p) for char, g, p in pairs if not char.isspace() and {g, p} != {"none"})


def drawn(rng: random.Random, length: int) -> list[PredictedStatement]:
    spans = []
    for _ in range(rng.randrange(7)):
        start = rng.randrange(length + 3)
        fields = {"quote": "x", "verifiable": None, "direction": None, "informs": None}
        end = start + rng.randrange(12)
        spans.append(PredictedStatement(start=start, end=end, kind=rng.choice(list(Kind)), **fields))
    return spans


@pytest.mark.parametrize("block", range(10))
def test_segments_count_what_single_characters_count(block: int) -> None:
    rng = random.Random(block)  # noqa: S311  statistics, not secrets
    for _ in range(50):
        text = "".join(rng.choices(ALPHABET, k=rng.randrange(60)))
        gold, predicted = drawn(rng, len(text)), drawn(rng, len(text))
        counted = {key: count for key, count in centre_counts(text, gold, predicted).items() if count}
        assert one_by_one(text, gold, predicted) == counted


def test_splitting_and_asking_agree_on_what_white_space_is() -> None:
    assert [] == [code for code in range(sys.maxunicode + 1) if chr(code).isspace() != (not chr(code).split())]


def test_white_space_has_no_centre(statement: Callable) -> None:
    # «I sent»: five letters.
    counts = centre_counts("I sent", [], [statement("I sent", "I sent", Kind.SELLER_ACTION)])
    assert {("centre", "none", "seller"): 5} == counts


def test_figures_worked_by_hand() -> None:
    # Of 30 buyer characters 20 are called so, 6 seller, 4 nothing; of 50 seller characters 10 are called buyer, 40
    # seller; 5 that are neither are called buyer. Buyer: 20 right, 30 gold, 35 predicted; seller: 40, 50, 46.
    tally = {
        ("centre", "buyer", "buyer"): 20,
        ("centre", "buyer", "seller"): 6,
        ("centre", "buyer", "none"): 4,
        ("centre", "seller", "buyer"): 10,
        ("centre", "seller", "seller"): 40,
        ("centre", "none", "buyer"): 5,
    }
    expected = {
        "centre_character_f1": (40 / 65 + 80 / 96) / 2,
        "buyer_character_f1": 40 / 65,
        "buyer_character_precision": 20 / 35,
        "buyer_character_recall": 20 / 30,
        "seller_character_f1": 80 / 96,
        "seller_character_precision": 40 / 46,
        "seller_character_recall": 40 / 50,
        "seller_called_buyer": 10 / 50,
    }
    assert expected == pytest.approx(centre_figures(tally))
