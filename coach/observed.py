"""Marks the parts of a request that are worth a span and a figure: reading, judging, a model's call, the store.

Inner layers say what they do; who watches, if anybody, is set around a request by the service. Rule: operations, tasks,
engines and models are named, by the words of the code and the settings; never a person, an id or a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from typing import Protocol


class Observer(Protocol):
    """Who watches; `coach.wiring.telemetry` has the one there is."""

    def watching(self, operation: str, about: Mapping[str, str]) -> AbstractContextManager[None]:
        """Time what is done inside, and note how it failed where it did; the error goes on."""


observer: ContextVar[Observer | None] = ContextVar("observer", default=None)
"""Who watches what is done for this request."""


def observed(operation: str, **about: str) -> AbstractContextManager[None]:
    """Do inside this what is to be seen from outside; where nobody watches, it costs nothing.

    Args:
        operation: What is done: `read`, `judge`, `call`, `store.read`, `store.write`.
        about: The task, the engine, the model.
    """
    watching = observer.get()
    return nullcontext() if watching is None else watching.watching(operation, about)
