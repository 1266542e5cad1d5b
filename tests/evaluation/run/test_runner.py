"""The runner: bounded, resumable, replayable, and never stopped by one bad case."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from coach.errors import EngineError, RateLimited
from coach.evaluation.case import Case, DealCase
from coach.evaluation.prediction import DealOutput, Prediction
from coach.evaluation.run import AnswerCache, Journal, Runner, RunOptions
from coach.evaluation.run.journal import read_predictions
from coach.evaluation.subject import Answer

ROOT = Path(__file__).parents[3]


class Counting:
    """Answers every case with nothing seen, and counts how it was asked."""

    name = "counting"

    def __init__(self, *refusals: Exception, version: str = "1", wait_s: float = 0) -> None:
        self.refusals = list(refusals)
        self.version = version
        self.wait_s = wait_s
        self.asked: list[str] = []
        self.in_flight = self.most = 0

    def depends_on(self, case: Case) -> Mapping[str, Any]:
        return {"input": case.input.model_dump(mode="json"), "version": self.version}

    async def answer(self, case: Case) -> Answer:
        self.asked.append(case.id)
        self.in_flight += 1
        self.most = max(self.most, self.in_flight)
        try:
            await asyncio.sleep(self.wait_s)
            if self.refusals:
                raise self.refusals.pop(0)
        finally:
            self.in_flight -= 1
        coverage = dict.fromkeys(("problem", "criteria", "action", "process"), "missing")
        output = DealOutput.model_validate({"statements": [], "coverage": coverage, "claim": "unproven", "shown": []})
        return Answer(output, duration_ms=5, cost_usd=0.25)

    def provenance(self) -> Mapping[str, str | int]:
        return {"engine": self.name}


def many(case: DealCase, count: int) -> list[DealCase]:
    notes = [case.input.model_copy(update={"note": case.input.note + " " * place}) for place in range(count)]
    return [case.model_copy(update={"id": f"d-{place}", "input": note}) for place, note in enumerate(notes)]


def errors(predictions: Mapping[str, list[Prediction]]) -> dict[str, str]:
    return {id_: one.error.code for id_, repeats in predictions.items() for one in repeats if one.error}


async def test_no_more_cases_are_in_flight_than_allowed(deal_case: DealCase) -> None:
    subject = Counting(wait_s=0.001)
    await Runner(subject, RunOptions(concurrency=3)).run(many(deal_case, 20))
    assert (20, 3) == (len(subject.asked), subject.most)


async def test_predictions_come_in_the_order_of_the_cases(deal_case: DealCase) -> None:
    cases = many(deal_case, 7)
    predictions = await Runner(Counting(), RunOptions(concurrency=3, repeat=2)).run(cases)
    assert [case.id for case in cases] == list(predictions)
    assert {(0, 1)} == {tuple(one.repeat for one in repeats) for repeats in predictions.values()}


async def test_what_the_journal_holds_is_not_asked_again(deal_case: DealCase, tmp_path: Path) -> None:
    cases = many(deal_case, 4)
    with Journal(tmp_path) as journal:
        await Runner(Counting(), RunOptions(), journal).run(cases[:3])
    again = Counting()
    with Journal(tmp_path) as journal:
        predictions = await Runner(again, RunOptions(), journal).run(cases)
    assert ["d-3"] == again.asked
    assert {False} == {repeats[0].cached for repeats in predictions.values()}
    assert 4 == len(read_predictions(tmp_path))


async def test_an_answer_to_another_version_is_asked_again(deal_case: DealCase, tmp_path: Path) -> None:
    with AnswerCache(tmp_path / "cache.sqlite3") as cache:
        await Runner(Counting(), cache=cache).run(many(deal_case, 2))
        same, other = Counting(), Counting(version="2")
        await Runner(same, cache=cache).run(many(deal_case, 2))
        await Runner(other, cache=cache).run(many(deal_case, 2))
    assert ([], 2) == (same.asked, len(other.asked))


async def test_repeats_are_never_served_from_one_answer(deal_case: DealCase, tmp_path: Path) -> None:
    subject = Counting()
    with AnswerCache(tmp_path / "cache.sqlite3") as cache:
        await Runner(subject, RunOptions(repeat=1), cache=cache).run([deal_case])
        predictions = await Runner(subject, RunOptions(repeat=3), cache=cache).run([deal_case])
    assert 3 == len(subject.asked)
    assert [True, False, False] == [one.cached for one in predictions["d-1"]]


async def test_an_answer_keeps_the_case_that_asks_for_it(deal_case: DealCase, tmp_path: Path) -> None:
    twin = deal_case.model_copy(update={"id": "d-2"})
    with AnswerCache(tmp_path / "cache.sqlite3") as cache:
        await Runner(Counting(), cache=cache).run([deal_case])
        predictions = await Runner(Counting(), cache=cache).run([twin])
    assert "d-2" == predictions["d-2"][0].id
    assert (5, 0.25) == (predictions["d-2"][0].duration_ms, predictions["d-2"][0].cost_usd)


async def test_a_failure_is_recorded_and_tried_again_by_the_next_run(deal_case: DealCase, tmp_path: Path) -> None:
    with AnswerCache(tmp_path / "cache.sqlite3") as cache, Journal(tmp_path) as journal:
        failing = Counting(EngineError("the model is down"))
        predictions = await Runner(failing, RunOptions(), journal, cache).run([deal_case])
        assert {"d-1": "engine_failed"} == errors(predictions)
    with AnswerCache(tmp_path / "cache.sqlite3") as cache, Journal(tmp_path) as journal:
        assert {} == errors(await Runner(Counting(), RunOptions(), journal, cache).run([deal_case]))


async def test_an_unexpected_failure_is_named_by_its_type_alone(deal_case: DealCase) -> None:
    predictions = await Runner(Counting(ValueError("canary"))).run([deal_case])
    (prediction,) = predictions["d-1"]
    assert prediction.error
    assert ("internal_error", "ValueError") == (prediction.error.code, prediction.error.detail)


async def test_an_answer_that_takes_too_long_is_a_failure(deal_case: DealCase) -> None:
    predictions = await Runner(Counting(wait_s=5), RunOptions(timeout_s=0.01)).run([deal_case])
    assert {"d-1": "timeout"} == errors(predictions)


async def test_a_refusal_is_waited_out_and_asked_again(deal_case: DealCase) -> None:
    subject = Counting(RateLimited("too many", 0.01), RateLimited("too many", 0.01))
    assert {} == errors(await Runner(subject).run([deal_case]))
    assert ["d-1"] * 3 == subject.asked


async def test_a_provider_that_only_refuses_is_a_failure_in_the_end(deal_case: DealCase) -> None:
    subject = Counting(*[RateLimited("too many", 0) for _ in range(10)])
    assert {"d-1": "rate_limited"} == errors(await Runner(subject).run([deal_case]))
    assert 6 == len(subject.asked)


async def test_a_replay_asks_nobody(deal_case: DealCase, tmp_path: Path) -> None:
    first, second = many(deal_case, 2)
    with AnswerCache(tmp_path / "cache.sqlite3") as cache:
        await Runner(Counting(), cache=cache).run([first])
        subject = Counting()
        predictions = await Runner(subject, RunOptions(replay=True), cache=cache).run([first, second])
    assert [] == subject.asked
    assert {second.id: "not_recorded"} == errors(predictions)


KILLED = """
import asyncio, os, sys
from pathlib import Path
from coach.evaluation.case import load_cases
from coach.evaluation.run import Journal, Runner, RunOptions
sys.path.insert(0, "tests/evaluation/run")
from test_runner import Counting

class Slow(Counting):
    async def answer(self, case):
        with open(sys.argv[3], "a") as asked:
            asked.write(case.id + "\\n")
        return await super().answer(case)

with Journal(Path(sys.argv[2])) as journal:
    asyncio.run(Runner(Slow(wait_s=0.02), RunOptions(concurrency=4), journal).run(load_cases([Path(sys.argv[1])])))
"""


def test_after_kill_9_only_what_was_in_flight_is_asked_again(deal_case: DealCase, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text("".join(case.model_dump_json() + "\n" for case in many(deal_case, 60)), "utf-8")
    asked, out = tmp_path / "asked", tmp_path / "run"
    out.mkdir()
    asked.touch()
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(cases), str(out), str(asked)]
    first = subprocess.Popen(command, cwd=ROOT)
    while len(asked.read_text("utf-8").splitlines()) < 30:
        assert first.poll() is None
    first.send_signal(signal.SIGKILL)
    first.wait()
    before = asked.read_text("utf-8").splitlines()
    assert len(before) < 60
    subprocess.run(command, cwd=ROOT, check=True)
    after = asked.read_text("utf-8").splitlines()
    assert 60 == len(set(after))
    assert len(after) - 60 <= 4
    assert 60 == len({one.id for one in read_predictions(out)})


@pytest.mark.parametrize("module", ["litellm", "coach.wiring", "rich", "yaml"])
def test_a_run_imports_nothing_it_does_not_need(module: str) -> None:
    code = f"import sys, coach.evaluation.evaluate; sys.exit({module!r} in sys.modules)"
    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode
