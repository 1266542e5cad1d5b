"""Finds the turns of a conversation.

Rule: words belong to the speaker named last, until a heading or another name. What a writer puts into brackets on a
line of its own is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from coach.text.conversation.accept import named
from coach.text.conversation.labels import Form, Label, voices
from coach.text.conversation.lines import Kind, Line, lines
from coach.text.conversation.names import merged
from coach.text.conversation.reading import Reading, read_lines
from coach.text.conversation.turn import Turn
from coach.text.conversation.unfold import unfolded

_ASIDE = re.compile(r"(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\]|\*[^*\s][^*]{0,80}\*|_[^_\s][^_]{0,80}_)[.!]?$")
_END_TAGS = ("</v>", "</c>", "</i>", "</b>")


def turns(text: str) -> tuple[Turn, ...]:
    """The turns of a conversation: in order, apart from each other, none empty.

    A text that names no speaker is one turn of nobody's (of captions, one for each cue); an empty one has none. What
    stands before the first speaker or under a heading, and a writer's aside, is nobody's too.
    """
    reading = unfolded(text, read_lines(text, lines(text)))
    if not reading.places and all(line.kind is not Kind.APPARATUS for line in reading.lines):
        start, said = len(text) - len(text.lstrip()), text.strip()
        return (Turn(None, start, start + len(said)),) if said else ()
    return tuple(_joined(_pieces(text, reading)))


def _pieces(text: str, reading: Reading) -> Iterator[tuple[Turn, bool]]:
    """What is said on each line, and whether it may go on with the piece before."""
    known = merged(_named(text, reading))
    speaker: str | None = None
    joins = False
    for place, line in enumerate(reading.lines):
        if line.kind is Kind.BLANK:
            continue
        label = reading.labels[place] if place in reading.places else None
        if line.kind is Kind.APPARATUS or label or line.kind is Kind.HEADING:
            joins = False
        if line.kind is Kind.APPARATUS:
            continue
        if line.kind is Kind.HEADING or label:
            speaker = known[label.name] if label else None
        if line.kind is Kind.HEADING and not label and not any(map(str.isalnum, text[line.start : line.end])):
            continue
        for said, start, end in _said(text, line, label, speaker, known):
            speaker = said
            if start < end:
                aside = _ASIDE.match(text, start, end) is not None
                yield Turn(None if aside else speaker, start, end), joins and not aside
                joins = not aside


def _said(
    text: str, line: Line, label: Label | None, speaker: str | None, known: Mapping[str, str]
) -> Iterator[tuple[str | None, int, int]]:
    """Who says what on a line: one speaker, or several voices of WebVTT."""
    start = label.words if label else line.start
    marks = [] if label is None or label.form is not Form.VOICE else voices(text, start, line.end)
    stops = [*(mark.start for mark in marks), line.end]
    starts = [start, *(mark.label.words for mark in marks)]
    names = [speaker, *(known[mark.label.name] for mark in marks)]
    for name, begin, stop in zip(names, starts, stops, strict=True):
        said = text[begin:stop].strip()
        first = text.index(said, begin, stop)
        while said.endswith(_END_TAGS):
            said = said[: -len("</v>")].rstrip()
        yield name, first, first + len(said)


def _named(text: str, reading: Reading) -> list[tuple[str, str]]:
    found = [reading.labels[place] for place in sorted(reading.places)]
    inside = (
        mark.label
        for place in sorted(reading.places)
        if reading.labels[place].form is Form.VOICE
        for mark in voices(text, reading.labels[place].words, reading.lines[place].end)
    )
    return named([*found, *inside])


def _joined(pieces: Iterator[tuple[Turn, bool]]) -> Iterator[Turn]:
    """Turns of the pieces that go on with each other."""
    turn: Turn | None = None
    for piece, joins in pieces:
        if turn and joins and turn.speaker == piece.speaker:
            turn = turn._replace(end=piece.end)
            continue
        if turn:
            yield turn
        turn = piece
    if turn:
        yield turn
