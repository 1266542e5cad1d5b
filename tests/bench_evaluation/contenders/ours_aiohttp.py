"""The harness over a lean client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain import Usage
from coach.evaluation.case import Case
from tests.bench_evaluation.contenders.harness import StubSubject, evaluated
from tests.bench_evaluation.contenders.job import Job
from tests.bench_evaluation.prompt import body

if TYPE_CHECKING:
    from aiohttp import ClientSession

NEEDS = ("aiohttp",)


class _LeanSubject(StubSubject):
    """Asks over aiohttp."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._session: ClientSession | None = None

    async def _ask(self, case: Case, text: str) -> tuple[str, Usage]:  # noqa: ARG002  another subject needs the case
        if self._session is None:
            import aiohttp  # noqa: PLC0415  a run from the cache needs no client

            self._session = aiohttp.ClientSession(self._base)
        async with self._session.post("/v1/chat/completions", json=body(text)) as response:
            completion = await response.json()
        counted = completion["usage"]
        usage = Usage(prompt_tokens=counted["prompt_tokens"], completion_tokens=counted["completion_tokens"])
        return completion["choices"][0]["message"]["content"], usage

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


async def run(job: Job) -> float:
    """Evaluate every case."""
    return await evaluated(job, _LeanSubject(job.base))
