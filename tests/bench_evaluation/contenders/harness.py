"""The harness as `coach eval run` uses it: cases loaded and checked, answers cached and kept, every report written.

What differs between its contenders is only who is asked; a client is imported with the first question, so that a run
from the cache never loads one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

from coach.cli.collecting import collect_seldom
from coach.domain import DealNote, Question, Status, Usage, Verdict
from coach.domain.base import Frozen
from coach.evaluation.case import Case, load_cases
from coach.evaluation.evaluate import evaluate
from coach.evaluation.prediction import DealOutput, PredictedStatement
from coach.evaluation.run import AnswerCache, RunOptions
from coach.evaluation.subject import Answer
from tests.bench_evaluation.contenders.job import Job
from tests.bench_evaluation.prompt import IN_FLIGHT, MODEL, prompt


class _Reading(Frozen):
    """What the stub answers."""

    statements: tuple[PredictedStatement, ...]
    coverage: dict[Question, Status]
    claim: Verdict


class StubSubject(ABC):
    """A reader of notes that asks the stub one question a case."""

    name = MODEL

    def depends_on(self, case: Case) -> Mapping[str, Any]:
        """The prompt and the parameters."""
        return {"prompt": _prompt(case), "model": MODEL, "temperature": 0}

    async def answer(self, case: Case) -> Answer:
        """Ask, and check what came."""
        started = perf_counter()
        text, usage = await self._ask(case, _prompt(case))
        read = _Reading.model_validate_json(text)
        output = DealOutput(statements=read.statements, coverage=read.coverage, claim=read.claim, shown=())
        return Answer(output, (perf_counter() - started) * 1000, usage)

    def provenance(self) -> Mapping[str, str | int]:
        """The model."""
        return {"engine": MODEL}

    async def close(self) -> None:  # noqa: B027  only a client of its own has something to close
        """Let go of what the questions needed."""

    @abstractmethod
    async def _ask(self, case: Case, text: str) -> tuple[str, Usage]: ...


async def evaluated(job: Job, subject: StubSubject) -> float:
    """Evaluate a subject on every case, and return its share of right claims."""
    collect_seldom()
    cache = AnswerCache(Path(job.cache)) if job.cache else None
    try:
        report = await evaluate(
            load_cases([Path(job.cases)]),
            subject,
            Path(job.out),
            options=RunOptions(concurrency=IN_FLIGHT),
            cache=cache,
        )
    finally:
        await subject.close()
        if cache:
            cache.close()
    return report.metrics["claim_accuracy"].value or 0.0


def _prompt(case: Case) -> str:
    assert isinstance(case.input, DealNote)
    return prompt(case.id, case.input.note)
