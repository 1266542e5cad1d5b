"""A text with its spans marked: each by colour, line and letters, so that none of them has to be seen for the others.

Spans may overlap or lie outside the text, as a prediction's may; the markup is whole all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from html import escape
from itertools import pairwise
from typing import NamedTuple

from coach.domain import Direction, Kind, Move, Question
from coach.evaluation.case import GoldMove, GoldStatement
from coach.evaluation.metrics.spans import Stretch, match
from coach.evaluation.prediction import PredictedMove, PredictedStatement

LETTERS = {
    Kind.BUYER_ACTION: "BA",
    Kind.BUYER_COMMITMENT: "BC",
    Kind.BUYER_STATEMENT: "BS",
    Kind.SELLER_ACTION: "SA",
    Kind.SELLER_OPINION: "SO",
    Move.BUYER_QUESTION: "BQ",
    Move.SELLER_QUESTION: "SQ",
    Move.COACHING_QUESTION: "CQ",
    Move.TELL: "TE",
    Move.TAKEOVER: "TO",
    Move.JUDGEMENT: "JU",
    Move.SUPPORT: "SU",
    Move.ACCOUNTABILITY: "AC",
}
"""What stands behind a marked span, for whoever cannot tell the colours apart; the style sheet has the same."""

_PREDICTED = (PredictedStatement, PredictedMove)


class Mark(NamedTuple):
    """A span to mark."""

    start: int
    end: int
    kind: str
    """Its class in the style sheet: a kind, a move, or one of the page's own."""
    title: str
    """What is said of it on pointing at it, as HTML."""


def marked(text: str, marks: Sequence[Mark]) -> str:
    """The text as HTML; where marks overlap, the later one has the characters."""
    if escape(text, quote=False) == text:  # as most notes are: then no piece has to be escaped
        return _marked(text, marks, str)
    return _marked(text, marks, partial(escape, quote=False))


def _marked(text: str, marks: Sequence[Mark], as_html: Callable[[str], str]) -> str:
    parts = []
    at = 0
    for start, end, kind, title in marks:
        if not at <= start < end <= len(text):
            return _marked(text, _disjoint(len(text), marks), as_html)
        parts.append(as_html(text[at:start]))
        parts.append(f'<mark class="{kind}" title="{title}">{as_html(text[start:end])}</mark>')
        at = end
    parts.append(as_html(text[at:]))
    return "".join(parts)


def _disjoint(whole: int, marks: Sequence[Mark]) -> list[Mark]:
    """The same marks in order, within a text of `whole` characters, and none over another."""
    cuts = sorted({min(max(end, 0), whole) for one in marks for end in (one.start, one.end)})
    place = {cut: i for i, cut in enumerate(cuts)}
    owners: list[Mark | None] = [None] * (len(cuts) - 1)
    for one in marks:
        first, last = (place[min(max(end, 0), whole)] for end in (one.start, one.end))
        owners[first:last] = [one] * (last - first)
    pieces: list[Mark] = []
    owning: Mark | None = None
    for (start, end), owner in zip(pairwise(cuts), owners, strict=True):
        if owner is not None and owner is owning:
            pieces[-1] = pieces[-1]._replace(end=end)
        elif owner is not None:
            pieces.append(owner._replace(start=start, end=end))
        owning = owner
    return pieces


def statement_marks(statements: Sequence[GoldStatement | PredictedStatement], agreed: set[int]) -> list[Mark]:
    """Marks for statements; those whose place is not in `agreed` are marked as read differently."""
    return [
        _mark(one, _titled(one.kind, place in agreed, one.verifiable, one.direction, one.informs))
        for place, one in enumerate(statements)
    ]


def move_marks(moves: Sequence[GoldMove | PredictedMove], agreed: set[int]) -> list[Mark]:
    """Marks for moves, as for statements."""
    return [_mark(one, _titled(one.move, place in agreed)) for place, one in enumerate(moves)]


def agreement(gold: Sequence[Stretch], predicted: Sequence[Stretch], field: str) -> tuple[set[int], set[int]]:
    """Places of the gold and of the predicted spans that have a counterpart on the other side.

    A counterpart is matched as every figure matches (`evals/cases/README.md`), and has the same label.
    """
    pairs = [(g, p) for g, p in match(gold, predicted) if getattr(gold[g], field) is getattr(predicted[p], field)]
    return {g for g, _ in pairs}, {p for _, p in pairs}


def legend(labels: Sequence[Kind | Move]) -> str:
    """What the marks mean."""
    items = "".join(f'<li><mark class="{label}">{label.replace("_", " ")}</mark></li>' for label in labels)
    off = '<li><mark class="off">read differently by the other side</mark></li>'
    return f'<ul class="legend" aria-label="What the marks mean">{items}{off}</ul>'


class _Title(NamedTuple):
    classes: str
    words: str
    aside: str
    """What is said last, after what differs from span to span."""


@cache
def _titled(
    label: Kind | Move,
    agreed: bool,  # noqa: FBT001  the two kinds of title
    verifiable: bool | None = None,  # noqa: FBT001  an attribute of the statement
    direction: Direction | None = None,
    informs: Question | None = None,
) -> _Title:
    """What a mark says; there are thousands of marks, and few things to say."""
    words = label.replace("_", " ")
    if direction is not None:
        words += f" · {'verifiable' if verifiable else 'not verifiable'} · {direction} · informs {informs}"
    return (
        _Title(label, words, "") if agreed else _Title(f"{label} off", words, " · read differently by the other side")
    )


def _mark(one: GoldStatement | GoldMove | PredictedStatement | PredictedMove, title: _Title) -> Mark:
    stated = one.confidence if isinstance(one, _PREDICTED) else None
    sure = "" if stated is None else f" · confidence {stated:.2f}"
    return Mark(one.start, one.end, title.classes, f"{title.words}{sure}{title.aside}")
