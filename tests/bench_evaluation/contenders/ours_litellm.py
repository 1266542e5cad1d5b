"""The harness over litellm."""

from __future__ import annotations

from coach.domain import Usage
from coach.evaluation.case import Case
from tests.bench_evaluation.contenders.harness import StubSubject, evaluated
from tests.bench_evaluation.contenders.job import Job
from tests.bench_evaluation.prompt import MODEL, messages

NEEDS = ("litellm",)


class _LitellmSubject(StubSubject):
    """Asks through litellm."""

    def __init__(self, base: str) -> None:
        self._base = base

    async def _ask(self, case: Case, text: str) -> tuple[str, Usage]:  # noqa: ARG002  another subject needs the case
        import litellm  # noqa: PLC0415  a run from the cache needs no client

        completion = await litellm.acompletion(
            f"openai/{MODEL}",
            messages(text),
            temperature=0,
            api_base=f"{self._base}/v1",
            api_key="none",
            num_retries=0,
        )
        counted = completion.usage
        usage = Usage(prompt_tokens=counted.prompt_tokens, completion_tokens=counted.completion_tokens)
        return completion.choices[0].message.content, usage


async def run(job: Job) -> float:
    """Evaluate every case."""
    return await evaluated(job, _LitellmSubject(job.base))
