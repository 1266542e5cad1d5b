"""What may have to wait does so in a thread, and nothing else does."""

from __future__ import annotations

import threading

import pytest

from coach.engines.llm.promptly import promptly
from coach.errors import StoreError


async def test_what_need_not_wait_is_called_here() -> None:
    def call(number: int, *, wait: bool) -> tuple[int, bool, threading.Thread]:
        return number, wait, threading.current_thread()

    assert (1, False, threading.current_thread()) == await promptly(call, 1)


async def test_what_would_have_to_wait_is_called_in_a_thread() -> None:
    def call(*, number: int, wait: bool) -> tuple[int, threading.Thread]:
        if not wait:
            raise BlockingIOError
        return number, threading.current_thread()

    number, thread = await promptly(call, number=2)
    assert 2 == number
    assert threading.current_thread() is not thread


async def test_its_error_is_its_own() -> None:
    def call(*, wait: bool) -> None:
        raise StoreError(f"not kept: {wait}")

    with pytest.raises(StoreError, match="not kept: False"):
        await promptly(call)
