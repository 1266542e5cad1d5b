"""Reads one note by one model: stretch by stretch, repaired once where entries are wrong, and merged."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import NamedTuple

from pydantic import JsonValue

from coach.domain import DealNote, Label, Notice, Question, Status, Usage
from coach.engines.llm.call import Call, Reply
from coach.engines.llm.labels import apart, placed
from coach.engines.llm.places import nearest, place
from coach.engines.llm.prompt import DealPrompt
from coach.engines.llm.stretches import halves, shown, stretches
from coach.engines.llm.wire import Answer, Wrong, answer_schema, read_answer
from coach.errors import AnswerRefused, AnswerTruncated, BadAnswer, ContextTooLong, EngineError
from coach.text.span import Span

Ask = Callable[[Call], Awaitable[Reply]]

_CHARS_A_TOKEN = 1.5
"""Characters of a note for each token of room: labels take a token for every three, so that half the room is spare."""
_STRETCHES_AT_ONCE = 4
_DEEPEST = 3
"""How often what is left of a stretch is asked for by itself, when answers break off."""
_MOST_REPAIRED = 20
"""Wrong entries that are sent back; an answer with more is not worth mending."""


class Read(NamedTuple):
    """What a model's answers to one note came to, in the fields of a reading."""

    labels: tuple[Label, ...]
    coverage: dict[Question, Status] | None
    suspected: tuple[Span, ...]
    dropped: int
    notices: tuple[Notice, ...]
    parameters: dict[str, JsonValue] | None
    usage: Usage | None
    cost_usd: float | None


class _Part(NamedTuple):
    """What one stretch came to."""

    labels: tuple[Label, ...] = ()
    suspected: tuple[Span, ...] = ()
    dropped: int = 0
    replies: tuple[Reply, ...] = ()
    thought: tuple[dict[Question, Status] | None, ...] = ()
    """How far the questions are answered, as each answer has it."""


class Reader:
    """Turns notes into calls, and answers into labels."""

    def __init__(self, prompt: DealPrompt, max_tokens: int, temperature: float | None) -> None:
        self._prompt = prompt
        self._max_tokens = max_tokens
        self._temperature = temperature

    def calls(self, note: DealNote) -> tuple[Call, ...]:
        """What is asked for a note: a call for each of its stretches."""
        return tuple(
            self._said(self._prompt.system, self._prompt.user(note, shown(note.note, one)))
            for one in self._stretches(note)
        )

    async def read(self, note: DealNote, ask: Ask) -> Read:
        """Read a note.

        Args:
            note: The note.
            ask: Puts a call to the model.

        Raises:
            EngineError: no answer, or none that can be used.
        """
        at_once = asyncio.Semaphore(_STRETCHES_AT_ONCE)

        async def one(stretch: Span) -> _Part:
            async with at_once:
                return await self._read(note, stretch, ask)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(stretch)) for stretch in self._stretches(note)]
        except BaseExceptionGroup as failed:
            raise failed.exceptions[0] from None
        return _merged([task.result() for task in tasks])

    def _stretches(self, note: DealNote) -> tuple[Span, ...]:
        return stretches(note.note, round(self._max_tokens * _CHARS_A_TOKEN))

    async def _read(self, note: DealNote, stretch: Span, ask: Ask, depth: int = 0) -> _Part:
        """Read a stretch; where it, or the answer, is too long, what is still unread is asked for by itself."""

        async def rest(*parts: Span) -> list[_Part]:
            if not parts or depth == _DEEPEST:
                raise AnswerTruncated("the model's answer breaks off; raise COACH_MAX_TOKENS")
            return [await self._read(note, part, ask, depth + 1) for part in parts]

        seen = shown(note.note, stretch, rest=depth > 0)
        call = self._said(self._prompt.system, self._prompt.user(note, seen))
        try:
            reply = await ask(call)
        except ContextTooLong:
            if not (parts := halves(note.note, stretch)):
                raise
            return _joined([await self._read(note, part, ask) for part in parts])
        answer = read_answer(_text(reply))
        replies: tuple[Reply, ...] = (reply,)
        if answer is None and not reply.truncated:
            reply = await ask(call)
            answer, replies = read_answer(_text(reply)), (*replies, reply)
            if answer is None:
                raise BadAnswer("the model's answer holds no labels in the form that was asked for, and did not twice")
        if answer is None:
            return _joined([_Part(replies=replies), *await rest(*halves(note.note, stretch))])
        part = await self._understood(note, stretch, seen, answer, ask)
        unread = _unread(note.note, part.labels, stretch) if answer.broken_off else None
        return _joined([_Part(replies=replies), part, *(await rest(unread) if unread else ())])

    async def _understood(self, note: DealNote, stretch: Span, seen: Span, answer: Answer, ask: Ask) -> _Part:
        found = placed(note.note, answer.entries, seen)
        wrong = [*answer.wrong, *found.wrong]
        mended = await self._repaired(note, seen, wrong, ask)
        suspected = (place(note.note, quote, seen, seen.start) for quote in answer.suspected)
        return _Part(
            # What begins outside is of the stretch beside this one.
            labels=tuple(one for one in (*found.labels, *mended.labels) if stretch.start <= one.start < stretch.end),
            suspected=tuple(span for span in suspected if span),
            dropped=max(len(wrong) - len(mended.labels), 0),
            replies=mended.replies,
            thought=(answer.coverage,),
        )

    async def _repaired(self, note: DealNote, seen: Span, wrong: Sequence[Wrong], ask: Ask) -> _Part:
        """Send back what was wrong, once; what is like nothing in the note was made up, and has nothing to mend."""
        if len(wrong) > _MOST_REPAIRED:
            return _Part()
        near = [nearest(note.note, str(one.entry.get("quote", "")), seen) for one in wrong]
        mendable = [(one, span) for one, span in zip(wrong, near, strict=True) if span]
        if not mendable:
            return _Part()
        places = [span for _, span in mendable]
        call = self._said(None, self._prompt.repair(note, [one for one, _ in mendable], places))
        try:
            reply = await ask(call)
        except EngineError:
            return _Part()  # what was right stands without it
        answer = read_answer(reply.text or "")
        if answer is None:
            return _Part(replies=(reply,))
        found = placed(note.note, answer.entries, seen).labels
        kept = [one for one in found if any(_meets(one, span) for span in places)]
        return _Part(labels=tuple(kept[: len(mendable)]), replies=(reply,))

    def _said(self, system: str | None, user: str) -> Call:
        return Call(
            system=system,
            user=user,
            max_tokens=self._max_tokens,
            temperature=self._temperature,
            schema_=answer_schema(),
            schema_name="deal_reading",
        )


def _text(reply: Reply) -> str:
    if reply.refused:
        raise AnswerRefused("the model declined to read this note")
    if not reply.text:
        raise BadAnswer("the model's answer is empty")
    return reply.text


def _unread(text: str, labels: Sequence[Label], stretch: Span) -> Span | None:
    """What comes after the last words that an answer speaks of: it goes through the note in order."""
    start = max((label.end for label in labels), default=stretch.start)
    return Span(start, stretch.end) if any(map(str.isalnum, text[start : stretch.end])) else None


def _meets(label: Label, span: Span) -> bool:
    return label.start < span.end and span.start < label.end


def _joined(parts: Iterable[_Part]) -> _Part:
    parts = list(parts)
    return _Part(
        labels=tuple(label for part in parts for label in part.labels),
        suspected=tuple(span for part in parts for span in part.suspected),
        dropped=sum(part.dropped for part in parts),
        replies=tuple(reply for part in parts for reply in part.replies),
        thought=tuple(one for part in parts for one in part.thought),
    )


def _merged(parts: Sequence[_Part]) -> Read:
    whole = _joined(parts)
    labels = [label for label in whole.labels if not any(_meets(label, span) for span in whole.suspected)]
    return Read(
        labels=apart(labels),
        # Of a part, what a model thinks is of that part; the rules judge the whole.
        coverage=whole.thought[0] if len(whole.thought) == 1 else None,
        suspected=tuple(sorted(set(whole.suspected))),
        dropped=whole.dropped,
        notices=_notices(whole.dropped),
        parameters=whole.replies[0].parameters if whole.replies else None,
        usage=_usage(whole.replies),
        cost_usd=_cost(whole.replies),
    )


def _notices(dropped: int) -> tuple[Notice, ...]:
    if not dropped:
        return ()
    points = "1 point of the model's answer was" if dropped == 1 else f"{dropped} points of the model's answer were"
    return (
        Notice(
            code="ungrounded",
            text=f"{points} left out, because the note does not hold it word for word, or it is no label.",
        ),
    )


def _usage(replies: Sequence[Reply]) -> Usage | None:
    """The sum over all calls; None where one of them did not say."""
    known = [reply.usage for reply in replies if reply.usage]
    if len(known) < len(replies) or not known:
        return None
    return Usage(
        prompt_tokens=sum(one.prompt_tokens for one in known),
        completion_tokens=sum(one.completion_tokens for one in known),
        cached_tokens=sum(one.cached_tokens for one in known),
    )


def _cost(replies: Sequence[Reply]) -> float | None:
    known = [reply.cost_usd for reply in replies if reply.cost_usd is not None]
    return sum(known) if replies and len(known) == len(replies) else None
