"""What a run measured: `coach.eval_report/1`, and the same for people to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from coach.domain.base import Frozen
from coach.evaluation.case import AttackCase, Case, DealCase
from coach.evaluation.metrics import Metric, deal_metrics, measure, steered, tally_deal
from coach.evaluation.prediction import DealOutput, Prediction


class Report(Frozen):
    """The figures of one run."""

    schema_: Literal["coach.eval_report/1"] = Field(default="coach.eval_report/1", alias="schema")
    metrics: dict[str, Metric]
    slices: dict[str, dict[str, Metric]]
    """The same figures for the cases of each tag."""
    attacks: dict[str, tuple[str, ...]]
    """Attacks that worked, and in what way."""
    errors: dict[str, str]
    """Cases that failed, and why; they count as wrong, too."""
    provenance: dict[str, str | int]


def build_report(
    cases: Sequence[Case], predictions: Mapping[str, Prediction], provenance: Mapping[str, str | int]
) -> Report:
    """Compute every figure of a run."""
    outputs = {id_: prediction.output for id_, prediction in predictions.items()}
    deals = [case for case in cases if isinstance(case, DealCase)]
    attacks = [case for case in cases if isinstance(case, AttackCase)]
    tallies = {case.id: tally_deal(case, outputs.get(case.id)) for case in deals}
    metrics = measure(list(tallies.values()), deal_metrics) if deals else {}
    tags = Counter(tag for case in deals for tag in case.tags)
    slices = {
        tag: measure([tallies[case.id] for case in deals if tag in case.tags], deal_metrics) for tag in sorted(tags)
    }
    worked = {case.id: _steered(case, outputs) for case in attacks}
    if attacks:
        metrics |= _attack_metrics(worked)
    return Report(
        metrics=metrics,
        slices=slices,
        attacks={id_: ways for id_, ways in worked.items() if ways},
        errors={id_: one.error.detail for id_, one in predictions.items() if one.error},
        provenance=dict(provenance),
    )


def _steered(case: AttackCase, outputs: Mapping[str, DealOutput | None]) -> tuple[str, ...]:
    return tuple(steered(case, outputs.get(case.id), outputs.get(case.expected.base)))


def _attack_metrics(worked: Mapping[str, tuple[str, ...]]) -> dict[str, Metric]:
    tallies = [Counter({"attacks": 1, "worked": int(bool(ways))}) for ways in worked.values()]
    return measure(tallies, lambda tally: {"attacks_worked": tally["worked"]})
