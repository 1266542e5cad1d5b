"""Asks a subject every case, a bounded number at once, and keeps each answer the moment it is there.

What an earlier run of the same folder answered, or the cache of answers holds, is not asked again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.errors import CoachError, NotRecorded
from coach.evaluation.case import Case
from coach.evaluation.prediction import Failure, Prediction, Predictions
from coach.evaluation.run.cache import AnswerCache, answer_key
from coach.evaluation.run.journal import Journal
from coach.evaluation.run.pace import Pace
from coach.evaluation.run.progress import Progress
from coach.evaluation.subject import Answer, Subject

AT_ONCE = 8
"""Cases in flight at once, where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is made."""

    repeat: int = 1
    """How often each case is asked."""
    concurrency: int = AT_ONCE
    """Cases in flight at once, at most."""
    timeout_s: float = 120
    """How long one answer may take, in seconds."""
    replay: bool = False
    """Ask nobody: a case whose answer is not recorded fails."""


@dataclass(frozen=True, slots=True)
class Runner:
    """One run in progress."""

    subject: Subject
    options: RunOptions = RunOptions()
    journal: Journal | None = None
    cache: AnswerCache | None = None
    progress: Progress | None = None

    async def run(self, cases: Sequence[Case]) -> Predictions:
        """Predict every case; a case that fails is a prediction with an error.

        Raises:
            OSError: the journal cannot be written to.
            InvalidInput: the cache cannot be written to.
        """
        done: dict[tuple[str, int], Prediction] = {}
        jobs = ((case, repeat) for repeat in range(self.options.repeat) for case in cases)
        pace = Pace(self.options.concurrency)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self.options.concurrency, len(cases) * self.options.repeat)):
                    group.create_task(self._work(jobs, pace, done))
        except BaseExceptionGroup as failed:
            # Only what keeps answers can fail here, and then for everybody: one reason says it.
            raise failed.exceptions[0] from None
        return {case.id: [done[case.id, repeat] for repeat in range(self.options.repeat)] for case in cases}

    async def _work(
        self, jobs: Iterator[tuple[Case, int]], pace: Pace, done: dict[tuple[str, int], Prediction]
    ) -> None:
        for case, repeat in jobs:
            prediction = await self._predict(case, repeat, pace)
            self._keep(prediction)
            done[case.id, repeat] = prediction
            if self.progress:
                self.progress(prediction)

    async def _predict(self, case: Case, repeat: int, pace: Pace) -> Prediction:
        try:
            key = answer_key(self.subject.depends_on(case), repeat)
        except CoachError as error:
            return self._failed(case, repeat, error.code, error.detail)
        if known := self._known(key, case, repeat):
            return known
        try:
            answer = await self._ask(case, pace)
        except TimeoutError:
            return self._failed(case, repeat, "timeout", f"no answer within {self.options.timeout_s:g} s")
        except CoachError as error:
            return self._failed(case, repeat, error.code, error.detail)
        except Exception as error:  # noqa: BLE001  one broken case must not take the run with it; it is counted
            return self._failed(case, repeat, "internal_error", type(error).__name__)
        return Prediction(
            id=case.id, repeat=repeat, task=case.task, engine=self.subject.name, key=key, **answer._asdict()
        )

    def _keep(self, prediction: Prediction) -> None:
        """Write an answer down, in the run's folder before anywhere else."""
        if self.journal and prediction.key in self.journal.found:
            return
        line = prediction.model_dump_json()
        if self.journal:
            self.journal.append(prediction, line)
        if self.cache and not prediction.cached:
            self.cache.put(prediction, line)

    def _known(self, key: str, case: Case, repeat: int) -> Prediction | None:
        """The answer that this run, before it was stopped, or another one had to the same question."""
        found = self.journal.found.get(key) if self.journal else None
        kept = {} if found else {"cached": True}
        if found is None and self.cache:
            found = self.cache.get(key)
        return found and found.model_copy(update={"id": case.id, "repeat": repeat, "task": case.task, **kept})

    async def _ask(self, case: Case, pace: Pace) -> Answer:
        if self.options.replay:
            raise NotRecorded("no recorded answer; run without --replay to record it")
        return await pace.ask(lambda: self.subject.answer(case), self.options.timeout_s)

    def _failed(self, case: Case, repeat: int, code: str, detail: str) -> Prediction:
        return Prediction(
            id=case.id,
            repeat=repeat,
            task=case.task,
            output=None,
            error=Failure(code=code, detail=detail),
            engine=self.subject.name,
            duration_ms=0,
        )
