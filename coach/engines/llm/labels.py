"""Entries of a model's answer become labels: each at a proved place, no two over the same words.

Rule: where two entries claim the same words, the one that proves less stands: a second reading of a clause never makes
it stronger evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from coach.domain import Label
from coach.domain.evidence import grade
from coach.engines.llm.places import place
from coach.engines.llm.wire import BuyerEntry, Entry, Wrong
from coach.text.span import Span


class Placed(NamedTuple):
    """What entries came to."""

    labels: tuple[Label, ...]
    wrong: tuple[Wrong, ...]
    """Entries whose words do not stand in what the model was shown."""


def placed(text: str, entries: Iterable[Entry], shown: Span) -> Placed:
    """Find the place of every entry in the note."""
    labels, wrong = [], []
    near = shown.start
    for entry in entries:
        span = place(text, entry.quote, shown, near)
        if span is None:
            wrong.append(Wrong(entry.model_dump(mode="json"), "quote: does not stand in the note word for word"))
        else:
            labels.append(_label(entry, span))
            near = span.end
    return Placed(tuple(labels), tuple(wrong))


def apart(labels: Iterable[Label]) -> tuple[Label, ...]:
    """Labels in the order of the note, of which no two share a character.

    Of two that do, the one of lower grade keeps the words, and the other what is left of its own where that is more
    than half; of equal grade, the first.
    """
    kept: list[Label] = []
    for label in sorted(labels, key=lambda one: (grade(one), one.start, one.end)):
        left = _left(label, kept)
        if left is not None:
            kept.append(left)
    return tuple(sorted(kept, key=lambda one: one.start))


def _label(entry: Entry, span: Span) -> Label:
    if isinstance(entry, BuyerEntry):
        return Label(
            start=span.start,
            end=span.end,
            kind=entry.kind,
            verifiable=entry.verifiable,
            direction=entry.direction,
            informs=entry.informs,
        )
    return Label(start=span.start, end=span.end, kind=entry.kind)


def _left(label: Label, kept: Iterable[Label]) -> Label | None:
    start, end = label.start, label.end
    for other in kept:
        if other.start < end and start < other.end:
            before, after = Span(start, min(end, other.start)), Span(max(start, other.end), end)
            start, end = max(before, after, key=lambda one: one.end - one.start)
    if 2 * (end - start) <= label.end - label.start:
        return None
    return label if (start, end) == (label.start, label.end) else label.model_copy(update={"start": start, "end": end})
