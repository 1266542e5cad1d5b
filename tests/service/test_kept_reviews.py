"""What is kept about people across use cases: a rep's deals as evidence, a manager's conversations as a trend."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from coach.domain import Conversation, Deal, DealNote, Move, RepPacket
from coach.settings import Settings
from coach.store.kept import Kept
from coach.wiring import Coach, build
from tests.service.scripted import Scripted

NOTE = (
    "Dana Ruiz (finance director) told me the month-end close eats nine days. Their counsel sent back redlines on the "
    "MSA Tuesday."
)
DAY = date(2026, 3, 10)
PACKET = RepPacket(rep="ilse  BRANDT", manager_observation="He drives a red van.")
MOVES = [("Did the quote go out?", Move.SELLER_QUESTION), ("Send it.", Move.TELL)]


@pytest.fixture
async def coach(tmp_path: Path) -> AsyncIterator[Callable[..., Coach]]:
    """Coach over a store of its own; deals are read by the embedded engine, people by what a test says."""
    every: list[Coach] = []

    def built(**settings: object) -> Coach:
        made = build(Settings(data_dir=tmp_path / "data", **settings))  # type: ignore[arg-type]
        every.append(replace(made, engine=_Both(made)))
        return every[-1]

    yield built
    for one in every:
        await one.close()


class _Both(Scripted):
    def __init__(self, coach: Coach) -> None:
        super().__init__(moves=MOVES)
        self.read_deal = coach.local.read_deal  # type: ignore[method-assign]


def note(number: int, day: int = 3) -> DealNote:
    """A note with a text of its own."""
    text = f"{NOTE} Visit {number} of mine."
    return DealNote(deal=Deal(name=f"Deal {number}"), written_on=date(2026, 3, day), note=text)


def holds(folder: Path, words: str) -> list[Path]:
    """Files with these words in them."""
    return [path for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


async def test_a_reps_reviews_are_found_by_the_name_in_any_case(coach: Callable[..., Coach]) -> None:
    one = coach()
    kept = [await one.review_deal(note(number, day), rep="Ilse Brandt") for number, day in ((1, 5), (2, 3))]
    found = await one.diagnose_rep(PACKET, DAY)
    assert (kept[1].id, kept[0].id) == found.deal_reviews
    assert 2 == found.records[2].counts["answered"]  # type: ignore[index]
    assert {"Their counsel sent back redlines on the MSA Tuesday"} == {one.quote for one in found.signals}


async def test_nobody_elses_and_no_later_review_is_taken_in(coach: Callable[..., Coach]) -> None:
    one = coach()
    await one.review_deal(note(1), rep="Anand")
    await one.review_deal(note(2))
    await one.review_deal(note(3, day=11), rep="Ilse Brandt")
    found = await one.diagnose_rep(PACKET, DAY)
    assert ((), ()) == (found.deal_reviews, found.records)


async def test_a_note_that_is_reviewed_again_counts_once_in_its_latest_reading(coach: Callable[..., Coach]) -> None:
    one = coach()
    await one.review_deal(note(1, 5), rep="Ilse Brandt")
    again = note(1, 6).model_copy(update={"deal": Deal(name="Another name")})
    last = await one.review_deal(again, rep="ilse brandt")
    assert (last.id,) == (await one.diagnose_rep(PACKET, DAY)).deal_reviews


async def test_the_last_review_of_a_stream_is_kept_before_it_is_handed_out(coach: Callable[..., Coach]) -> None:
    """Who has seen it may leave: nothing is asked of the stream after it."""
    one = coach()
    stream = one.reviews(note(1, 5), rep="Ilse Brandt")
    first = await anext(stream)
    assert () == (await one.diagnose_rep(PACKET, DAY)).deal_reviews
    last = await anext(stream)
    assert ("local", "local") == (first.provenance.engine, last.provenance.engine)
    assert (last.id,) == (await one.diagnose_rep(PACKET, DAY)).deal_reviews


async def test_the_one_review_of_a_stream_of_the_embedded_engine_is_kept(coach: Callable[..., Coach]) -> None:
    one = coach()
    alone = replace(one, engine=one.local)
    only = await anext(alone.reviews(note(1, 5), rep="Ilse Brandt"))
    assert (only.id,) == (await one.diagnose_rep(PACKET, DAY)).deal_reviews


async def test_nothing_is_kept_where_that_is_off(coach: Callable[..., Coach], tmp_path: Path) -> None:
    one = coach(keep_reviews=False)
    await one.review_deal(note(1), rep="Ilse Brandt")
    await one.review_manager(talk(1), DAY)
    assert () == (await one.review_manager(talk(2), DAY)).trend
    assert () == (await one.diagnose_rep(PACKET, DAY)).deal_reviews
    assert () == (await coach().diagnose_rep(PACKET, DAY)).deal_reviews
    assert not holds(tmp_path, "Dana")


async def test_a_diagnosis_is_kept_for_its_rep_where_reviews_are(coach: Callable[..., Coach], tmp_path: Path) -> None:
    await coach(keep_reviews=False).diagnose_rep(PACKET, DAY)
    assert not holds(tmp_path, "red van")
    await coach().diagnose_rep(PACKET, DAY)
    assert holds(tmp_path, "red van")


def talk(number: int, manager: str = "Ruth", rep: str = "Anand") -> Conversation:
    text = f"{manager}: Did the quote go out?\n{rep}: On the {number}th.\n{manager}: Send it.\n{rep}: I will."
    return Conversation(manager=manager, transcript=text)


async def test_a_trend_holds_the_same_managers_earlier_conversations_by_day(coach: Callable[..., Coach]) -> None:
    one = coach()
    days = {number: date(2026, 3, number) for number in (5, 3, 4, 9)}
    kept = {number: (await one.review_manager(talk(number), day)).id for number, day in days.items()}
    await one.review_manager(talk(3, "Siobhan"), date(2026, 3, 3))
    found = await one.review_manager(talk(6), date(2026, 3, 6))
    assert [kept[3], kept[4], kept[5]] == [point.id for point in found.trend]
    assert [days[3], days[4], days[5]] == [point.held_on for point in found.trend]
    assert ["scripted"] * 3 == [point.engine for point in found.trend]
    assert [(1, 1)] * 3 == [(point.balance.asked, point.balance.told) for point in found.trend]


async def test_a_conversation_is_no_earlier_one_of_itself(coach: Callable[..., Coach]) -> None:
    one = coach()
    first, second = [await one.review_manager(talk(1), DAY) for _ in range(2)]
    assert (first.id, ()) == (second.id, second.trend)
    later = date(2026, 3, 12)
    dated = await one.review_manager(talk(1).model_copy(update={"setting": "pipeline call"}), later)
    assert first.id != dated.id
    assert () == dated.trend
    assert [dated.id] == [point.id for point in (await one.review_manager(talk(2), later)).trend]


@pytest.mark.parametrize(
    ("manager", "rep"), [("Manager", "Anand"), ("Sales manager", "Rep"), ("Speaker 1", "Speaker 2"), ("Me", "Anand")]
)
async def test_nothing_is_kept_under_the_name_of_a_role(
    coach: Callable[..., Coach], tmp_path: Path, manager: str, rep: str
) -> None:
    one = coach()
    found = [await one.review_manager(talk(number, manager, rep), DAY) for number in (1, 2)]
    assert [(manager, 2, ())] * 2 == [(each.manager, len(each.moves), each.trend) for each in found]
    assert not holds(tmp_path, "coach.manager_review/1")


async def test_a_conversation_without_a_move_is_not_kept(coach: Callable[..., Coach], tmp_path: Path) -> None:
    one = coach()
    silent = talk(1).model_copy(
        update={"transcript": "Ruth: It rained.\nAnand: It did.\nRuth: All day.\nAnand: And night."}
    )
    assert () == (await one.review_manager(silent, date(2026, 3, 3))).moves
    assert not holds(tmp_path, "coach.manager_review/1")
    assert () == (await one.review_manager(talk(2), DAY)).trend


GERMAN = (
    "Ruth: Ist das Angebot am Montag an den Kunden gegangen?\n"
    "Anand: Ja, am Montag, und er hat noch nichts dazu gesagt.\n"
    "Ruth: Schick ihm die Liste mit den Preisen noch einmal, und ruf ihn dann an.\n"
    "Anand: Das mache ich, wenn ich wieder im Büro bin.\n"
)


async def test_a_german_conversation_that_the_embedded_engine_reads_gives_no_moves_and_is_not_kept(
    coach: Callable[..., Coach], tmp_path: Path
) -> None:
    moves = [("Ist das Angebot am Montag an den Kunden gegangen?", Move.SELLER_QUESTION)]
    one = coach()
    german = Conversation(manager="Ruth", transcript=GERMAN)
    unable = await replace(one, engine=Scripted(moves=moves, name="local")).review_manager(german, date(2026, 3, 3))
    assert ((), ["not_english"]) == (unable.moves, [notice.code for notice in unable.notices])
    assert not holds(tmp_path, "coach.manager_review/1")
    able = await replace(one, engine=Scripted(moves=moves, name="llm")).review_manager(german, date(2026, 3, 3))
    assert (1, ()) == (len(able.moves), able.notices)
    (point,) = (await one.review_manager(talk(2), DAY)).trend
    assert (able.id, "llm") == (point.id, point.engine)


async def test_a_trend_is_that_of_the_managers_name_in_any_case(coach: Callable[..., Coach]) -> None:
    one = coach()
    await one.review_manager(talk(1), date(2026, 3, 3))
    assert 1 == len((await one.review_manager(talk(2, "RUTH"), DAY)).trend)


async def test_what_another_version_has_kept_and_this_one_cannot_read_is_left_out(coach: Callable[..., Coach]) -> None:
    one = coach()
    await one.review_manager(talk(1), date(2026, 3, 3))
    assert one.store
    for number, content in enumerate(('{"schema": "quite another"}', "no JSON")):
        kept = Kept(
            kind="coach.manager_review/1",
            review=f"mr_{number}",
            about="Ruth",
            role="manager",
            text=f"talk {number}",
            day=date(2026, 3, 4),
            content=content,
        )
        await one.store.records.reviews.put(kept)
    assert 1 == len((await one.review_manager(talk(2), DAY)).trend)
