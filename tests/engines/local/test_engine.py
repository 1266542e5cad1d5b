"""The embedded engine: keeps the protocol, is deterministic, and reads a note that is in none of the data."""

from __future__ import annotations

import asyncio
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import Centre, Deal, DealNote, Kind
from coach.engines.base import DealReading, Engine
from coach.engines.local import LocalEngine
from coach.rubrics import load

WRITTEN_ON = date(2026, 3, 2)
NOTE = (
    "Spoke with Ingrid Solberg, head of fleet at Nordvik Transport. She said the breakdowns cost them two drivers a "
    "week. Her controller sent us the signed data agreement on Thursday. I sent the revised quote and called twice. "
    "No answer from their CFO since 12 February. They seem really keen, should be an easy one. "
    "Next: I prepare the slides."
)
_PARTS = st.sampled_from(
    [*NOTE.split(" "), "\n- ", "\n\n", ". ", "🎉", "\u202e", "Me 09:14: ", "> ", "(((", "\u2028", "“", "1.2M", "é"]
)


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    return LocalEngine(load("buyer_evidence").lexicon)


def read(engine: LocalEngine, note: str) -> DealReading:
    return engine.read(DealNote(deal=Deal(name="Nordvik"), written_on=WRITTEN_ON, note=note))


def kind_of(reading: DealReading, words: str) -> Kind:
    at = NOTE.index(words)
    return next(one.kind for one in reading.labels if one.start < at + len(words) and at < one.end)


def test_it_keeps_the_protocol(engine: LocalEngine) -> None:
    kept: Engine = engine
    assert kept.name == "local"
    assert kept.version_of() == engine.version_of()
    note = DealNote(written_on=WRITTEN_ON, note=NOTE)
    assert asyncio.run(kept.read_deal(note)) == engine.read(note)


def test_it_reads_a_note_it_has_never_seen(engine: LocalEngine) -> None:
    reading = read(engine, NOTE)
    assert Kind.BUYER_STATEMENT == kind_of(reading, "She said the breakdowns")
    assert Kind.BUYER_ACTION == kind_of(reading, "Her controller sent us")
    assert Kind.SELLER_ACTION == kind_of(reading, "I sent the revised quote")
    assert Kind.BUYER_ACTION == kind_of(reading, "No answer from their CFO")
    assert Kind.SELLER_OPINION == kind_of(reading, "They seem really keen")


def test_a_note_of_our_own_work_has_no_buyer_in_it(engine: LocalEngine) -> None:
    reading = read(
        engine, "I sent the proposal. I called twice and left a voicemail. Next: I build the demo. I hope it lands."
    )
    assert reading.labels
    assert {Centre.SELLER} == {one.kind.centre for one in reading.labels}


def test_the_same_note_is_read_the_same_by_another_engine(engine: LocalEngine) -> None:
    assert read(engine, NOTE) == read(LocalEngine(load("buyer_evidence").lexicon), NOTE)


@pytest.mark.parametrize("note", ["...", "- - -", "(" * 20_000, "🎉🎉", "\n\n"])
def test_a_text_without_words_has_no_statements(engine: LocalEngine, note: str) -> None:
    assert () == read(engine, note).labels


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(_PARTS | st.text(max_size=8), max_size=60))
def test_labels_are_ordered_apart_inside_and_trimmed(parts: list[str]) -> None:
    engine = _shared()
    note = " ".join(parts)
    labels = read(engine, note).labels
    for before, after in pairwise(labels):
        assert before.end <= after.start
    for one in labels:
        assert one.end <= len(note)
        quote = note[one.start : one.end]
        assert quote == quote.strip(" \t\r\n,;:-•*")


_ENGINES: list[LocalEngine] = []


def _shared() -> LocalEngine:
    if not _ENGINES:
        _ENGINES.append(LocalEngine(load("buyer_evidence").lexicon))
    return _ENGINES[0]
