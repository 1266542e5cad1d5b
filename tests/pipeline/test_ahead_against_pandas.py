"""Every number of what lies ahead against pandas: part 4, the warnings, the agenda, and what two pages leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coach.domain.commitment import Commitment, Owner
from coach.domain.evidence import Direction
from coach.domain.one_on_one import (
    ClaimLedger,
    ClosingDeals,
    DealLine,
    Frequency,
    LeftOut,
    Movements,
    NewDeals,
    NextSteps,
    OneOnOne,
    Optimism,
    ProposedStep,
    Since,
    Warned,
)
from coach.domain.opportunity import DealState
from coach.pipeline.agenda import agenda
from coach.pipeline.closing import closing_deals
from coach.pipeline.fit import fit
from coach.pipeline.movement import movements, new_deals
from coach.pipeline.results import results
from coach.pipeline.warning import warnings
from tests.pipeline import oracle, oracle_ahead
from tests.pipeline.months import Month, at_the_edges, months, moved_on, stood, target, targets
from tests.pipeline.pipelines import Pipeline, exact

GONE_BY = re.compile(r"The close date went by ([\d,]+) days? ago\.")
THIN = re.compile(
    r"Still to win by (?P<by>\d+ \w+(?: \d{4})?): (?:(?P<currency>[A-Z]{3}) )?(?P<left>[\d,]+)\. Open by then: "
    r"(?:nothing|(?:(?P=currency) )?(?P<opened>[\d,]+)"
    r"(?:; at (?P<whose>the rep's own|the team's) win rate of (?P<percent>\d+) % \((?P<wins>\d+) of (?P<closed>\d+)\)"
    r"(?:, since the rep has closed (?:none|only (?P<few>\d+)) this year,)? that is (?:[A-Z]{3} )?(?P<likely>[\d,]+))?"
    r", (?P<part>\d+) % of what is needed(?P<all> even if all of it is won; too few have closed for a win rate)?)\."
    r"(?: Not counted:(?: (?P<unpriced>\d+) open deals? without an amount in this currency)?(?: and)?"
    r"(?: (?P<undated>\d+) open deals? without a close date)?\.)?"
)
STANDING = re.compile(
    r"(\d+) of (\d+) open deals have not moved since the last review: the stage is the same, and nothing shows that "
    r"the customer did anything\.(?: Of (\d+) of them no note was reviewed\.)?"
)
OLD = re.compile(r"The data are ([\d,]+) days old: they stand as of .*\.")
WORDS = {"by", "currency", "whose"}


def examples(most: int) -> settings:
    return settings(max_examples=most, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def closings(month: Month) -> ClosingDeals:
    """Part 4; the deals come in the order of their keys, so that of equals it is known which is first."""
    now = month.pipeline.on(month.pipeline.as_of)
    return closing_deals([now[key] for key in sorted(now)], month.pipeline.as_of, month.notes)


def moved(pipeline: Pipeline) -> Movements:
    now, before = list(pipeline.on(pipeline.as_of).values()), pipeline.on(pipeline.since) or None
    return movements(now, before, pipeline.history(), pipeline.since, dict(pipeline.acts))


def added(pipeline: Pipeline) -> NewDeals:
    now, before = list(pipeline.on(pipeline.as_of).values()), pipeline.on(pipeline.since) or None
    return new_deals(now, pipeline.since, before)


def frames(pipeline: Pipeline) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All rows, and each deal's last."""
    table = oracle.frame(asdict(row) for row in pipeline.rows)
    return table, oracle.latest(table, pipeline.as_of)


def soon(month: Month, now: pd.DataFrame) -> pd.DataFrame:
    verdicts = {key: note.claim.verdict.value for key, note in month.notes.items()}
    return oracle_ahead.closing(now, month.pipeline.as_of, verdicts)


def moves(found: Movements) -> pd.DataFrame:
    """Part 3 as Coach has it: it has a test of its own, in parts 1 to 3."""
    return oracle_ahead.moves(
        (one.deal.crm, one.deal.record, one.stage.value, one.slip.times, one.customer.value) for one in found.deals
    )


def said(warned: Iterable[Warned], code: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """How the warnings of a kind read, each of them to its end."""
    matches = [(one.text, pattern.fullmatch(one.text)) for one in warned if one.code == code]
    assert [] == [text for text, match in matches if match is None]
    return [match for _, match in matches if match]


def number(text: str | None) -> int | None:
    return None if text is None else int(text.replace(",", ""))


def within_rounding(figures: dict[str, Any]) -> dict[str, Any]:
    """What is likely to be won is said in whole units."""
    likely = figures["likely"]
    return figures if likely is None else {**figures, "likely": pytest.approx(float(likely), abs=0.5)}


def keys(deals: Iterable[DealLine]) -> list[tuple[str, str]]:
    return [(one.crm, one.record) for one in deals]


@examples(100)
@given(months(9, 7, 6, 5, 4, 3, 2, 1, 0))
@example(at_the_edges())
def test_every_number_of_part_4_is_that_of_pandas(month: Month) -> None:
    as_of = month.pipeline.as_of
    expected = soon(month, frames(month.pipeline)[1])
    found = closings(month)

    assert len(expected) == found.count
    assert oracle.sums(expected) == exact(found.amounts)
    assert oracle_ahead.at_risk(expected) == exact(found.at_risk)
    columns = ["crm", "record", "days", "verdict", "risk", "code"]
    assert [
        (crm, record, int(days), verdict, oracle_ahead.money(risk, code))
        for crm, record, days, verdict, risk, code in expected[columns].itertuples(index=False, name=None)
    ] == [
        (
            one.deal.crm,
            one.deal.record,
            one.days_left,
            one.verdict.value if one.verdict else "no_note",
            exact([one.at_risk])[0] if one.at_risk else None,
        )
        for one in found.deals
    ]
    gone = [match[1] for one in found.deals for asked in one.questions if (match := GONE_BY.match(asked))]
    assert [-days for days in expected["days"] if days < 0] == [number(days) for days in gone]
    promises = [
        {"crm": crm, "record": record, "what": what, "by": by}
        for (crm, record), note in month.notes.items()
        for what, by in (*note.commitments, *((lacking, None) for lacking in note.claim.would_establish))
    ]
    assert oracle_ahead.open_steps(expected, promises, as_of) == [
        (one.deal.crm, one.deal.record, step.what, step.by, step.too_late, step.overdue)
        for one in found.deals
        for step in one.open_steps
    ]


@examples(120)
@given(targets(), st.sampled_from([0, 0, 7, 8, 1000, None]))
@example(target("Ana", 250), 7)  # Two of five are just enough for a rate, and 250 at that rate is just enough.
@example(target("Ana", 129), 8)  # 51.6 %, rounded down.
@example(target("Ana", None), 0)
@example(target("Ben", 250), 0)
@example(target("Ben", 200), None)
@example(target("Ben", 200), 0)
def test_every_figure_of_a_thin_pipeline_is_that_of_pandas(pipeline: Pipeline, age: int | None) -> None:
    now, as_of = list(pipeline.on(pipeline.as_of).values()), pipeline.as_of
    mine = [one for one in now if one.rep == "Ana"]
    _, table = frames(pipeline)
    own = table[table["rep"] == "Ana"]
    first, last = oracle.periods(as_of, pipeline.fiscal_year_start)[0]
    rate = oracle_ahead.win_rate(oracle.figures(own, first, last), oracle.figures(table, first, last))
    wanted = [
        {"first": one.first, "last": one.last, "currency": one.currency, "amount": one.amount}
        for one in sorted(pipeline.quotas, key=lambda one: (one.first, one.last, one.currency or ""))
    ]
    quotas = oracle.quotas(own, wanted, as_of)
    status = results(
        mine,
        now,
        as_of=as_of,
        fiscal_year_start=pipeline.fiscal_year_start,
        quotas=pipeline.quotas,
        team_reps=2,
    )
    snapshot = None if age is None else as_of - timedelta(days=age)
    found = warnings(mine, status, Movements(known=False), as_of, snapshot)

    if age is None:
        assert () == found
        return
    if not quotas and not (own["state"] == "open").any():
        assert ["There is no open deal at all. No target is known to hold the pipeline against."] == [
            one.text for one in found if one.code == "thin_pipeline"
        ]
    else:
        figures = [match.groupdict() for match in said(found, "thin_pipeline", THIN)]
        assert [within_rounding(one) for one in oracle_ahead.thin(own, quotas, rate, as_of)] == [
            {name: text if name in WORDS else number(text) for name, text in one.items() if name != "all"}
            for one in figures
        ]
        assert [one["opened"] is not None and one["whose"] is None for one in figures] == [
            one["all"] is not None for one in figures
        ]
    assert ([age] if age > 7 else []) == [number(match[1]) for match in said(found, "old_snapshot", OLD)]


@examples(90)
@given(months(12, 9, 7, 5, 2, 0))
@example(at_the_edges())
@example(stood({"days": 9, "amount": Decimal(100)}, {"amount": Decimal(300)}, {"amount": Decimal(-200)}))
@example(stood({"days": 9, "amount": Decimal(31)}, {"amount": Decimal(1)}))  # 15.5 and 0.5 minutes.
@example(stood({"days": 9, "amount": Decimal(100)}, {"amount": Decimal(1000), "probability": 0.1}))
@example(stood(*[{"stage_rank": rank} for rank in (1, 1, 2, 2)]))  # Just a half of them stands still.
@example(stood({}, {}, {}, *[{"state": DealState.LOST}] * 4))
@example(moved_on("Demo", 2, 1, Direction.STALLS, Direction.ADVANCES))
@example(moved_on("Demo", 2, 1, Direction.STALLS))
@example(moved_on("Demo", 0, 1))
@example(moved_on("Demo", 1, 3))
@example(moved_on(None, 1, 3))
def test_the_minutes_and_the_standing_deals_are_those_of_pandas(month: Month) -> None:
    pipeline = month.pipeline
    as_of, now = pipeline.as_of, frames(pipeline)[1]
    old, new = moved(pipeline), added(pipeline)

    found = [one.minutes for one in agenda(closings(month), old, new)]

    assert 30 == sum(found)
    assert oracle_ahead.minutes(now, soon(month, now), moves(old), new.count) == found
    status = results([], [], as_of=as_of, fiscal_year_start=1, team_reps=1)
    warned = warnings(list(pipeline.on(as_of).values()), status, old, as_of, as_of)
    held = said(warned, "standing_pipeline", STANDING)
    expected = oracle_ahead.standing(now, moves(old))
    assert ([expected] if expected else []) == [(int(one[1]), int(one[2]), int(one[3] or 0)) for one in held]


@examples(40)
@given(months(16, 14, 12, 0), st.tuples(*[st.integers(0, 10)] * 3))
def test_what_is_shown_and_what_is_left_out_add_up_to_what_pandas_has(month: Month, steps: tuple[int, ...]) -> None:
    table, now = frames(month.pipeline)
    near, new = soon(month, now), oracle.new_deals(table, month.pipeline.since, month.pipeline.as_of)

    whole = pack(month, *steps)
    cut = fit(whole)

    # The order of part 3 has a test of its own, in parts 1 to 3.
    old = oracle_ahead.in_order(now, keys(one.deal for one in whole.pre_existing.deals))
    for expected, most, shown, rest in (
        (oracle_ahead.in_order(now, new["deals"]), 5, cut.added.deals, cut.added.left_out),
        (old, 6, [one.deal for one in cut.pre_existing.deals], cut.pre_existing.left_out),
        (near, 5, [one.deal for one in cut.closing.deals], cut.closing.left_out),
    ):
        assert list(expected[oracle.KEY].head(most).itertuples(index=False, name=None)) == keys(shown)
        assert oracle_ahead.left_out(expected, most) == (rest.count, exact(rest.amounts))
        assert len(expected) == len(shown) + rest.count
        assert dict(oracle.sums(expected)) == both(shown, rest)
    assert (new["count"], new["amounts"], new["without_amount"]) == (
        cut.added.count,
        exact(cut.added.amounts),
        cut.added.without_amount,
    )
    assert (len(near), oracle.sums(near), oracle_ahead.at_risk(near)) == (
        cut.closing.count,
        exact(cut.closing.amounts),
        exact(cut.closing.at_risk),
    )
    stepped = cut.next_steps
    assert (min(8, sum(steps)), max(0, sum(steps) - 8)) == (
        len(stepped.carried) + len(stepped.agreed) + len(stepped.proposed),
        stepped.left_out,
    )


def both(shown: Iterable[DealLine], rest: LeftOut) -> dict[str | None, Fraction]:
    """The amounts of what is shown and what is left out, added up by hand."""
    sums: dict[str | None, Fraction] = {}
    for currency, amount in [*exact(one.amount for one in shown if one.amount), *exact(rest.amounts)]:
        sums[currency] = sums.get(currency, Fraction(0)) + amount
    return sums


def pack(month: Month, carried: int, agreed: int, proposed: int) -> OneOnOne:
    """A whole pack of a month, with so many next steps of each kind."""
    as_of = month.pipeline.as_of
    step = Commitment(id=1, rep="Ana", what="Call them", owner=Owner.REP, due_on=as_of, agreed_on=as_of)
    idea = ProposedStep(what="Call them", owner=Owner.REP, due_on=as_of, why="It is new.")
    near, old, new = closings(month), moved(month.pipeline), added(month.pipeline)
    return OneOnOne(
        id="pack",
        rep="Ana",
        as_of=as_of,
        since=Since(day=month.pipeline.since, by="month"),
        next_on=as_of + timedelta(days=30),
        agenda=agenda(near, old, new),
        results=results([], [], as_of=as_of, fiscal_year_start=1, team_reps=1),
        added=new,
        pre_existing=old,
        closing=near,
        next_steps=NextSteps(carried=(step,) * carried, agreed=(step,) * agreed, proposed=(idea,) * proposed),
        ledger=ClaimLedger(
            rep="Ana",
            as_of=as_of,
            claims=0,
            settled=0,
            all=Frequency(true=0, of=0, too_few=True),
            optimism=Optimism(claims=0, deals=0, too_few=True),
        ),
    )
