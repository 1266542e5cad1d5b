"""Two readings of the same texts held against each other, of annotators or engines; neither is the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from coach.domain import Gap
from coach.errors import InvalidInput
from coach.evaluation.case import AttackCase, DealCase, GoldStatement, LabelledCase, RepCase, TalkCase
from coach.evaluation.metrics.outcome import grades
from coach.evaluation.prediction import (
    DealOutput,
    Output,
    PredictedMove,
    PredictedStatement,
    Prediction,
    RepOutput,
    TalkOutput,
)
from coach.evaluation.report import Report, build_report


class Disagreement(NamedTuple):
    """How far two engines read one text differently."""

    id: str
    agreement: float
    """0 to 1: of spans found by both and of whose they are, or of the gap."""


def agreement_report(first: Sequence[LabelledCase], second: Sequence[LabelledCase]) -> Report:
    """Hold a second annotator's labels against the first's, by every figure of a run.

    The figures are the same whichever of the two comes first, but for those that have a direction, such as
    `seller_called_buyer` and `safe`. Attacks are left out: nobody labels how one is to be read.

    Args:
        first: Labelled cases.
        second: The same texts, labelled by somebody else; others are left out.

    Raises:
        InvalidInput: no text is in both.
    """
    others = {one.id: one for one in second}
    twice = [one for one in first if one.id in others and _same(one, others[one.id])]
    if not twice:
        raise InvalidInput("no case of the first is in the second, with the same id and the same text")
    predictions = {
        one.id: [
            Prediction(id=one.id, task=one.task, output=_said(others[one.id]), engine="second annotator", duration_ms=0)
        ]
        for one in twice
    }
    return build_report(twice, predictions, {"engine": "second annotator"})


def disagreements(
    cases: Sequence[LabelledCase], first: Mapping[str, Output | None], second: Mapping[str, Output | None]
) -> list[Disagreement]:
    """What to label next: the texts that two engines read most differently, those first.

    Attacks are left out, as in `agreement_report`.

    Args:
        cases: The texts; their labels, if any, are not looked at.
        first: What one engine said, by case.
        second: What the other did.

    Source: query by committee (Seung, Opper and Sompolinsky, COLT 1992).
    """
    found = []
    for case in cases:
        one, other = first.get(case.id), second.get(case.id)
        if one is not None and other is not None and not isinstance(case, AttackCase):
            found.append(Disagreement(case.id, _agree(case, one, other)))
    return sorted(found, key=lambda each: (each.agreement, each.id))


def _same(one: LabelledCase, other: LabelledCase) -> bool:
    return not isinstance(one, AttackCase) and one.task == other.task and one.input == other.input


def _agree(case: LabelledCase, one: Output, other: Output) -> float:
    if isinstance(one, RepOutput) and isinstance(other, RepOutput):
        return float(one.gap is other.gap) * (0.5 if Gap.INSUFFICIENT_EVIDENCE in {one.gap, other.gap} else 1.0)
    as_gold = case.model_copy(update={"expected": one})
    of_each = grades(as_gold, other)
    return fmean(of_each.values()) if of_each else 0.0


def _said(case: LabelledCase) -> Output | None:
    """What an annotator said, as if an engine had."""
    match case:
        case DealCase(expected=expected):
            return DealOutput(
                statements=tuple(_predicted(one) for one in expected.statements),
                coverage=expected.coverage,
                claim=expected.claim,
                shown=(),
            )
        case TalkCase(expected=expected):
            moves = (
                PredictedMove(quote=one.quote, start=one.start, end=one.end, move=one.move) for one in expected.moves
            )
            return TalkOutput(moves=tuple(moves))
        case RepCase(expected=expected):
            return RepOutput(**{name: getattr(expected, name) for name in type(expected).model_fields})
        case _:
            return None


def _predicted(one: GoldStatement) -> PredictedStatement:
    return PredictedStatement(
        quote=one.quote,
        start=one.start,
        end=one.end,
        kind=one.kind,
        verifiable=one.verifiable,
        direction=one.direction,
        informs=one.informs,
    )
