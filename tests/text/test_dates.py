"""Dates as sales people write them, resolved against the day of writing, and words that only look like dates."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.text.dates import find_dates, read_dates

THURSDAY = date(2026, 3, 12)


def found(text: str, written_on: date = THURSDAY, fiscal_year_start: int = 1) -> list[tuple[str, str, str]]:
    """What is mentioned, with its bounds."""
    return [
        (text[one.start : one.end], one.earliest.isoformat(), one.latest.isoformat())
        for one in find_dates(text, written_on, fiscal_year_start=fiscal_year_start)
    ]


def only(text: str, written_on: date = THURSDAY, fiscal_year_start: int = 1) -> tuple[str, str]:
    """The bounds of the one date that is mentioned."""
    ((_, earliest, latest),) = found(text, written_on, fiscal_year_start)
    return earliest, latest


DAYS = [
    ("They sign by Friday", "2026-03-13"),
    ("Friday 27 March we sign", "2026-03-27"),
    ("call her Thurs", "2026-03-19"),
    ("expiring COB Thursday", "2026-03-19"),
    ("demo next Tuesday", "2026-03-17"),
    ("we met last Monday", "2026-03-09"),
    ("he called on Monday", "2026-03-09"),
    ("Requisition raised Tuesday, in her name", "2026-03-10"),
    ("the board meets 12 May", "2026-05-12"),
    ("the board meets May 12th", "2026-05-12"),
    ("the board meets 12. May", "2026-05-12"),
    ("board of the fourteenth of april", "2026-04-14"),
    ("april the fourteenth then", "2026-04-14"),
    ("they need it by the thirtieth of September", "2026-09-30"),
    ("twenty of july it is", "2026-07-20"),
    ("order by friday the twenty seventh of march", "2026-03-27"),
    ("she will send it by the 19th", "2026-03-19"),
    ("signed on the 9th", "2026-03-09"),
    ("she promised the file by the 6th", "2026-03-06"),
    ("he will email it Friday the 27th", "2026-03-27"),
    ("until friday 27, they said", "2026-03-27"),
    ("signed on 24/11", "2025-11-24"),
    ("PO dated 2026-03-27", "2026-03-27"),
    ("close 27.03.2026", "2026-03-27"),
    ("close 16.3.26, firm", "2026-03-16"),
    ("blocked since Thursday 26.2.", "2026-02-26"),
    ("04-Mar VS: rang", "2026-03-04"),
    ("visit 3-nov-26", "2026-11-03"),
    ("24 Nov 25 - sent the deck", "2025-11-24"),
    ("on Tue, 25 Nov 2025 16:52", "2025-11-25"),
    ("closing end of June", "2026-06-30"),
    ("should land EOM", "2026-03-31"),
    ("should land by EOQ", "2026-03-31"),
    ("before the end of the quarter", "2026-03-31"),
    ("by month end", "2026-03-31"),
    ("by year end", "2026-12-31"),
    ("live by end of next week", "2026-03-20"),
    ("no reply since 3 March", "2026-03-03"),
    ("we will sign in two weeks", "2026-03-26"),
    ("three weeks ago", "2026-02-19"),
    ("yesterday he rang", "2026-03-11"),
    ("tomorrow", "2026-03-13"),
    ("today", "2026-03-12"),
    ("I send it tonight", "2026-03-12"),
    ("the 5th of next month", "2026-04-05"),
    ("Monday next week", "2026-03-16"),
    ("live by Easter", "2026-04-05"),
]

PERIODS = [
    ("opens mid-July", "2026-07-11", "2026-07-20"),
    ("from early August", "2026-08-01", "2026-08-10"),
    ("in late August", "2026-08-21", "2026-08-31"),
    ("it will begin of October", "2026-10-01", "2026-10-10"),
    ("first week of July", "2026-07-01", "2026-07-07"),
    ("the last week of May", "2026-05-25", "2026-05-31"),
    ("19-20 May", "2026-05-19", "2026-05-20"),
    ("from 17 to 31 August", "2026-08-17", "2026-08-31"),
    ("between 3 and 5 June", "2026-06-03", "2026-06-05"),
    ("this quarter", "2026-01-01", "2026-03-31"),
    ("next quarter", "2026-04-01", "2026-06-30"),
    ("last quarter", "2025-10-01", "2025-12-31"),
    ("next month", "2026-04-01", "2026-04-30"),
    ("last week", "2026-03-02", "2026-03-08"),
    ("next week", "2026-03-16", "2026-03-22"),
    ("this year", "2026-01-01", "2026-12-31"),
    ("it lands in Q3", "2026-07-01", "2026-09-30"),
    ("Q2 2027", "2027-04-01", "2027-06-30"),
    ("FY27", "2027-01-01", "2027-12-31"),
    ("it will land in H2", "2026-07-01", "2026-12-31"),
    ("in March", "2026-03-01", "2026-03-31"),
    ("the April board", "2026-04-01", "2026-04-30"),
    ("it will go to the November board", "2026-11-01", "2026-11-30"),
    ("within 30 days", "2026-03-12", "2026-04-11"),
    ("the week of 11 May", "2026-05-11", "2026-05-17"),
    ("w/c 16 March", "2026-03-16", "2026-03-22"),
    ("Lieferung KW 20", "2026-05-11", "2026-05-17"),
    ("delivery in week 20", "2026-05-11", "2026-05-17"),
    ("Jan '27", "2027-01-01", "2027-01-31"),
    ("in 2027", "2027-01-01", "2027-12-31"),
    ("early 2027", "2027-01-01", "2027-04-30"),
    ("mid 2027", "2027-05-01", "2027-08-31"),
    ("early next year", "2027-01-01", "2027-04-30"),
]

NO_DATES = [
    "she may sign, they march on, one second",
    "we sat down and the sun came out, mon petit",
    "a 15% discount at 10 a piece",
    "$1.2M, EUR 58.900, 0.17 a piece",
    "model HK25, release 7.2, 9/10 for effort",
    "call 555-0123 or +44 20 7946 0958",
    "support 24/7, a 50/50 chance",
    "on the 3rd floor, after the 2nd visit, on the third call",
    "they meet on Mondays, every Friday, one Sunday",
    "month-end close eats nine days",
    "we installed it in two weeks",
    "May I ask? April said so. Jan Kowalski agrees.",
    "the other 10 may leave",
    "the price is 5/12 of ours",
    "before spring",
    "Q1: who signs?",
    "14:30 and 9.10 and 11.30",
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_is_resolved(text: str, day: str) -> None:
    assert (day, day) == only(text)


@pytest.mark.parametrize(("text", "earliest", "latest"), PERIODS)
def test_a_period_has_its_bounds(text: str, earliest: str, latest: str) -> None:
    assert (earliest, latest) == only(text)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert [] == found(text)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("by EOQ", "2026-03-31", "2026-03-31"),
        ("it lands in Q3", "2025-10-01", "2025-12-31"),
        ("it will land in Q1 FY27", "2026-04-01", "2026-06-30"),
        ("by year end", "2026-03-31", "2026-03-31"),
        ("FY27", "2026-04-01", "2027-03-31"),
    ],
)
def test_quarters_and_year_end_follow_the_fiscal_year(text: str, earliest: str, latest: str) -> None:
    assert (earliest, latest) == only(text, fiscal_year_start=4)


def test_an_ambiguous_date_is_no_mention_unless_the_text_tells_its_order() -> None:
    assert [] == found("sent 5/12 to both")
    assert [("24/11", "2025-11-24", "2025-11-24"), ("5/12", "2025-12-05", "2025-12-05")] == found(
        "24/11 call, 5/12 mail"
    )
    assert [("11/24", "2025-11-24", "2025-11-24"), ("12/5", "2025-12-05", "2025-12-05")] == found(
        "11/24 call, 12/5 mail"
    )
    assert [("03/12", "2026-03-12", "2026-03-12"), ("04/10", "2026-04-10", "2026-04-10")] == found(
        "03/12 note. By 04/10"
    )
    assert [] == found("24/11 call, 11/24 mail, 5/12 quote")[2:]


def test_a_date_without_year_is_the_nearest_unless_the_words_say_otherwise() -> None:
    assert ("2026-01-01", "2026-01-31") == only("she told us in January")
    assert ("2026-01-01", "2026-01-31") == only("it will be signed in January", date(2025, 6, 2))
    assert ("2025-01-01", "2025-01-31") == only("the auger jammed in January", date(2025, 10, 8))
    assert ("2026-07-01", "2026-07-31") == only("one price until July", date(2026, 2, 1))


def test_a_bare_day_follows_the_month_before_it() -> None:
    text = "The container leaves on 19 June, docks around the 26th"
    assert [("19 June", "2026-06-19", "2026-06-19"), ("the 26th", "2026-06-26", "2026-06-26")] == found(text)


def test_words_of_a_log_are_read_from_the_day_of_their_entry() -> None:
    text = "2 Feb - Rang. She said yesterday was bad.\n9 Feb - Quote sent, answer by Friday.\n\nNext: call tomorrow"
    assert [
        ("2 Feb", "2026-02-02", "2026-02-02"),
        ("yesterday", "2026-02-01", "2026-02-01"),
        ("9 Feb", "2026-02-09", "2026-02-09"),
        ("Friday", "2026-02-13", "2026-02-13"),
        ("tomorrow", "2026-03-13", "2026-03-13"),
    ] == found(text)
    assert [date(2026, 2, 2), date(2026, 2, 9)] == [entry.day for entry in read_dates(text, THURSDAY).entries]


def test_one_dated_line_makes_no_log_and_neither_do_plans() -> None:
    assert () == read_dates("12 March visit\nAll well.", THURSDAY).entries
    assert () == read_dates("20 March - demo\n27 March - quote", THURSDAY).entries


def test_a_day_that_no_calendar_has_is_never_invented() -> None:
    assert [] == found("signed on 31/2/2026 or 2026-13-01, 30.02.2026")


def test_offsets_count_code_points() -> None:
    text = "🎉🎉 \U0001d518\U0001d52b\U0001d526 الاجتماع 12 May 🎉"
    (one,) = find_dates(text, THURSDAY)
    assert "12 May" == text[one.start : one.end]


@given(st.text(max_size=300))
def test_any_text_is_read_and_mentions_lie_in_order_inside_it(text: str) -> None:
    mentions = find_dates(text, THURSDAY)
    ends = [0, *(one.end for one in mentions)]
    assert all(0 <= one.start < one.end <= len(text) and one.earliest <= one.latest for one in mentions)
    assert all(one.start >= end for one, end in zip(mentions, ends, strict=False))


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.integers(1, 12))
def test_any_day_of_writing_is_bearable(written_on: date, fiscal_year_start: int) -> None:
    text = "next week, last year, in 99 years, 12 May, by the 9th, EOQ, Q3, early next month, Friday, Easter"
    assert all(
        one.earliest <= one.latest
        for one in find_dates(f"sign {text}", written_on, fiscal_year_start=fiscal_year_start)
    )


def test_twenty_thousand_brackets_and_digits_hold_no_date() -> None:
    assert () == find_dates("(" * 20_000 + "[" * 20_000 + "1" * 20_000, THURSDAY)


@pytest.mark.parametrize("piece", ["12 May ", "the 9th of May ", "next week "])
def test_every_date_of_a_long_run_is_found(piece: str) -> None:
    assert 2_000 == len(find_dates(piece * 2_000, THURSDAY))


def test_most_notes_of_the_development_set_mention_dates_near_their_day() -> None:
    cases = Path(__file__).parents[2] / "evals" / "cases" / "deals.jsonl"
    near = far = 0
    for line in cases.read_text(encoding="utf-8").splitlines():
        given_ = json.loads(line)["input"]
        written_on = date.fromisoformat(given_["written_on"])
        for one in find_dates(given_["note"], written_on):
            if abs((one.earliest - written_on).days) <= 400:
                near += 1
            else:
                far += 1
    assert near > 500
    assert far < near / 20
