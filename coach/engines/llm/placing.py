"""Entries of a model's answer become labels: each at a proved place, no two over the same words.

Rule: where two entries claim the same words, the one that proves less stands: a second reading of a clause never makes
it stronger evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar

from coach.engines.llm.form import EntryT, Wrong
from coach.engines.llm.places import place
from coach.text.span import Span


class Spanning(Protocol):
    """A label: it has a place in a text."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """Code point after the last."""

    def model_copy(self, *, update: dict[str, Any]) -> Self:
        """The same with other values."""


LabelT = TypeVar("LabelT", bound=Spanning)


class Placed(NamedTuple, Generic[LabelT]):
    """What entries came to."""

    labels: tuple[LabelT, ...]
    wrong: tuple[Wrong, ...]
    """Entries whose words do not stand in what the model was shown."""


def placed(
    text: str, entries: Iterable[EntryT], shown: Span, label: Callable[[EntryT, Span], LabelT | str]
) -> Placed[LabelT]:
    """Find the place of every entry in the text.

    Args:
        text: The text.
        entries: What the model said, in the order of the text.
        shown: The stretch that the model was shown.
        label: Makes an entry at its place a label, or says why it is none.
    """
    labels, wrong = [], []
    near = shown.start
    for entry in entries:
        span = place(text, entry.quote, shown, near)
        found = "quote: does not stand in the text word for word" if span is None else label(entry, span)
        if isinstance(found, str):
            wrong.append(Wrong(entry.model_dump(mode="json"), found))
        else:
            labels.append(found)
            near = found.end
    return Placed(tuple(labels), tuple(wrong))


def apart(labels: Iterable[LabelT], strength: Callable[[LabelT], int]) -> tuple[LabelT, ...]:
    """Labels in the order of the text, of which no two share a character.

    Of two that do, the one of lower strength keeps the words, and the other what is left of its own where that is more
    than half; of equal strength, the first.
    """
    kept: list[LabelT] = []
    for label in sorted(labels, key=lambda one: (strength(one), one.start, one.end)):
        left = _left(label, kept)
        if left is not None:
            kept.append(left)
    return tuple(sorted(kept, key=lambda one: one.start))


def _left(label: LabelT, kept: Iterable[LabelT]) -> LabelT | None:
    start, end = label.start, label.end
    for other in kept:
        if other.start < end and start < other.end:
            before, after = Span(start, min(end, other.start)), Span(max(start, other.end), end)
            start, end = max(before, after, key=lambda one: one.end - one.start)
    if 2 * (end - start) <= label.end - label.start:
        return None
    return label if (start, end) == (label.start, label.end) else label.model_copy(update={"start": start, "end": end})
