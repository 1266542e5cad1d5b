"""A conversation becomes a mirror for its manager: turns are found, the engine reads, the rules judge."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from coach.domain import Conversation, GroundedMove, ManagerReview, MoveLabel, Notice
from coach.engines.base import Engine, Request, TalkReading
from coach.errors import InvalidInput
from coach.judgement.mirror import Around, reflect
from coach.observed import observed
from coach.rubrics import ManagerMoves
from coach.service import noticing
from coach.service.days import check_day
from coach.service.made import depends_on, provenance, review_id
from coach.text.conversation import Manager, Turn, find_manager, speakers, turns
from coach.text.documents import check_text
from coach.text.people import find_people
from coach.text.untrusted import Readable, readable

_WORD = re.compile(r"[^\W_]+")
_TYPED = ("setting", "rep")
"""What of a conversation besides the transcript is text that somebody typed, and that a reader is given."""
_ARTICLES = frozenset({"the", "their", "his", "her", "our", "a", "an", "my", "your"})
_NEAR = 500
"""Characters before a move in which the person it is about is looked for."""


class SeenTalk(NamedTuple):
    """A conversation as an engine is given it."""

    talk: Conversation
    """With the manager named as in the transcript, and without what nobody can see or what speaks to the reader."""
    source: Readable
    manager: Manager
    said: tuple[Turn, ...]
    """The turns of `talk`."""


async def review_manager(
    talk: Conversation, given: SeenTalk, *, engine: Engine, rubric: ManagerMoves, held_on: date
) -> ManagerReview:
    """Review what a manager says in a conversation.

    The review's id is a hash of everything it depends on, so the same input has the same id and the same answer.

    Args:
        talk: The conversation.
        given: What `seen_talk(talk)` gives.
        engine: Who reads it.
        rubric: What it is judged by.
        held_on: The day of the conversation.

    Raises:
        InvalidInput: `held_on` is outside 1990 to 2100.
        EngineError: the engine could not answer.
    """
    check_day("held_on", held_on)
    started = time.perf_counter()
    with observed("read", task="talk", engine=engine.name):
        reading = await engine.read_talk(given.talk)
    duration_ms = (time.perf_counter() - started) * 1000
    with observed("judge", task="talk"):
        # A long transcript takes a while, and others are waiting.
        return await asyncio.to_thread(
            review_talk_reading, talk, given, reading, rubric=rubric, held_on=held_on, duration_ms=duration_ms
        )


def seen_talk(talk: Conversation) -> SeenTalk:
    """The conversation as an engine is given it.

    Raises:
        InvalidInput: it is empty, too long or binary, nobody speaks in it, or who the manager is cannot be told.
    """
    check_text(talk.transcript)
    source = readable(talk.transcript)
    said = turns(source.text)
    names = speakers(said)
    if not names:
        raise InvalidInput(
            "no speakers could be told apart in this transcript; it needs two who each speak at least twice, with a "
            "name and a colon before what they say, or captions with speakers"
        )
    manager = find_manager(said, source.text, manager=talk.manager or None, rep=talk.rep or None)
    if manager is None:
        asked = "is called so, or more than one is" if talk.manager else "is clearly the manager"
        speak = "1 person speaks" if len(names) == 1 else f"{len(names)} people speak"
        raise InvalidInput(f"{speak} in this transcript, and none {asked}; name the manager as the transcript does")
    typed = {name: readable(getattr(talk, name)).text for name in _TYPED}
    seen = talk.model_copy(update={"transcript": source.text, "manager": manager.speaker, **typed})
    return SeenTalk(seen, source, manager, said)


def review_talk_reading(  # noqa: PLR0913  what a review is made of
    talk: Conversation,
    given: SeenTalk,
    reading: TalkReading,
    *,
    rubric: ManagerMoves,
    held_on: date,
    duration_ms: float,
) -> ManagerReview:
    """Judge what an engine read of a conversation, wherever it was read; `given` is what `seen_talk(talk)` gives."""
    started = time.perf_counter()
    # Of a language that its reader does not know, what it found is worth nothing.
    readable_moves = () if noticing.is_beyond(talk.transcript, reading.engine) else reading.moves
    own = tuple(one for one in readable_moves if _is_managers(one, given))
    moves = tuple(_grounded(one, talk.transcript, given.source) for one in own)
    offered = {
        at: rewrite.ask
        for at, one in enumerate(own)
        for rewrite in reading.rewrites
        if (rewrite.start, rewrite.end) == (one.start, one.end)
    }
    found = reflect(moves, _around(given, own), offered, rubric)
    made = _depends_on(talk, rubric, held_on, (reading.engine, reading.engine_version), reading.request)
    return ManagerReview(
        **found._asdict(),
        id=review_id("mr", made),
        manager=given.manager.speaker,
        found_by=given.manager.how,
        rep=talk.rep or None,
        held_on=held_on,
        moves=moves,
        notices=tuple(_notices(talk, given, reading, len(readable_moves) - len(own))),
        provenance=provenance(reading, rubric, duration_ms + (time.perf_counter() - started) * 1000),
    )


def talk_depends_on(talk: Conversation, *, engine: Engine, rubric: ManagerMoves, held_on: date) -> dict[str, Any]:
    """Everything that a review depends on, known before it is made."""
    return _depends_on(talk, rubric, held_on, (engine.name, engine.version_of("talk")), engine.request("talk"))


def _is_managers(label: MoveLabel, given: SeenTalk) -> bool:
    """Whether most of a move lies in what the manager says."""
    inside = sum(
        max(min(label.end, turn.end) - max(label.start, turn.start), 0)
        for turn in given.said
        if turn.speaker == given.manager.speaker
    )
    return 2 * inside > label.end - label.start


def _grounded(label: MoveLabel, transcript: str, source: Readable) -> GroundedMove:
    start, end = source.original(label.start, label.end)
    return GroundedMove(start=start, end=end, move=label.move, confidence=label.confidence, quote=transcript[start:end])


def _around(given: SeenTalk, moves: Sequence[MoveLabel]) -> Around:
    text, own = given.talk.transcript, given.manager.speaker
    words = {turn: len(_WORD.findall(text[turn.start : turn.end])) for turn in given.said}
    speaking = {name.casefold() for speaker in speakers(given.said) for name in speaker.split()}
    people = [one for one in find_people(text) if not one.is_seller_side and not speaking.intersection(one.name)]
    named = {}
    for at, move in enumerate(moves):
        near = [one for one in people if move.start - _NEAR <= one.start < move.end]
        if near:
            named[at] = near[-1].text if near[-1].name else _a_role(near[-1].text)
    return Around(
        manager_words=sum(count for turn, count in words.items() if turn.speaker == own),
        other_words=sum(count for turn, count in words.items() if turn.speaker not in {own, None}),
        named=named,
        known=frozenset(word.lower() for word in _WORD.findall(text)),
    )


def _a_role(role: str) -> str:
    """A role as a sentence speaks of it: the CFO."""
    return role if role.partition(" ")[0].lower() in _ARTICLES else f"the {role}"


def _notices(talk: Conversation, given: SeenTalk, reading: TalkReading, others: int) -> Iterator[Notice]:
    yield from reading.notices
    suspected = [*given.source.suspected, *(given.source.original(*span) for span in reading.suspected)]
    yield from noticing.suspected(talk.transcript, suspected, "transcript", "to the rep")
    if any(readable(getattr(talk, name)).suspected for name in _TYPED):
        yield Notice(
            code="suspected_instruction",
            text="Something in the setting or the rep's name seems to speak to whoever reads it. It was left out.",
        )
    yield from noticing.hidden("transcript", given.source)
    yield from noticing.foreign(talk.transcript, reading.engine, "transcript")
    if others:
        moves = "1 move was" if others == 1 else f"{others} moves were"
        yield Notice(code="not_the_managers", text=f"{moves} left out, because somebody else said it.")
    if given.manager.how == "by what they say":
        yield Notice(
            code="manager_guessed",
            text="Who the manager is was taken from what is said; name the manager if that is wrong.",
        )


def _depends_on(
    talk: Conversation, rubric: ManagerMoves, held_on: date, engine: tuple[str, str], request: Request
) -> dict[str, Any]:
    return {**depends_on(talk, rubric, engine, request), "held_on": held_on.isoformat()}
