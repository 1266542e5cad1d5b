"""The metrics of every task, and of all of them together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from coach.evaluation.case import LabelledCase
from coach.evaluation.metrics.deal import DEAL, tally_deal
from coach.evaluation.metrics.reading import QUOTE_SHARES
from coach.evaluation.metrics.rep import REP, tally_rep
from coach.evaluation.metrics.talk import TALK, tally_talk
from coach.evaluation.metrics.tally import FAILURES, Tally, TaskMetrics, one_case, proportions_only
from coach.evaluation.prediction import Output

TASKS: Mapping[str, TaskMetrics] = {"deal": DEAL, "rep": REP, "talk": TALK}
"""By `task` of a case; an attack is compared with another reading instead, and has `ATTACK`."""

_TALLIES: Mapping[str, Callable[[Any, Any], Tally]] = {"deal": tally_deal, "rep": tally_rep, "talk": tally_talk}


def case_tally(case: LabelledCase, outputs: Sequence[Output | None]) -> Tally:
    """Tally the repeats of one case, which stays one case.

    Args:
        case: A case of one of `TASKS`.
        outputs: What came of each run of it; None for a run that failed, which is wrong everywhere.
    """
    tally = _TALLIES[case.task]
    return one_case(tally(case, output) for output in outputs)


POOLED = TaskMetrics(
    resampled=proportions_only,
    headlines=("ungrounded", "failed"),
    shares={**QUOTE_SHARES, "failed": FAILURES},
    confusions={},
)
"""What every task has, over the cases of all tasks; the quotes of attacks are not among them."""
