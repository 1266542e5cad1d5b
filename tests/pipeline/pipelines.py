"""Made-up deals, acts and whole pipelines for the arithmetic of parts 1 to 3; days crowd at the ends of months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from coach.domain.evidence import Direction, Kind
from coach.domain.money import Money
from coach.domain.one_on_one import BuyerAct
from coach.domain.opportunity import DealState, Opportunity, Quota
from tests.pipeline import oracle

Key = tuple[str, str]
REPS = ("Ana", "Ben", "Cem")
GRADES = {Kind.BUYER_ACTION: (2, 4, 5), Kind.BUYER_COMMITMENT: (2, 3), Kind.BUYER_STATEMENT: (2,)}


def deal(record: str = "1", **fields: Any) -> Opportunity:
    """An open deal of 1 June 2026, but for what is said of it."""
    return Opportunity(**{"crm": "hubspot", "record": record, "as_of": date(2026, 6, 1), **fields})


def won(
    record: str, closed_on: date, amount: str | None = None, currency: str | None = "EUR", **fields: Any
) -> Opportunity:
    return deal(
        record,
        state=DealState.WON,
        closed_on=closed_on,
        amount=None if amount is None else Decimal(amount),
        currency=currency,
        **fields,
    )


def lost(record: str, closed_on: date, **fields: Any) -> Opportunity:
    return deal(record, state=DealState.LOST, closed_on=closed_on, **fields)


def act(noted_on: date, **fields: Any) -> BuyerAct:
    """A verifiable act that advances, but for what is said of it."""
    given = {"quote": "signed", "kind": Kind.BUYER_ACTION, "direction": Direction.ADVANCES, "grade": 5, "review": "r-1"}
    return BuyerAct(**{**given, "noted_on": noted_on, **fields})


def exact(monies: Iterable[Money]) -> list[tuple[str | None, Fraction]]:
    """Amounts as fractions, in their order."""
    return [(money.currency, Fraction(money.amount)) for money in monies]


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """Everything that parts 1 to 3 of a 1-on-1 are made of."""

    as_of: date
    since: date
    fiscal_year_start: int
    rows: tuple[Opportunity, ...]
    """All snapshots of all deals."""
    acts: dict[Key, tuple[BuyerAct, ...]]
    """Of the deals that have a note."""
    quotas: tuple[Quota, ...]

    def on(self, day: date) -> dict[Key, Opportunity]:
        """How each deal stood on a day."""
        rows = sorted(self.rows, key=lambda row: row.as_of)
        return {row.key: row for row in rows if row.as_of <= day}

    def history(self) -> dict[Key, Sequence[Opportunity]]:
        """The snapshots of each deal, in order of day."""
        rows = sorted((row for row in self.rows if row.as_of <= self.as_of), key=lambda row: row.as_of)
        return {key: [row for row in rows if row.key == key] for key in {row.key for row in rows}}


def near(day: date, back: int, on: int) -> st.SearchStrategy[date]:
    """Days around the ends of the months from `back` months before a day to `on` after it, and the day itself."""

    def at(months: int, days: int) -> date:
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return date(year, month + 1, 1) + timedelta(days=days)

    edges = st.builds(at, st.integers(-back, on), st.sampled_from([-1, 0, 0, -1, 1, -2, 14]))
    return edges | st.sampled_from([day, day - timedelta(days=1), day + timedelta(days=1)])


def amounts() -> st.SearchStrategy[Decimal | None]:
    """From nothing to a million, with none to four places; of the least, the means lie between two cents."""
    whole = st.integers(0, 10**6).map(Decimal)
    tied = st.sampled_from([Decimal("0.01"), Decimal("0.02"), Decimal("0.05")])
    return st.none() | tied | whole | st.decimals(0, 10**6, places=2) | st.decimals(0, 10**6, places=4)


def snapshots(as_of: date, since: date, fiscal_year_start: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to four rows of one deal, of different days, one of them perhaps after the 1-on-1."""
    edges = [
        day + timedelta(days=days)
        for first, last in oracle.periods(as_of, fiscal_year_start)
        for day, days in ((first, 0), (last, 0), (first, -1), (last, 1))
    ]
    days = st.none() | near(as_of, 14, 2)
    ends = [as_of, since, since - timedelta(days=1), since + timedelta(days=1), as_of + timedelta(days=1)]
    row: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
        {
            "as_of": st.sampled_from(ends) | near(as_of, 4, 0),
            "name": st.sampled_from([None, "Acme", "Brill", "Corvo"]),
            "rep": st.sampled_from(("Ana", *REPS)),
            "state": st.sampled_from([DealState.OPEN, DealState.OPEN, DealState.WON, DealState.LOST]),
            "stage": st.sampled_from([None, "Demo", "demo ", "Offer"]),
            "stage_rank": st.none() | st.integers(0, 2),
            "amount": amounts(),
            "currency": st.sampled_from([None, "EUR", "EUR", "GBP", "USD"]),
            "created_on": days | st.sampled_from([since, since + timedelta(days=1)]),
            "close_date": days,
            "closed_on": st.sampled_from(edges) | days,
        }
    )
    return st.lists(row, min_size=1, max_size=4, unique_by=lambda fields: fields["as_of"])


@st.composite
def pipelines(draw: st.DrawFn) -> Pipeline:
    """Up to nine deals, most things unknown in some of them."""
    first = date(draw(st.integers(2019, 2028)), draw(st.integers(1, 12)), 1)
    as_of = draw(near(first, 0, 0) | st.just(date(2024, 2, 29)))
    since = as_of - timedelta(days=draw(st.sampled_from([1, 28, 30, 31, 45])))
    named = st.tuples(st.sampled_from(["hubspot", "own"]), st.sampled_from("abcdef"))
    start = draw(st.integers(1, 12))
    keys = draw(st.lists(named, min_size=draw(st.sampled_from([0, 1, 4, 7])), max_size=9, unique=True))
    rows = [
        Opportunity(crm=crm, record=record, **fields)
        for crm, record in keys
        for fields in draw(snapshots(as_of, since, start))
    ]
    return Pipeline(
        as_of=as_of,
        since=since,
        fiscal_year_start=start,
        rows=tuple(rows),
        acts={key: tuple(draw(st.lists(_acts(since), max_size=3))) for key in keys if draw(st.booleans())},
        quotas=tuple(draw(st.lists(_quotas(as_of, start), max_size=3))),
    )


@st.composite
def _acts(draw: st.DrawFn, since: date) -> BuyerAct:
    kind = draw(st.sampled_from(list(GRADES)))
    return BuyerAct(
        quote=draw(st.sampled_from(["signed", "went dark", "will call"])),
        kind=kind,
        direction=draw(st.sampled_from(Direction)),
        grade=draw(st.sampled_from(GRADES[kind])),
        on=draw(st.none() | near(since, 1, 1)),
        noted_on=draw(near(since, 1, 1)),
        review="r-1",
    )


def _quotas(as_of: date, fiscal_year_start: int) -> st.SearchStrategy[Quota]:
    starts = [first for first, _ in oracle.periods(as_of, fiscal_year_start)]
    return st.builds(
        lambda ends, amount, currency: Quota(
            rep="Ana", first=min(ends), last=max(ends), amount=Decimal(amount), currency=currency
        ),
        st.tuples(st.sampled_from(starts) | near(as_of, 3, 0), st.just(as_of) | near(as_of, 0, 6)),
        st.sampled_from([0, 1, 1000, 333_333]),
        st.sampled_from([None, "EUR", "GBP"]),
    )
