"""What has grown too old goes, what is younger stays; on both kinds of database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select, update

from coach.domain.commitment import Commitment, Owner
from coach.domain.commitment import Kept as Outcome
from coach.domain.judgement import Verdict
from coach.domain.opportunity import DealState, Opportunity
from coach.service.privacy import Pruned, prune
from coach.service.workspace import change
from coach.store import Store
from coach.store.answers import Answer
from coach.store.database import Database
from coach.store.kept import Claimed, Found, Kept
from coach.store.records import Records
from coach.store.retention import Retention
from coach.store.tables import answers, metadata, notes, reviews

TODAY = date(2026, 6, 1)
BEFORE = date(2026, 3, 1)


async def keep(records: Records, text: str, day: date, review: str = "", deal: str | None = None) -> None:
    claim = Claimed(close_date=day, verdict=Verdict.UNPROVEN, grade=2) if deal else None
    kept = Kept(
        kind="k",
        review=review or text,
        about="Ilse",
        role="rep",
        text=text,
        day=day,
        content="{}",
        findings=[Found(label="buyer_action", quote=text)],
        deal=deal,
        claim=claim,
    )
    await records.reviews.put(kept)


async def received(records: Records, moment: datetime) -> None:
    """Have everything come at a moment."""
    async with records.database.writing() as connection:
        await connection.execute(update(notes).values(received_at=moment))
        await connection.execute(update(reviews).values(made_at=moment))


async def import_(records: Records, day: date, *rows: tuple[str, DealState]) -> None:
    async with records.opportunities.importing(crm="c", as_of=day, source="f", sha256="0" * 64) as into:
        deals = [
            Opportunity(
                crm="c",
                record=record,
                as_of=day,
                name=record,
                rep="Ilse",
                state=state,
                close_date=day if state is DealState.OPEN else None,
                closed_on=None if state is DealState.OPEN else day,
            )
            for record, state in rows
        ]
        await into.write(deals)


async def counts(records: Records) -> dict[str, int]:
    async with records.database.reading() as connection:
        found = {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in metadata.sorted_tables
        }
    return {name: count for name, count in found.items() if count}


async def texts(records: Records) -> list[str]:
    return await column(records, notes, "text")


async def column(records: Records, table: Table, name: str) -> list[str]:
    async with records.database.reading() as connection:
        return sorted((await connection.execute(select(table.c[name]))).scalars())


async def test_a_note_goes_with_what_was_said_of_it_by_the_day_it_was_written(records: Records) -> None:
    await keep(records, "old", BEFORE - timedelta(days=1))
    await keep(records, "young", BEFORE)
    await records.feedback.reply("old", "said")
    await records.feedback.correct("old", 0, right=False, should_be=None, why="why")
    retention = Retention(records.database)
    await retention.texts(BEFORE)
    assert ["young"] == await texts(records)
    expected = {"corrections": 1, "findings": 1, "replies": 1, "reviews": 1, "notes": 1}
    assert expected == {table: count for table, count in retention.deleted.items() if count}
    assert 1 == (await counts(records))["findings"]


async def test_a_note_of_a_day_to_come_is_as_old_as_its_coming(records: Records) -> None:
    await keep(records, "dated wrongly", date(2099, 1, 1))
    await received(records, datetime(2026, 2, 28, 23, 59, tzinfo=UTC))
    await Retention(records.database).texts(BEFORE)
    assert [] == await texts(records)


async def test_a_note_stays_as_long_as_a_review_of_it_does(records: Records) -> None:
    await keep(records, "same", BEFORE - timedelta(days=9), "first")
    await keep(records, "same", BEFORE + timedelta(days=9), "second")
    await Retention(records.database).texts(BEFORE)
    assert (["second"], ["same"]) == (await column(records, reviews, "review"), await texts(records))


async def test_an_earlier_review_of_a_text_goes_with_the_last_one(records: Records) -> None:
    await keep(records, "same", BEFORE + timedelta(days=9), "first")
    await keep(records, "same", BEFORE - timedelta(days=9), "second")
    await Retention(records.database).texts(BEFORE)
    assert ([], []) == (await column(records, reviews, "review"), await texts(records))


async def test_1_on_1s_go_and_of_what_was_agreed_what_is_settled(records: Records) -> None:
    old, young = BEFORE - timedelta(days=30), BEFORE + timedelta(days=1)
    for held in (old, young):
        steps = [
            Commitment(id=0, rep="Ilse", what=f"{state}", owner=Owner.REP, due_on=held, agreed_on=held)
            for state in ("settled long ago", "settled since", "open")
        ]
        await records.one_on_ones.put("Ilse", held, "{}", steps)
    settled = {"settled long ago": BEFORE - timedelta(days=1), "settled since": BEFORE}
    for step in await records.commitments.of("Ilse", old):
        if step.what in settled:
            values = {"kept": Outcome.KEPT.value, "settled_on": settled[step.what]}
            await records.commitments.change(step.id, values)
    await Retention(records.database).texts(BEFORE)
    assert (young,) == await records.one_on_ones.days("Ilse")
    assert ["settled since", "open"] == [one.what for one in await records.commitments.of("Ilse", old)]


async def test_snapshots_and_claims_go_with_deals_of_which_nothing_is_left(records: Records) -> None:
    old, young = BEFORE - timedelta(days=1), BEFORE
    await import_(records, old, ("both", DealState.OPEN), ("gone", DealState.WON), ("old", DealState.OPEN))
    await import_(records, young, ("both", DealState.WON))
    retention = Retention(records.database)
    await retention.crm(BEFORE)
    await retention.rest()
    assert {"snapshots": 1, "outcomes": 1, "deals": 1, "imports": 1, "reps": 1} == await counts(records)
    assert {"snapshots": 3, "claims": 2, "outcomes": 1, "deals": 2, "imports": 1} == {
        table: count for table, count in retention.deleted.items() if count
    }


async def test_a_deal_that_was_won_long_ago_and_is_still_shown_is_still_won(records: Records) -> None:
    await import_(records, BEFORE - timedelta(days=9), ("a", DealState.OPEN))
    await import_(records, BEFORE - timedelta(days=1), ("a", DealState.WON))
    await import_(records, BEFORE, ("a", DealState.WON))
    await Retention(records.database).crm(BEFORE)
    assert 1 == (await counts(records))["outcomes"]


async def test_a_deal_that_a_note_or_a_claim_is_of_stays(records: Records) -> None:
    await keep(records, "young", BEFORE, deal="Hallström")
    retention = Retention(records.database)
    await retention.texts(BEFORE)
    await retention.rest()
    assert 1 == (await counts(records))["deals"]
    await retention.texts(TODAY)
    await retention.rest()
    assert {"deals": 1, "claims": 1, "reps": 1} == await counts(records)
    await retention.crm(TODAY)
    await retention.rest()
    assert {"reps": 1} == await counts(records)


async def test_more_than_a_batch_is_deleted_to_the_end(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.store.retention._AT_ONCE", 3)
    await import_(records, BEFORE - timedelta(days=1), *((str(number), DealState.OPEN) for number in range(10)))
    retention = Retention(records.database)
    await retention.crm(BEFORE)
    await retention.rest()
    assert (10, 10, 10) == tuple(retention.deleted[name] for name in ("snapshots", "claims", "deals"))


async def test_a_dry_run_counts_what_would_go_and_deletes_nothing(records: Records) -> None:
    await keep(records, "old", BEFORE - timedelta(days=1))
    await keep(records, "young", BEFORE)
    await import_(records, BEFORE - timedelta(days=1), ("a", DealState.OPEN))
    before = await counts(records)
    dry = Retention(records.database, dry_run=True)
    await dry.texts(BEFORE)
    await dry.crm(BEFORE)
    assert before == await counts(records)
    wet = Retention(records.database)
    await wet.texts(BEFORE)
    assert {"findings": 1, "reviews": 1, "notes": 1} == {one: count for one, count in wet.deleted.items() if count}
    assert {"snapshots": 1, "claims": 1} | +wet.deleted == +dry.deleted


async def test_answers_that_are_given_to_nobody_any_more_go_in_any_case(records: Records) -> None:
    for key in ("old", "young"):
        taken = await records.answers.take("key:x", key, "f")
        await records.answers.keep("key:x", key, taken.holder or "", Answer(status=200, headers={}, body=b"{}"))
    async with records.database.writing() as connection:
        moment = datetime.now(UTC) - timedelta(hours=25)
        await connection.execute(update(answers).where(answers.c.key == "old").values(started_at=moment))
    await Retention(records.database).rest()
    assert ["young"] == await column(records, answers, "key")


@pytest.fixture
async def workspace(path: Path) -> Store:
    return Store(path)


async def pruned(store: Store, **rules: int) -> Pruned:
    await change(store.records.workspace_settings, dict(rules))
    return await prune(store, "main", TODAY)


async def test_without_a_setting_everything_is_kept_but_what_calls_cost_long_ago(workspace: Store) -> None:
    await keep(workspace.records, "old", date(2001, 1, 1))
    reserve = {"model": "m", "tokens": 1, "usd": None, "most_tokens": None, "most_usd": None}
    for age in (400, 401):
        workspace.ledger.reserve(TODAY - timedelta(days=age), **reserve)  # type: ignore[arg-type]
    done = await pruned(workspace)
    assert ({"bookings": 1}, None, None) == (done.rows, done.texts_before, done.crm_before)
    assert ["old"] == await texts(workspace.records)
    assert 1 == workspace.ledger.spent(TODAY - timedelta(days=400)).tokens
    await workspace.aclose()


async def test_what_models_answered_ages_with_the_texts(workspace: Store, path: Path) -> None:
    workspace.readings.put("old", "readold")
    workspace.readings.put("young", "readyoung")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE readings SET made_at = '2026-04-30T23:59:59+00:00' WHERE key = 'old'")
        db.execute("UPDATE readings SET made_at = '2026-05-02T00:00:00+00:00' WHERE key = 'young'")
    done = await pruned(workspace, retention_days=31)
    assert ({"readings": 1}, date(2026, 5, 1)) == (done.rows, done.texts_before)
    assert [None, "readyoung"] == [workspace.readings.get(key) for key in ("old", "young")]
    await workspace.aclose()
    assert b"readold" not in b"".join(file.read_bytes() for file in path.parent.iterdir())


async def test_a_table_with_a_day_before_all_days_is_nothing_to_delete(workspace: Store) -> None:
    await keep(workspace.records, "old", date(1990, 1, 1))
    await pruned(workspace, retention_days=36_500)
    assert ["old"] == await texts(workspace.records)
    await workspace.aclose()


async def test_a_task_is_one_processes_at_a_time_and_once_in_a_while(url: str, records: Records) -> None:
    await counts(records)
    other = Records(Database(url))
    day = timedelta(hours=23)
    assert [True, False, False] == [
        await records.workspace_settings.begin("t"),
        await other.workspace_settings.begin("t"),
        await other.workspace_settings.begin("t", day),
    ]
    await records.workspace_settings.end("t")
    assert [False, True] == [
        await other.workspace_settings.begin("t", day),
        await other.workspace_settings.begin("t"),
    ]
    await other.workspace_settings.end("t", done=False)
    assert await records.workspace_settings.begin("t", day)
    assert {} == await other.workspace_settings.all()
    await other.close()
