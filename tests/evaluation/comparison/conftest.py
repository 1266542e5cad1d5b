"""Runs made by hand: deal cases whose claim is right or wrong as a test says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import pytest

from coach.evaluation.case import DealCase, input_sha256
from coach.evaluation.prediction import DealOutput, Failure, Prediction
from coach.evaluation.run import Run
from coach.evaluation.run.folder import Manifest

MakeRun = Callable[..., Run]


@pytest.fixture
def make_run(deal_case: DealCase) -> MakeRun:
    """A run over as many cases as outcomes are given: True, the claim is right; False, wrong; None, the case failed."""

    def make(outcomes: Sequence[bool | None], name: str = "run", **fields: object) -> Run:
        cases = tuple(deal_case.model_copy(update={"id": f"d-{i}", **fields}) for i in range(len(outcomes)))
        return Run(
            Path(name),
            Manifest(repeat=1, provenance={}, inputs={case.id: input_sha256(case) for case in cases}),
            cases,
            {case.id: [_prediction(case, right)] for case, right in zip(cases, outcomes, strict=True)},
        )

    return make


def _prediction(case: DealCase, right: bool | None) -> Prediction:
    output = DealOutput(
        statements=[asdict(one) for one in case.expected.statements],
        coverage=case.expected.coverage,
        claim="unproven" if right else "refuted",
        shown=(),
    )
    return Prediction(
        id=case.id,
        task="deal",
        output=None if right is None else output,
        error=Failure(code="timeout", detail="no answer") if right is None else None,
        engine="told",
        duration_ms=1,
    )
