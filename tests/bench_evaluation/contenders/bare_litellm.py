"""The least that can ask 500 cases through litellm: a loop over `acompletion`."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import litellm

from tests.bench_evaluation.contenders.job import Job
from tests.bench_evaluation.prompt import IN_FLIGHT, MODEL, messages, prompt

NEEDS = ()


async def run(job: Job) -> float:
    """Ask every case."""
    cases = job.read_cases()
    turn = asyncio.Semaphore(IN_FLIGHT)

    async def right(case: dict[str, Any]) -> bool:
        async with turn:
            completion = await litellm.acompletion(
                f"openai/{MODEL}",
                messages(prompt(case["id"], case["input"]["note"])),
                temperature=0,
                api_base=f"{job.base}/v1",
                api_key="none",
                num_retries=0,
            )
        return bool(json.loads(completion.choices[0].message.content)["claim"] == case["expected"]["claim"])

    return sum(await asyncio.gather(*map(right, cases))) / len(cases)
