"""The committed baseline is that of the engine that ships: a stale one would compare a change with something else."""

from __future__ import annotations

from pathlib import Path

from coach.evaluation.case import load_cases, select
from coach.evaluation.coach_subject import CoachSubject
from coach.evaluation.run import Runner, open_baseline
from coach.wiring import build

EVALS = Path(__file__).parents[2] / "evals"
MAKE_AGAIN = (
    "coach eval run evals/cases --out evals/baselines/local --overwrite; look at the gate's report of the old one first"
)


async def test_the_shortest_notes_are_answered_as_in_the_baseline() -> None:
    baseline = open_baseline(EVALS / "baselines" / "local")
    cases = select(load_cases([EVALS / "cases" / "deals.jsonl"]), ["tag=very short, 2-4 sentences"])
    answers = await Runner(CoachSubject(build())).run(cases)
    changed = [id_ for id_, (one,) in answers.items() if one.output != baseline.predictions[id_][0].output]
    assert [] == changed, MAKE_AGAIN


def test_the_baseline_was_asked_the_cases_that_there_are() -> None:
    baseline = open_baseline(EVALS / "baselines" / "local")
    asked = load_cases([EVALS / "cases"])
    assert {case.id for case in asked} == baseline.manifest.inputs.keys(), MAKE_AGAIN
