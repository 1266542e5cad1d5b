"""Preparing a 1-on-1 at its edges: what counts since when, whose notes are of which deal, and what holding it keeps."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from coach.domain import Deal, DealNote, Verdict
from coach.domain.commitment import Kept, Owner, Step
from coach.domain.money import Money
from coach.domain.one_on_one import CustomerMove
from coach.errors import InvalidInput, NotFound
from coach.service.importing import Source
from coach.settings import Settings
from coach.wiring import Coach, build

TODAY = date(2026, 11, 27)
OCTOBER = date(2026, 10, 26)
REP = "Ilse Brandt"
HEADER = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Deal owner,Deal probability\n"
NOTE = "Dana Ruiz signed the order form on Monday. The board decides on 18 December."


@pytest.fixture
async def coach(tmp_path: Path) -> AsyncIterator[Coach]:
    made = build(Settings(_env_file=None, data_dir=tmp_path / "data", encoder=False))
    yield made
    await made.close()


def deal(record: int, name: str, close_date: str, amount: int = 1000, rep: str = REP) -> str:
    """A row of an export: an open deal created on 1 June."""
    return f"{record},{name},Contract sent,{amount},EUR,{close_date},2026-06-01,{rep},0.5\n"


def source(*rows: str) -> Source:
    return Source(file=io.BytesIO((HEADER + "".join(rows)).encode()), name="deals.csv")


async def imported(coach: Coach, day: date, *rows: str) -> None:
    await coach.pipeline.import_opportunities(source(*rows), day)


def note(name: str = "Acme", close_date: date = date(2026, 12, 10), written_on: date = date(2026, 11, 24)) -> DealNote:
    return DealNote(deal=Deal(name=name, close_date=close_date), written_on=written_on, note=NOTE)


def step(what: str = "Ask who signs") -> Step:
    return Step(what=what, owner=Owner.REP, due_on=date(2026, 12, 4))


async def test_a_first_month_has_no_movement_and_says_so(coach: Coach) -> None:
    await imported(coach, TODAY, deal(1, "Acme", "2026-12-10"))
    pack = await coach.pipeline.prepare(REP, TODAY)
    assert (False, ()) == (pack.pre_existing.known, pack.pre_existing.deals)
    assert ("month", date(2026, 10, 27), None, TODAY) == (
        pack.since.by,
        pack.since.day,
        pack.since.snapshot,
        pack.snapshot,
    )
    # It was created in June, long before the month began: not new, although no snapshot of then is there.
    assert 0 == pack.added.count
    assert ["Acme"] == [one.deal.name for one in pack.closing.deals]


async def test_a_push_before_the_last_1_on_1_counts_ever_and_not_since(coach: Coach) -> None:
    for day, close_date in (
        (date(2026, 9, 1), "2026-10-31"),
        (date(2026, 10, 1), "2026-11-30"),
        (date(2026, 11, 5), "2026-12-10"),
        (TODAY, "2026-12-14"),
    ):
        await imported(coach, day, deal(1, "Acme", close_date))
    by_month = (await coach.pipeline.prepare(REP, TODAY)).pre_existing
    # 31 October to 30 November are 30 days, to 10 December 10 more, to 14 December 4 more.
    slip = by_month.deals[0].slip
    assert (1, 2, 14, 3, 44) == (by_month.slipped, slip.times, slip.days, slip.times_ever, slip.days_ever)
    await coach.pipeline.hold(await coach.pipeline.prepare(REP, date(2026, 11, 10)), [])
    pack = await coach.pipeline.prepare(REP, TODAY)
    slip = pack.pre_existing.deals[0].slip
    assert ("one_on_one", date(2026, 11, 10)) == (pack.since.by, pack.since.day)
    assert (1, 4, 3, 44) == (slip.times, slip.days, slip.times_ever, slip.days_ever)


async def test_the_window_closes_on_the_thirtieth_day(coach: Coach) -> None:
    await imported(
        coach,
        TODAY,
        deal(1, "Today", "2026-11-27"),
        deal(2, "Thirtieth", "2026-12-27"),
        deal(3, "Thirty-first", "2026-12-28"),
        deal(4, "Gone by", "2026-11-01", amount=500),
    )
    closing = (await coach.pipeline.prepare(REP, TODAY)).closing
    assert {"Today": 0, "Thirtieth": 30, "Gone by": -26} == {one.deal.name: one.days_left for one in closing.deals}
    assert (Money(amount=2500, currency="EUR"),) == closing.amounts
    # Half of each is counted on, and no note bears out any of it.
    assert (Money(amount=1250, currency="EUR"),) == closing.at_risk


async def test_a_verdict_follows_the_close_date_that_the_crm_has(coach: Coach) -> None:
    reviewed = await coach.review_deal(note(), rep=REP)
    assert Verdict.REFUTED == reviewed.claim.verdict
    verdicts = []
    for day, close_date in ((date(2026, 11, 25), "2026-12-10"), (TODAY, "2026-12-20")):
        await imported(coach, day, deal(1, "acme", close_date))
        verdicts.append((await coach.pipeline.prepare(REP, day)).closing.deals[0].verdict)
    # The board's day, 18 December, lies after the first date and before the second.
    assert [Verdict.REFUTED, Verdict.UNPROVEN] == verdicts


async def test_a_note_of_a_name_that_two_deals_have_is_of_neither(coach: Coach) -> None:
    await coach.review_deal(note(), rep=REP)
    rows = (deal(1, "Acme", "2026-12-10"), deal(2, "ACME", "2026-12-11"))
    await imported(coach, OCTOBER, *rows)
    await imported(coach, TODAY, *rows)
    pack = await coach.pipeline.prepare(REP, TODAY)
    assert [None, None] == [one.verdict for one in pack.closing.deals]
    assert (2, [CustomerMove.NO_NOTE] * 2) == (
        pack.pre_existing.no_note,
        [one.customer for one in pack.pre_existing.deals],
    )


async def test_a_note_that_names_its_record_is_of_that_deal_whatever_its_name(coach: Coach) -> None:
    await coach.review_deal(note("Another name"), rep=REP, record=("hubspot", "2"))
    await imported(coach, TODAY, deal(1, "Acme", "2026-12-10"), deal(2, "Acme", "2026-12-10"))
    found = {one.deal.record: one.noted_on for one in (await coach.pipeline.prepare(REP, TODAY)).closing.deals}
    assert {"1": None, "2": date(2026, 11, 24)} == found


async def test_no_later_note_and_nobody_elses_is_evidence(coach: Coach) -> None:
    await coach.review_deal(note(written_on=date(2026, 11, 28)), rep=REP)
    await coach.review_deal(note(written_on=date(2026, 11, 23)), rep="Anand Rao")
    await imported(coach, TODAY, deal(1, "Acme", "2026-12-10"))
    pack = await coach.pipeline.prepare(REP, TODAY)
    assert [(None, ())] == [(one.verdict, one.evidence) for one in pack.closing.deals]
    later = await coach.pipeline.prepare(REP, date(2026, 11, 28))
    assert [date(2026, 11, 28)] == [one.noted_on for one in later.closing.deals]


async def test_a_later_snapshot_is_not_looked_at(coach: Coach) -> None:
    await imported(coach, OCTOBER, deal(1, "Acme", "2026-11-10"))
    before = await coach.pipeline.prepare(REP, OCTOBER)
    await imported(coach, TODAY, deal(1, "Acme", "2026-12-10"), deal(2, "Borg", "2026-12-01"))
    assert before == await coach.pipeline.prepare(REP, OCTOBER)
    assert [date(2026, 11, 10)] == [one.deal.close_date for one in before.closing.deals]


@pytest.mark.parametrize(
    ("as_of", "next_on"),
    [
        (date(2026, 11, 30), date(2026, 12, 30)),  # a Wednesday
        (date(2026, 11, 26), date(2026, 12, 28)),  # 26 December is a Saturday
        (date(2026, 11, 27), date(2026, 12, 28)),  # 27 December is a Sunday
        (date(2027, 1, 31), date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2026, 12, 31), date(2027, 2, 1)),  # 31 January is a Sunday
    ],
)
async def test_the_next_one_is_a_month_on_and_never_on_a_weekend(coach: Coach, as_of: date, next_on: date) -> None:
    await imported(coach, OCTOBER, deal(1, "Acme", "2026-12-10"))
    pack = await coach.pipeline.prepare(REP, as_of)
    assert next_on == pack.next_on
    assert pack.next_on.weekday() < 5


async def test_a_1_on_1_held_three_times_is_there_once(coach: Coach) -> None:
    pipeline = coach.pipeline
    await imported(coach, OCTOBER, deal(1, "Acme", "2026-12-10"))
    for _ in range(3):
        held = await pipeline.hold(await pipeline.prepare(REP, TODAY), [step(), step("Send the plan")])
    assert (TODAY,) == await pipeline.records.one_on_ones.days(REP)
    agreed = await pipeline.records.commitments.of(REP, TODAY)
    assert ["Ask who signs", "Send the plan"] == sorted(one.what for one in agreed)
    assert set(agreed) == set(held.next_steps.agreed)
    # The day's own 1-on-1 is not the last one before it.
    assert "month" == held.since.by


async def test_a_held_1_on_1_shows_its_steps_as_they_stand_now(coach: Coach) -> None:
    pipeline = coach.pipeline
    await imported(coach, OCTOBER, deal(1, "Acme", "2026-12-10"))
    held = await pipeline.hold(await pipeline.prepare(REP, TODAY), [step()])
    key = held.next_steps.agreed[0].id
    settled_on = date(2026, 12, 3)
    settled = {"kept": "kept", "proof": "Dana named her", "settled_on": settled_on}
    await pipeline.records.commitments.change(key, settled)
    read = (await pipeline.held("ILSE brandt", TODAY)).next_steps.agreed
    assert [(key, Kept.KEPT, "Dana named her", settled_on)] == [
        (one.id, one.kept, one.proof, one.settled_on) for one in read
    ]
    # Settled since the last 1-on-1, it is gone through in the next one, and in no later one.
    following = await pipeline.prepare(REP, date(2026, 12, 28))
    assert [key] == [one.id for one in following.next_steps.carried]
    await pipeline.hold(following, [])
    assert () == (await pipeline.prepare(REP, date(2027, 1, 28))).next_steps.carried


async def test_a_day_on_which_none_was_held_is_not_found(coach: Coach) -> None:
    with pytest.raises(NotFound, match="2026-11-27"):
        await coach.pipeline.held(REP, TODAY)


async def test_a_held_1_on_1_that_cannot_be_read_is_not_found(coach: Coach) -> None:
    await coach.pipeline.records.one_on_ones.put(REP, TODAY, '{"schema": "coach.one_on_one/0"}')
    with pytest.raises(NotFound):
        await coach.pipeline.held(REP, TODAY)


@pytest.mark.parametrize("day", [date(1989, 12, 31), date(2101, 1, 1)])
async def test_a_day_that_no_crm_has_is_refused(coach: Coach, day: date) -> None:
    await imported(coach, OCTOBER, deal(1, "Acme", "2026-12-10"))
    for use in (coach.pipeline.prepare, coach.pipeline.ledger):
        with pytest.raises(InvalidInput, match="as_of"):
            await use(REP, day)


async def test_nobody_of_a_name_has_no_ledger(coach: Coach) -> None:
    with pytest.raises(NotFound, match="nobody of this name"):
        await coach.pipeline.ledger(REP, TODAY)


async def test_files_stand_in_for_the_snapshots_and_not_for_the_agreements(coach: Coach) -> None:
    pipeline = coach.pipeline
    await imported(coach, OCTOBER, deal(1, "Acme", "2026-12-10"))
    held_on = date(2026, 11, 2)
    await pipeline.hold(await pipeline.prepare(REP, held_on), [step()])
    files = [(source(deal(9, "Fjord", "2026-12-01")), OCTOBER), (source(deal(9, "Fjord", "2026-12-08")), TODAY)]
    pack = await pipeline.prepare(REP, TODAY, files)
    assert [("Fjord", 1, 7)] == [(one.deal.name, one.slip.times, one.slip.days) for one in pack.pre_existing.deals]
    assert (held_on, ["Ask who signs"]) == (pack.since.day, [one.what for one in pack.next_steps.carried])
    kept = await pipeline.records.opportunities.listed(TODAY, state=None, after=0, most=10)
    assert ["Acme"] == [one.name for _, one in kept]


async def test_a_pack_is_the_same_twice_and_its_id_tells_another_apart(coach: Coach) -> None:
    await imported(coach, OCTOBER, deal(1, "Acme", "2026-12-10"))
    first = await coach.pipeline.prepare(REP, TODAY)
    assert first == await coach.pipeline.prepare(REP, TODAY)
    other = await coach.pipeline.prepare(REP, date(2026, 11, 26))
    assert first.id != other.id
    assert first.id.startswith("oo_")
