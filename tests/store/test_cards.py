"""What is kept of one deal of a CRM: its name and owner now, its close date now, and the latest reviews first."""

from __future__ import annotations

from datetime import date

from coach.domain.opportunity import Opportunity
from coach.store.kept import Kept, KeptDeal
from coach.store.records import Records

KEY = ("hubspot", "71")


async def put(records: Records, review: str, on: int, about: str = "Ilse Brandt", text: str = "", **more: str) -> None:
    kept = Kept(
        kind=more.get("kind", "coach.deal_review/1"),
        review=review,
        about=about,
        role="rep",
        text=text or review,
        day=date(2026, 3, on),
        content=review,
        record=KEY,
    )
    await records.reviews.put(kept)


async def imported(records: Records, on: int, name: str, rep: str, closes: int) -> None:
    day = date(2026, 3, on)
    deal = Opportunity(
        crm="hubspot", record="71", as_of=day, name=name, rep=rep, close_date=date(2026, 4, closes), amount=None
    )
    async with records.opportunities.importing(crm="hubspot", as_of=day, source="x.csv", sha256="0" * 64) as into:
        await into.write([deal])


async def test_the_latest_snapshot_says_whose_it_is_and_the_latest_reviews_come_first(records: Records) -> None:
    await imported(records, 1, "Old name", "Anand Rao", 1)
    await imported(records, 8, "Hallström Foods", "Ilse Brandt", 30)
    await put(records, "second", 5)
    await put(records, "first", 3)
    await put(records, "third", 6, about="Anand Rao")
    await put(records, "diagnosis", 7, kind="coach.rep_diagnosis/1")
    expected = KeptDeal(
        id=1,
        name="Hallström Foods",
        owner="ilse brandt",
        close_date=date(2026, 4, 30),
        reviews=("third", "second", "first"),
    )
    assert expected == await records.cards.of(KEY)
    seen = await records.cards.of(KEY, seen=frozenset({"ilse brandt"}))
    assert seen is not None
    assert ("second", "first") == seen.reviews


async def test_a_text_that_was_reviewed_again_counts_once(records: Records) -> None:
    await put(records, "before", 5, text="the same")
    await put(records, "after", 5, text="the same")
    found = await records.cards.of(KEY)
    assert found is not None
    assert ("after",) == found.reviews


async def test_a_deal_that_only_a_note_has_named_by_its_record_is_there(records: Records) -> None:
    await put(records, "one", 5)
    assert KeptDeal(id=1, name=None, owner="ilse brandt", close_date=None, reviews=("one",)) == await records.cards.of(
        KEY
    )


async def test_what_the_crm_has_thrown_away_has_no_close_date(records: Records) -> None:
    await imported(records, 1, "Hallström Foods", "Ilse Brandt", 1)
    day = date(2026, 3, 8)
    async with records.opportunities.importing(crm="hubspot", as_of=day, source="x.csv", sha256="0" * 64) as into:
        await into.delete(["71"])
    found = await records.cards.of(KEY)
    assert found is not None
    assert found.close_date is None


async def test_another_record_another_crm_and_a_deal_without_one_are_unknown(records: Records) -> None:
    await put(records, "one", 5)
    named = Kept(
        kind="coach.deal_review/1",
        review="two",
        about="Ilse Brandt",
        role="rep",
        text="two",
        day=date(2026, 3, 2),
        content="two",
        deal="Borg",
    )
    await records.reviews.put(named)
    async with records.database.reading() as connection:
        found = (await connection.exec_driver_sql("SELECT record FROM deals WHERE crm = 'note'")).scalar_one()
    for key in (("hubspot", "72"), ("salesforce", "71"), ("HubSpot", "71"), ("note", found)):
        assert await records.cards.of(key) is None
