"""Made-up months for the arithmetic of what lies ahead: deals that close around the edges, with notes and quotas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from coach.domain.evidence import Direction
from coach.domain.judgement import Verdict
from coach.domain.opportunity import DealState, Opportunity, Quota
from coach.pipeline.closing import DealEvidence
from tests.pipeline import oracle
from tests.pipeline.made import known
from tests.pipeline.pipelines import Key, Pipeline, act, amounts, deal

DAYS = st.sampled_from([date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 15), date(2027, 11, 30)])
T = TypeVar("T")

CURRENCIES = [("EUR",), ("EUR", "GBP", None), ("EUR", "EUR", "EUR", "GBP", None)]
KEYS = st.sampled_from([(crm, record) for record in "abcdefgh" for crm in ("hubspot", "own")])
ODDS = st.sampled_from([None, None, 0.0, 0.1, 0.35, 0.5, 1 / 3, 1.0])
MONEY = st.sampled_from([Decimal(300), Decimal(100), Decimal(-500), None, Decimal("0.25"), Decimal(0)]) | amounts()


@dataclass(frozen=True, kw_only=True)
class Month:
    """A pipeline of one rep's, and what the notes of some of its deals say."""

    pipeline: Pipeline
    notes: Mapping[Key, DealEvidence]


def shifted(day: date, *days: int) -> st.SearchStrategy[date]:
    """One of the days that lie so many days from another."""
    return st.sampled_from([day + timedelta(days=one) for one in days])


def some(fields: st.SearchStrategy[T], *sizes: int) -> st.SearchStrategy[list[T]]:
    """A list of one of these sizes; hypothesis left to itself makes short ones."""
    return st.sampled_from(sizes).flatmap(lambda size: st.lists(fields, min_size=size, max_size=size))


@st.composite
def months(draw: st.DrawFn, *sizes: int) -> Month:
    """As many deals as one of the sizes says, each as it stands, and as it stood at the last review if it was there."""
    as_of, currencies = draw(DAYS), st.sampled_from(draw(st.sampled_from(CURRENCIES)))
    since = as_of - timedelta(days=30)
    near = (30, 0, -1, 1, 29, -400)
    away = draw(st.sampled_from([(*near, 31), (*near, *[31, 200] * 5), (200, 31)]))
    soon = st.sampled_from([*(as_of + timedelta(days=days) for days in away), None])
    stages = draw(st.sampled_from([("Demo", None), ("Demo", None), ("Demo", None), (None,)]))
    now: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
        {
            "name": st.sampled_from([None, "Acme", "Brill"]),
            "account": st.sampled_from([None, "Corvo"]),
            "state": st.sampled_from([DealState.OPEN] * 6 + [DealState.WON, DealState.LOST]),
            "stage": st.sampled_from(stages),
            "stage_rank": st.sampled_from([1, 2, 2, 0, None]),
            "amount": MONEY,
            "currency": currencies,
            "probability": ODDS,
            "created_on": st.none() | shifted(since, -90, 0, 1),
            "close_date": soon,
        }
    )
    there: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
        {"stage": st.just("Demo"), "stage_rank": st.sampled_from([1, 1, 2]), "close_date": soon}
    )
    before = there | there | st.none()
    note = evidence(as_of) | st.none()
    moved = some(st.sampled_from([Direction.STALLS, Direction.ADVANCES, Direction.NEUTRAL]), 1, 2, 1, 0)
    rows: list[Opportunity] = []
    notes: dict[Key, DealEvidence] = {}
    acts = {}
    size = draw(st.sampled_from(sizes))
    for crm, record in draw(st.lists(KEYS, min_size=size, max_size=size, unique=True)):
        if (was := draw(before)) is not None:
            rows.append(deal(record, crm=crm, as_of=since, **was))
        rows.append(deal(record, crm=crm, as_of=as_of, **draw(now)))
        if (said := draw(note)) is not None:
            notes[crm, record] = said
            acts[crm, record] = tuple(act(as_of, direction=way) for way in draw(moved))
    pipeline = Pipeline(as_of=as_of, since=since, fiscal_year_start=1, rows=tuple(rows), acts=acts, quotas=())
    return Month(pipeline=pipeline, notes=notes)


def evidence(as_of: date) -> st.SearchStrategy[DealEvidence]:
    """What the latest note of a deal says: a verdict, and promises around the window, some of them twice."""
    promises = st.tuples(st.sampled_from(["papers", "board"]), st.none() | shifted(as_of, -2, -1, 0, 1, 29, 30, 31))
    return st.builds(
        lambda verdict, lacking, commitments: known(verdict, lacking, commitments=tuple(commitments)),
        st.sampled_from(Verdict),
        st.sampled_from([(), ("They sign.",)]),
        st.lists(promises, max_size=3),
    )


@st.composite
def targets(draw: st.DrawFn) -> Pipeline:
    """Quotas, open deals around their ends, and about as many won and lost ones as a win rate needs."""
    as_of, start = draw(DAYS), draw(st.sampled_from([1, 2, 10]))
    currencies = st.sampled_from(draw(st.sampled_from(CURRENCIES)))
    first = oracle.periods(as_of, start)[0][0]
    worth = st.sampled_from([Decimal(100), Decimal(200), Decimal(400), Decimal(140), None]) | amounts()
    small = st.sampled_from([Decimal(100), None])
    starts = [first, as_of, as_of - timedelta(days=10)]
    ends = [as_of, as_of + timedelta(days=20), as_of + timedelta(days=400)]
    edges = sorted({day + timedelta(days=days) for day in (*starts, *ends) for days in (-1, 0, 1)})
    due = st.sampled_from([as_of + timedelta(days=5)] * 10 + ends * 3 + [*edges, None])
    closed: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
        {
            "state": st.sampled_from([DealState.WON, DealState.LOST]),
            "closed_on": st.sampled_from([first, as_of] * 8 + [first - timedelta(days=1), as_of + timedelta(days=1)]),
            "amount": small,
            "currency": currencies,
        }
    )
    opened: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
        {"close_date": due, "amount": worth, "currency": currencies}
    )
    fields = [
        *[{"rep": "Ana", **one} for one in draw(some(closed, 5, 4, 7, 6, 4, 0))],
        *[{"rep": "Ben", **one} for one in draw(some(closed, 1, 6, 3, 2, 1, 0))],
        *[{"rep": "Ana", **one} for one in draw(some(opened, 5, 3, 2, 1, 7, 0))],
    ]
    quotas = st.builds(
        Quota,
        rep=st.just("Ana"),
        first=st.sampled_from(starts),
        last=st.sampled_from([ends[1], *ends]),
        amount=st.sampled_from([100, 200, 400, 333_333, 3_000_000, 0]).map(Decimal),
        currency=currencies,
    )
    return Pipeline(
        as_of=as_of,
        since=as_of - timedelta(days=30),
        fiscal_year_start=start,
        rows=tuple(deal(f"{place:02}", as_of=as_of, **one) for place, one in enumerate(fields)),
        acts={},
        quotas=tuple(draw(some(quotas, 2, 1, 3, 1, 2, 0))),
    )


def target(rep: str, worth: int | None) -> Pipeline:
    """A hundred to win, one open deal of so much or none, and two of five won by a rep: just enough for a win rate."""
    as_of = date(2026, 6, 15)
    rows = [
        deal(str(place), as_of=as_of, rep=rep, state=DealState.WON if place < 2 else DealState.LOST, closed_on=as_of)
        for place in range(5)
    ]
    if worth is not None:
        rows.append(deal("open", as_of=as_of, rep="Ana", amount=Decimal(worth), close_date=as_of))
    quota = Quota(rep="Ana", first=as_of, last=as_of, amount=Decimal(100))
    since = as_of - timedelta(days=30)
    return Pipeline(as_of=as_of, since=since, fiscal_year_start=1, rows=tuple(rows), acts={}, quotas=(quota,))


def moved_on(stage: str | None, rank: int, deals: int, *ways: Direction) -> Month:
    """Deals far from their close dates that all went from rank 1 to another, and what the customer did in each."""
    worth: dict[str, Any] = {"amount": Decimal(100), "stage": stage, "stage_rank": rank}
    lent = stood(*[worth] * deals)
    acts = {row.key: tuple(act(row.as_of, direction=way) for way in ways) for row in lent.pipeline.rows}
    return replace(lent, pipeline=replace(lent.pipeline, acts=acts))


def stood(*deals: Mapping[str, Any]) -> Month:
    """Deals that stood still, but for what is said of each: its fields, the days it has left, and a note's verdict.

    In each note the customer has promised something for the day of the 1-on-1.
    """
    as_of = date(2026, 6, 15)
    since = as_of - timedelta(days=30)
    rows: list[Opportunity] = []
    notes: dict[Key, DealEvidence] = {}
    for place, given in enumerate(deals):
        fields = {"stage_rank": 1, "stage": "Demo", "currency": "EUR", "days": 200, "verdict": None, **given}
        days, verdict = fields.pop("days"), fields.pop("verdict")
        now = deal(str(place), **fields, close_date=as_of + timedelta(days=days))
        rows += [replace(now, as_of=since, stage_rank=1, state=DealState.OPEN), replace(now, as_of=as_of)]
        if verdict:
            notes[now.key] = known(verdict, commitments=(("papers", as_of),))
    pipeline = Pipeline(as_of=as_of, since=since, fiscal_year_start=1, rows=tuple(rows), acts={}, quotas=())
    return Month(pipeline=pipeline, notes=notes)


def at_the_edges() -> Month:
    """Part 4 with half a cent to round, nothing at risk in the commonest currency, and an amount below nothing."""
    return stood(
        {"days": 30, "amount": Decimal("0.25"), "probability": 0.1, "verdict": Verdict.UNPROVEN},
        {"days": 0, "amount": Decimal(0), "verdict": Verdict.REFUTED},
        {"days": 0, "amount": Decimal(-500)},
        {"days": -1, "amount": Decimal(100), "verdict": Verdict.ESTABLISHED},
        {"days": 29, "amount": Decimal(300), "currency": "GBP"},
        {"days": 1, "amount": None, "name": "Brill"},
        {"days": 1, "amount": None, "name": "Acme"},
        {"days": 30, "amount": Decimal(7)},
    )
