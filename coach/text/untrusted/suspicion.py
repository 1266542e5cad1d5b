"""Finds the passages of a text that speak to its reader.

Rule: a passage is cut as a whole, to the border of its unit; what stands beside it and weighs something goes with it.
"""

# ruff: noqa: RUF001 - letters and marks of other scripts are what this is about

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from coach.text.span import Span
from coach.text.untrusted.folding import folded
from coach.text.untrusted.lexicon import Cue, cues_in
from coach.text.untrusted.marks import Mark, marks_in
from coach.text.untrusted.register import score
from coach.text.untrusted.units import Unit, pieces_of, units_of
from coach.text.untrusted.weigh import SHAPED, SUSPECT, shape_of, weight_of

_SHORT_UNIT = 700
_WINDOW = 5
# What stands beside a suspect is of it from this weight on.
_BESIDE = 2.0
_BESIDE_ITEM = 2.5
_SHORT_REST = 140
_NOTHING = 1.5
_MOST_BESIDE = 12
_TOO_SHORT = 30
"""Characters: a word or two of a greeting sound like anything."""
_A_POINT = 2.0
"""The weight of a point of `register.score`."""


def suspected_in(text: str) -> list[Span]:
    """The suspected passages of a cleaned text, in order, none touching another."""
    return _Search(text).run()


class _Search:
    def __init__(self, text: str) -> None:
        self._text = text
        self._form = folded(text)
        self._cues = cues_in(self._form)
        self._cue_starts = [cue.start for cue in self._cues]
        self._marks = marks_in(text, self._form)
        self._mark_starts = [mark.start for mark in self._marks]
        self._units: list[Unit] = []
        self._weights: dict[tuple[int, int], float] = {}
        self._has_shape = bool(self._marks) or not SHAPED.isdisjoint([cue.meaning for cue in self._cues])

    def run(self) -> list[Span]:
        self._units = units_of(self._text)
        found: list[Span] = []
        for number, unit in enumerate(self._units):
            for span in self._in_unit(unit) or self._in_row(number):
                found += self._with_neighbours(number, span)
        return _merged(self._text, self._filled(_merged(self._text, found)))

    def _in_row(self, number: int) -> list[Span]:
        """A unit that is not suspect by itself, but with another of its kind beside it."""
        if not self._has_shape:
            return []
        unit = self._units[number]
        shape = self._shape(unit)
        for at in range(max(0, number - 2), min(number + 3, len(self._units))):
            other = self._units[at]
            if at == number:
                continue
            if other.paragraph == unit.paragraph and min(shape, self._shape(other)) >= _BESIDE:
                return [Span(unit.start, unit.end)]
            if (
                abs(at - number) == 1
                and max(shape, self._shape(other)) >= _BESIDE
                and min(self._short_weight(unit), self._short_weight(other)) >= _BESIDE
            ):
                return [Span(unit.start, unit.end)]
        return []

    def _short_weight(self, unit: Unit) -> float:
        return self._weight(unit.start, unit.end) if unit.end - unit.start <= _SHORT_UNIT else 0.0

    def _shape(self, unit: Unit) -> float:
        start, end, _ = unit
        if end - start > _SHORT_UNIT:
            return 0.0
        return shape_of(self._form, self._cues_of(start, end), self._marks_of(start, end))

    def _filled(self, spans: list[Span]) -> list[Span]:
        """With what stands between suspects of one paragraph, and the little that is left of it."""
        paragraphs: dict[int, list[Unit]] = defaultdict(list)
        for unit in self._units if spans else ():
            paragraphs[unit.paragraph].append(unit)
        starts = [span.start for span in spans]
        for units in paragraphs.values():
            start, end = units[0].start, units[-1].end
            inside = spans[bisect_left(starts, start) : bisect_left(starts, end)]
            if len(units) < 2 or not inside:
                continue
            if any(0 < b.start - a.end <= _SHORT_REST for a, b in pairwise(inside)):
                spans = [*spans, *(Span(a.end, b.start) for a, b in pairwise(inside) if b.start - a.end <= _SHORT_REST)]
            last = inside[-1].end
            if len(units) > 2 and inside[0].start <= start and end - last <= min(_SHORT_REST, (last - start) / 2):
                spans = [*spans, Span(last, end)]
        return spans

    def _weight(self, start: int, end: int) -> float:
        known = self._weights.get((start, end))
        if known is None:
            marks = self._marks_of(start, end)
            known = weight_of(self._form, start, end, self._cues_of(start, end), marks)
            known += self._sound(start, end, marks)
            self._weights[start, end] = known
        return known

    def _sound(self, start: int, end: int, marks: Sequence[Mark]) -> float:
        """What it weighs that a stretch sounds like speech to a reader: `SUSPECT` where that alone is enough."""
        if end - start < _TOO_SHORT:
            return 0.0
        return max(0.0, SUSPECT + _A_POINT * score(self._form[start:end], (mark.kind for mark in marks)))

    def _cues_of(self, start: int, end: int) -> Sequence[Cue]:
        return self._cues[bisect_left(self._cue_starts, start) : bisect_left(self._cue_starts, end)]

    def _marks_of(self, start: int, end: int) -> Sequence[Mark]:
        return self._marks[bisect_left(self._mark_starts, start) : bisect_left(self._mark_starts, end)]

    def _in_unit(self, unit: Unit) -> list[Span]:
        start, end, _ = unit
        if end - start <= _SHORT_UNIT and self._weight(start, end) < SUSPECT:
            return []
        closed = [mark for mark in self._marks_of(start, end) if mark.closed]
        if closed:
            return self._around(unit, closed)
        return self._in_stretch(start, end)

    def _around(self, unit: Unit, closed: Sequence[Mark]) -> list[Span]:
        """Marks that hold all that belongs to them are cut by themselves; what is left is looked at by itself."""
        found: list[Span] = []
        at = unit.start
        for mark in closed:
            if mark.start < at:
                continue
            found += self._in_stretch(at, mark.start)
            if self._weight(mark.start, mark.end) >= SUSPECT:
                lead = self._lead_in(at, mark.start)
                rest = unit.end if mark.kind == "json" and unit.end - mark.end <= _SHORT_REST else mark.end
                found.append(Span(lead, rest))
            at = mark.end
        if at < unit.end:
            found += self._in_stretch(at, unit.end)
        return found

    def _lead_in(self, start: int, end: int) -> int:
        """Where the line that announces what follows begins."""
        before = self._text[start:end].rstrip()
        if not before.endswith((":", "：", "```json", "```")):
            return end
        return start + before.rfind("\n") + 1

    def _in_stretch(self, start: int, end: int) -> list[Span]:
        pieces = pieces_of(self._text, start, end)
        if not pieces:
            return []
        if end - start <= _SHORT_UNIT:
            found = [(0, len(pieces))] if self._weight(start, end) >= SUSPECT else []
        else:
            found = []
            for i in range(len(pieces)):
                last = min(i + _WINDOW, len(pieces))
                if self._weight(pieces[i].start, pieces[last - 1].end) >= SUSPECT:
                    if found and i < found[-1][1]:
                        found[-1] = found[-1][0], last
                    else:
                        found.append((i, last))
        return [self._trimmed(start, pieces, first, last) for first, last in found]

    def _trimmed(self, start: int, pieces: Sequence[Span], first: int, last: int) -> Span:
        """Without the sentences at either end that weigh nothing by themselves: what they say of the deal counts.

        A sentence that the one before it wants to be quoted stays with it.
        """
        own = [self._weight(*piece) for piece in pieces[first:last]]
        while last - first > 1 and own[-1] < _NOTHING and not self._points(pieces[last - 2], "next_line"):
            own.pop()
            last -= 1
        while last - first > 1 and own[0] < _NOTHING:
            own.pop(0)
            first += 1
        first = self._over_repeats(pieces, first)
        return Span(start if first == 0 else pieces[first].start, pieces[last - 1].end)

    def _over_repeats(self, pieces: Sequence[Span], first: int) -> int:
        """Back over padding: a sentence that is said again and again."""
        at = first
        while at > 1 and self._form[slice(*pieces[at - 1])] == self._form[slice(*pieces[at - 2])]:
            at -= 1
        return at - 1 if at < first else first

    def _with_neighbours(self, number: int, span: Span) -> list[Span]:
        found = [span]
        unit = self._units[number]
        if not self._text[unit.start : span.start].strip():
            found += self._beside(number, -1, ask=self._points(span, "last_line"))
        if not self._text[span.end : unit.end].strip():
            found += self._beside(number, 1, ask=self._points(span, "next_line"))
        return found

    def _points(self, span: Span, meaning: str) -> bool:
        """Whether the line at the end of a suspect speaks of the next one, or that at its start of the last."""
        start, end = span
        if meaning == "next_line":
            start = max(start, self._text.rfind("\n", start, end))
        else:
            end = min(end, self._text.find("\n", start, end) % (end + 1))
        return any(cue.meaning == meaning for cue in self._cues_of(start, end))

    def _announces(self, unit: Unit) -> bool:
        return unit.end - unit.start <= _SHORT_REST and self._text.endswith((":", "："), unit.start, unit.end)

    def _beside(self, number: int, step: int, *, ask: bool) -> list[Span]:
        """The units before or after a suspect that go with it."""
        found: list[Span] = []
        paragraph = self._units[number].paragraph
        at = number + step
        while 0 <= at < len(self._units) and len(found) < _MOST_BESIDE:
            unit = self._units[at]
            announces = step < 0 and not found and unit.paragraph == paragraph and self._announces(unit)
            needed = _BESIDE_ITEM if unit.paragraph == paragraph else _BESIDE
            weight = self._weight(unit.start, unit.end)
            if weight >= SUSPECT:
                break
            if not (ask or announces) and weight < needed:
                break
            ask = False
            found.append(Span(unit.start, unit.end))
            at += step
        return found


def _merged(text: str, spans: list[Span]) -> list[Span]:
    """Spans in order, those with nothing between them as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
