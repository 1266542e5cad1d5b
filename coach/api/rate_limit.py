"""How often one key may ask, and one address may try keys; counted in this process.

The headers are those of the IETF's draft `draft-ietf-httpapi-ratelimit-headers`, which gives them as structured fields.
"""

from __future__ import annotations

import math
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.api.problems import error_response
from coach.domain.identity import LOCAL, Principal
from coach.errors import TooManyRequests

TRIES = "30/minute"
"""How often an address may send a key that opens nothing."""
_OFTEN = "You have asked as often as you may; wait, and ask again."


class Limiter:
    """Counts in a moving window."""

    def __init__(self, rate: str) -> None:
        """Set the rate, such as `600/minute`."""
        # Imported here: a service that limits nothing needs none of it.
        from limits import parse  # noqa: PLC0415
        from limits.aio.storage import MemoryStorage  # noqa: PLC0415
        from limits.aio.strategies import MovingWindowRateLimiter  # noqa: PLC0415

        self._item = parse(rate)
        self._counts = MovingWindowRateLimiter(MemoryStorage())
        self.policy = f'"default";q={self._item.amount};w={self._item.get_expiry()}'

    async def hit(self, who: str) -> bool:
        """Count one; whether it was within the limit."""
        return await self._counts.hit(self._item, who)

    async def spent(self, who: str) -> bool:
        """Whether one more would be beyond the limit."""
        return not await self._counts.test(self._item, who)

    async def left(self, who: str) -> tuple[int, int]:
        """How many are left, and in how many seconds there are more."""
        stats = await self._counts.get_window_stats(self._item, who)
        return max(0, stats.remaining), max(1, math.ceil(stats.reset_time - time.time()))


async def charge(limiter: Limiter | None, principal: Principal) -> None:
    """Count a request whose principal is known only where it is answered; nothing is counted where None.

    Raises:
        TooManyRequests: they have asked as often as they may.
    """
    who = _named(principal)
    if limiter is not None and not await limiter.hit(who):
        raise TooManyRequests(_OFTEN, (await limiter.left(who))[1])


def _named(principal: Principal) -> str:
    return f"{principal.workspace} {principal.id}"


class RateLimit:
    """Limits each principal; where nobody has to log in, nothing is limited."""

    def __init__(self, app: ASGIApp, limiter: Limiter) -> None:
        self._app = app
        self._limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what is left of its key's share, or answer 429."""
        principal: Principal | None = scope.get("state", {}).get("principal")
        if scope["type"] != "http" or principal is None or principal is LOCAL:
            await self._app(scope, receive, send)
            return
        who = _named(principal)
        within = await self._limiter.hit(who)
        left, wait_s = await self._limiter.left(who)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["ratelimit-policy"] = self._limiter.policy
                headers["ratelimit"] = f'"default";r={left};t={wait_s}'
            await send(message)

        if within:
            await self._app(scope, receive, send_with_headers)
        else:
            await error_response(TooManyRequests(_OFTEN, wait_s))(scope, receive, send_with_headers)
