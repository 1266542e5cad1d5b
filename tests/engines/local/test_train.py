"""Training, end to end on a few notes: repeatable, and it learns what it is shown."""

from __future__ import annotations

from pathlib import Path

from coach.domain import Centre
from coach.engines.local import LocalEngine
from coach.engines.local.train import LabelledNote, fit
from coach.evaluation.case import DealCase, load_cases
from coach.evaluation.cross_validation import assign_folds
from coach.rubrics import load

CASES = Path(__file__).parents[3] / "evals" / "cases" / "deals.jsonl"


def some_notes(count: int) -> list[LabelledNote]:
    return [
        LabelledNote(note=case.input, labels=tuple(one.label() for one in case.expected.statements))
        for case in load_cases([CASES])[:count]
        if isinstance(case, DealCase)
    ]


def test_training_is_repeatable_and_learns_its_notes() -> None:
    notes, lexicon = some_notes(20), load("buyer_evidence").lexicon
    raw = fit(notes, lexicon, seed=7)
    assert raw == fit(notes, lexicon, seed=7)
    engine = LocalEngine(lexicon, raw)
    right = of = 0
    for one in notes:
        read = engine.read(one.note).labels
        for gold in one.labels:
            of += 1
            right += any(
                label.kind.centre is gold.kind.centre and label.start < gold.end and gold.start < label.end
                for label in read
            )
    assert right / of > 0.9
    assert Centre.BUYER in {label.kind.centre for label in engine.read(notes[0].note).labels}


def test_folds_are_even_whole_and_repeatable() -> None:
    ids = [f"d-{number}" for number in range(23)]
    folds = assign_folds(ids, 5, seed=1)
    assert set(ids) == set(folds)
    sizes = [list(folds.values()).count(fold) for fold in range(5)]
    assert [5, 5, 5, 4, 4] == sizes
    assert folds == assign_folds(list(reversed(ids)), 5, seed=1)
    assert folds != assign_folds(ids, 5, seed=2)
