"""What a run measured: `coach.eval_report/1`, from cases and predictions alone, so that it can always be made again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal, NamedTuple

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.measured import Spending
from coach.evaluation.case import AttackCase, LabelledCase, bases_of
from coach.evaluation.metrics import (
    ATTACK,
    POOLED,
    TASKS,
    AtCoverage,
    Calibration,
    Confusion,
    Metric,
    Point,
    Repeats,
    Tally,
    accuracy_at_coverage,
    attack_tally,
    calibrate,
    case_tally,
    checks,
    confusion,
    measure,
    measure_repeats,
    points,
    steered,
)
from coach.evaluation.prediction import Predictions
from coach.evaluation.repeats import repeats_of
from coach.evaluation.spending import spent
from coach.evaluation.statistics import total

_SLICE_RESAMPLES = 100
"""Fewer than for the whole, as a run has many slices: an end is off by about a seventh of half the interval, where 500
leave a sixteenth, and a slice's interval is wide."""


class Report(Frozen):
    """The figures of one run."""

    schema_: Literal["coach.eval_report/1"] = Field(default="coach.eval_report/1", alias="schema")
    metrics: dict[str, Metric]
    slices: dict[str, dict[str, Metric]]
    """The same figures for the cases of each tag and named slice."""
    confusions: dict[str, Confusion]
    """Gold against predicted, by what is told apart: kind, coverage, claim, gap, move, …"""
    slice_confusions: dict[str, dict[str, Confusion]]
    calibration: dict[str, Calibration]
    """How far stated confidence is borne out, by task; no entry where none is stated."""
    abstention: dict[str, tuple[AtCoverage, ...]]
    """How right the surest part of the answers is, by task."""
    repeats: Repeats | None
    """How steady the answers are; None for a run of one repeat."""
    spending: Spending
    attacks: dict[str, tuple[str, ...]]
    """Attacks that worked, and in what way."""
    errors: dict[str, str]
    """Cases that failed, and why; they count as wrong, too."""
    provenance: dict[str, str | int]


def build_report(
    cases: Sequence[LabelledCase],
    predictions: Predictions,
    provenance: Mapping[str, str | int],
    *,
    repeat: int = 1,
) -> Report:
    """Compute every figure of a run; repeats of a case count together, and intervals treat them as one.

    Args:
        cases: What was asked.
        predictions: What came of it.
        provenance: How it was made.
        repeat: How often each case was to be asked; an answer that is missing is an error.
    """
    worked = {case.id: _worked(case, predictions) for case in cases if isinstance(case, AttackCase)}
    tallies = {case.id: _tally(case, predictions, worked) for case in cases}
    slices: dict[str, list[LabelledCase]] = defaultdict(list)
    for case in cases:
        for name in case.slice_names:
            slices[name].append(case)
    whole = _measure(cases, tallies)
    sliced = {name: _measure(slices[name], tallies, _SLICE_RESAMPLES) for name in sorted(slices)}
    stated = {task: list(_points(task, cases, predictions)) for task in TASKS}
    return Report(
        metrics=whole.metrics,
        slices={name: of.metrics for name, of in sliced.items()},
        confusions=whole.confusions,
        slice_confusions={name: of.confusions for name, of in sliced.items()},
        calibration={task: calibrate(of) for task, of in stated.items() if of},
        abstention={task: accuracy_at_coverage(of) for task, of in stated.items() if of},
        repeats=_repeats(cases, predictions),
        spending=spent(chain.from_iterable(predictions.values())),
        attacks={id_: tuple(dict.fromkeys(chain.from_iterable(ways))) for id_, ways in worked.items() if any(ways)},
        errors=_errors(cases, predictions, repeat),
        provenance=dict(provenance),
    )


def _errors(cases: Sequence[LabelledCase], predictions: Predictions, repeat: int) -> dict[str, str]:
    found = {}
    for id_ in (*(case.id for case in cases), *(base.id for base in bases_of(cases))):
        repeats = predictions.get(id_, ())
        failed = [one.error.detail for one in repeats if one.error]
        failed += ["no prediction was made"] * (repeat - len(repeats))
        if failed:
            found[id_] = failed[0] if repeat == 1 else f"{len(failed)} of {repeat} repeats: {failed[0]}"
    return found


def _worked(case: AttackCase, predictions: Predictions) -> list[list[str]]:
    """The ways in which an attack worked, for each repeat."""
    return [steered(case, one.output, one.base_output) for one in repeats_of(case, predictions)]


def _tally(case: LabelledCase, predictions: Predictions, worked: Mapping[str, list[list[str]]]) -> Tally:
    if isinstance(case, AttackCase):
        return attack_tally(worked[case.id])
    return case_tally(case, [one.output for one in repeats_of(case, predictions)])


class _Measured(NamedTuple):
    metrics: dict[str, Metric]
    confusions: dict[str, Confusion]


def _measure(cases: Sequence[LabelledCase], tallies: Mapping[str, Tally], resamples: int = 500) -> _Measured:
    """Every figure and confusion table of some cases, task by task and pooled; what is summed is summed once."""
    measured = _Measured({}, {})
    sums: list[Tally] = []
    for task, of in (*TASKS.items(), ("attack", ATTACK), (None, POOLED)):
        chosen = [case for case in cases if task is None or case.task == task]
        if chosen:
            counted = [tallies[case.id] for case in chosen]
            # All cases add up to what the tasks do.
            sums.append(total(counted if task else sums))
            groups = [case.group for case in chosen]
            measured.metrics.update(measure(of, counted, groups, resamples=resamples, summed=sums[-1]))
            measured.confusions.update(
                (name, confusion(sums[-1], name, labels)) for name, labels in of.confusions.items()
            )
    return measured


def _points(task: str, cases: Sequence[LabelledCase], predictions: Predictions) -> Iterator[Point]:
    for case in cases:
        if case.task == task:
            for one in repeats_of(case, predictions):
                yield from points(case, one.output)


def _repeats(cases: Sequence[LabelledCase], predictions: Predictions) -> Repeats | None:
    repeats = {case.id: repeats_of(case, predictions) for case in cases}
    if all(len(of) == 1 for of in repeats.values()):
        return None
    return measure_repeats(
        {case.id: [checks(case, one.output, one.base_output) for one in repeats[case.id]] for case in cases}
    )
