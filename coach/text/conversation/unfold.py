"""Finds labels inside lines, where line breaks were lost: pasted into one line, or captions joined to lines.

Rule: inside a line a name with a colon is a label only where everything speaks for it; people do quote each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coach.text.conversation.lines import Kind, Line
from coach.text.conversation.reading import Reading, read_lines

_WORD = r"[^\W\d_][\w'’-]{0,29}"
_AFTER_SENTENCE = re.compile(
    rf"(?<=[.!?…\"”)][ \t])(?:(?:Mrs?|Ms|Dr|Prof)\.?[ ])?{_WORD}(?:[ ]{_WORD}){{0,2}}(?:[ ]\d{{1,2}})?:[ \t](?![\"“„«])"
)
_SENTENCE_END = frozenset('.!?…"”)')
_SPOKEN_OF = re.compile(r"(?:\b(?:to|with|from|is|was|by|told|tell|asked|ask|said|says)|[^\w\s])\s$", re.IGNORECASE)
"""What comes before a name that is spoken of: "I said to Ben: …"."""
_BACK = 12
_FIRST = 2
"""Before which of the lines, cut, the first label stands in a talk that was pasted into one line."""
_NAMES_AT_MOST = 50
_OFTEN = 0.25
"""Share of labels after a sentence inside a line, from which on they are labels and no way of speaking."""


def unfolded(text: str, reading: Reading) -> Reading:
    """The reading with a line for each label."""
    if len(reading.names()) < 2:
        inside = list(_inside(text, reading, _AFTER_SENTENCE))
        again = read_lines(text, _cut(text, reading.lines, inside)) if inside else reading
        reading = again if len(again.names()) > 1 and min(again.places) <= _FIRST else reading
    names = reading.names()
    if not 2 <= len(names) <= _NAMES_AT_MOST:
        return reading
    spoken = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    inside = list(_inside(text, reading, re.compile(rf"(?<=[ \t])(?:{spoken}):[ \t](?=[^a-z])")))
    after = {place for place in inside if text[max(0, place - _BACK) : place].rstrip()[-1:] in _SENTENCE_END}
    within = [
        place for place in inside if place not in after and not _SPOKEN_OF.search(text, max(0, place - _BACK), place)
    ]
    if len(after) >= max(2, _OFTEN * len(reading.places)):
        within = sorted({*within, *after})
    return read_lines(text, _cut(text, reading.lines, within)) if within else reading


def _inside(text: str, reading: Reading, label: re.Pattern[str]) -> Iterator[int]:
    """Where labels begin inside lines, after the label at their head."""
    for place, line in enumerate(reading.lines):
        if line.kind is Kind.WORDS:
            own = reading.labels.get(place)
            for found in label.finditer(text, own.words if own else line.start, line.end):
                if found.start() > line.start:
                    yield found.start()


def _cut(text: str, lines: Sequence[Line], places: Sequence[int]) -> list[Line]:
    """The lines, each cut at the places that lie in it."""
    parts: list[Line] = []
    ahead = iter([*places, len(text) + 1])
    place = next(ahead)
    for line in lines:
        start = line.start
        while place < line.end:
            parts.append(Line(start, start + len(text[start:place].rstrip()), line.kind))
            start, place = place, next(ahead)
        parts.append(Line(start, line.end, line.kind))
    return parts
