"""Models that say what a test wrote for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from coach.domain import Deal, DealNote, Usage
from coach.engines.llm import Call, Reply, Target
from coach.engines.llm.task import boundary
from coach.errors import EngineError

WRITTEN_ON = date(2026, 3, 2)
REDLINES, CALLED, SIGN = "Their counsel sent redlines", "I called twice", "She will sign on Friday"
SOLD, PAID = "I think she is sold", "They paid the pilot"
TEXT = f"{REDLINES}. {CALLED}. {SIGN}. {SOLD}. {PAID}."
USAGE = Usage(prompt_tokens=100, completion_tokens=10, cached_tokens=40)
MODEL = Target(model="made/one")

Said = Reply | EngineError | BaseException


def deal_note(text: str = TEXT) -> DealNote:
    return DealNote(deal=Deal(name="Nordvik"), written_on=WRITTEN_ON, note=text)


def buyer(quote: str, **other: object) -> dict[str, object]:
    return {
        "quote": quote,
        "kind": "buyer_action",
        "verifiable": True,
        "direction": "advances",
        "informs": "action",
    } | other


def seller(quote: str, kind: str = "seller_action") -> dict[str, object]:
    return {"quote": quote, "kind": kind}


def answer(*entries: object, **other: object) -> str:
    """An answer; `other` are its coverage and what it suspects."""
    return json.dumps({"statements": list(entries), "suspected": []} | other)


def reply(*entries: object, coverage: object = None, suspected: Sequence[str] = (), **other: Any) -> Reply:
    return said(answer(*entries, coverage=coverage, suspected=list(suspected)), **other)


def said(text: str | None, **other: Any) -> Reply:
    return Reply(**({"text": text, "usage": USAGE, "cost_usd": 0.25, "parameters": {"temperature": 0}} | other))


def shown_words(call: Call, note: DealNote) -> str:
    """The words of the note that a call shows."""
    return shown_of(call, note.note)


def shown_of(call: Call, text: str) -> str:
    """The words of a text that a call shows."""
    mark = boundary(text)
    inside = call.user.partition(f"{mark}\n")[2].rpartition(mark)[0]
    return inside.rpartition("\n")[0]


class Script:
    """Replies in turn, or by a rule; keeps what was asked."""

    def __init__(self, replies: Iterable[Said] | Callable[[Call], Said]) -> None:
        self._rule = replies if callable(replies) else None
        self._left = [] if callable(replies) else list(replies)
        self.calls: list[Call] = []

    async def __call__(self, call: Call) -> Reply:
        self.calls.append(call)
        one = self._rule(call) if self._rule else self._left.pop(0)
        if isinstance(one, BaseException):
            raise one
        return one

    @property
    def done(self) -> bool:
        """Whether all that was written has been said."""
        return not self._left


class ScriptedClient:
    """Keeps the protocol of `coach.engines.llm.Client`: a script for each model."""

    def __init__(self, *, price: float | None = None, **scripts: Script) -> None:
        self._scripts = scripts
        self._price = price
        self.timeouts: list[float] = []

    async def complete(self, target: Target, call: Call, *, timeout_s: float) -> Reply:
        self.timeouts.append(timeout_s)
        return await self._scripts[target.model.rpartition("/")[2]](call)

    async def price(self, target: Target, prompt_tokens: int, completion_tokens: int) -> float | None:
        del target
        return None if self._price is None else (prompt_tokens + completion_tokens) * self._price


class Kept(dict[str, str]):
    """Readings in a dictionary; the first that is put stays."""

    def get(self, key: str, **_: bool) -> str | None:  # type: ignore[override]
        return super().get(key)

    def put(self, key: str, reading: str, **_: bool) -> None:
        self.setdefault(key, reading)
