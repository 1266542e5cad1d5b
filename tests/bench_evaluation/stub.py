"""A stub provider in a process of its own: answers every chat completion from a file after a fixed time, and counts.

`python -m tests.bench_evaluation.stub ANSWERS DELAY_MS` prints its port, and serves until its stdin closes.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from aiohttp import web

from tests.bench_evaluation.cases import read_answers
from tests.bench_evaluation.prompt import MODEL, asked_for


class Stub:
    """Answers by case id, made before the first request, so that a request costs as little as it can."""

    def __init__(self, answers: dict[str, str], delay_s: float) -> None:
        self._bodies = {id_: _completion(text) for id_, text in answers.items()}
        self._delay_s = delay_s
        self._requests = self._in_flight = self._most_in_flight = 0

    def app(self) -> web.Application:
        """What it serves: completions, and `/count`, where a DELETE counts from 0 again."""
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_get("/count", self._count)
        app.router.add_delete("/count", self._count)
        return app

    async def _complete(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self._requests += 1
        self._in_flight += 1
        self._most_in_flight = max(self._most_in_flight, self._in_flight)
        try:
            await asyncio.sleep(self._delay_s)
        finally:
            self._in_flight -= 1
        return web.Response(
            body=self._bodies[asked_for(asked["messages"][-1]["content"])], content_type="application/json"
        )

    async def _count(self, request: web.Request) -> web.Response:
        counted = {"requests": self._requests, "most_in_flight": self._most_in_flight}
        if request.method == "DELETE":
            self._requests = 0
            self._most_in_flight = self._in_flight
        return web.json_response(counted)


def _completion(text: str) -> bytes:
    return json.dumps(
        {
            "id": "chatcmpl-stub",
            "object": "chat.completion",
            "created": 1_767_225_600,
            "model": MODEL,
            "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 500, "completion_tokens": 700, "total_tokens": 1200},
        }
    ).encode()


async def _serve(answers: Path, delay_s: float) -> None:
    runner = web.AppRunner(Stub(read_answers(answers), delay_s).app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), float(sys.argv[2]) / 1000))
