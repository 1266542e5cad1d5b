"""Labelled cases as the embedded engine trains on them."""

from __future__ import annotations

from pathlib import Path

from coach.evaluation.case import RepCase, load_cases
from coach.evaluation.training import fit, read_marks
from coach.rubrics import load, load_all

EVALS = Path(__file__).parents[2] / "evals"
SIGNALS = EVALS / "signals" / "reps.jsonl"


def test_every_signal_stands_in_its_text_and_is_the_rubrics() -> None:
    cases = {
        one.id: one
        for one in load_cases([EVALS / "cases" / "reps.jsonl", EVALS / "training" / "reps.jsonl"])
        if isinstance(one, RepCase)
    }
    marks, rubric = read_marks(SIGNALS), load("skill_will")
    assert cases.keys() == marks.keys()
    wrong = [
        (id_, signal.quote)
        for id_, signals in marks.items()
        for signal in signals
        if signal.quote not in dict(cases[id_].input.fields()).get(signal.field, "")
        or rubric.signal(signal.signal) is None
    ]
    assert [] == wrong


async def test_each_task_is_trained_by_itself_and_the_same_every_time() -> None:
    cases = [
        one
        for name, count in (("reps", 20), ("talks", 6))
        for one in load_cases([EVALS / "cases" / f"{name}.jsonl"])[:count]
    ]
    lexicon, marks = load_all().deal.lexicon, read_marks(SIGNALS)
    made = fit(cases, lexicon, 7, marks)
    assert made.deal is None
    assert made == fit(cases, lexicon, 7, marks)
    engine = made.engine(lexicon)
    (packet,) = [one.input for one in cases if isinstance(one, RepCase)][:1]
    assert (await engine.read_packet(packet)).impressions
    shipped = fit([], lexicon, 7, marks).engine(lexicon)
    assert engine.version_of("rep") != shipped.version_of("rep")
    assert engine.version_of("deal") == shipped.version_of("deal")
