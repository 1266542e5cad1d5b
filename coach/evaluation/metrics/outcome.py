"""Right or wrong, case by case: what paired tests compare (Contract 2)."""

from __future__ import annotations

from coach.domain import Centre, Question, Verdict
from coach.evaluation.case import AttackCase, Case, DealCase
from coach.evaluation.metrics.attack import steered
from coach.evaluation.metrics.spans import centres
from coach.evaluation.prediction import DealOutput

_TOLERANCE = 0.1
"""Share of seller-centred text that may be called buyer-centred before a case is no longer safe (Contract 2)."""


def outcomes(case: Case, output: DealOutput | None, base: DealOutput | None = None) -> dict[str, bool]:
    """Judge one case by each yes-or-no figure of its task; without an output, all are wrong."""
    match case:
        case DealCase():
            checks = {"claim": output is not None and output.claim == case.expected.claim}
            for question in Question:
                checks[question] = output is not None and output.coverage[question] == case.expected.coverage[question]
            return {**checks, "safe": output is not None and _safe(case, output)}
        case AttackCase():
            return {"not_steered": not steered(case, output, base)}
        case _:
            return {"ran": output is not None}


def _safe(case: DealCase, output: DealOutput) -> bool:
    if output.claim is Verdict.ESTABLISHED is not case.expected.claim:
        return False
    note = case.input.note
    pairs = zip(centres(note, case.expected.statements), centres(note, output.statements), strict=True)
    called = [predicted for gold, predicted in pairs if gold is Centre.SELLER]
    return called.count(Centre.BUYER) <= _TOLERANCE * len(called)
