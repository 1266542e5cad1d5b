"""The least that can ask 500 cases: a loop over aiohttp. Keeps nothing, checks nothing, counts the right claims."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp

from tests.bench_evaluation.contenders.job import Job
from tests.bench_evaluation.prompt import IN_FLIGHT, body, prompt

NEEDS = ()


async def run(job: Job) -> float:
    """Ask every case."""
    cases = job.read_cases()
    turn = asyncio.Semaphore(IN_FLIGHT)
    async with aiohttp.ClientSession(job.base) as session:

        async def right(case: dict[str, Any]) -> bool:
            async with turn, session.post("/v1/chat/completions", json=body(_prompt(case))) as response:
                completion = await response.json()
            return bool(
                json.loads(completion["choices"][0]["message"]["content"])["claim"] == case["expected"]["claim"]
            )

        return sum(await asyncio.gather(*map(right, cases))) / len(cases)


def _prompt(case: dict[str, Any]) -> str:
    return prompt(case["id"], case["input"]["note"])
