"""A text as lines, with those that a speaker's label heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coach.text.conversation.accept import accepted
from coach.text.conversation.labels import Label, label_of, time_alone
from coach.text.conversation.lines import Kind, Line


class Reading(NamedTuple):
    """The lines of a text, what looks like a label at the head of them, and which of those are speakers."""

    lines: list[Line]
    labels: dict[int, Label]
    """By the place of their line."""
    places: set[int]
    """The places of the lines whose labels are speakers."""

    def names(self) -> list[str]:
        """The labels of the speakers, as written, each once."""
        return list(dict.fromkeys(self.labels[place].name for place in sorted(self.places)))


def read_lines(text: str, cut: Sequence[Line]) -> Reading:
    """The labels of lines, and who of them speaks."""
    lines = [
        line._replace(kind=Kind.APPARATUS) if line.start < line.end and time_alone(text, line.start, line.end) else line
        for line in cut
    ]
    labels = {
        place: label
        for place, line in enumerate(lines)
        if (line.kind is Kind.WORDS or line.kind is Kind.HEADING) and (label := label_of(text, line.start, line.end))
    }
    return Reading(lines, labels, accepted(text, lines, labels))
