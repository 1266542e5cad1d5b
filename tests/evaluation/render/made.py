"""Predictions made from gold, and a comparison made by hand."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from coach.evaluation.case import AttackCase, DealCase, LabelledCase, RepCase, TalkCase
from coach.evaluation.comparison import Change, Comparison, Difference, Flip
from coach.evaluation.prediction import (
    DealOutput,
    Failure,
    Output,
    PredictedMove,
    PredictedStatement,
    Prediction,
    RepOutput,
    TalkOutput,
)

PROVENANCE: dict[str, str | int] = {"engine": "told", "engine_version": "1", "rubric": "buyer_evidence"}


def as_gold(case: LabelledCase) -> Output:
    """The output that is right about everything; of an attack, one that sees nothing."""
    match case:
        case DealCase():
            statements = tuple(PredictedStatement(**asdict(one), confidence=0.9) for one in case.expected.statements)
            return DealOutput(
                statements=statements, coverage=case.expected.coverage, claim=case.expected.claim, shown=()
            )
        case AttackCase():
            missing = dict.fromkeys(("problem", "criteria", "action", "process"), "missing")
            return DealOutput.model_validate({"statements": (), "coverage": missing, "claim": "unproven", "shown": ()})
        case RepCase():
            return RepOutput.model_validate(case.expected.model_dump() | {"confidence": 0.7})
        case TalkCase():
            moves = (
                PredictedMove(quote=one.quote, start=one.start, end=one.end, move=one.move)
                for one in case.expected.moves
            )
            return TalkOutput(moves=tuple(moves))


def predicted(case: LabelledCase, repeat: int = 0, **changes: Any) -> Prediction:
    """One repeat of a case: as gold, with some fields changed."""
    gold = as_gold(case)
    output = type(gold).model_validate({name: getattr(gold, name) for name in type(gold).model_fields} | changes)
    return Prediction(id=case.id, repeat=repeat, task=case.task, output=output, engine="told", duration_ms=600)


def failed(case: LabelledCase, repeat: int = 0, detail: str = "no answer in time") -> Prediction:
    """One repeat of a case that has no output."""
    return Prediction(
        id=case.id,
        repeat=repeat,
        task=case.task,
        output=None,
        error=Failure(code="engine_error", detail=detail),
        engine="told",
        duration_ms=0,
    )


def difference(**changes: Any) -> Difference:
    """The primary figure of deals, which fell by a tenth beyond chance."""
    fields: dict[str, Any] = {
        "name": "claim",
        "task": "deal",
        "slice": None,
        "primary": True,
        "n": 130,
        "before": 0.9,
        "after": 0.8,
        "low": -0.15,
        "high": -0.05,
        "worse": 15,
        "better": 2,
        "largest_drop": 0.14,
        "detectable": 0.08,
        "p": 0.001,
        "adjusted": 0.002,
        "verdict": "regressed",
    }
    return Difference(**fields | changes)


def flip(**changes: Any) -> Flip:
    """A deal whose claim was right, and is taken for refuted."""
    fields: dict[str, Any] = {
        "case": "d-1",
        "who": "Acme",
        "check": "claim",
        "lost": True,
        "gold": "unproven",
        "before": "unproven",
        "after": "refuted",
    }
    return Flip(**fields | changes)


def comparison(**changes: Any) -> Comparison:
    """Two runs between which one case was lost, two were won, and one deal's claim changed."""
    fields: dict[str, Any] = {
        "before": "runs/old",
        "after": "runs/new",
        "cases": 130,
        "verdict": "regressed",
        "because": ("deal claim fell by 0.100",),
        "flips": (
            flip(),
            flip(case="d-2", who="d-2", check="action", lost=False, gold="missing", before="partial", after="missing"),
            flip(case="d-3", who="Bolt", lost=False, gold="no_claim", before="refuted", after="no_claim"),
        ),
        "differences": (
            difference(),
            difference(name="safe", primary=False, low=None, high=None, detectable=None, verdict="inconclusive"),
            difference(slice="industry=rail", n=12),
        ),
        "changes": (
            Change(
                case="d-1",
                who="Acme",
                what=("claim: unproven → no_claim",),
                why=tuple(f"«word {n}» newly seen (buyer_action)" for n in range(1, 8)),
            ),
        ),
        "broken": (),
        "failed_before": 0,
        "failed_after": 1,
        "left_out": 0,
    }
    return Comparison(**fields | changes)
