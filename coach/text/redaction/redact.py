"""A text with placeholders in the place of what was taken out, and the way back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, count

from coach.text.redaction.names import names_in
from coach.text.redaction.numbers import numbers_in
from coach.text.redaction.plain import plain
from coach.text.span import Span

_PERSON = "person"
_LOOKS_LIKE_ONE = re.compile(r"(?<![A-Z0-9_])[A-Z]{2,6}_[0-9]")


@dataclass(frozen=True)
class Redacted:
    """A text without what tells who somebody is."""

    text: str
    original: str
    taken: tuple[tuple[Span, Span], ...] = ()
    """Of each placeholder, its span here and the span of what it stands for there, in order."""

    def span(self, start: int, end: int) -> Span:
        """The span of the original that a span of this text is of; of a placeholder, all of what it stands for."""
        return Span(self._place(start, at_end=False), self._place(end, at_end=True))

    def _place(self, place: int, *, at_end: bool) -> int:
        number = (bisect_left if at_end else bisect_right)(self._starts, place)
        if number == 0:
            return place
        here, there = self.taken[number - 1]
        if place < here.end:
            return there.end if at_end else there.start
        return there.end + place - here.end

    @cached_property
    def _starts(self) -> list[int]:
        return [here.start for here, _ in self.taken]


@dataclass
class Redactor:
    """Takes out of several texts of one matter, so that one value has one placeholder in all of them."""

    people: tuple[str, ...] = ()
    """Names to look for."""
    avoid: Iterable[str] = ()
    """Texts whose own words no placeholder may look like."""
    counts: Counter[str] = field(default_factory=Counter)
    """How many were taken out, by kind."""
    _values: Counter[str] = field(default_factory=Counter)
    """How many different ones, by kind."""
    _placeholders: dict[tuple[str, str], str] = field(default_factory=dict)
    _first: dict[str, str] = field(default_factory=dict)
    """By placeholder, the value as it first stood."""

    def redact(self, text: str) -> Redacted:
        """Take out of one text."""
        made = plain(text)
        people = ((span, f"{_PERSON} {who}") for span, who in names_in(made, self.people))
        found = ((made.span(*span), kind) for span, kind in chain(numbers_in(made.text), people))
        pieces: list[str] = []
        taken: list[tuple[Span, Span]] = []
        last = length = 0
        for span, kind in _apart(found):
            placeholder = self._placeholder(kind, text[span.start : span.end])
            pieces += [text[last : span.start], placeholder]
            length += span.start - last + len(placeholder)
            taken.append((Span(length - len(placeholder), length), span))
            last = span.end
        return Redacted("".join([*pieces, text[last:]]) if taken else text, text, tuple(taken))

    def put_back(self, said: str) -> str:
        """Put the values back into what somebody said who had only placeholders."""
        if not self._first:
            return said
        return self._any.sub(lambda found: self._first[found[0]], said)

    @property
    def _any(self) -> re.Pattern[str]:
        longest_first = sorted(self._first, key=len, reverse=True)
        return re.compile(rf"(?<![A-Z0-9_])(?:{'|'.join(map(re.escape, longest_first))})(?![0-9])")

    @property
    def found(self) -> Mapping[str, int]:
        """How many were taken out, by kind, in the order of their names."""
        return dict(sorted(self.counts.items()))

    def _placeholder(self, kind: str, value: str) -> str:
        name, _, who = kind.partition(" ")
        self.counts[name] += 1
        # Of a number, digits alone count: it is the same with other gaps.
        key = (name, who or (value if name == "email" else re.sub(r"[\W_]", "", value)).casefold())
        if key not in self._placeholders:
            self._values[name] += 1
            placeholder = f"{self._prefix}{name.upper()}_{self._values[name]}"
            self._placeholders[key] = placeholder
            self._first[placeholder] = value
        return self._placeholders[key]

    @cached_property
    def _prefix(self) -> str:
        """What placeholders begin with, so that no word of the texts is one."""
        texts = list(self.avoid)
        if not any(_LOOKS_LIKE_ONE.search(text) for text in texts):
            return ""
        there = {len(letters) for text in texts for letters in re.findall("X+", text)}
        return "X" * next(length for length in count(1) if length not in there) + "_"


def _apart(found: Iterable[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Those that do not overlap, in the order of the text; of two that do, the first that was found."""
    kept: list[tuple[Span, str]] = []
    for span, kind in found:
        place = bisect_left(kept, (span, ""))
        before = place == 0 or kept[place - 1][0].end <= span.start
        if before and (place == len(kept) or span.end <= kept[place][0].start):
            kept.insert(place, (span, kind))
    return kept
