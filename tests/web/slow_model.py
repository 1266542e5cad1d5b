"""A model that takes as long as a test wants, so that the page can be looked at while it reads."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from coach.domain import DealNote
from coach.engines.base import DealReading, Engine, Request, TaskName
from coach.errors import EngineError


class SlowModel:
    """Reads what the embedded engine reads, but for the first statement, once `answer` is called; or fails."""

    name = "llm"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._answers = threading.Event()
        self._fails: EngineError | None = None
        self.began = threading.Event()
        self.stopped = threading.Event()
        """Set where whoever asked has left before there was an answer."""

    def answer(self, fails: EngineError | None = None) -> None:
        self._fails = fails
        self._answers.set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def version_of(self, task: TaskName = "deal") -> str:
        return f"slow-{task}"

    def request(self, task: TaskName = "deal") -> Request:
        return self._engine.request(task)

    async def read_deal(self, note: DealNote) -> DealReading:
        self.began.set()
        try:
            while not self._answers.is_set():  # noqa: ASYNC110  it is set in another thread
                await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.stopped.set()
            raise
        if self._fails is not None:
            raise self._fails
        reading = await self._engine.read_deal(note)
        return reading.model_copy(
            update={"engine": "llm", "engine_version": self.version_of(), "labels": reading.labels[1:]}
        )
