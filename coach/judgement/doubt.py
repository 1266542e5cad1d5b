"""What the reader of a note was not sure of: it establishes nothing, and the manager is asked about it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coach.domain import Question, Verdict
from coach.judgement.claim import Ground, Ruling, rule
from coach.judgement.coverage import Finding
from coach.judgement.reading import Reading, Seen


def cautious(reading: Reading) -> Ruling:
    """The ruling, unless it would be established only by what the reader was not sure of: then it is unproven."""
    ruling = rule(reading)
    if ruling.verdict is Verdict.ESTABLISHED:
        sure = rule(replace(reading, seen=tuple(one for one in reading.seen if not one.statement.is_unsure)))
        if sure.verdict is not Verdict.ESTABLISHED:
            return Ruling(Verdict.UNPROVEN, Ground.UNSURE, ruling.because)
    return ruling


def least_sure(reading: Reading, findings: Mapping[Question, Finding], ruling: Ruling) -> Seen | None:
    """The least sure of the customer's points that the verdict or an answer rests on; None where all are sure."""
    rests_on = [ruling.because, *(finding.because for finding in findings.values())]
    bearing = {one.index for because in rests_on for one in because}
    unsure = (one for one in reading.buyer if one.index in bearing and one.statement.is_unsure)
    return min(unsure, key=lambda one: (one.statement.confidence or 0.0, one.index), default=None)


def unsure(ruling: Ruling) -> tuple[Seen, ...]:
    """What a ruling would have rested on, and cannot; all of it where what is missing is not among it."""
    return tuple(one for one in ruling.because if one.statement.is_unsure) or ruling.because
