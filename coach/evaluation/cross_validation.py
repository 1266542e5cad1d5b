"""Cross-validation by case: every labelled text is read by an engine that was trained without it.

Folds are by case; an attack is in the fold of its base.
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
"""Trains an engine on labelled cases, and on whatever else it has."""
Shown = Callable[[LabelledCase], LabelledCase]
"""Makes of a case the one that an engine is asked: of the same id and task, and with labels that hold for its text."""
_OF_ONE_ENGINE = ("engine_version", "rep_engine_version", "talk_engine_version", "trained_on")


class CrossValidated(NamedTuple):
    """What came of a cross-validation."""

    cases: tuple[LabelledCase, ...]
    """As they were shown."""
    predictions: Predictions
    """Of all folds together, each case read by the engine that did not see it."""
    provenance: dict[str, str | int]


async def cross_validate(  # noqa: PLR0913  each is a choice of the caller's
    cases: Sequence[LabelledCase],
    coach: Coach,
    fit: Fit,
    *,
    folds: int,
    seed: int,
    progress: Callable[[str], None],
    shown: Shown = lambda case: case,
) -> CrossValidated:
    """Read every text with an engine that was not trained on it.

    Args:
        cases: Each is read once, by the engine that did not see it.
        coach: The rules and settings to judge by.
        fit: Trains an engine.
        folds: How many folds.
        seed: Shuffles the cases into folds.
        progress: Told of each fold.
        shown: Changes a case for whoever reads it; training, and the folds, go by the cases as they are. An attack is
            held against the reading of its base: where that is shown another way, the attack is left out.
    """
    labelled = [case for case in cases if not isinstance(case, AttackCase)]
    # A fold has its share of each task.
    fold_of_group: dict[str, int] = {}
    for task in sorted({case.task for case in labelled}):
        fold_of_group |= assign_folds({case.group for case in labelled if case.task == task}, folds, seed)
    fold_of = {case.id: fold_of_group[case.group] for case in labelled}
    as_shown = {case.id: shown(case) for case in cases}
    changed = {case.id for case in labelled if as_shown[case.id] != case}
    runs = [
        as_shown[case.id]
        for case in cases
        if _own_id(case) in fold_of and not (isinstance(case, AttackCase) and case.expected.base in changed)
    ]
    predictions: dict[str, Sequence[Prediction]] = {}
    for fold in range(folds):
        seen = [case for case in labelled if fold_of[case.id] != fold]
        subject = CoachSubject(replace(coach, engine=fit(seen), memory=Memory()))
        predictions |= await Runner(subject).run([case for case in runs if fold_of[_own_id(case)] == fold])
        progress(f"fold {fold + 1} of {folds}: trained on {len(seen)} of the cases")
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
