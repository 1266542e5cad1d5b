"""What is erased is nowhere left: in no row, and in no byte of a file; what is another's stays."""

from __future__ import annotations

import asyncio
import sqlite3
import uuid
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import func, select

from coach.domain.identity import Role
from coach.errors import InvalidInput
from coach.service.privacy import Erasure, erase_person
from coach.store import Store
from coach.store.backup import _connection
from coach.store.database import Database
from coach.store.kept import Kept
from coach.store.mentions import ERASED, Named
from coach.store.tables import deals, metadata, reps, snapshots
from tests.postgres import postgres_database
from tests.store.filled import ANAND, DANA, DAY, ILSE, OF_DANA, OF_ILSE, RUTH, fill


@pytest.fixture
async def filled(url: str, path: Path) -> AsyncIterator[Store]:
    store = Store(path, None if url.startswith("sqlite") else url)
    await fill(store.records)
    store.readings.put("key", f"{{'quote': 'ilsewords {DANA}'}}")
    yield store
    await store.aclose()


async def erase(store: Store, name: str, **given: Any) -> Erasure:
    return await erase_person(store, name, pseudonym="p" * 32, **given)


async def rows(store: Store) -> dict[str, int]:
    async with store.records.database.reading() as connection:
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in metadata.sorted_tables
        }


def left_in_rows(store: Store, words: tuple[str, ...]) -> set[str]:
    """Which of some words stand in a value of any table."""
    database = store.records.database
    if database.is_file:
        with closing(sqlite3.connect(database.file)) as db:
            dump = "\n".join(db.iterdump())
    else:
        with psycopg.connect(_connection(database)[0]) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            whole = [
                connection.execute(SQL("SELECT * FROM {}").format(Identifier(name))).fetchall() for (name,) in tables
            ]
        dump = repr(whole)
    return {word for word in words if word in dump}


def left_on_disk(store: Store, words: tuple[str, ...]) -> set[str]:
    """Which of some words stand in any byte of the files: of the machine's own, and of PostgreSQL's database."""
    files = list(store.path.parent.glob(f"{store.path.name}*"))
    database = store.records.database
    if not database.is_file:
        files += _heap(database)
    content = b"".join(file.read_bytes() for file in files)
    return {word for word in words if word.encode() in content}


def _heap(database: Database) -> list[Path]:
    with psycopg.connect(_connection(database)[0], autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        where = connection.execute(
            "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    assert where is not None
    folder = Path(where[0])
    if not folder.is_dir():
        pytest.skip("the server's files are not on this machine")
    return [file for file in folder.iterdir() if file.is_file()]


def test_a_name_is_found_in_whole_words_in_any_case_and_form() -> None:
    named = Named(["Zoë Ångström", "zoe"])
    found = [
        "ZOË  ÅNGSTRÖM's",
        "Zoe\u0308 A\u030angstro\u0308m",
        "(Zoë\u00a0Ångström)",
        "zoë\nångström",
        "notes_zoe_1",
        "Zoe",
    ]
    assert found == [text for text in found if named.is_in(text)]
    assert [] == [text for text in ("Zoës Ångström", "Zoey", "Ångström Zoë", "azoe", "") if named.is_in(text)]


@pytest.mark.parametrize("name", ["", " ", "D", "d.", "--"])
def test_a_name_that_would_be_found_everywhere_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="two letters"):
        Named([name])


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ('{"a": ["Dana  signed", {"b": "x"}], "dana": 1}', ["Dana  signed", "dana"]),
        ('{"a": "Da\\u006ea signed"}', ["Dana signed"]),
        ("{Dana} signed", ["{Dana} signed"]),
        ('{"a": "Dana signed", "a": "x"}', ["Dana signed"]),
        pytest.param("[" * 5000 + "Dana", ["[" * 5000 + "Dana"], id="nested deeply and left open"),
        pytest.param("[" * 300 + '"Dana"' + "]" * 300, ["Dana"], id="nested deeply"),
        ("nobody", []),
    ],
)
def test_a_name_is_found_in_the_texts_of_json(value: str, found: list[str]) -> None:
    assert found == Named(["Dana"]).within(value)


async def test_everything_of_a_rep_is_gone_from_rows_and_bytes(filled: Store) -> None:
    own = OF_ILSE[2:]  # her name stands in others' texts, too
    await filled.records.database.close()
    assert set(own) == left_in_rows(filled, own)
    assert set(own) <= left_on_disk(filled, own)
    erased = await erase(filled, ILSE.upper())
    assert all(one.done for one in erased.rewritten), erased.rewritten
    assert set() == left_in_rows(filled, own)
    assert set() == left_on_disk(filled, own)
    assert 0 == filled.readings.count()
    assert "none is kept" == erased.search
    assert ILSE not in erased.model_dump_json()


async def test_with_mentions_the_name_itself_is_nowhere_left(filled: Store) -> None:
    await erase(filled, ILSE, mentions=True)
    assert set() == left_in_rows(filled, OF_ILSE)
    assert set() == left_on_disk(filled, OF_ILSE)


async def test_somebody_who_is_only_named_is_gone_with_every_text_that_does(filled: Store) -> None:
    await filled.records.database.close()
    assert set(OF_DANA) == left_in_rows(filled, OF_DANA) == left_on_disk(filled, OF_DANA)
    erased = await erase(filled, DANA, mentions=True)
    assert set() == left_in_rows(filled, OF_DANA)
    assert set() == left_on_disk(filled, OF_DANA)
    # Two notes with a review each, the step in the CRM, and what answers hold.
    counts = {"answers": 1, "corrections": 1, "findings": 2, "notes": 2, "readings": 1, "replies": 1, "reviews": 2}
    assert counts | {"snapshots": 1} == erased.rows


async def test_what_is_anothers_stays(filled: Store) -> None:
    await erase(filled, ILSE)
    words = ("anandwords", "anandquote", "anandwhy", "anandreply", "anandpack", "anandstep", "Anand Rao", "ruthwords")
    assert set(words) == left_in_rows(filled, words)
    assert ("dr_anand" in str(await filled.records.reviews.get("dr_anand"))) is True
    assert [ANAND] == [one.name for one in await filled.records.people.of_manager(RUTH)]


async def test_the_companys_deals_stay_and_name_nobody(filled: Store) -> None:
    await erase(filled, ILSE)
    async with filled.records.database.reading() as connection:
        found = await connection.execute(
            select(deals.c.record, deals.c.name, reps.c.name.label("rep"), snapshots.c.next_step)
            .join(snapshots, snapshots.c.deal_id == deals.c.id)
            .outerjoin(reps, reps.c.id == snapshots.c.rep_id)
            .order_by(deals.c.record)
        )
        assert [
            ("71", f"Deal 71 of {ERASED}", None, f"{ERASED} calls {DANA}"),
            ("72", "Deal 72", ANAND, f"{ILSE} calls back"),
            ("73", "Deal 73", ANAND, None),
        ] == [tuple(row) for row in found]


async def test_a_manager_is_erased_and_leads_nobody(filled: Store) -> None:
    erased = await erase(filled, RUTH)
    words = ("Ruth Kerr", "ruth kerr", "RUTH KERR", "ruthwords", "ruthquote")
    assert set() == left_in_rows(filled, words)
    assert set() == left_on_disk(filled, words)
    assert {"api_keys", "managers", "reps", "reviews", "notes", "findings"} <= set(erased.rows)
    assert [None, None] == [one.manager for one in await filled.records.people.reps()]


async def test_keys_and_memberships_end_and_are_nobodys(filled: Store) -> None:
    await erase(filled, ILSE)
    hers, ruths = await filled.records.keys.all()
    assert (None, ERASED) == (hers.person, hers.name)
    assert hers.revoked_at is not None
    assert (RUTH.upper(), None) == (ruths.person, ruths.revoked_at)
    assert () == await filled.records.members.all()
    assert await filled.records.members.by_email("ilse@coach.example") is None
    assert await filled.records.members.by_crm_user("pipedrive:7100042") is None
    assert set() == left_in_rows(filled, ("ilse@coach.example", "7100042"))


async def test_an_admin_is_found_by_the_address(filled: Store) -> None:
    await filled.records.members.put("Ruth.Kerr@coach.example", Role.ADMIN, None)
    await erase(filled, RUTH, also=["ruth.kerr@COACH.example"])
    assert await filled.records.members.by_email("ruth.kerr@coach.example") is None
    assert set() == left_in_rows(filled, ("ruth.kerr", "Ruth.Kerr"))


async def test_a_dry_run_counts_and_changes_nothing(filled: Store) -> None:
    before = await rows(filled)
    counted = await erase(filled, ILSE, mentions=True, dry_run=True)
    assert before == await rows(filled)
    assert 1 == filled.readings.count()
    assert () == counted.rewritten
    assert counted.rows == (await erase(filled, ILSE, mentions=True)).rows


async def test_of_nobody_nothing_is_erased_but_what_was_answered(filled: Store) -> None:
    erased = await erase(filled, "No Such Person")
    assert {"answers": 1, "readings": 1} == erased.rows


async def test_a_note_that_is_anothers_too_stays(filled: Store) -> None:
    await filled.records.reviews.put(_same_note())
    await erase(filled, ILSE)
    assert {"ilsewords"} == left_in_rows(filled, ("ilsewords", "ilsequote"))


async def test_while_somebody_reads_a_file_it_says_that_it_is_not_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.store.rewriting._BUSY_S", 0.05)
    store = Store(path)
    await fill(store.records)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM notes").fetchone()
        kept = await erase(store, ILSE)
    assert [False] == [one.done for one in kept.rewritten]
    assert "erase again" in str(kept.rewritten[0].left)
    again = await erase(store, ILSE)
    assert [True] == [one.done for one in again.rewritten]
    await store.aclose()
    assert set() == left_on_disk(store, OF_ILSE[2:])


async def test_while_somebody_uses_a_table_it_says_that_it_is_not_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.store.rewriting._BUSY_S", 0.05)
    with postgres_database() as url:
        store = Store(path, url)
        await fill(store.records)
        with psycopg.connect(_connection(store.records.database)[0]) as reader:
            reader.execute("SELECT * FROM notes")  # a transaction that does not end
            erased = await erase(store, ILSE)
        assert [False] == [one.done for one in erased.rewritten]
        assert "notes were not written anew" in str(erased.rewritten[0].left)
        assert [True] == [one.done for one in (await erase(store, ILSE)).rewritten]
        assert set() == left_on_disk(store, OF_ILSE[2:])
        await store.aclose()


async def test_tables_of_another_role_are_not_said_to_be_done(path: Path) -> None:
    with postgres_database() as url:
        if "//postgres@" not in url:
            pytest.skip("the server wants a password, which another role does not have")
        owner = Store(path, url)
        await fill(owner.records)
        role = f"coach_test_{uuid.uuid4().hex}"
        with psycopg.connect(_connection(owner.records.database)[0], autocommit=True) as db:
            db.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(role)))
            db.execute(
                SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(
                    Identifier(role)
                )
            )
            db.execute(SQL("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {}").format(Identifier(role)))
            store = Store(path, url.replace("postgres@", f"{role}@"))
            erased = await erase(store, ILSE)
            await store.aclose()
            assert [False] == [one.done for one in erased.rewritten]
            assert "another role owns them" in str(erased.rewritten[0].left)
            assert "pg_statistic" in str(erased.rewritten[0].left)
            db.execute(SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(Identifier(role)))
        await owner.aclose()


async def test_no_file_is_made_for_an_erasure(path: Path) -> None:
    with postgres_database() as url:
        store = Store(path, url)
        await erase(store, ILSE)
        await store.aclose()
    assert not await asyncio.to_thread(path.parent.exists)


def _same_note() -> Kept:
    """Another rep's review of the text that one of hers is of."""
    text = f"ilsewords of {ILSE}. {DANA} signed on Tuesday."
    return Kept(kind="coach.deal_review/1", review="dr_same", about=ANAND, role="rep", text=text, day=DAY, content="{}")
