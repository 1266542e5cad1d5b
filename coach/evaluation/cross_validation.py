"""Cross-validation by case: every labelled text is read by an engine that was trained without it.

Folds are by case; an attack is in the fold of its base; texts that only ever train are in every fold's training set.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from coach.engines.base import Engine
from coach.evaluation.case import AttackCase, LabelledCase
from coach.evaluation.coach_subject import CoachSubject
from coach.evaluation.prediction import Prediction, Predictions
from coach.evaluation.run import Runner
from coach.wiring import Coach
from coach.wiring.memory import Memory

Fit = Callable[[Sequence[LabelledCase]], Engine]
"""Trains an engine on labelled cases."""
_OF_ONE_ENGINE = ("engine_version", "rep_engine_version", "talk_engine_version", "trained_on")


class CrossValidated(NamedTuple):
    """What came of a cross-validation."""

    cases: tuple[LabelledCase, ...]
    predictions: Predictions
    """Of all folds together, each case read by the engine that did not see it."""
    provenance: dict[str, str | int]


async def cross_validate(  # noqa: PLR0913  each is a choice of the caller's
    cases: Sequence[LabelledCase],
    training: Sequence[LabelledCase],
    coach: Coach,
    fit: Fit,
    *,
    folds: int,
    seed: int,
    progress: Callable[[str], None],
) -> CrossValidated:
    """Read every text with an engine that was not trained on it.

    Args:
        cases: Each is read once, by the engine that did not see it.
        training: Cases that only ever train.
        coach: The rules and settings to judge by.
        fit: Trains an engine.
        folds: How many folds.
        seed: Shuffles the cases into folds.
        progress: Told of each fold.
    """
    labelled = [case for case in cases if not isinstance(case, AttackCase)]
    # A fold has its share of each task.
    fold_of_group: dict[str, int] = {}
    for task in sorted({case.task for case in labelled}):
        fold_of_group |= assign_folds({case.group for case in labelled if case.task == task}, folds, seed)
    fold_of = {case.id: fold_of_group[case.group] for case in labelled}
    runs = [case for case in cases if _own_id(case) in fold_of]
    predictions: dict[str, Sequence[Prediction]] = {}
    for fold in range(folds):
        seen = [case for case in labelled if fold_of[case.id] != fold]
        subject = CoachSubject(replace(coach, engine=fit([*seen, *training]), memory=Memory()))
        predictions |= await Runner(subject).run([case for case in runs if fold_of[_own_id(case)] == fold])
        progress(f"fold {fold + 1} of {folds}: trained on {len(seen) + len(training)} texts")
    made = {**CoachSubject(coach).provenance(), "cross_validation": f"{folds} folds by case, seed {seed}"}
    # The engine that ships has seen every text; none of the folds' engines is it.
    for name in _OF_ONE_ENGINE:
        made.pop(name, None)
    return CrossValidated(tuple(runs), {case.id: predictions[case.id] for case in runs}, made)


def assign_folds(ids: Iterable[str], folds: int, seed: int) -> dict[str, int]:
    """Deal shuffled ids into folds of equal size."""
    shuffled = sorted(ids)
    random.Random(seed).shuffle(shuffled)  # noqa: S311  a split that anyone can repeat
    return {id_: place % folds for place, id_ in enumerate(shuffled)}


def _own_id(case: LabelledCase) -> str:
    return case.expected.base if isinstance(case, AttackCase) else case.id
