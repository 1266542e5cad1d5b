"""Windows over a long text: every unit is answered for once, and read in context."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.engines.local.encoder.pieces import Sheet, Unit
from coach.engines.local.encoder.windows import arrays, windows

SIZES = st.lists(st.integers(1, 100), max_size=60)


def sheet(sizes: list[int]) -> Sheet:
    return Sheet(
        Unit((9,) * 10, (0,) * 10), tuple(Unit((place + 200,) * size, (1,) * size) for place, size in enumerate(sizes))
    )


@given(SIZES)
def test_each_unit_has_one_window_that_answers_for_it(sizes: list[int]) -> None:
    found = list(windows(sheet(sizes)))
    assert dict.fromkeys(range(len(sizes)), 1) == Counter(unit for one in found for unit in one.answers)
    for one in found:
        held = {placed.unit for placed in one.units}
        assert set(one.answers) <= held
        assert len(one.ids) <= 256
        for placed in one.units:
            assert {placed.unit + 200} == set(one.ids[placed.start : placed.end])
            assert sizes[placed.unit] == placed.end - placed.start


def test_windows_overlap_so_that_a_unit_at_a_border_is_read_in_context() -> None:
    found = list(windows(sheet([10] * 60)))
    assert len(found) > 1
    for before, after in pairwise(found):
        assert before.units[-1].unit >= after.answers.start
        assert after.units[0].unit < after.answers.start


def test_a_batch_is_padded_and_each_unit_is_a_mean() -> None:
    (long,), (short,) = list(windows(sheet([3, 2]))), list(windows(sheet([1])))
    fed = arrays([long, short])
    assert (2, 18) == fed["ids"].shape == fed["mask"].shape == fed["capitals"].shape
    assert (2, 2, 18) == fed["pool"].shape
    assert [18, 14] == fed["mask"].sum(axis=1).tolist()
    assert [[12, 15], [12, 0]] == fed["first"].tolist()
    assert [pytest.approx(1.0), pytest.approx(1.0), pytest.approx(1.0), 0.0] == fed["pool"].sum(
        axis=2
    ).flatten().tolist()


def test_a_text_without_units_has_no_window() -> None:
    assert [] == list(windows(sheet([])))
