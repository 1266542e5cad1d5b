"""Deals out of the store: a list of them, and one over time, by the real readers and rules."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from coach.domain import Deal, DealNote, Verdict
from coach.domain.deal_history import DealHistory
from coach.domain.money import Money
from coach.domain.opportunity import DealState
from coach.errors import NotFound
from coach.service.deals import deals_of, history_of
from coach.service.importing import Source
from coach.settings import Settings
from coach.store.records import Records
from coach.wiring import Coach, build

AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)
TODAY = date(2026, 11, 27)
HEADER = (
    "Record ID,Deal Name,Associated Company,Deal owner,Deal Stage,Amount,Currency,Close Date,"
    "Is Closed Won,Is Deal Closed?\n"
)
ROWS = {
    AUGUST: "1,Fridges,Hallström Foods,Ilse Brandt,Discovery,60000,EUR,2026-09-30,false,false\n"
    "2,Rosters,Vale Buses,Anand Rao,Proposal,64000,GBP,2026-09-30,false,false\n",
    SEPTEMBER: "1,Fridges,Hallström Foods,Ilse Brandt,Proposal,60000,EUR,,false,false\n"
    "2,Rosters,Vale Buses,Anand Rao,Proposal,64000,GBP,2026-09-28,true,true\n",
    OCTOBER: "1,Fridges,Hallström Foods,Ilse Brandt,Proposal,72000,EUR,2026-12-18,false,false\n",
}
NOTES = {
    date(2026, 9, 10): "Dana Ruiz asked for a price. I think we close this month.",
    date(2026, 10, 14): "I called their finance manager, Olle Nyberg. Dana Ruiz signed the order form on Monday.",
}
EVERYBODY = None
ILSE, ANAND = frozenset({"ilse brandt"}), frozenset({"anand rao"})


@pytest.fixture
async def coach(tmp_path: Path) -> AsyncIterator[Coach]:
    made = build(Settings(_env_file=None, data_dir=tmp_path / "data", encoder=False))
    for day, rows in ROWS.items():
        await made.pipeline.import_opportunities(Source(file=io.BytesIO((HEADER + rows).encode()), name="d.csv"), day)
    for day, note in NOTES.items():
        deal = Deal(name="Fridges", close_date=date(2026, 9, 30))
        await made.review_deal(DealNote(deal=deal, written_on=day, note=note), rep="Ilse Brandt")
    other = DealNote(deal=Deal(name="100% <b>new</b>", stage="Talks"), written_on=AUGUST, note="Maya Ode signed.")
    await made.review_deal(other, rep="Anand Rao")
    yield made
    await made.close()


@pytest.fixture
def records(coach: Coach) -> Records:
    return coach.pipeline.records


async def names(records: Records, **narrowed: object) -> list[str]:
    given = {"seen": EVERYBODY, "most": 50} | narrowed
    return [one.name for one in await deals_of(records, TODAY, **given)]  # type: ignore[arg-type]


async def over_time(coach: Coach, number: int, *, seen: frozenset[str] | None) -> DealHistory:
    return await history_of(number, coach.pipeline.records, TODAY, seen=seen, rubric=coach.rubric)


async def test_the_deal_with_the_latest_note_is_first_and_closed_ones_are_asked_for(records: Records) -> None:
    assert ["Fridges", "100% <b>new</b>"] == await names(records)
    assert ["Fridges", "100% <b>new</b>", "Rosters"] == await names(records, closed=True)


async def test_a_deal_is_found_by_a_part_of_its_own_its_accounts_or_its_reps_name(records: Records) -> None:
    for part, found in {
        "FRIDG": ["Fridges"], "hallstr": ["Fridges"], " brandt ": ["Fridges"], "100%": ["100% <b>new</b>"],
        "_": [], "%": ["100% <b>new</b>"], "nothing": [],
    }.items():  # fmt: skip
        assert found == await names(records, find=part), part


async def test_pages_follow_one_another_without_gap_or_double(records: Records) -> None:
    whole = await deals_of(records, TODAY, seen=EVERYBODY, closed=True, most=50)
    after, paged = None, []
    while page := await deals_of(records, TODAY, seen=EVERYBODY, closed=True, after=after, most=1):
        paged += page
        after = page[-1].id
    assert list(whole) == paged
    assert 3 == len(paged)


async def test_who_sees_one_rep_sees_that_reps_deals_alone(coach: Coach, records: Records) -> None:
    assert ["Fridges"] == await names(records, seen=ILSE, closed=True)
    assert [] == await names(records, seen=frozenset())
    (fridges,) = await deals_of(records, TODAY, seen=ILSE, most=9)
    with pytest.raises(NotFound) as others:
        await over_time(coach, fridges.id, seen=ANAND)
    with pytest.raises(NotFound) as nobodys:
        await over_time(coach, fridges.id + 999, seen=ANAND)
    assert str(nobodys.value) == str(others.value)


async def test_a_deal_in_the_list_says_how_it_stands_and_what_its_latest_note_says(records: Records) -> None:
    first, second = await deals_of(records, TODAY, seen=EVERYBODY, most=9)
    stands = (first.account, first.rep, first.state, first.stage, first.amount, first.close_date, first.as_of)
    assert stands == (
        "Hallström Foods", "Ilse Brandt", DealState.OPEN, "Proposal", Money(amount=72000, currency="EUR"),
        date(2026, 12, 18), OCTOBER,
    )  # fmt: skip
    assert (2, date(2026, 10, 14), Verdict.UNPROVEN) == (first.notes, first.noted_on, first.verdict)
    assert (None, None, "Talks", 1) == (second.crm, second.state, second.stage, second.notes)


async def test_a_deal_over_time_has_its_notes_people_claims_and_snapshots(coach: Coach, records: Records) -> None:
    (entry,) = await deals_of(records, TODAY, seen=ILSE, most=9)
    history = await over_time(coach, entry.id, seen=ILSE)
    assert entry == history.deal
    assert sorted(NOTES, reverse=True) == [one.written_on for one in history.notes]
    assert "Dana Ruiz signed the order form on Monday" == history.notes[0].strongest[0].quote
    assert all(said.grade >= 2 for one in history.notes for said in one.strongest)
    assert (["Dana Ruiz"], ["Olle Nyberg"]) == (
        [one.who for one in history.heard],
        [one.who for one in history.unheard],
    )
    claimed = [(one.made_on, one.close_date, one.source, one.came_true) for one in history.claims]
    assert claimed == [
        (OCTOBER, date(2026, 12, 18), "crm", None),
        (date(2026, 10, 14), SEPTEMBER, "note", False),
        (date(2026, 9, 10), SEPTEMBER, "note", False),
        (AUGUST, SEPTEMBER, "crm", False),
    ]
    assert [(OCTOBER, 79), (SEPTEMBER, None), (AUGUST, None)] == [
        (one.as_of, one.pushed_days) for one in history.snapshots
    ]
    assert (1, 79) == (history.pushed_times, history.pushed_days)


async def test_who_does_not_answer_is_named_and_silent_and_not_heard(coach: Coach, records: Records) -> None:
    note = "Their lawyer has not replied to my mails since 6 October."
    deal = Deal(name="Fridges")
    await coach.review_deal(DealNote(deal=deal, written_on=date(2026, 10, 20), note=note), rep="Ilse Brandt")
    (entry,) = await deals_of(records, TODAY, seen=ILSE, most=9)
    history = await over_time(coach, entry.id, seen=ILSE)
    assert ["Dana Ruiz"] == [one.who for one in history.heard]
    assert [("Their lawyer", note.rstrip(".")), ("Olle Nyberg", None)] == [
        (one.who, one.quote) for one in history.unheard
    ]


async def test_a_snapshot_that_shows_nothing_new_is_left_out(coach: Coach, records: Records) -> None:
    rows = HEADER + ROWS[OCTOBER]
    await coach.pipeline.import_opportunities(Source(file=io.BytesIO(rows.encode()), name="d.csv"), date(2026, 11, 20))
    (entry,) = await deals_of(records, TODAY, seen=ILSE, most=9)
    history = await over_time(coach, entry.id, seen=ILSE)
    assert date(2026, 11, 20) == entry.as_of
    assert [OCTOBER, SEPTEMBER, AUGUST] == [one.as_of for one in history.snapshots]


async def test_a_deal_that_changed_hands_shows_no_note_or_claim_of_somebody_who_is_not_seen(
    coach: Coach, records: Records
) -> None:
    rows = HEADER + ROWS[OCTOBER].replace("Ilse Brandt", "Anand Rao")
    await coach.pipeline.import_opportunities(Source(file=io.BytesIO(rows.encode()), name="d.csv"), date(2026, 11, 20))
    (entry,) = await deals_of(records, TODAY, seen=ANAND, find="fridges", most=9)
    history = await over_time(coach, entry.id, seen=ANAND)
    assert (0, (), (), ()) == (history.deal.notes, history.notes, history.heard, history.claims)
    assert 3 == len(history.snapshots)
    whole = await over_time(coach, entry.id, seen=EVERYBODY)
    assert (2, 4) == (len(whole.notes), len(whole.claims))
