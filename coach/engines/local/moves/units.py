"""The sentences of a manager's turns, each with its place among them and what was said before and after. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from coach.text.conversation import Turn, turns
from coach.text.segment import sentences
from coach.text.span import Span

_ASIDE = re.compile(r"\([^()\n]{1,200}\)")
"""What is written in brackets is about what happens, and nobody says it."""
_WORD = re.compile(r"\w")
_BOUND = 1000
"""How much of a reply is looked at, from either end."""


class Unit(NamedTuple):
    """A sentence of the manager's."""

    span: Span
    turn: int
    """Index of the manager's turn."""
    place: int
    """Index in the turn."""
    of: int
    """How many sentences the turn has."""


class Talk(NamedTuple):
    """A conversation, taken apart."""

    units: tuple[Unit, ...]
    replies: tuple[str, ...]
    """What others said before each turn of the manager's, and last what they said after all of them."""
    reps: frozenset[str]
    """Names of the others, as their lines are labelled."""


def take_apart(text: str, spans: Sequence[Span]) -> Talk:
    """Cut the manager's turns into sentences.

    Args:
        text: The transcript.
        spans: The manager's turns, without the labels of their lines, in any order.
    """
    spans = _apart(spans, len(text))
    ends = [span.end for span in spans]
    units: list[Unit] = []
    replies: list[str] = []
    others = [one for one in turns(text) if not _meets(spans, ends, one)]
    waiting = iter([*others, None])
    reply = next(waiting)
    for turn, span in enumerate(spans):
        said = []
        while reply is not None and reply.start < span.start:
            said.append(text[reply.start : reply.end])
            reply = next(waiting)
        replies.append(_bounded("\n".join(said)))
        found = _sentences(text, span)
        units += [Unit(one, turn, place, len(found)) for place, one in enumerate(found)]
    rest = [text[one.start : one.end] for one in (reply, *waiting) if one is not None]
    return Talk(
        tuple(units), (*replies, _bounded("\n".join(rest))), frozenset(one.speaker for one in others if one.speaker)
    )


def _apart(spans: Sequence[Span], length: int) -> list[Span]:
    """Spans in order, within the text; one that overlaps another begins where that one ends."""
    found: list[Span] = []
    for span in sorted(spans):
        start = max(0, span.start, found[-1].end if found else 0)
        end = min(span.end, length)
        if start < end:
            found.append(Span(start, end))
    return found


def _meets(spans: Sequence[Span], ends: Sequence[int], turn: Turn) -> bool:
    """Whether a turn shares anything with one of the spans, which lie in order."""
    place = bisect_right(ends, turn.start)
    return place < len(spans) and spans[place].start < turn.end


def _bounded(said: str) -> str:
    return said if len(said) <= 2 * _BOUND else said[:_BOUND] + "\n" + said[-_BOUND:]


def _sentences(text: str, span: Span) -> list[Span]:
    found = []
    at = span.start
    for aside in _ASIDE.finditer(text, span.start, span.end):
        found += _between(text, at, aside.start())
        at = aside.end()
    return found + _between(text, at, span.end)


def _between(text: str, start: int, end: int) -> list[Span]:
    cut = [Span(start + one.start, start + one.end) for one in sentences(text[start:end])]
    return [one for one in cut if _WORD.search(text, one.start, one.end)]
