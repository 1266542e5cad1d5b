"""A comparison in words: what flipped, and numbers that are too small or not there."""

from __future__ import annotations

import pytest

from coach.evaluation.render import compared
from tests.evaluation.render.made import comparison, difference, flip


@pytest.mark.parametrize(
    ("p", "expected"),
    [(1.0, "1.0000"), (0.0123, "0.0123"), (0.0001, "0.0001"), (0.00009, "< 0.0001"), (0.0, "< 0.0001")],
)
def test_a_p_is_never_zero(p: float, expected: str) -> None:
    assert expected == compared.difference_row(difference(adjusted=p))[compared.ROW_HEAD.index("adjusted p")]


@pytest.mark.parametrize("missing", [{"detectable": None}, {"low": None}, {"high": None}])
def test_what_a_difference_lacks_is_a_dash(missing: dict[str, None]) -> None:
    assert 1 == compared.difference_row(difference(**missing)).count("-")


def test_a_flip_says_what_each_run_said() -> None:
    repeated = flip(before="no_claim (2 of 3), refuted (1 of 3)", who="d-1", lost=False)
    assert "won claim" == compared.flip_mark(repeated)
    assert "d-1 no claim (2 of 3), refuted (1 of 3) → refuted" == compared.flip_line(repeated)
    assert "d-1 unproven → refuted (Acme)" == compared.flip_line(flip())


def test_the_flips_of_a_case_begin_with_what_was_lost() -> None:
    flips = (flip(check="action", lost=False), flip(check="claim"), flip(case="d-2"))
    found = compared.flips_by_case(comparison(flips=flips))
    assert {"d-1": ["claim", "action"], "d-2": ["claim"]} == {
        case: [one.check for one in of] for case, of in found.items()
    }
