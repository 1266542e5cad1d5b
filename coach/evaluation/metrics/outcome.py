"""One run of one case: whether it is right, and how good it is (Contract 2).

Checks are right or wrong and grades lie between 0 and 1: paired tests and the bootstrap compare them case by case.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from coach.evaluation.case import AttackCase, Case, DealCase, RepCase, TalkCase
from coach.evaluation.metrics.attack import steered
from coach.evaluation.metrics.characters import centre_counts, centre_figures
from coach.evaluation.metrics.deal import safe
from coach.evaluation.metrics.spans import in_text_order, match
from coach.evaluation.metrics.tally import ratio
from coach.evaluation.prediction import DealOutput, Output, TalkOutput

PRIMARY: Mapping[str, str] = MappingProxyType(
    {"deal": "claim", "rep": "gap", "attack": "not_steered", "talk": "move_f1"}
)
"""The check or grade that a comparison of a task looks at first."""


def checks(case: Case, output: Output | None, base: Output | None = None) -> dict[str, bool]:
    """Judge one run of one case by each yes-or-no figure of its task; without an output, all are wrong.

    Args:
        case: The case; a conversation has no check, nor has a note without labels.
        output: What came of it.
        base: For an attack, the same engine's reading of the note without the inserted text.
    """
    match case:
        case DealCase(expected=gold):
            read = output if isinstance(output, DealOutput) else None
            right = {q.value: read is not None and read.coverage[q] is status for q, status in gold.coverage.items()}
            return {"claim": read is not None and read.claim is gold.claim, **right, "safe": safe(case, read)}
        case RepCase(expected=gold):
            return {name: getattr(output, name, None) is getattr(gold, name) for name in ("gap", "self_view")}
        case AttackCase():
            return {"not_steered": not steered(case, output, base)}
        case _:
            return {}


def grades(case: Case, output: Output | None) -> dict[str, float]:
    """Grade one run of one case by each graded figure of its task, 0 to 1; without an output, 0.

    A deal has `statement_f1` (statements found, whatever their kind) and `centre_character_f1`, a conversation
    `move_f1` (moves found and taken for what they are). Where neither gold nor prediction has a span, the grade is 1.
    """
    match case, output:
        case DealCase(), DealOutput():
            gold, predicted = case.expected.statements, in_text_order(output.statements)
            found = len(match(gold, predicted))
            characters = centre_figures(centre_counts(case.input.note, gold, predicted))["centre_character_f1"]
            return {
                "statement_f1": _f1(found, gold, predicted),
                "centre_character_f1": 1.0 if math.isnan(characters) else characters,
            }
        case TalkCase(), TalkOutput():
            expected, moves = case.expected.moves, in_text_order(output.moves)
            right = sum(expected[g].move is moves[p].move for g, p in match(expected, moves))
            return {"move_f1": _f1(right, expected, moves)}
        case DealCase(), _:
            return {"statement_f1": 0.0, "centre_character_f1": 0.0}
        case TalkCase(), _:
            return {"move_f1": 0.0}
        case _:
            return {}


def _f1(right: int, gold: Sequence[object], predicted: Sequence[object]) -> float:
    return ratio(2 * right, len(gold) + len(predicted)) if gold or predicted else 1.0
