"""Figures for a manager's conversations: which moves were found, and which was taken for which."""

from __future__ import annotations

from collections import Counter

from coach.domain import Move
from coach.evaluation.case import TalkCase
from coach.evaluation.metrics.confusion import UNMATCHED
from coach.evaluation.metrics.reading import QUOTE_SHARES, count_reading, reading_figures
from coach.evaluation.metrics.spans import in_text_order
from coach.evaluation.metrics.tally import FAILURES, Counts, Figures, Tally, TaskMetrics, opened
from coach.evaluation.prediction import TalkOutput

_MOVES = (*(move.value for move in Move), UNMATCHED)
_SHARES = {**QUOTE_SHARES, "failed": FAILURES}


def tally_talk(case: TalkCase, output: TalkOutput | None) -> Tally:
    """Count what one run of one case adds to every figure; without an output every gold move is missed."""
    predicted = in_text_order(output.moves) if output else []
    tally: Tally = Counter(opened(failed=output is None))
    count_reading(tally, "move", case.input.transcript, case.expected.moves, predicted)
    return tally


def talk_figures(tally: Counts) -> Figures:
    """The figures for conversations that are no proportions, from a sum of tallies.

    `move_macro_f1` is as for kinds; `move_span_f1` is the F1 of moves found, whatever they were taken for.
    """
    return reading_figures(tally, "move", _MOVES, matched="move_span_f1", schema="move_span")


TALK = TaskMetrics(
    resampled=talk_figures,
    headlines=("move_macro_f1", "move_span_f1", "ungrounded", "failed"),
    shares=_SHARES,
    confusions={"move": _MOVES},
)
