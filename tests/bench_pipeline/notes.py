"""One real review of a short note, to stand for the note of any deal."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from coach.domain import Deal, DealNote
from coach.service.keeping import kept_deal_review
from coach.settings import Settings
from coach.store.database import Database
from coach.store.kept import Kept
from coach.store.noting import put_review
from coach.wiring import build
from tests.bench_pipeline.data import AS_OF, CRM, record, rep_name

Note = Kept
_TEXT = (
    "Ms Berger signed the data protection terms on 2 November and sent them back. She asked for the offer in two "
    "versions and will show both to the board on 24 November. The CFO has not been met yet. I think it is as good as "
    "done and we close this month. I sent the deck again and will follow up next week."
)


def read_note() -> Note:
    """Have the embedded engine read the note."""
    return asyncio.run(_read())


def of_deal(note: Note, number: int, rep: int) -> Note:
    """The same review for another deal, nine days before the 1-on-1."""
    return replace(
        note,
        review=f"dr_{number}",
        about=rep_name(rep),
        text=f"{note.text} ({number})",
        deal=f"Deal {number}",
        record=(CRM, record(number)),
        claim=None,
    )


async def put_all(database: Database, notes: list[Note]) -> None:
    """Keep reviews in one transaction: how long that takes is not measured here."""
    async with database.writing() as connection:
        for note in notes:
            await put_review(connection, note, datetime.now(UTC))


async def _read() -> Note:
    settings = Settings(_env_file=None, keep_reviews=False)
    coach = build(settings)
    day = AS_OF - timedelta(days=9)
    deal = Deal(name="Deal 1", close_date=date(2026, 11, 30))
    note = DealNote(note=_TEXT, written_on=day, deal=deal)
    review = await coach.review_deal(note)
    await coach.close()
    return kept_deal_review(review, rep_name(1), _TEXT)
