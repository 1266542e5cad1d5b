"""A pack out of the store: two snapshots, a note and an agreement come together in the right parts."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from coach.domain import Deal, DealNote, Verdict
from coach.domain.commitment import Kept, Owner, Step
from coach.domain.money import Money
from coach.domain.one_on_one import CustomerMove, StageMove
from coach.errors import NotFound
from coach.service.importing import Source
from coach.settings import Settings
from coach.wiring import Coach, build
from coach.wiring.pipeline import Pipeline

TODAY = date(2026, 11, 27)
BEFORE = date(2026, 10, 26)
HEADER = (
    "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Deal owner,Deal probability,"
    "Is Closed Won,Is Deal Closed?\n"
)
OCTOBER = HEADER + (
    "1,Acme renewal,Contract sent,64000,EUR,2026-12-10,2026-06-01,Ilse Brandt,0.8,false,false\n"
    "2,Borg rollout,Qualified to buy,30000,EUR,2026-11-20,2026-07-01,Ilse Brandt,0.5,false,false\n"
    "3,Cato pilot,Closed won,20000,EUR,2026-10-10,2026-05-01,Ilse Brandt,1,true,true\n"
    "4,Dune,Closed lost,15000,EUR,2026-10-20,2026-05-01,Anand Rao,0,false,true\n"
)
NOVEMBER = HEADER + (
    "1,Acme renewal,Decision maker bought-in,64000,EUR,2026-12-20,2026-06-01,Ilse Brandt,0.8,false,false\n"
    "2,Borg rollout,Qualified to buy,30000,EUR,2026-11-20,2026-07-01,Ilse Brandt,0.5,false,false\n"
    "5,Egg works,Appointment scheduled,9000,EUR,2027-03-31,2026-11-12,Ilse Brandt,0.1,false,false\n"
)
NOTE = DealNote(
    deal=Deal(name="ACME renewal", close_date=date(2026, 12, 10)),
    written_on=date(2026, 11, 24),
    note="Dana Ruiz signed the order form on Monday. The board decides on 18 December. I think it closes early.",
)


@pytest.fixture
async def coach(tmp_path: Path) -> AsyncIterator[Coach]:
    made = build(Settings(_env_file=None, data_dir=tmp_path / "data", encoder=False))
    yield made
    await made.close()


def source(text: str) -> Source:
    return Source(file=io.BytesIO(text.encode()), name="deals.csv")


async def filled(coach: Coach) -> Pipeline:
    pipeline = coach.pipeline
    await pipeline.import_opportunities(source(OCTOBER), BEFORE)
    await pipeline.import_opportunities(source(NOVEMBER), TODAY)
    return pipeline


async def test_the_five_parts_hold_what_the_snapshots_say(coach: Coach) -> None:
    pack = await (await filled(coach)).prepare("ilse BRANDT", TODAY)
    year, quarter, month = pack.results.periods
    eur = Money(amount=20000, currency="EUR")
    assert [(1, (eur,)), (0, ()), (1, (eur,))] == [(one.rep.wins, one.rep.revenue) for one in (year, quarter, month)]
    assert (1, 1, 0.5, 162) == (year.team.wins, year.team.losses, year.team.win_rate, year.team.cycle_days)
    assert ["Egg works"] == [one.name for one in pack.added.deals]
    moved = {one.deal.name: one for one in pack.pre_existing.deals}
    assert {"Acme renewal": StageMove.BACK, "Borg rollout": StageMove.STILL} == {
        name: one.stage for name, one in moved.items()
    }
    assert (1, 10) == (moved["Acme renewal"].slip.times, moved["Acme renewal"].slip.days)
    assert {"Acme renewal": 23, "Borg rollout": -7} == {one.deal.name: one.days_left for one in pack.closing.deals}
    assert 30 == sum(one.minutes for one in pack.agenda)
    assert (date(2026, 10, 27), "month", BEFORE) == tuple(pack.since.__dict__.values())
    assert date(2026, 12, 28) == pack.next_on  # 27 December is a Sunday


async def test_a_note_found_by_the_deals_name_is_judged_by_the_date_that_the_crm_has_now(coach: Coach) -> None:
    review = await coach.review_deal(NOTE, rep="Ilse Brandt")
    assert Verdict.REFUTED == review.claim.verdict
    pack = await (await filled(coach)).prepare("Ilse Brandt", TODAY)
    acme = next(one for one in pack.closing.deals if one.deal.name == "Acme renewal")
    assert acme.verdict in {Verdict.UNPROVEN, Verdict.ESTABLISHED}
    assert date(2026, 11, 24) == acme.noted_on
    assert "Dana Ruiz signed the order form on Monday" == acme.evidence[0].quote
    moved = next(one for one in pack.pre_existing.deals if one.deal.name == "Acme renewal")
    assert CustomerMove.ADVANCED == moved.customer
    assert CustomerMove.NO_NOTE == next(one for one in pack.pre_existing.deals if one is not moved).customer


async def test_what_was_agreed_is_carried_over_and_a_1_on_1_held_twice_doubles_nothing(coach: Coach) -> None:
    pipeline = await filled(coach)
    held_on = date(2026, 11, 2)
    step = Step(what="Ask who signs", owner=Owner.REP, due_on=date(2026, 11, 9))
    for _ in range(2):
        held = await pipeline.hold(await pipeline.prepare("Ilse Brandt", held_on), [step])
    assert ["Ask who signs"] == [one.what for one in held.next_steps.agreed]
    assert held == await pipeline.held("Ilse Brandt", held_on)
    pack = await pipeline.prepare("Ilse Brandt", TODAY)
    assert ("one_on_one", held_on) == (pack.since.by, pack.since.day)
    assert [(step.what, Kept.OPEN)] == [(one.what, one.kept) for one in pack.next_steps.carried]


async def test_a_pack_of_files_sees_no_snapshot_of_the_store_and_keeps_none(coach: Coach) -> None:
    pipeline = await filled(coach)
    other = HEADER + "9,Fjord,Contract sent,500,EUR,2026-12-01,2026-11-20,Ilse Brandt,0.5,false,false\n"
    pack = await pipeline.prepare("Ilse Brandt", TODAY, [(source(other), TODAY)])
    assert ["Fjord"] == [one.deal.name for one in pack.closing.deals]
    assert not pack.pre_existing.known
    again = await pipeline.prepare("Ilse Brandt", TODAY)
    assert ["Acme renewal", "Borg rollout"] == sorted(one.deal.name for one in again.closing.deals)


async def test_a_new_hire_of_whom_there_is_nothing_but_a_name_has_a_pack(coach: Coach) -> None:
    await coach.pipeline.import_people(source("rep,team,manager,started on\nZoe Lind,North,Ruth,2026-11-02\n"))
    pack = await coach.pipeline.prepare("zoe lind", TODAY)
    assert ("Zoe Lind", "North", "Ruth") == (pack.rep, pack.team, pack.manager)
    assert (0, 0, 0) == (pack.added.count, pack.closing.count, pack.results.periods[0].rep.wins)
    assert pack.next_steps.proposed


async def test_nobody_of_a_name_is_said_so(coach: Coach) -> None:
    with pytest.raises(NotFound, match="nobody of this name"):
        await (await filled(coach)).prepare("Ilse", TODAY)


async def test_the_ledger_knows_what_the_claim_stood_on(coach: Coach) -> None:
    await coach.review_deal(NOTE, rep="Ilse Brandt")
    pipeline = await filled(coach)
    claims = await pipeline.records.claims.of("Ilse Brandt", TODAY)
    made = [(one.source, one.made_on, one.close_date, one.grade) for one in claims if one.record == "1"]
    assert [
        ("crm", BEFORE, date(2026, 12, 10), None),
        ("note", date(2026, 11, 24), date(2026, 12, 10), 5),
        ("crm", TODAY, date(2026, 12, 20), 5),
    ] == made
    assert 1 == (await pipeline.ledger("Ilse Brandt", TODAY)).settled


async def test_an_old_deal_without_a_day_of_creation_is_not_new_and_one_from_another_rep_moved(coach: Coach) -> None:
    head = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Deal owner,Is Closed Won,Is Deal Closed?\n"
    old = "1,Old,Closed won,500,EUR,2026-02-01,Ilse Brandt,true,true\n"
    before = head + old + "2,Handed over,Contract sent,900,EUR,2026-12-01,Anand Rao,false,false\n"
    now = head + old + "2,Handed over,Closed won,900,EUR,2026-11-20,Ilse Brandt,true,true\n"
    await coach.pipeline.import_opportunities(source(before), BEFORE)
    await coach.pipeline.import_opportunities(source(now), TODAY)
    pack = await coach.pipeline.prepare("Ilse Brandt", TODAY)
    assert 0 == pack.added.count
    assert [("Handed over", StageMove.WON)] == [(one.deal.name, one.stage) for one in pack.pre_existing.deals]


async def test_a_deal_that_was_thrown_away_is_gone_and_one_that_is_not_in_the_data_is_named(coach: Coach) -> None:
    head = "Id,Name,StageName,Amount,CloseDate,CreatedDate,IsWon,IsClosed,IsDeleted,Owner.Name\n"
    rows = [
        f"0065g00000Aaaa{letter},{name},Prospecting,100,2026-12-10,2026-06-01,false,false,{{}},Ilse Brandt\n"
        for letter, name in (("1", "Thrown away"), ("2", "Not in the file"), ("3", "There"))
    ]
    first = head + "".join(row.format("false") for row in rows)
    second = head + rows[0].format("true") + rows[2].format("false")
    await coach.pipeline.import_opportunities(source(first), BEFORE)
    report = await coach.pipeline.import_opportunities(source(second), TODAY)
    assert (1, 1) == (report.kept, report.deleted)
    pack = await coach.pipeline.prepare("Ilse Brandt", TODAY)
    assert ["Not in the file", "There"] == sorted(one.deal.name for one in pack.closing.deals)
    (notice,) = pack.notices
    assert "not_in_latest_data" == notice.code
    assert "Not in the file (last seen 2026-10-26)" in notice.text
    assert "There" not in notice.text.replace("They", "")


async def test_a_pack_of_files_knows_what_the_claims_in_them_stood_on(coach: Coach) -> None:
    await coach.review_deal(NOTE, rep="Ilse Brandt")
    pack = await coach.pipeline.prepare(
        "Ilse Brandt", date(2026, 12, 31), [(source(NOVEMBER), TODAY), (source(OCTOBER), BEFORE)]
    )
    assert [5] == [one.grade for one in pack.ledger.by_grade if one.grade is not None]
    assert 1 == await coach.pipeline.records.people.count(None)


async def test_what_was_settled_later_was_open_on_an_earlier_day(coach: Coach) -> None:
    pipeline = await filled(coach)
    day = date(2026, 11, 2)
    step = Step(what="Ask", owner=Owner.REP, due_on=day)
    held = await pipeline.hold(await pipeline.prepare("Ilse Brandt", day), [step])
    settled = {"kept": "kept", "proof": "She named the board.", "settled_on": date(2026, 11, 25)}
    await pipeline.records.commitments.change(held.next_steps.agreed[0].id, settled)
    for as_of, expected in ((date(2026, 11, 24), (Kept.OPEN, None)), (TODAY, (Kept.KEPT, "She named the board."))):
        (carried,) = (await pipeline.prepare("Ilse Brandt", as_of)).next_steps.carried
        assert expected == (carried.kept, carried.proof)
