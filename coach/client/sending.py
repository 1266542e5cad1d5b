"""What goes over the wire, what an answer means, and when to ask again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import uuid4

import httpx2
from pydantic import ValidationError
from tenacity import RetryCallState, retry_if_exception, stop_after_attempt, wait_random_exponential

from coach import __version__
from coach.client.calls import Call
from coach.client.failures import Busy, ClientError, Unreachable, Unreadable, of_problem
from coach.errors import InvalidInput

_Answer = TypeVar("_Answer")
_UNTOLD = wait_random_exponential(multiplier=0.5, max=8)
"""How long to wait where nobody says."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often, and how long, a call is tried again that may pass."""

    attempts: int = 4
    """How often in all; 1 asks once."""
    longest_wait_s: float = 60
    """Who is told to wait longer is told so, and does not wait."""

    def retrying(self) -> dict[str, Any]:
        """The same in tenacity's words."""
        return {
            "stop": stop_after_attempt(self.attempts),
            "wait": _wait_s,
            "retry": retry_if_exception(self._may_pass),
            "reraise": True,
        }

    def _may_pass(self, error: BaseException) -> bool:
        if isinstance(error, Busy):
            return error.retry_after_s is not None and error.retry_after_s <= self.longest_wait_s
        return isinstance(error, Unreachable)


def headers_of(key: str | None) -> dict[str, str]:
    """What every request says."""
    said = {"accept": "application/json", "user-agent": f"coach-client/{__version__}"}
    return said if key is None else said | {"authorization": f"Bearer {key}"}


def arguments_of(call: Call[Any], patience: Patience, idempotency_key: str | None) -> dict[str, Any]:
    """A call as a request; one that may be sent again and does something carries a key by which it is done once.

    Raises:
        InvalidInput: it cannot be sent as JSON.
    """
    request: dict[str, Any] = {"method": call.method, "url": call.path, "params": dict(call.params)}
    if call.body is not None:
        named = idempotency_key or (str(uuid4()) if patience.attempts > 1 else None)
        headers = {"content-type": "application/json"} | ({} if named is None else {"idempotency-key": named})
        request |= {"content": _json(call.body), "headers": headers}
    return request


def _json(body: Mapping[str, Any]) -> bytes:
    # In ASCII, so that half of a surrogate pair reaches the API, which refuses it in words of its own.
    try:
        return json.dumps(body, allow_nan=False).encode()
    except (ValueError, TypeError):
        raise InvalidInput("what is to be sent holds a number or a value that JSON does not have") from None


def content_of(response: httpx2.Response) -> bytes:
    """The content of an answer.

    Raises:
        ApiError: it is a problem.
        Unreadable: it is none of the API's.
    """
    kind = response.headers.get("content-type", "").partition(";")[0]
    if response.is_success and kind == "application/json":
        return response.content
    if kind == "application/problem+json":
        raise _problem(response)
    raise Unreadable(f"the answer is none of Coach's API: {response.status_code} {kind}; check the address")


def read(call: Call[_Answer], content: bytes) -> _Answer:
    """The answer, as what it should be.

    Raises:
        Unreadable: it is something else.
    """
    try:
        return call.read(content)
    except ValidationError:
        raise Unreadable("the answer is of another version of Coach; update the client") from None


def unreachable(error: httpx2.TransportError) -> ClientError:
    """What to say of a connection that failed; the library's own words may hold addresses."""
    why = "no answer in time" if isinstance(error, httpx2.TimeoutException) else "no connection"
    return Unreachable(f"Coach cannot be reached: {why}; check the address, and that `coach serve` runs there")


def _problem(response: httpx2.Response) -> ClientError:
    try:
        problem: Mapping[str, Any] = response.json()
        return of_problem(problem, _seconds(response.headers.get("retry-after")))
    except (ValueError, KeyError, TypeError):
        return Unreadable(f"the answer is a problem that cannot be read: {response.status_code}")


def _seconds(said: str | None) -> float | None:
    return float(said) if said and said.isascii() and said.isdigit() else None


def _wait_s(state: RetryCallState) -> float:
    error = state.outcome and state.outcome.exception()
    told: float | None = getattr(error, "retry_after_s", None)
    return _UNTOLD(state) if told is None else told
