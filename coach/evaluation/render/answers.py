"""The answers of a case side by side: gold, what an earlier run said where it flipped, what was predicted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from typing import TYPE_CHECKING

from coach.domain import Question
from coach.evaluation.case import DealExpectation
from coach.evaluation.prediction import DealOutput
from coach.evaluation.render import compared
from coach.evaluation.render.figures import words
from coach.evaluation.render.tags import bullets, differing, table

if TYPE_CHECKING:
    from coach.evaluation.comparison import Flip

COLUMNS = (*(question.value for question in Question), "claim")
"""The checks that a deal is asked, in the order of the table."""


def deal_answers(
    caption: str, rows: Sequence[tuple[str, DealExpectation | DealOutput | None]], flips: Sequence[Flip] = ()
) -> str:
    """Coverage and claim as a table; where a later row differs from the first, it says so.

    Args:
        caption: What the table holds.
        rows: Each with its name; None for one that there is not.
        flips: Of the case; what the earlier run said comes second, and where nothing flipped its cell is empty.
    """
    read = [(name, _said(one)) for name, one in rows if one]
    if not read:
        return ""
    (name, held), *later = read
    cells = [[name, *held]]
    if {flip.check for flip in flips} & set(COLUMNS):
        cells.append(["before", *(before(check, flips) for check in COLUMNS)])
    for name, said in later:
        cells.append([name, *(new if new == old else differing(new) for old, new in zip(held, said, strict=True))])
    return table(caption, ("", *COLUMNS), cells, kind="answers", said=True)


def before(check: str, flips: Sequence[Flip]) -> str:
    """What the earlier run said on a check that flipped, which was wrong if it was won; nothing on any other."""
    for flip in flips:
        if flip.check == check:
            said = escape(words(flip.before))
            return said if flip.lost else differing(said)
    return ""


def flips_beside(flips: Sequence[Flip], columns: Collection[str] = ()) -> str:
    """The flips of checks that no column holds: they judge a whole reading, as `safe` does."""
    return bullets(
        f"{escape(compared.flip_mark(flip))}: {escape(compared.turn(flip))}"
        for flip in flips
        if flip.check not in columns
    )


def _said(one: DealExpectation | DealOutput) -> list[str]:
    return [words(answer) for answer in (*(one.coverage[question] for question in Question), one.claim)]
