"""The reader of moves: deterministic, within the manager's turns, and fair, on conversations that are in no data."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import Move, MoveLabel
from coach.engines.local.moves import MoveReader
from coach.errors import ArtefactError
from coach.text.conversation import turns
from coach.text.span import Span

TALK = (
    "Petra: Morning Jonas. What has their plant manager said since the trial?\n"
    "Jonas: He likes it, but the controller wants to see the scrap figures first.\n"
    "Petra: Who else has to agree on their side?\n"
    "Jonas: I'm not sure. I could ask him who signs.\n"
    "Petra: What would you do differently next time?\n"
    "Jonas: Ask for the controller before the trial and not after it.\n"
    "Petra: Give me his number, I'll call him myself this afternoon.\n"
    "Jonas: I'd rather do it, I see him on Thursday.\n"
    "Petra: You're just not a closer. You're too soft.\n"
    "Jonas: I'll have the figures on Thursday.\n"
    "Petra: Did you send the quote? Is it still coming in this month?\n"
    "Jonas: Yes, on Monday.\n"
)
_PARTS = st.sampled_from(
    [*TALK.split(" "), "\n", "\n\nPetra: ", "\nJonas: ", "?", "(", ")", "🎉", "\u202e", "\u2028", "12:04 ", "é", "…"]
)


def turns_of(text: str, speaker: str) -> list[Span]:
    return [Span(one.start, one.end) for one in turns(text) if one.speaker == speaker]


def read(text: str, reader: MoveReader | None = None) -> tuple[MoveLabel, ...]:
    return (reader or MoveReader()).read(text, turns_of(text, "Petra"))


def move_of(text: str, words: str) -> Move:
    at = text.index(words)
    return next(one.move for one in read(text) if one.start < at + len(words) and at < one.end)


def moves(labels: tuple[MoveLabel, ...]) -> list[tuple[Move, float | None]]:
    return [(one.move, one.confidence) for one in labels]


@pytest.mark.parametrize(
    ("move", "words"),
    [
        (Move.BUYER_QUESTION, "What has their plant manager said"),
        (Move.BUYER_QUESTION, "Who else has to agree"),
        (Move.COACHING_QUESTION, "What would you do differently"),
        (Move.TAKEOVER, "Give me his number"),
        (Move.JUDGEMENT, "You're just not a closer"),
        (Move.JUDGEMENT, "You're too soft"),
        (Move.SELLER_QUESTION, "Did you send the quote"),
        (Move.SELLER_QUESTION, "Is it still coming in"),
    ],
)
def test_it_reads_a_conversation_it_has_never_seen(move: Move, words: str) -> None:
    assert move == move_of(TALK, words)


def test_the_same_conversation_is_always_read_alike() -> None:
    assert read(TALK) == read(TALK)
    backwards = MoveReader().read(TALK, turns_of(TALK, "Petra")[::-1])
    assert read(TALK) == backwards


def test_threads_do_not_disturb_each_other() -> None:
    reader = MoveReader()
    short = TALK[: TALK.index("Petra: You're just")]
    expected = [read(text, reader) for text in (TALK, short)] * 20
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: read(text, reader), [TALK, short] * 20))
    assert expected == found


def test_what_the_rep_says_has_no_move() -> None:
    spans = turns_of(TALK, "Petra")
    assert all(any(span.start <= one.start and one.end <= span.end for span in spans) for one in read(TALK))
    assert () == MoveReader().read(TALK, [])


@pytest.mark.parametrize("text", ["", " \n ", "?!", "(laughs)"])
def test_nothing_is_read_where_nothing_is_said(text: str) -> None:
    assert () == MoveReader().read(text, [Span(0, len(text))])


def test_what_stands_in_brackets_is_not_said() -> None:
    text = "Petra: (he took out his phone) Who decides on their side? (looks up)"
    labels = MoveReader().read(text, [Span(7, len(text))])
    assert ["Who decides on their side?"] == [text[one.start : one.end] for one in labels]


def test_spans_that_overlap_or_pass_the_end_give_moves_that_do_neither() -> None:
    spans = [*turns_of(TALK, "Petra"), Span(0, len(TALK) + 50), Span(30, 60)]
    labels = MoveReader().read(TALK, spans)
    assert all(a.end <= b.start for a, b in pairwise(labels))
    assert labels[-1].end <= len(TALK)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jonas", "Amina"),
        ("Petra", "Kwabena"),
        ("plant manager", "plant manager"),
        ("his number, I'll call him", "her number, I'll call her"),
        ("He likes it", "She likes it"),
        ("with Mr Brandt", "with Ms Okafor"),
        ("Brandt", "Nguyen"),
    ],
)
def test_neither_a_name_nor_a_gender_changes_what_is_read(one: str, other: str) -> None:
    text = TALK.replace("since the trial", "with Mr Brandt since the trial")
    swapped = text.replace(one, other)
    manager = "Kwabena" if one == "Petra" else "Petra"
    expected = moves(MoveReader().read(text, turns_of(text, "Petra")))
    assert expected == moves(MoveReader().read(swapped, turns_of(swapped, manager)))


@settings(max_examples=60, deadline=None)
@given(st.lists(_PARTS, max_size=60))
def test_any_text_gives_moves_in_order_that_do_not_overlap(parts: list[str]) -> None:
    text = " ".join(parts)
    spans = [Span(one.start, one.end) for one in turns(text)][::2]
    labels = _READER.read(text, spans)
    assert all(a.end <= b.start for a, b in pairwise(labels))
    assert all(any(span.start <= one.start < one.end <= span.end for span in spans) for one in labels)
    assert all(one.confidence is not None and 0 < one.confidence <= 1 for one in labels)


_READER = MoveReader()


def test_nothing_is_loaded_before_it_is_needed() -> None:
    reader = MoveReader(b"nonsense")
    with pytest.raises(ArtefactError, match="damaged"):
        reader.read(TALK, turns_of(TALK, "Petra"))
    with pytest.raises(ArtefactError, match="damaged"):
        _ = reader.version


def test_the_version_names_format_and_artefact() -> None:
    form, _, digest = MoveReader().version.partition(".")
    assert ("1", 12) == (form, len(digest))
