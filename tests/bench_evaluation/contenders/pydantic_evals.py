"""pydantic-evals over the same aiohttp client as the bare loop."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import aiohttp
from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import Evaluator, EvaluatorContext

from tests.bench_evaluation.contenders.job import Job
from tests.bench_evaluation.prompt import IN_FLIGHT, body, prompt

NEEDS = ()


@dataclass
class RightClaim(Evaluator[str, dict[str, Any], dict[str, Any]]):
    """Whether the claim is the gold one."""

    def evaluate(self, ctx: EvaluatorContext[str, dict[str, Any], dict[str, Any]]) -> bool:
        """Compare the two."""
        return ctx.expected_output is not None and ctx.output["claim"] == ctx.expected_output["claim"]


async def run(job: Job) -> float:
    """Ask every case."""
    cases = job.read_cases()
    dataset = Dataset(
        name="deals",
        cases=[
            Case(
                name=case["id"],
                inputs=prompt(case["id"], case["input"]["note"]),
                expected_output=case["expected"],
                metadata={"tags": case["tags"]},
            )
            for case in cases
        ],
        evaluators=[RightClaim()],
    )
    async with aiohttp.ClientSession(job.base) as session:

        async def ask(text: str) -> dict[str, Any]:
            async with session.post("/v1/chat/completions", json=body(text)) as response:
                completion = await response.json()
            read: dict[str, Any] = json.loads(completion["choices"][0]["message"]["content"])
            return read

        report = await dataset.evaluate(ask, max_concurrency=IN_FLIGHT, progress=False)
    averages = report.averages()
    return (averages and averages.assertions) or 0.0
