"""The committed baseline is that of the engine that ships: a stale one would compare a change with something else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coach.evaluation.case import load_cases, select
from coach.evaluation.coach_subject import CoachSubject
from coach.evaluation.run import Runner, open_baseline
from coach.wiring import build

EVALS = Path(__file__).parents[2] / "evals"
MAKE_AGAIN = (
    "coach eval run evals/cases --out evals/baselines/local --overwrite; look at the gate's report of the old one first"
)


ALIKE = 0.95
"""Of the statements in the notes that are read again: an encoder adds in another order on another processor."""


def test_the_baseline_is_of_the_engine_that_ships() -> None:
    then, now = open_baseline(EVALS / "baselines" / "local").manifest.provenance, CoachSubject(build()).provenance()
    assert {**then, "code_sha256": now["code_sha256"]} == now, MAKE_AGAIN


async def test_the_shortest_notes_are_answered_as_in_the_baseline() -> None:
    baseline = open_baseline(EVALS / "baselines" / "local")
    cases = select(load_cases([EVALS / "cases" / "deals.jsonl"]), ["tag=very short, 2-4 sentences"])
    answers = await Runner(CoachSubject(build())).run(cases)
    now = {id_: _read(one.output) for id_, (one,) in answers.items()}
    then = {id_: _read(baseline.predictions[id_][0].output) for id_ in answers}
    alike = sum(len(now[id_] & then[id_]) for id_ in now)
    every = sum(len(now[id_] | then[id_]) for id_ in now)
    assert every > 100
    claims = {id_: (one.output.claim, baseline.predictions[id_][0].output.claim) for id_, (one,) in answers.items()}
    assert {} == {id_: pair for id_, pair in claims.items() if pair[0] != pair[1]}, MAKE_AGAIN
    assert alike >= ALIKE * every, MAKE_AGAIN


def _read(output: Any) -> set[tuple[object, ...]]:
    """The statements of an answer, without how sure the engine was."""
    statements = output.model_dump(mode="json", exclude={"statements": {"__all__": {"confidence"}}})["statements"]
    return {tuple(one.values()) for one in statements}


def test_the_baseline_was_asked_the_cases_that_there_are() -> None:
    baseline = open_baseline(EVALS / "baselines" / "local")
    asked = load_cases([EVALS / "cases"])
    assert {case.id for case in asked} == baseline.manifest.inputs.keys(), MAKE_AGAIN
