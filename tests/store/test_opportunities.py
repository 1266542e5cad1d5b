"""Snapshots: what stands on which day, however the imports came, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from sqlalchemy import select

from coach.domain.judgement import Verdict
from coach.domain.opportunity import DealState, Opportunity, Quota, Rep
from coach.store.kept import Standing
from coach.store.records import Records
from coach.store.tables import deals

ACME = Opportunity(
    crm="hubspot",
    record="1",
    as_of=date(2026, 1, 31),
    name="Acme, renewal",
    account="Acme",
    rep="Ilse Brandt",
    stage="Proposal",
    stage_rank=3,
    amount=Decimal("64000.10"),
    currency="EUR",
    probability=0.6,
    forecast_category="Commit",
    created_on=date(2025, 12, 1),
    close_date=date(2026, 3, 31),
    next_step="They call on Friday",
    product="Rostering",
)


async def take_in(records: Records, *rows: Opportunity, standing: Standing | None = None) -> None:
    stands = None if standing is None else lambda _content, _close: standing
    first = rows[0]
    async with records.opportunities.importing(
        crm=first.crm, as_of=first.as_of, source="deals.csv", sha256="0" * 64, stands=stands
    ) as writer:
        await writer.write(rows)


async def test_a_row_comes_back_as_it_was(records: Records) -> None:
    await take_in(records, ACME)
    assert (ACME,) == await records.opportunities.of_rep("ilse  brandt", date(2026, 1, 31))


async def test_a_row_that_says_little_comes_back_as_it_was(records: Records) -> None:
    bare = Opportunity(crm="other", record="x", as_of=date(2026, 1, 31), rep="Ilse")
    await take_in(records, bare)
    assert (bare,) == await records.opportunities.of_rep("Ilse", date(2026, 2, 1))


async def test_of_each_deal_the_latest_snapshot_until_the_day_counts(records: Records) -> None:
    later = replace(ACME, as_of=date(2026, 2, 28), stage="Negotiation", stage_rank=4)
    other = replace(ACME, record="2", name="Borg")
    await take_in(records, ACME, other)
    await take_in(records, later)
    found = records.opportunities.of_rep
    assert () == await found("Ilse Brandt", date(2026, 1, 30))
    assert (ACME, other) == await found("Ilse Brandt", date(2026, 2, 27))
    assert {later, other} == set(await found("Ilse Brandt", date(2026, 2, 28)))


async def test_snapshots_may_come_in_any_order(records: Records) -> None:
    days = [replace(ACME, as_of=date(2026, month, 1), stage=f"stage {month}") for month in (1, 2, 3)]
    for one in (days[2], days[0], days[1]):
        await take_in(records, one)
    for month, one in zip((1, 2, 3), days, strict=True):
        assert (one,) == await records.opportunities.of_rep("Ilse Brandt", date(2026, month, 20))
    assert {ACME.key: tuple(days)} == await records.opportunities.history([ACME.key], date(2026, 12, 31))
    assert {ACME.key: tuple(days[:2])} == await records.opportunities.history([ACME.key], date(2026, 2, 28))


async def test_a_second_snapshot_of_a_day_replaces_the_first(records: Records) -> None:
    await take_in(records, ACME)
    again = replace(ACME, close_date=date(2026, 4, 30), amount=None)
    await take_in(records, again)
    assert (again,) == await records.opportunities.of_rep("Ilse Brandt", ACME.as_of)
    assert [date(2026, 4, 30)] == [one.close_date for one in await records.claims.of("Ilse Brandt", ACME.as_of)]


async def test_an_import_that_fails_leaves_nothing(records: Records) -> None:
    async def fail() -> None:
        async with records.opportunities.importing(crm="hubspot", as_of=ACME.as_of, source="f", sha256="") as writer:
            await writer.write([ACME])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert () == await records.opportunities.of_rep("Ilse Brandt", ACME.as_of)
    assert () == await records.people.reps()


async def test_a_deal_that_changes_hands_is_the_new_reps_from_that_day(records: Records) -> None:
    await take_in(records, ACME)
    moved = replace(ACME, as_of=date(2026, 2, 28), rep="Anand Rao")
    await take_in(records, moved)
    assert (ACME,) == await records.opportunities.of_rep("Ilse Brandt", date(2026, 2, 1))
    assert () == await records.opportunities.of_rep("Ilse Brandt", date(2026, 3, 1))
    assert (moved,) == await records.opportunities.of_rep("Anand Rao", date(2026, 3, 1))


async def test_a_deals_latest_name_and_rep_stand_whatever_other_deals_have(records: Records) -> None:
    other = replace(ACME, record="2", as_of=date(2026, 6, 1))
    await take_in(records, other)
    await take_in(records, ACME)
    await take_in(records, replace(ACME, as_of=date(2026, 2, 28), name="Acme, new", rep="Anand Rao"))
    await take_in(records, replace(ACME, as_of=date(2026, 1, 1), name="Acme, old"))
    async with records.database.reading() as connection:
        names = {row.record: row.name for row in await connection.execute(select(deals.c.record, deals.c.name))}
    assert {"1": "Acme, new", "2": "Acme, renewal"} == names


async def test_what_a_team_closed_is_found_by_day_of_closing_and_team(records: Records) -> None:
    def closed(record: str, rep: str, on: date, state: DealState = DealState.WON) -> Opportunity:
        return replace(
            ACME, record=record, rep=rep, state=state, closed_on=on, close_date=None, as_of=date(2026, 3, 31)
        )

    first, last = closed("1", "Ilse", date(2026, 1, 1)), closed("2", "Anand", date(2026, 3, 31), DealState.LOST)
    outside = closed("3", "Zoe", date(2026, 2, 1))
    rows = [
        first,
        last,
        outside,
        closed("4", "Ilse", date(2025, 12, 31)),
        replace(last, record="5", state=DealState.OPEN),
    ]
    await take_in(records, *rows)
    await records.people.put([Rep(name="ilse", team="North"), Rep(name="Anand", team="north "), Rep(name="Zoe")])
    found = records.opportunities.closed_by_team
    # The roster's way to write a name is the one that stays.
    north = {replace(first, rep="ilse"), last}
    assert north == set(await found("NORTH", date(2026, 1, 1), date(2026, 3, 31)))
    assert {*north, outside} == set(await found(None, date(2026, 1, 1), date(2026, 3, 31)))
    assert set() == set(await found("North", date(2026, 1, 1), date(2026, 3, 30)))


async def test_a_claim_is_kept_when_it_is_made_and_when_it_changes(records: Records) -> None:
    for month, close, odds in ((1, 3, 0.6), (2, 3, 0.6), (3, 5, 0.6), (4, 5, 0.9), (5, 5, 0.9)):
        row = replace(ACME, as_of=date(2026, month, 1), close_date=date(2026, close, 31), probability=odds)
        await take_in(records, row, standing=Standing(Verdict.UNPROVEN, 4))
    made = [(one.made_on, one.close_date, one.probability) for one in await records.claims.of("Ilse Brandt", date.max)]
    assert [
        (date(2026, 1, 1), date(2026, 3, 31), 0.6),
        (date(2026, 3, 1), date(2026, 5, 31), 0.6),
        (date(2026, 4, 1), date(2026, 5, 31), 0.9),
    ] == made


async def test_an_outcome_is_that_of_the_latest_snapshot(records: Records) -> None:
    async def outcome() -> list[tuple[DealState, date | None]]:
        return [(one.outcome, one.closed_on) for one in await records.claims.of("Ilse Brandt", date.max)]

    await take_in(records, ACME)
    assert [(DealState.OPEN, None)] == await outcome()
    won = replace(ACME, as_of=date(2026, 3, 1), state=DealState.WON, closed_on=date(2026, 2, 20))
    await take_in(records, won)
    assert [(DealState.WON, date(2026, 2, 20))] == await outcome()
    await take_in(records, replace(ACME, as_of=date(2026, 2, 1), close_date=ACME.close_date))
    assert [(DealState.WON, date(2026, 2, 20))] == await outcome()
    await take_in(records, replace(won, as_of=date(2026, 4, 1), closed_on=date(2026, 2, 21)))
    assert [(DealState.WON, date(2026, 2, 21))] == await outcome()
    await take_in(records, replace(ACME, as_of=date(2026, 5, 1)))
    assert [(DealState.OPEN, None)] == (await outcome())[:1]


async def test_a_list_goes_on_where_it_stopped(records: Records) -> None:
    rows = [
        replace(ACME, record=str(number), state=DealState.LOST if number % 3 == 0 else DealState.OPEN)
        for number in range(7)
    ]
    await take_in(records, *rows)
    on = date(2026, 2, 1)
    first = await records.opportunities.listed(on, most=4)
    rest = await records.opportunities.listed(on, after=first[-1][0], most=10)
    assert rows == [one for _, one in (*first, *rest)]
    lost = await records.opportunities.listed(on, seen=frozenset({"ilse brandt"}), state=DealState.LOST)
    assert [rows[0], rows[3], rows[6]] == [one for _, one in lost]
    assert () == await records.opportunities.listed(on, seen=frozenset({"zoe"}))


async def test_the_day_of_each_crms_latest_snapshot_is_known(records: Records) -> None:
    await take_in(records, ACME)
    await take_in(records, replace(ACME, as_of=date(2026, 2, 28)))
    await take_in(records, replace(ACME, crm="pipedrive", as_of=date(2026, 2, 1)))
    latest = records.opportunities.latest
    assert {} == await latest(date(2026, 1, 30))
    assert {"hubspot": date(2026, 1, 31)} == await latest(date(2026, 1, 31))
    assert {"hubspot": date(2026, 2, 28), "pipedrive": date(2026, 2, 1)} == await latest(date(2026, 2, 28))


async def test_how_deals_stood_on_a_day_does_not_ask_whose_they_were(records: Records) -> None:
    await take_in(records, ACME)
    await take_in(records, replace(ACME, as_of=date(2026, 2, 28), rep="Anand Rao"))
    standing = records.opportunities.standing
    assert {ACME.key: ACME} == await standing([ACME.key, ("hubspot", "none")], date(2026, 2, 27))
    assert {} == await standing([ACME.key], date(2026, 1, 30))


async def test_a_deal_that_was_thrown_away_is_there_until_that_day_and_makes_no_claim(records: Records) -> None:
    await take_in(records, ACME)
    day = date(2026, 2, 28)
    async with records.opportunities.importing(crm="hubspot", as_of=day, source="f", sha256="") as writer:
        await writer.delete(["1", "never seen"])
    of_rep, claims = records.opportunities.of_rep, records.claims.of
    assert [(ACME,), ()] == [await of_rep("Ilse Brandt", one) for one in (date(2026, 2, 27), day)]
    assert [1, 0] == [len(await claims("Ilse Brandt", one)) for one in (date(2026, 2, 27), day)]
    assert {ACME.key: (ACME,)} == await records.opportunities.history([ACME.key], day)
    again = replace(ACME, as_of=date(2026, 3, 31))
    await take_in(records, again)
    assert (again,) == await of_rep("Ilse Brandt", date(2026, 3, 31))
    assert 1 == len(await claims("Ilse Brandt", date(2026, 3, 31)))


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
async def test_an_outcome_does_not_depend_on_the_order_of_the_imports(records: Records, order: tuple[int, ...]) -> None:
    lost = replace(ACME, as_of=date(2026, 3, 1), state=DealState.LOST, closed_on=date(2026, 2, 20))
    rows = [ACME, lost, replace(ACME, as_of=date(2026, 4, 1))]
    for number in order:
        await take_in(records, rows[number])
    for until in (date(2026, 3, 31), date(2026, 4, 1)):
        assert {DealState.OPEN} == {one.outcome for one in await records.claims.of("Ilse Brandt", until)}


async def test_an_outcome_is_not_known_before_the_snapshot_that_shows_it(records: Records) -> None:
    await take_in(records, ACME)
    for month in (3, 4):
        await take_in(records, replace(ACME, as_of=date(2026, month, 1), state=DealState.WON, closed_on=None))
    found = [(await records.claims.of("Ilse Brandt", on))[0].outcome for on in (date(2026, 2, 28), date(2026, 3, 1))]
    assert [DealState.OPEN, DealState.WON] == found


async def test_the_reps_of_a_team_are_counted(records: Records) -> None:
    await records.people.put([Rep(name="Ilse", team="North"), Rep(name="Anand", team="NORTH"), Rep(name="Zoe")])
    assert [2, 0, 3] == [await records.people.count(team) for team in ("north", "South", None)]


async def test_a_roster_fills_in_and_never_empties(records: Records) -> None:
    await records.people.put(
        [Rep(name="Ilse Brandt", team="North", manager="Ruth Oyelaran", started_on=date(2020, 1, 2))]
    )
    await records.people.put([Rep(name="ILSE BRANDT", team="South")])
    expected = Rep(name="ILSE BRANDT", team="South", manager="Ruth Oyelaran", started_on=date(2020, 1, 2))
    assert expected == await records.people.rep("Ilse brandt")
    assert (expected,) == await records.people.reps()
    assert await records.people.rep("Zoe") is None


async def test_quotas_are_those_whose_days_take_in_the_day(records: Records) -> None:
    year = Quota(
        rep="Ilse", first=date(2026, 1, 1), last=date(2026, 12, 31), amount=Decimal("500000.50"), currency="EUR"
    )
    quarter = Quota(rep="Ilse", first=date(2026, 1, 1), last=date(2026, 3, 31), amount=Decimal(90000))
    await records.people.put([], [quarter, year])
    quotas = records.people.quotas
    assert (year, quarter) == await quotas("ilse", date(2026, 3, 31))
    assert (year,) == await quotas("Ilse", date(2026, 4, 1))
    assert () == await quotas("Ilse", date(2027, 1, 1))
    await records.people.put([], [replace(quarter, amount=Decimal(95000), currency="EUR")])
    assert [Decimal(95000)] == [
        one.amount for one in await quotas("Ilse", date(2026, 1, 1)) if one.last == quarter.last
    ]
