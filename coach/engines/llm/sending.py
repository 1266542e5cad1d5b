"""Notes what leaves this machine: each call that is put to a model, whether it is answered or not."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from coach.domain import Sent
from coach.engines.llm.call import Call, Client, Reply, Target


class Sending:
    """A client that notes each call before another client puts it."""

    def __init__(self, client: Client, redacted: Mapping[str, int]) -> None:
        """Begin.

        Args:
            client: Puts the calls.
            redacted: What was taken out of the text that they are about, by kind.
        """
        self._client = client
        self._redacted = dict(redacted)
        self._sent: list[Sent] = []

    @property
    def sent(self) -> tuple[Sent, ...]:
        """What was put so far."""
        return tuple(self._sent)

    async def complete(self, target: Target, call: Call, *, timeout_s: float) -> Reply:
        """See `coach.engines.llm.call.Client`."""
        said = sent_text(call)
        place = len(self._sent)
        self._sent.append(
            Sent(
                model=target.model,
                sha256=hashlib.sha256(said.encode("utf-8", "replace")).hexdigest(),
                characters=len(said),
                redacted=self._redacted,
            )
        )
        reply = await self._client.complete(target, call, timeout_s=timeout_s)
        tokens = None if reply.usage is None else reply.usage.prompt_tokens
        known = {"answered": True, "prompt_tokens": tokens, "cost_usd": reply.cost_usd}
        self._sent[place] = self._sent[place].model_copy(update=known)
        return reply

    async def price(self, target: Target, prompt_tokens: int, completion_tokens: int) -> float | None:
        """See `coach.engines.llm.call.Client`."""
        return await self._client.price(target, prompt_tokens, completion_tokens)


def sent_text(call: Call) -> str:
    """All that is said to a model in a call, one message after the other."""
    return (call.system or "") + call.user
