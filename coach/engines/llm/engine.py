"""The engine that reads by a language model: prompted from the rubric, and believed only where the note proves it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cache
from importlib.metadata import version
from itertools import chain
from typing import Any, cast

from pydantic import Field, JsonValue, ValidationError

from coach.domain import Conversation, DealNote, Notice, RepPacket
from coach.domain.base import Frozen
from coach.engines.base import DealReading, Kept, Outgoing, PacketReading, Reading, Request, TalkReading, TaskName
from coach.engines.llm.asking import Asking, Patience
from coach.engines.llm.breaker import CircuitBreaker
from coach.engines.llm.budget import Budgets, Ledger, Purse
from coach.engines.llm.call import Call, Client, Target
from coach.engines.llm.deals.task import DealTask
from coach.engines.llm.form import EntryT
from coach.engines.llm.packets.task import PacketTask
from coach.engines.llm.placing import LabelT
from coach.engines.llm.promptly import promptly
from coach.engines.llm.reading import Ask, Reader
from coach.engines.llm.sending import Sending, sent_text
from coach.engines.llm.talks.task import TalkTask
from coach.engines.llm.task import GivenT, ReadingT, Task
from coach.engines.llm.veil import Veil, shown, veiled
from coach.errors import EngineError, ProviderTimeout, StoreError
from coach.rubrics import Rubrics

_log = logging.getLogger("coach.engines.llm")

_FORMAT = "1"
"""Raised when the same answer of a model could be read differently."""

_LONG_CHARS = 10_000
"""A longer text is veiled beside the event loop."""


class Asked(Frozen):
    """How models are asked."""

    max_tokens: int = Field(default=4096, gt=0)
    """Room for one answer."""
    temperature: float | None = Field(default=0, ge=0)
    redact: bool = True
    """Whether what tells who somebody is is taken out before."""
    patience: Patience = Patience()
    budgets: Budgets = Budgets()


class LlmEngine:
    """Keeps the protocol of `coach.engines.base.Engine`; asks the models of a chain in turn, until one answers."""

    name = "llm"

    def __init__(  # noqa: PLR0913  what is kept and booked is the caller's choice
        self,
        rubrics: Rubrics,
        chain: Sequence[Target],
        client: Client,
        *,
        asked: Asked | None = None,
        kept: Kept | None = None,
        ledger: Ledger | None = None,
    ) -> None:
        """Prepare, without loading anything.

        Args:
            rubrics: What the prompts are rendered from.
            chain: The model, and those that stand in for it, in order.
            client: Puts the calls.
            asked: How.
            kept: Answers that need not be bought again.
            ledger: Where spending is booked.
        """
        self._chain = tuple(chain)
        self._client = client
        self._asked = asked or Asked()
        self._kept = kept
        self._ledger = ledger
        self._readers: Mapping[TaskName, Reader[Any, Any, Any, Any]] = {
            "deal": self._reader(DealTask(rubrics.deal)),
            "rep": self._reader(PacketTask(rubrics.rep)),
            "talk": self._reader(TalkTask(rubrics.talk)),
        }
        self._breakers: dict[str, CircuitBreaker] = {}
        self._in_flight: dict[str, asyncio.Task[Any]] = {}
        self._waiting: dict[str, int] = {}

    def _reader(self, task: Task[GivenT, EntryT, LabelT, ReadingT]) -> Reader[GivenT, EntryT, LabelT, ReadingT]:
        return Reader(task, self._asked.max_tokens, self._asked.temperature)

    def calls(self, task: TaskName, given: Frozen) -> tuple[Call, ...]:
        """What is asked for a text: a call, or one for each of its parts where it is long."""
        return self._readers[task].calls(self.veil(given).given)

    def outgoing(self, task: TaskName, given: Frozen) -> tuple[Outgoing, ...]:
        """What would be put to the first model for a text, without putting it."""
        veil = self.veil(given)
        return tuple(
            Outgoing(
                model=self.target.model,
                system=call.system or "",
                text=call.user,
                sha256=hashlib.sha256(sent_text(call).encode("utf-8", "replace")).hexdigest(),
                redacted=dict(veil.counts),
            )
            for call in self._readers[task].calls(veil.given)
        )

    def veil(self, given: Frozen) -> Veil:
        """The material as models are shown it."""
        return veiled(given) if self._asked.redact else shown(given)

    async def _veiled(self, task: TaskName, given: Frozen) -> Veil:
        """The same; a long text takes a while, and others are waiting."""
        is_long = len(self._readers[task].task.text(given)) > _LONG_CHARS
        return await asyncio.to_thread(self.veil, given) if is_long else self.veil(given)

    @property
    def target(self) -> Target:
        """The model that is asked first."""
        return self._chain[0]

    def warm_up(self) -> None:
        """Load now what would be loaded at the first note."""
        warm_up = getattr(self._client, "warm_up", None)
        if warm_up is not None:
            warm_up()

    @property
    def resting(self) -> tuple[str, ...]:
        """The providers that fail, and are left alone for a while."""
        return tuple(name for name, breaker in self._breakers.items() if breaker.is_open)

    def keeping(self, kept: Kept) -> LlmEngine:
        """The same engine, with the same connections; it keeps its answers elsewhere, and gives none of these."""
        other = copy(self)
        other._kept, other._in_flight, other._waiting = kept, {}, {}  # noqa: SLF001  its own copy
        return other

    async def close(self) -> None:
        """Close the connections to the providers."""
        close = getattr(self._client, "close", None)
        if close is not None:
            await close()

    def version_of(self, task: TaskName = "deal") -> str:  # noqa: ARG002  the same for all
        """See the protocol."""
        return _FORMAT

    def request(self, task: TaskName = "deal") -> Request:
        """See the protocol."""
        return self.request_of(task, self._chain[0])

    def request_of(self, task: TaskName, target: Target) -> Request:
        """What is asked of one model of the chain."""
        parameters: dict[str, JsonValue] = {
            "max_tokens": self._asked.max_tokens,
            "temperature": self._asked.temperature,
            "json_schema": target.json_schema,
            "api_base": target.api_base,
            "litellm": _litellm_version(),
        }
        if not self._asked.redact:
            # The same text is another then.
            parameters["redact"] = False
        return Request(model=target.model, prompt=self._readers[task].task.prompt, parameters=parameters)

    async def read_deal(self, note: DealNote) -> DealReading:
        """Read the statements of a deal note; see the protocol."""
        return cast("DealReading", await self._asked_in_turn("deal", note))

    async def read_packet(self, packet: RepPacket) -> PacketReading:
        """Read the signals of a rep's material; see the protocol."""
        return cast("PacketReading", await self._asked_in_turn("rep", packet))

    async def read_talk(self, talk: Conversation) -> TalkReading:
        """Read what the manager says; see the protocol."""
        return cast("TalkReading", await self._asked_in_turn("talk", talk))

    async def _asked_in_turn(self, task: TaskName, given: Frozen) -> Reading:
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + self._asked.patience.deadline_s
        purse = Purse(self._asked.budgets, self._ledger, self._client)
        failures: list[EngineError] = []
        veil = await self._veiled(task, given)
        for place, target in enumerate(self._chain):
            # Each has its share of what is left, or one that hangs would leave nothing for those that stand in for it.
            share_s = (ends_at - loop.time()) / (len(self._chain) - place)
            try:
                reading = await self._once_at_a_time(task, veil, target, purse, loop.time() + share_s)
            except EngineError as error:
                failures.append(error)
            else:
                return veil.lift(_told(reading, failures))
        if len(failures) == 1:
            raise failures[0]
        last = type(failures[-1])("; ".join(failure.detail for failure in failures))
        last.sent = tuple(chain.from_iterable(failure.sent for failure in failures))
        raise last

    async def read_by(self, task: TaskName, given: Frozen, ask: Ask, target: Target | None = None) -> Reading:
        """Read a text by whoever answers calls; the model of the chain that is asked first where no target is given.

        Raises:
            EngineError: no answer, or none that can be used.
        """
        veil = await self._veiled(task, given)
        return veil.lift(await self._read_veiled(task, veil, ask, target or self.target))

    async def _read_veiled(self, task: TaskName, veil: Veil, ask: Ask, target: Target) -> Reading:
        reader = self._readers[task]
        read = await reader.read(veil.given, ask)
        made = {
            "engine": self.name,
            "engine_version": _FORMAT,
            "request": self.request_of(task, target),
            **{name: getattr(read, name) for name in ("dropped", "notices", "parameters", "usage", "cost_usd")},
        }
        reading: Reading = reader.task.reading(veil.given, read, made)
        return reading

    async def _once_at_a_time(
        self, task: TaskName, veil: Veil, target: Target, purse: Purse, ends_at: float
    ) -> Reading:
        """Read a text, or wait for whoever reads the same one: it is bought once, and given up when all have left."""
        key = self._key(task, veil.given, target)
        work = self._in_flight.get(key)
        if work is None:
            reading = self._read(key, task, veil, target, purse, ends_at)
            work = self._in_flight[key] = asyncio.create_task(reading)
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            return await asyncio.shield(work)
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._in_flight[key]
                work.cancel()

    async def _read(  # noqa: PLR0913, PLR0917  what is read, by whom, and within what
        self, key: str, task: TaskName, veil: Veil, target: Target, purse: Purse, ends_at: float
    ) -> Reading:
        known = await self._known(key, self._readers[task].task.reading_type)
        if known is not None:
            return known
        sending = Sending(self._client, veil.counts)
        asking = Asking(
            sending,
            target,
            breaker=self._breaker(target),
            purse=purse,
            patience=self._asked.patience,
            ends_at=ends_at,
        )
        try:
            async with asyncio.timeout_at(ends_at):
                reading = await self._read_veiled(task, veil, asking.reply, target)
        except TimeoutError:
            late = ProviderTimeout(f"{target.model} did not finish reading in its share of the time")
            late.sent = sending.sent
            raise late from None
        except EngineError as error:
            error.sent = sending.sent
            raise
        reading = reading.model_copy(update={"sent": sending.sent})
        if self._kept is not None:
            try:
                await promptly(self._kept.put, key, reading.model_dump_json())
            except StoreError as error:
                _log.warning("an answer could not be kept, and will be bought again: %s", error.detail)
        return reading

    async def _known(self, key: str, reading_type: type[Reading]) -> Reading | None:
        try:
            found = await promptly(self._kept.get, key) if self._kept is not None else None
            reading = reading_type.model_validate_json(found) if found else None
        except ValidationError:
            return None
        except StoreError as error:
            _log.warning("what was bought earlier cannot be read: %s", error.detail)
            return None
        return reading and reading.model_copy(update={"cached": True, "cost_usd": 0.0})

    def _key(self, task: TaskName, given: Frozen, target: Target) -> str:
        depends_on: Mapping[str, object] = {
            "engine": [self.name, _FORMAT],
            "request": self.request_of(task, target).model_dump(),
            "note": given.model_dump(mode="json"),
        }
        return hashlib.sha256(json.dumps(depends_on, sort_keys=True).encode()).hexdigest()

    def _breaker(self, target: Target) -> CircuitBreaker:
        provider = target.api_base or target.model.partition("/")[0]
        return self._breakers.setdefault(provider, CircuitBreaker(provider))


@cache
def _litellm_version() -> str:
    return version("litellm")


def _told(reading: Reading, failures: Sequence[EngineError]) -> Reading:
    if not failures:
        return reading
    text = f"{reading.request.model} read this text, because {'; '.join(failure.detail for failure in failures)}."
    return reading.model_copy(update={"notices": (*reading.notices, Notice(code="other_model", text=text))})
