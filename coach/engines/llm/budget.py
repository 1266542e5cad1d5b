"""What a reading may cost: nothing is asked that could go over a budget, and all that was asked is booked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Protocol

from pydantic import Field

from coach.domain.base import Frozen
from coach.engines.llm.call import Call, Client, Reply, Target
from coach.engines.llm.promptly import promptly
from coach.errors import EngineError, OverBudget, ProviderTimeout, StoreError

_log = logging.getLogger("coach.engines.llm")

_BYTES_A_TOKEN = 3
"""Fewer than a token has in any tokeniser's English, so that an estimate errs upwards."""
_TOKENS_AROUND = 50
"""What a protocol puts around the messages."""
_giving_back: set[asyncio.Task[None]] = set()
"""An event loop alone does not keep a task, and the purse of a reading that was given up is gone."""


class Budgets(Frozen):
    """The most that may be spent; None is no limit."""

    request_tokens: int | None = Field(default=None, gt=0)
    request_usd: float | None = Field(default=None, gt=0)
    day_tokens: int | None = Field(default=None, gt=0)
    day_usd: float | None = Field(default=None, gt=0)
    """Days are those of UTC."""


class Ledger(Protocol):
    """Keeps what a day has cost, over processes; see `coach.store.spending.Ledger`.

    Without `wait`, a method raises BlockingIOError where it would have to, or would take long, and does nothing.
    """

    def reserve(  # noqa: PLR0913  what a booking is
        self,
        day: date,
        *,
        model: str,
        tokens: int,
        usd: float | None,
        most_tokens: int | None,
        most_usd: float | None,
        wait: bool = True,
    ) -> int:
        """Book what a call may cost.

        Raises:
            OverBudget: the day has no room for it.
        """

    def settle(self, booking: int, *, tokens: int, usd: float | None, wait: bool = True) -> None:
        """Say what it did cost."""

    def release(self, booking: int, *, wait: bool = True) -> None:
        """Take a booking back: nothing was charged."""


class Purse:
    """What one reading may spend, and has spent."""

    def __init__(self, budgets: Budgets, ledger: Ledger | None, client: Client) -> None:
        self._budgets = budgets
        self._ledger = ledger
        self._client = client
        self._tokens = 0
        self._usd = 0.0

    @asynccontextmanager
    async def paying(self, target: Target, call: Call) -> AsyncIterator[list[Reply]]:
        """Make a call inside this, and put its reply into the list.

        Raises:
            OverBudget: it could cost more than a budget has left; nothing was asked.
        """
        prompt = prompt_tokens(call)
        tokens = prompt + call.max_tokens
        usd = await self._price(target, prompt, call.max_tokens)
        self._hold(target, tokens, usd)
        # Before anything is awaited: calls of the same reading are made at once.
        self._book(tokens, usd or 0.0)
        try:
            booking = await self._reserved(target, tokens, usd)
        except BaseException:
            self._book(-tokens, -(usd or 0.0))
            raise
        replies: list[Reply] = []
        try:
            yield replies
        except ProviderTimeout:
            raise  # it may have been charged all the same: what was booked stays
        except EngineError:
            self._book(-tokens, -(usd or 0.0))
            if self._ledger is not None and booking is not None:
                await _kept(promptly(self._ledger.release, booking))
            raise
        used, cost = _charged(replies[-1], tokens, usd)
        self._book(used - tokens, (cost or 0.0) - (usd or 0.0))
        if self._ledger is not None and booking is not None:
            await _kept(promptly(self._ledger.settle, booking, tokens=used, usd=cost))

    def _book(self, tokens: int, usd: float) -> None:
        self._tokens += tokens
        self._usd += usd

    async def _price(self, target: Target, prompt: int, completion: int) -> float | None:
        if self._budgets.request_usd is None and self._budgets.day_usd is None:
            return None
        usd = await self._client.price(target, prompt, completion)
        if usd is None:
            raise OverBudget(
                f"the price of {target.model} is not known, so that a budget in dollars cannot be kept; "
                "set COACH_BUDGET_REQUEST_TOKENS and COACH_BUDGET_DAY_TOKENS instead"
            )
        return usd

    def _hold(self, target: Target, tokens: int, usd: float | None) -> None:
        most_tokens, most_usd = self._budgets.request_tokens, self._budgets.request_usd
        if most_tokens is not None and self._tokens + tokens > most_tokens:
            raise OverBudget(
                f"reading this note with {target.model} may take {self._tokens + tokens} tokens, and a request "
                f"may take {most_tokens}; cut the note, or raise COACH_BUDGET_REQUEST_TOKENS"
            )
        if most_usd is not None and usd is not None and self._usd + usd > most_usd:
            raise OverBudget(
                f"reading this note with {target.model} may cost ${self._usd + usd:.4f}, and a request may cost "
                f"${most_usd:g}; cut the note, or raise COACH_BUDGET_REQUEST_USD"
            )

    async def _reserved(self, target: Target, tokens: int, usd: float | None) -> int | None:
        if self._ledger is None:
            return None
        reserving = asyncio.ensure_future(
            promptly(
                self._ledger.reserve,
                datetime.now(UTC).date(),
                model=target.model,
                tokens=tokens,
                usd=usd,
                most_tokens=self._budgets.day_tokens,
                most_usd=self._budgets.day_usd,
            )
        )
        try:
            return await asyncio.shield(reserving)
        except asyncio.CancelledError:
            reserving.add_done_callback(self._given_back)
            raise
        except StoreError as error:
            if self._budgets.day_tokens or self._budgets.day_usd:
                raise OverBudget(f"whether the day's budget has room cannot be seen: {error.detail}") from None
            _log.warning("what calls cost cannot be booked; no budget a day is set, so they go on")
            return None

    def _given_back(self, reserving: asyncio.Future[int]) -> None:
        """Release what was booked for a call that was given up before it was made."""
        if self._ledger is not None and not reserving.cancelled() and reserving.exception() is None:
            task = asyncio.create_task(_taken_back(self._ledger, reserving.result()))
            _giving_back.add(task)
            task.add_done_callback(_giving_back.discard)


async def _taken_back(ledger: Ledger, booking: int) -> None:
    try:
        await promptly(ledger.release, booking)
    except StoreError as error:
        _log.warning("a booking could not be taken back: %s", error.detail)


async def _kept(writing: Awaitable[None]) -> None:
    """Write to the ledger; what cannot be written stays as it was booked, which errs upwards."""
    try:
        await writing
    except StoreError as error:
        _log.warning("what a call cost could not be booked: %s", error.detail)


def prompt_tokens(call: Call) -> int:
    """The most tokens that a call's messages may be, without asking a tokeniser."""
    said = len((call.system or "").encode()) + len(call.user.encode())
    return -(-said // _BYTES_A_TOKEN) + _TOKENS_AROUND


def _charged(reply: Reply, tokens: int, usd: float | None) -> tuple[int, float | None]:
    """What a reply did cost; as much as was expected where the provider does not say."""
    used = reply.usage.prompt_tokens + reply.usage.completion_tokens if reply.usage else tokens
    return used, reply.cost_usd if reply.cost_usd is not None else usd
