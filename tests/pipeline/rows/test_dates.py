"""Days: every way they are written, what is never guessed, and the zone a day is counted in."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.pipeline.rows.dates import DateEvidence, DateOrder, read_day
from coach.pipeline.rows.problem import Code

UTC = ZoneInfo("UTC")
DAY = date(2026, 3, 4)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def _read(text: str, order: DateOrder | None = None, zone: str = "UTC", *, utc: bool = False) -> date | Code:
    return read_day(text, order, ZoneInfo(zone), utc)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04",
        "2026/3/4",
        "2026.03.04",
        "2026-03-04 23:59",
        "2026-03-04T23:59:59.123Z",
        "2026-03-04T10:00:00.000+0000",
        "4 Mar 2026",
        "04-Mar-2026",
        "March 4, 2026",
        "Mar 4, 2026, 9:05 PM",
        "4th March 2026",
    ],
)
def test_days_that_can_be_read_in_one_way_only(text: str) -> None:
    assert DAY == _read(text)


@pytest.mark.parametrize("text", ["03/04/2026", "3-4-2026", "03.04.2026", "03/04/26", "03/04/2026 10:00 AM"])
def test_a_day_that_could_be_two_is_not_guessed(text: str) -> None:
    assert Code.UNCLEAR_DATE is _read(text)
    assert DAY == _read(text, "month_first")
    assert date(2026, 4, 3) == _read(text, "day_first")


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("04/04/2026", None, date(2026, 4, 4)),
        ("31/12/2026", None, date(2026, 12, 31)),
        ("12/31/2026", None, date(2026, 12, 31)),
        ("12/31/2026", "day_first", Code.BAD_DATE),
        ("31/12/2026", "month_first", Code.BAD_DATE),
        ("26/03/04", "year_first", DAY),
        ("03/04/2026", "year_first", Code.BAD_DATE),
        ("03/04/95", "month_first", Code.UNCLEAR_DATE),
        ("32/13/2026", None, Code.BAD_DATE),
        ("2026-02-30", None, Code.BAD_DATE),
        ("2026-03-04 25:00", None, Code.BAD_DATE),
        ("2026-03-04 13:00 PM", None, Code.BAD_DATE),
        ("46085", None, Code.EXCEL_DATE),
        ("46085.5", None, Code.EXCEL_DATE),
        ("1970-01-01", None, Code.IMPOSSIBLE_DATE),
        ("2101-01-01", None, Code.IMPOSSIBLE_DATE),
        ("soon", None, Code.BAD_DATE),
        ("Q3 2026", None, Code.BAD_DATE),
        ("0000-00-00", None, Code.BAD_DATE),
        ("20260304", None, Code.BAD_DATE),
        ("4. März 2026", None, Code.BAD_DATE),
    ],
)
def test_what_a_text_is_worth(text: str, order: DateOrder | None, expected: date | Code) -> None:
    assert expected == _read(text, order)


@pytest.mark.parametrize(
    ("text", "zone", "utc", "expected"),
    [
        ("2026-03-04T23:30:00Z", "Europe/Berlin", False, date(2026, 3, 5)),
        ("2026-03-04T00:30:00Z", "America/New_York", False, date(2026, 3, 3)),
        ("2026-03-04T23:30:00+09:00", "UTC", False, DAY),
        ("2026-03-04T00:30:00+09", "UTC", False, date(2026, 3, 3)),
        ("2026-03-04 23:30", "Europe/Berlin", False, DAY),
        ("2026-03-04 23:30", "Europe/Berlin", True, date(2026, 3, 5)),
        ("2026-03-04", "America/New_York", True, DAY),
    ],
)
def test_a_time_is_the_day_it_is_there_and_a_day_stays_that_day(
    text: str, zone: str, utc: bool, expected: date
) -> None:
    assert expected == _read(text, zone=zone, utc=utc)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["03/04/2026"], None),
        (["03/04/2026", "31/12/2026"], "day_first"),
        (["03/04/2026", "12/31/2026"], "month_first"),
        (["31/12/2026", "12/31/2026"], None),
        (["2026-03-31"], None),
        (["45/45/2026"], None),
        ([], None),
    ],
)
def test_a_column_settles_its_order_where_one_value_does_and_none_contradicts(
    values: list[str], order: DateOrder | None
) -> None:
    evidence = DateEvidence()
    for value in values:
        evidence.add(value)
    assert order == evidence.order


@given(DAYS, st.sampled_from("-/."), st.sampled_from(["day_first", "month_first", "year_first"]))
def test_a_day_is_read_back_in_the_order_it_was_written(day: date, mark: str, order: DateOrder) -> None:
    year, month, number = f"{day.year}", f"{day.month:02d}", f"{day.day:02d}"
    parts = {
        "day_first": (number, month, year),
        "month_first": (month, number, year),
        "year_first": (year, month, number),
    }
    assert day == read_day(mark.join(parts[order]), order, UTC, False)


@given(st.lists(DAYS, min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_no_column_of_one_order_is_ever_read_in_the_other(days: list[date], written: str) -> None:
    evidence = DateEvidence()
    texts = [day.strftime(written) for day in days]
    for text in texts:
        evidence.add(text)
    read = [read_day(text, evidence.order, UTC, False) for text in texts]
    assert all(one in {day, Code.UNCLEAR_DATE} for one, day in zip(read, days, strict=True))
    if any(day.day > 12 for day in days):
        assert days == read


@given(DAYS, st.integers(-12, 14), st.times())
def test_a_moment_is_within_a_day_of_its_text(day: date, offset: int, time: object) -> None:
    read = read_day(f"{day} {str(time)[:8]}{offset:+03d}:00", None, UTC, False)
    assert read is Code.IMPOSSIBLE_DATE or (isinstance(read, date) and abs(read - day) <= timedelta(days=1))
