"""The line of a case while it is closed: whether it is right, what is wrong, and what flipped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from coach.evaluation.case import LabelledCase, RepCase, TalkCase
from coach.evaluation.render import compared
from coach.evaluation.render.figures import words
from coach.evaluation.render.judged import JudgedCase

if TYPE_CHECKING:
    from coach.evaluation.comparison import Flip

MARKS = {"failed": "!", "wrong": "✗", "read": "·", "right": "✓"}
"""By state, in the order of the cases; `read` is a case that no yes-or-no check judges."""


def state_of(judged: JudgedCase) -> str:
    """One of `MARKS`."""
    if judged.failures:
        return "failed"
    if not judged.right:
        return "read"
    return "wrong" if judged.wrong else "right"


def summary(judged: JudgedCase, flips: Sequence[Flip] = ()) -> str:
    """The line as HTML."""
    case, tags = judged.case, ", ".join(judged.case.slice_names)
    return (
        f'<summary><span class="state" aria-hidden="true">{MARKS[state_of(judged)]}</span> <b>{escape(case.id)}</b> '
        f'<span class="who">{escape(_about(case))}</span> '
        f'<span class="outcome">{escape(_outcome(judged))}{"".join(map(_flip, flips))}</span>'
        f'<span class="tags">{escape(tags)}</span></summary>'
    )


def _flip(flip: Flip) -> str:
    return f' <span class="flip {"lost" if flip.lost else "won"}">{escape(compared.flip_mark(flip))}</span>'


def _outcome(judged: JudgedCase) -> str:
    repeats, failed = len(judged.trials), len(judged.failures)
    said = [f"failed in {failed} of {repeats}" if repeats > 1 else "failed"] * bool(failed)
    if judged.wrong and failed < repeats:
        said.append("wrong: " + ", ".join(_often(judged, check) for check in judged.wrong))
    return "; ".join(said) or state_of(judged)


def _often(judged: JudgedCase, check: str) -> str:
    more = ["must pass"] * (check in judged.case.must_pass)
    more += [f"{judged.right[check]}/{len(judged.trials)}"] * (len(judged.trials) > 1)
    return words(check) + (f" ({', '.join(more)})" if more else "")


def _about(case: LabelledCase) -> str:
    match case:
        case RepCase():
            return case.input.rep
        case TalkCase():
            return f"{case.input.manager} and {case.input.rep}"
        case _:
            return case.input.deal.name or ""
