"""Asks a judge about every item, a bounded number at once; an item that could not be asked is unscored, not lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from coach.errors import CoachError
from coach.evaluation.judge.item import Item, asked_once
from coach.evaluation.judge.replies import ReplyCache
from coach.evaluation.judge.verdict import Judged, Reply, Unscored, parse_reply, unscored
from coach.evaluation.run.pace import Pace


class Asker(Protocol):
    """Puts a prompt to a model. The judge knows nothing else of models."""

    @property
    def name(self) -> str:
        """The model and all of its parameters that could change a reply."""

    async def ask(self, prompt: str) -> str:
        """The model's reply, as it stands.

        Raises:
            RateLimited: asked too often; the judge waits and asks again.
            CoachError: there is no reply.
        """


async def judge(
    items: Sequence[Item],
    asker: Asker,
    *,
    concurrency: int = 8,
    timeout_s: float = 120,
    cache: ReplyCache | None = None,
) -> tuple[Judged, ...]:
    """Have every item judged, in their order; items with the same prompt share one reply.

    Args:
        items: What to judge.
        asker: Who is asked.
        concurrency: Prompts in flight at once, at most.
        timeout_s: How long one reply may take, in seconds.
        cache: Replies of earlier runs.
    """
    once = asked_once(items)
    asking = _Asking(asker, Pace(concurrency), timeout_s, cache)
    replies: dict[str, Reply] = {}
    waiting = iter(once.items())
    async with asyncio.TaskGroup() as group:
        for _ in range(min(concurrency, len(once))):
            group.create_task(asking.work(waiting, replies))
    return tuple(item.judged(replies[item.prompt_sha256]) for item in items)


@dataclass(frozen=True, slots=True)
class _Asking:
    asker: Asker
    pace: Pace
    timeout_s: float
    cache: ReplyCache | None

    async def work(self, waiting: Iterator[tuple[str, Item]], replies: dict[str, Reply]) -> None:
        for sha256, item in waiting:
            replies[sha256] = await self._reply(item.prompt)

    async def _reply(self, prompt: str) -> Reply:
        try:
            known = self.cache.get(self.asker.name, prompt) if self.cache else None
            reply = known if known is not None else await self.pace.ask(lambda: self.asker.ask(prompt), self.timeout_s)
        except TimeoutError:
            return unscored(Unscored.FAILED, f"no reply within {self.timeout_s:g} s")
        except CoachError as error:
            return unscored(Unscored.FAILED, error.detail)
        except Exception as error:  # noqa: BLE001  one broken item must not take the run with it; it is counted
            return unscored(Unscored.FAILED, type(error).__name__)
        if self.cache and known is None:
            self.cache.put(self.asker.name, prompt, reply)
        return parse_reply(reply)
