"""Reads one text by one model: stretch by stretch, repaired once where entries are wrong, and merged."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, NamedTuple

from coach.domain import Notice, Usage
from coach.engines.llm.call import Call, Reply
from coach.engines.llm.form import Answer, EntryT, Wrong
from coach.engines.llm.places import nearest, place
from coach.engines.llm.placing import LabelT, Placed, apart, placed
from coach.engines.llm.stretches import halves, shown, stretches
from coach.engines.llm.task import GivenT, Read, ReadingT, Task
from coach.errors import AnswerRefused, AnswerTruncated, BadAnswer, ContextTooLong, EngineError
from coach.text.span import Span

Ask = Callable[[Call], Awaitable[Reply]]

_STRETCHES_AT_ONCE = 4
_DEEPEST = 3
"""How often what is left of a stretch is asked for by itself, when answers break off."""
_MOST_REPAIRED = 20
"""Wrong entries that are sent back; an answer with more is not worth mending."""


class _Part(NamedTuple, Generic[LabelT]):
    """What one stretch came to."""

    labels: tuple[LabelT, ...] = ()
    suspected: tuple[Span, ...] = ()
    dropped: int = 0
    replies: tuple[Reply, ...] = ()
    besides: tuple[Mapping[str, Any], ...] = ()
    """What each answer says beside its entries."""


class Reader(Generic[GivenT, EntryT, LabelT, ReadingT]):
    """Turns texts into calls, and answers into labels."""

    def __init__(
        self, task: Task[GivenT, EntryT, LabelT, ReadingT], max_tokens: int, temperature: float | None
    ) -> None:
        self.task = task
        self._max_tokens = max_tokens
        self._temperature = temperature

    def calls(self, given: GivenT) -> tuple[Call, ...]:
        """What is asked for a text: a call for each of its stretches."""
        text = self.task.text(given)
        return tuple(
            self._said(self.task.system, self.task.user(given, shown(text, one))) for one in self._stretches(text)
        )

    async def read(self, given: GivenT, ask: Ask) -> Read[LabelT]:
        """Read a text.

        Args:
            given: What is to be read.
            ask: Puts a call to the model.

        Raises:
            EngineError: no answer, or none that can be used.
        """
        text = self.task.text(given)
        at_once = asyncio.Semaphore(_STRETCHES_AT_ONCE)

        async def one(stretch: Span) -> _Part[LabelT]:
            async with at_once:
                return await self._read(given, text, stretch, ask)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(stretch)) for stretch in self._stretches(text)]
        except BaseExceptionGroup as failed:
            raise failed.exceptions[0] from None
        return self._merged([task.result() for task in tasks])

    def _stretches(self, text: str) -> tuple[Span, ...]:
        return stretches(text, round(self._max_tokens * self.task.chars_a_token))

    async def _read(self, given: GivenT, text: str, stretch: Span, ask: Ask, depth: int = 0) -> _Part[LabelT]:
        """Read a stretch; where it, or the answer, is too long, what is still unread is asked for by itself."""

        async def rest(*parts: Span) -> list[_Part[LabelT]]:
            if not parts or depth == _DEEPEST:
                raise AnswerTruncated("the model's answer breaks off; raise COACH_MAX_TOKENS")
            return [await self._read(given, text, part, ask, depth + 1) for part in parts]

        seen = shown(text, stretch, rest=depth > 0)
        call = self._said(self.task.system, self.task.user(given, seen))
        try:
            reply = await ask(call)
        except ContextTooLong:
            if not (parts := halves(text, stretch)):
                raise
            return _joined([await self._read(given, text, part, ask) for part in parts])
        answer = self.task.form.read(_text(reply))
        replies: tuple[Reply, ...] = (reply,)
        if answer is None and not reply.truncated:
            reply = await ask(call)
            answer, replies = self.task.form.read(_text(reply)), (*replies, reply)
            if answer is None:
                raise BadAnswer("the model's answer holds no labels in the form that was asked for, and did not twice")
        if answer is None:
            return _joined([_Part(replies=replies), *await rest(*halves(text, stretch))])
        part = await self._understood(given, text, stretch, seen, answer, ask)
        unread = _unread(text, part.labels, stretch) if answer.broken_off else None
        return _joined([_Part(replies=replies), part, *(await rest(unread) if unread else ())])

    async def _understood(  # noqa: PLR0913, PLR0917  what it is of, and where
        self, given: GivenT, text: str, stretch: Span, seen: Span, answer: Answer[EntryT], ask: Ask
    ) -> _Part[LabelT]:
        found = self._placed(given, text, answer, seen)
        wrong = [*answer.wrong, *found.wrong]
        mended = await self._repaired(given, text, seen, wrong, ask)
        suspected = (place(text, quote, seen, seen.start) for quote in answer.suspected)
        return _Part(
            # What begins outside is of the stretch beside this one.
            labels=tuple(one for one in (*found.labels, *mended.labels) if stretch.start <= one.start < stretch.end),
            suspected=tuple(span for span in suspected if span),
            dropped=max(len(wrong) - len(mended.labels), 0),
            replies=mended.replies,
            besides=(answer.besides,),
        )

    async def _repaired(self, given: GivenT, text: str, seen: Span, wrong: Sequence[Wrong], ask: Ask) -> _Part[LabelT]:
        """Send back what was wrong, once; what is like nothing in the text was made up, and has nothing to mend."""
        if len(wrong) > _MOST_REPAIRED:
            return _Part()
        near = [nearest(text, str(one.entry.get("quote", "")), seen) for one in wrong]
        mendable = [(one, span) for one, span in zip(wrong, near, strict=True) if span]
        if not mendable:
            return _Part()
        places = [span for _, span in mendable]
        call = self._said(None, self.task.repair(given, [one for one, _ in mendable], places))
        try:
            reply = await ask(call)
        except EngineError:
            return _Part()  # what was right stands without it
        answer = self.task.form.read(reply.text or "")
        if answer is None:
            return _Part(replies=(reply,))
        found = self._placed(given, text, answer, seen).labels
        kept = [one for one in found if any(_meets(one, span) for span in places)]
        return _Part(labels=tuple(kept[: len(mendable)]), replies=(reply,))

    def _placed(self, given: GivenT, text: str, answer: Answer[EntryT], seen: Span) -> Placed[LabelT]:
        return placed(text, answer.entries, seen, lambda entry, span: self.task.label(given, entry, span))

    def _merged(self, parts: Sequence[_Part[LabelT]]) -> Read[LabelT]:
        whole = _joined(parts)
        labels = [label for label in whole.labels if not any(_meets(label, span) for span in whole.suspected)]
        return Read(
            labels=apart(labels, self.task.strength),
            besides=whole.besides,
            suspected=tuple(sorted(set(whole.suspected))),
            dropped=whole.dropped,
            notices=_notices(whole.dropped),
            parameters=whole.replies[0].parameters if whole.replies else None,
            usage=_usage(whole.replies),
            cost_usd=_cost(whole.replies),
        )

    def _said(self, system: str | None, user: str) -> Call:
        return Call(
            system=system,
            user=user,
            max_tokens=self._max_tokens,
            temperature=self._temperature,
            schema_=self.task.form.schema,
            schema_name=self.task.name,
        )


def _text(reply: Reply) -> str:
    if reply.refused:
        raise AnswerRefused("the model declined to read this text")
    if not reply.text:
        raise BadAnswer("the model's answer is empty")
    return reply.text


def _unread(text: str, labels: Sequence[LabelT], stretch: Span) -> Span | None:
    """What comes after the last words that an answer speaks of: it goes through the text in order."""
    start = max((label.end for label in labels), default=stretch.start)
    return Span(start, stretch.end) if any(map(str.isalnum, text[start : stretch.end])) else None


def _meets(label: LabelT, span: Span) -> bool:
    return label.start < span.end and span.start < label.end


def _joined(parts: Iterable[_Part[LabelT]]) -> _Part[LabelT]:
    parts = list(parts)
    return _Part(
        labels=tuple(label for part in parts for label in part.labels),
        suspected=tuple(span for part in parts for span in part.suspected),
        dropped=sum(part.dropped for part in parts),
        replies=tuple(reply for part in parts for reply in part.replies),
        besides=tuple(one for part in parts for one in part.besides),
    )


def _notices(dropped: int) -> tuple[Notice, ...]:
    if not dropped:
        return ()
    points = "1 point of the model's answer was" if dropped == 1 else f"{dropped} points of the model's answer were"
    return (
        Notice(
            code="ungrounded",
            text=f"{points} left out, because the text does not hold it word for word, or it is no label.",
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
