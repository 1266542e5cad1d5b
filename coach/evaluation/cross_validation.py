"""Cross-validation by note: every labelled note is read by an engine that was trained without it.

Folds are by case; an attack is in the fold of its base; texts that only ever train are in every fold's training set.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from coach.engines.base import Engine
from coach.engines.local.train import LabelledNote
from coach.evaluation.case import AttackCase, Case, DealCase
from coach.evaluation.prediction import Prediction, predict
from coach.evaluation.report import Report, build_report
from coach.evaluation.run import provenance
from coach.wiring import Coach

Fit = Callable[[Sequence[LabelledNote]], Engine]
"""Trains an engine on labelled notes."""


async def cross_validate(  # noqa: PLR0913  each is a choice of the caller's
    cases: Sequence[Case],
    training: Sequence[Case],
    coach: Coach,
    fit: Fit,
    *,
    folds: int,
    seed: int,
    progress: Callable[[str], None],
) -> Report:
    """Measure an engine on notes it was not trained on, predictions of all folds pooled.

    Args:
        cases: Deal and attack cases; each is read once, by the engine that did not see it.
        training: Deal cases that only ever train.
        coach: The rules and settings to judge by.
        fit: Trains an engine.
        folds: How many folds.
        seed: Shuffles the cases into folds.
        progress: Told of each fold.
    """
    deals = [case for case in cases if isinstance(case, DealCase)]
    fold_of = assign_folds([case.id for case in deals], folds, seed)
    runs = [case for case in cases if _deal_id(case) in fold_of]
    extra = [labelled(case) for case in training if isinstance(case, DealCase)]
    predictions: dict[str, Prediction] = {}
    for fold in range(folds):
        seen = [labelled(case) for case in deals if fold_of[case.id] != fold]
        fold_coach = replace(coach, engine=fit([*seen, *extra]))
        for case in runs:
            if fold_of[_deal_id(case)] == fold:
                predictions[case.id] = await predict(case, fold_coach)
        progress(f"fold {fold + 1} of {folds}: trained on {len(seen) + len(extra)} notes")
    made = {**provenance(runs, coach), "cross_validation": f"{folds} folds by note, seed {seed}"}
    return build_report(runs, predictions, made)


def assign_folds(ids: Sequence[str], folds: int, seed: int) -> dict[str, int]:
    """Deal shuffled ids into folds of equal size."""
    shuffled = sorted(ids)
    random.Random(seed).shuffle(shuffled)  # noqa: S311  a split that anyone can repeat
    return {id_: place % folds for place, id_ in enumerate(shuffled)}


def labelled(case: DealCase) -> LabelledNote:
    """A case as an engine trains on it."""
    return LabelledNote(note=case.input, labels=tuple(one.label() for one in case.expected.statements))


def _deal_id(case: Case) -> str:
    return case.expected.base if isinstance(case, AttackCase) else case.id
