"""Calls what keeps readings and bookings: in the event loop where that is quick, else in a thread.

A thread of its own for a statement of some microseconds would cost the loop several times as much.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

_T = TypeVar("_T")


async def promptly(call: Callable[..., _T], *args: Any, **kwargs: Any) -> _T:  # noqa: ANN401  the call's own
    """Call something that takes `wait`, and with `wait=False` raises BlockingIOError where that may take long."""
    try:
        return call(*args, **kwargs, wait=False)
    except BlockingIOError:
        return await asyncio.to_thread(call, *args, **kwargs, wait=True)
