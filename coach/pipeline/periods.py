"""The three periods that a rep's results are given for: codebook, section 6, part 1.

Rule: both ends of a period count; year and quarter are fiscal, by the month that the fiscal year starts in.
"""

from __future__ import annotations

from datetime import date

from coach.text.dates.periods import MONTHS_PER_YEAR, Period, fiscal_months, fiscal_year, months, quarter_of


def year_to_date(as_of: date, fiscal_year_start: int) -> Period:
    """The fiscal year that a day lies in, up to that day.

    Args:
        as_of: The day, of the years 2 to 9997.
        fiscal_year_start: The month that the fiscal year starts in, 1 to 12.

    Raises:
        ValueError: there is no such month, or the period leaves the calendar.
    """
    _check(fiscal_year_start)
    whole = fiscal_months(fiscal_year(as_of, fiscal_year_start), 0, MONTHS_PER_YEAR, fiscal_year_start)
    return Period(_known(whole).earliest, as_of)


def previous_quarter(as_of: date, fiscal_year_start: int) -> Period:
    """The whole fiscal quarter before the one that a day lies in; arguments and errors as of `year_to_date`."""
    _check(fiscal_year_start)
    return _known(quarter_of(as_of, fiscal_year_start, -1))


def previous_month(as_of: date) -> Period:
    """The whole calendar month before the one that a day lies in; errors as of `year_to_date`."""
    return _known(months(as_of.year, as_of.month - 1))


def _check(fiscal_year_start: int) -> None:
    if not 1 <= fiscal_year_start <= MONTHS_PER_YEAR:
        raise ValueError(f"a fiscal year starts in a month from 1 to 12, not {fiscal_year_start}")


def _known(period: Period | None) -> Period:
    if period is None:
        raise ValueError("the period lies outside the calendar")
    return period
