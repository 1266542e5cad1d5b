"""Reviews by kind, person, deal and day: whose they are, until when, in which order, and what people said to them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from coach.domain.claims import MadeClaim
from coach.domain.judgement import Verdict
from coach.domain.opportunity import Opportunity
from coach.errors import NotFound, StoreError
from coach.store import Store
from coach.store.database import Database
from coach.store.kept import Claimed, Found, Kept
from coach.store.records import Records
from coach.store.tables import corrections, findings, notes, replies

DEALS, TALKS = "coach.deal_review/1", "coach.manager_review/1"
LAST = date(2026, 3, 31)
TEXT = "Dana signed on Tuesday."
SIGNED = Found(
    label="buyer_action", quote="Dana signed", centre="buyer", direction="advances", grade=5, speaks_of=date(2026, 3, 3)
)
OURS = Found(label="seller_action", quote="I called", centre="seller", grade=1)


def day(number: int) -> date:
    return date(2026, 3, number)


async def put(
    records: Records,
    about: str,
    text: str,
    on: date,
    content: str,
    *,
    kind: str = DEALS,
    review: str = "",
    **more: object,
) -> None:
    role = "manager" if kind == TALKS else "rep"
    kept = {"kind": kind, "review": review or content, "about": about, "role": role, "text": text, "day": on}
    await records.reviews.put(Kept(**kept, content=content, **more))  # type: ignore[arg-type]


def spoil(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("not a database " * 500, "utf-8")


async def about(
    records: Records, person: str, *, kind: str = DEALS, until: date = LAST, most: int = 20, but: str = ""
) -> tuple[str, ...]:
    return await records.reviews.about(kind, person, until=until, most=most, but=but)


async def test_a_review_is_found_again_by_another_store(url: str) -> None:
    for number in range(2):
        records = Records(Database(url))
        if not number:
            await put(records, "Ilse Brandt", TEXT, day(2), '{"é": "✓"}')
        else:
            assert ('{"é": "✓"}',) == await about(records, "Ilse Brandt")
        await records.close()


@pytest.mark.parametrize("person", ["ilse brandt", " ILSE  BRANDT\n", "Ilse\u00a0Brandt"])
async def test_case_and_space_make_no_difference(records: Records, person: str) -> None:
    await put(records, "Ilse   Brandt", TEXT, day(2), "{}")
    assert ("{}",) == await about(records, person)


async def test_a_name_in_another_case_of_another_script_is_found(records: Records) -> None:
    await put(records, "Straße Ünal", TEXT, day(2), "{}")
    assert ("{}",) == await about(records, "STRASSE ÜNAL")


async def test_nobody_elses_and_no_other_kind_is_given(records: Records) -> None:
    await put(records, "Ilse Brandt", TEXT, day(2), "deal")
    await put(records, "Ilse Brandt", TEXT, day(2), "talk", kind=TALKS)
    assert [("deal",), ("talk",), (), ()] == [
        await about(records, "Ilse Brandt"),
        await about(records, "Ilse Brandt", kind=TALKS),
        await about(records, "Ilse"),
        await about(records, "Ilse Brandt%"),
    ]


async def test_the_latest_come_the_oldest_first_whatever_the_order_they_were_kept_in(records: Records) -> None:
    for number in (5, 1, 4, 2, 3):
        await put(records, "Ilse", f"note {number}", day(number), str(number))
    assert ("1", "2", "3", "4", "5") == await about(records, "Ilse")
    assert ("3", "4", "5") == await about(records, "Ilse", most=3)
    assert ("2", "3") == await about(records, "Ilse", until=day(3), most=2)
    assert () == await about(records, "Ilse", until=date(2026, 2, 28))


@pytest.mark.parametrize("later", [day(1), day(2), day(3)], ids=str)
async def test_the_latest_reading_of_a_text_stands_for_it_whatever_its_day(records: Records, later: date) -> None:
    await put(records, "Ilse", TEXT, day(2), "first")
    await put(records, "ILSE", TEXT, later, "second")
    assert ("second",) == await about(records, "Ilse")
    assert "first" == await records.reviews.get("first")
    await put(records, "Ilse", TEXT, day(2), "first")
    assert ("first",) == await about(records, "Ilse")


async def test_another_text_kind_or_person_replaces_nothing(records: Records) -> None:
    await put(records, "Ilse", TEXT, day(2), "first")
    await put(records, "Ilse", f"{TEXT} ", day(3), "of another text")
    await put(records, "Ilse", TEXT, day(2), "talk", kind=TALKS)
    await put(records, "Anand", TEXT, day(2), "his")
    assert [("first", "of another text"), ("talk",), ("his",)] == [
        await about(records, "Ilse"),
        await about(records, "Ilse", kind=TALKS),
        await about(records, "Anand"),
    ]


async def test_the_review_of_one_text_can_be_left_out_and_does_not_count_among_the_most(records: Records) -> None:
    for number in (1, 2, 3):
        await put(records, "Ilse", f"note {number}", day(number), str(number))
    assert ("1", "3") == await about(records, "Ilse", but="note 2")
    assert ("1", "2") == await about(records, "Ilse", but="note 3", most=2)
    assert ("1", "2", "3") == await about(records, "Ilse", but="note")


async def test_a_note_is_kept_unchanged_and_once(records: Records) -> None:
    text = "\ufeff  Dana signed.\r\n\tÜnal: “yes” 🎉  \n"
    await put(records, "Ilse", text, day(2), "one")
    await put(records, "Anand", text, day(3), "two")
    async with records.database.reading() as connection:
        rows = (await connection.execute(select(notes.c.text, notes.c.written_on))).all()
    assert [(text, day(2))] == [tuple(row) for row in rows]


async def test_a_text_that_no_database_could_give_back_is_not_kept_and_its_review_is(records: Records) -> None:
    await put(records, "Ilse", f"half \ud800 {TEXT}", day(2), "{}")
    assert ("{}",) == await about(records, "Ilse")
    async with records.database.reading() as connection:
        assert [] == (await connection.execute(select(notes))).all()


async def test_the_reviews_of_a_deal_are_found_by_its_name_and_by_its_record(records: Records) -> None:
    acme = Opportunity(crm="hubspot", record="7", as_of=day(1), name="Acme, renewal", rep="Ilse", amount=Decimal(1))
    await put(records, "Ilse", "before the import", day(2), "1", deal="ACME,  renewal")
    async with records.opportunities.importing(crm="hubspot", as_of=day(3), source="f", sha256="") as writer:
        await writer.write([acme])
    await put(records, "Ilse", "after the import", day(4), "2", deal="Acme, renewal")
    await put(records, "Ilse", "by record", day(5), "3", deal="Acme (new name)", record=("hubspot", "7"))
    await put(records, "Anand", "another rep's", day(5), "4", deal="Acme, renewal")
    assert {("hubspot", "7"): ("1", "2", "3")} == await records.reviews.of_deals([("hubspot", "7")], LAST)
    assert {("hubspot", "7"): ("1", "2")} == await records.reviews.of_deals([("hubspot", "7")], day(4))


async def test_a_name_that_two_deals_have_names_neither(records: Records) -> None:
    rows = [Opportunity(crm="hubspot", record=record, as_of=day(1), name="Renewal", rep="Ilse") for record in "12"]
    async with records.opportunities.importing(crm="hubspot", as_of=day(1), source="f", sha256="") as writer:
        await writer.write(rows)
    await put(records, "Ilse", TEXT, day(2), "1", deal="Renewal")
    assert {} == await records.reviews.of_deals([("hubspot", "1"), ("hubspot", "2")], LAST)
    assert ("1",) == await about(records, "Ilse")


async def test_a_claim_of_a_note_is_kept_with_what_it_stood_on(records: Records) -> None:
    claim = Claimed(close_date=day(30), verdict=Verdict.REFUTED, grade=3)
    await put(records, "Ilse", TEXT, day(2), "1", deal="Acme", record=("hubspot", "7"), claim=claim)
    expected = MadeClaim(
        crm="hubspot",
        record="7",
        rep="Ilse",
        made_on=day(2),
        close_date=day(30),
        source="note",
        verdict=Verdict.REFUTED,
        grade=3,
    )
    assert (expected,) == await records.claims.of("ILSE", LAST)
    assert () == await records.claims.of("Ilse", day(1))


async def test_whose_the_statements_of_each_note_are_is_counted(records: Records) -> None:
    await put(records, "Ilse", "one", day(2), "1", findings=[SIGNED, OURS, SIGNED])
    await put(records, "Ilse", "two", day(3), "2", findings=[OURS])
    await put(records, "Ilse", "nothing", day(3), "3")
    assert ((day(2), 2, 1), (day(3), 0, 1)) == await records.reviews.shares("ilse", LAST)
    assert ((day(2), 2, 1),) == await records.reviews.shares("ilse", day(2))


async def test_a_correction_stays_with_its_finding_when_the_text_is_read_again(records: Records) -> None:
    await put(records, "Ilse", TEXT, day(2), "1", findings=[SIGNED, OURS])
    await records.feedback.correct("1", 1, right=False, should_be={"kind": "seller_opinion"}, why="hope")
    await put(records, "Ilse", TEXT, day(2), "1", findings=[SIGNED, OURS])
    await put(records, "Ilse", TEXT, day(2), "2", findings=[OURS])
    joined = select(findings.c.quote, corrections.c.right, corrections.c.should_be, corrections.c.why).join(
        corrections, corrections.c.finding_id == findings.c.id
    )
    async with records.database.reading() as connection:
        found = [tuple(row) for row in await connection.execute(joined)]
    assert [("I called", False, {"kind": "seller_opinion"}, "hope")] == found


async def test_a_reply_is_kept_with_its_review(records: Records) -> None:
    await put(records, "Ilse", TEXT, day(2), "1")
    await records.feedback.reply("1", "She signed in front of me.")
    async with records.database.reading() as connection:
        assert ["She signed in front of me."] == list((await connection.execute(select(replies.c.text))).scalars())


async def test_nothing_can_be_said_to_what_is_not_there(records: Records) -> None:
    await put(records, "Ilse", TEXT, day(2), "1", findings=[SIGNED])
    with pytest.raises(NotFound, match="there is no finding of this id"):
        await records.feedback.correct("1", 1, right=True, should_be=None, why=None)
    with pytest.raises(NotFound, match="there is no review of this id"):
        await records.feedback.reply("2", "no")


async def test_a_page_goes_on_where_the_last_one_stopped(records: Records) -> None:
    for number in range(5):
        await put(records, "Ilse", f"note {number}", day(number + 1), str(number))
    first = await records.reviews.listed(DEALS, most=2)
    rest = await records.reviews.listed(DEALS, seen=frozenset({"ilse"}), before=first[-1][0])
    assert ["4", "3", "2", "1", "0"] == [content for _, content in (*first, *rest)]
    assert () == await records.reviews.listed(DEALS, seen=frozenset({"anand"}))


async def test_reviews_of_the_version_before_are_brought_over(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript("""
            CREATE TABLE readings (key TEXT PRIMARY KEY, reading TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE reviews (kind TEXT NOT NULL, about TEXT NOT NULL, source TEXT NOT NULL, day TEXT NOT NULL,
                review TEXT NOT NULL, PRIMARY KEY (kind, about, source)) WITHOUT ROWID;
            CREATE INDEX reviews_of_a_person ON reviews (kind, about, day);
            INSERT INTO readings VALUES ('k1', 'kept');
            INSERT INTO reviews VALUES ('coach.deal_review/1', 'ilse brandt', 'a', '2026-03-02', '{"id": "dr_1"}');
            INSERT INTO reviews VALUES ('coach.deal_review/1', 'ilse brandt', 'b', '2026-03-03', '{"id": "dr_2"}');
            INSERT INTO reviews VALUES ('coach.manager_review/1', 'ruth', 'c', '2026-03-02', 'odd');
            PRAGMA user_version = 2;
        """)
    store = Store(path)
    assert ('{"id": "dr_1"}', '{"id": "dr_2"}') == await about(store.records, "Ilse Brandt")
    assert ("odd",) == await about(store.records, "Ruth", kind=TALKS)
    assert '{"id": "dr_2"}' == await store.records.reviews.get("dr_2")
    assert "kept" == store.readings.get("k1")
    await store.aclose()


async def test_a_store_that_cannot_be_used_says_so_without_the_name(path: Path) -> None:
    spoil(path)
    records = Records(Database(path))
    with pytest.raises(StoreError, match="file is not a database") as refused:
        await put(records, "Ilse Brandt", TEXT, day(2), "secret")
    await records.close()
    assert "Ilse" not in refused.value.detail
    assert "secret" not in refused.value.detail
