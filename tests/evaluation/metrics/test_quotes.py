"""Quotes without offsets: whether they are in a packet, and which gold ones were found."""

from __future__ import annotations

import pytest

from coach.evaluation.metrics.quotes import found, ungrounded

TEXTS = ("Rang twice. Rang twice more.", "Never learned it.")


def test_a_quote_is_grounded_in_any_one_text_and_not_across_two() -> None:
    assert ungrounded(TEXTS, ["Rang", "learned it", "more.Never", "rang"]) == 2


@pytest.mark.parametrize(
    ("predicted", "expected"),
    [
        ("Never learned it.", 1),
        # Shares 11 of the 13 code points of «Never learned».
        ("ver learned it", 1),
        # «learned it.» is 11 long and shares 7 with it: 14 >= 11.
        ("learned it.", 1),
        # «ned it.» is 7 long and shares 3: 6 < 7.
        ("ned it.", 0),
        ("Rang twice", 0),
        ("not there", 0),
        ("", 0),
    ],
)
def test_half_of_the_shorter_quote_is_enough(predicted: str, expected: int) -> None:
    assert expected == found(TEXTS, ["Never learned"], [predicted])


def test_a_quote_stands_at_each_of_its_places() -> None:
    # «twice» comes twice; the gold quote holds the second.
    assert found(TEXTS, ["Rang twice more"], ["twice"]) == 1


def test_one_predicted_quote_may_find_several() -> None:
    assert found(TEXTS, ["Rang twice. ", "Rang twice more"], ["Rang twice. Rang twice more."]) == 2
