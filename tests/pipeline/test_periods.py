"""The three periods by hand: ends of years, quarters and months, fiscal years from any month, leap years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coach.pipeline.periods import previous_month, previous_quarter, year_to_date


@pytest.mark.parametrize(
    ("as_of", "start", "first"),
    [
        (date(2026, 7, 15), 1, date(2026, 1, 1)),
        (date(2026, 1, 1), 1, date(2026, 1, 1)),
        (date(2026, 12, 31), 1, date(2026, 1, 1)),
        (date(2026, 3, 31), 4, date(2025, 4, 1)),
        (date(2026, 4, 1), 4, date(2026, 4, 1)),
        (date(2024, 2, 29), 3, date(2023, 3, 1)),
        (date(2024, 2, 29), 2, date(2024, 2, 1)),
        (date(2026, 11, 30), 12, date(2025, 12, 1)),
        (date(2026, 12, 1), 12, date(2026, 12, 1)),
    ],
)
def test_the_year_to_date_runs_from_the_start_of_the_fiscal_year_to_the_day(
    as_of: date, start: int, first: date
) -> None:
    assert (first, as_of) == year_to_date(as_of, start)


@pytest.mark.parametrize(
    ("as_of", "start", "first", "last"),
    [
        (date(2026, 4, 1), 1, date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), 1, date(2025, 10, 1), date(2025, 12, 31)),
        (date(2026, 6, 30), 1, date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 1, 31), 2, date(2025, 8, 1), date(2025, 10, 31)),
        (date(2026, 2, 1), 2, date(2025, 11, 1), date(2026, 1, 31)),
        (date(2024, 3, 1), 3, date(2023, 12, 1), date(2024, 2, 29)),
        (date(2023, 3, 1), 3, date(2022, 12, 1), date(2023, 2, 28)),
        (date(2026, 5, 15), 6, date(2025, 12, 1), date(2026, 2, 28)),
    ],
)
def test_the_previous_quarter_is_the_whole_fiscal_one_before(as_of: date, start: int, first: date, last: date) -> None:
    assert (first, last) == previous_quarter(as_of, start)


@pytest.mark.parametrize(
    ("as_of", "first", "last"),
    [
        (date(2026, 1, 1), date(2025, 12, 1), date(2025, 12, 31)),
        (date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
        (date(2024, 3, 31), date(2024, 2, 1), date(2024, 2, 29)),
        (date(2025, 3, 1), date(2025, 2, 1), date(2025, 2, 28)),
    ],
)
def test_the_previous_month_is_the_whole_calendar_month_before(as_of: date, first: date, last: date) -> None:
    assert (first, last) == previous_month(as_of)


@pytest.mark.parametrize("start", range(1, 13))
def test_on_every_day_the_previous_quarter_ends_before_the_one_that_the_day_is_in(start: int) -> None:
    for number in range(366 + 365):
        day = date(2024, 1, 1) + timedelta(days=number)
        first, last = previous_quarter(day, start)
        assert (1, 0) == (first.day, (first.month - start) % 3)
        assert 89 <= (last - first).days + 1 <= 92
        # The day after it starts the quarter that takes in the day: fewer than three months on.
        after = last + timedelta(days=1)
        assert after <= day < after + timedelta(days=93)
        assert year_to_date(day, start).earliest.month == start


@pytest.mark.parametrize("start", [0, 13, -1])
def test_a_fiscal_year_starts_in_a_month_that_there_is(start: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 12"):
        year_to_date(date(2026, 1, 1), start)
    with pytest.raises(ValueError, match="from 1 to 12"):
        previous_quarter(date(2026, 1, 1), start)


def test_before_the_calendar_there_is_no_period() -> None:
    with pytest.raises(ValueError, match="outside the calendar"):
        previous_month(date(1, 1, 1))
