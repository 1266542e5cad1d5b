"""What may go wrong with a call.

ClientError              code, status_code, detail
  Unreachable            no answer: nobody there, or not in time
  Unreadable             an answer that is not the API's: a proxy's page, say
  ApiError               the API's own problem, with its stable `code`
    NotAuthenticated     401
    Refused              403: the key's scopes, or the workspace's settings
    Gone                 404: nothing, or nobody, of this name or id, or not for this key
    WrongInput           400, 413, 415, 422: what was sent cannot be read as what it should be
    Conflict             409: the Idempotency-Key came with another request, or its answer is gone; ask with a new one
    Busy                 409 `in_progress`, 429, 503: ask again, after `retry_after_s` where it is known
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coach.errors import CoachError


class ClientError(CoachError):
    """A call came to nothing; `detail` says why, and never holds what was sent."""

    exit_code = 3


class Unreachable(ClientError):
    """There was no answer."""

    code = "unreachable"
    status_code = 502


class Unreadable(ClientError):
    """The answer is none of Coach's."""

    code = "unreadable_answer"
    status_code = 502


class ApiError(ClientError):
    """The API's problem.

    Attributes:
        code: Its stable name, such as `diagnosis_off`.
        status_code: HTTP status.
        errors: Of a payload that does not fit: each place, and what is wrong there.
        retry_after_s: Seconds to wait before asking again; None where it did not say.
    """

    def __init__(self, problem: Mapping[str, Any], retry_after_s: float | None = None) -> None:
        super().__init__(str(problem["detail"]))
        self.code = str(problem["code"])
        self.status_code = int(problem["status"])
        self.errors: tuple[Mapping[str, Any], ...] = tuple(problem.get("errors") or ())
        self.retry_after_s = retry_after_s


class NotAuthenticated(ApiError):
    """No key, or none that opens anything."""


class Refused(ApiError):
    """The key may not do this, or the workspace has it switched off."""


class Gone(ApiError):
    """There is nothing, or nobody, of this name or id, or not for this key."""


class WrongInput(ApiError):
    """What was sent cannot be read as what it should be."""


class Conflict(ApiError):
    """The Idempotency-Key came with another request before, or the answer to it is gone; asking again never helps."""


class Busy(ApiError):
    """Being worked on, or asked too often, or more than can be worked on, or a part that is needed does not answer."""


def of_problem(problem: Mapping[str, Any], retry_after_s: float | None = None) -> ApiError:
    """The error that a problem is.

    Raises:
        KeyError, TypeError, ValueError: it is no problem of the API's.
    """
    kind = _BY_STATUS.get(int(problem["status"]), ApiError)
    if kind is Conflict and problem["code"] == "in_progress":
        kind = Busy
    return kind(problem, retry_after_s)


_BY_STATUS: Mapping[int, type[ApiError]] = {
    400: WrongInput,
    401: NotAuthenticated,
    403: Refused,
    404: Gone,
    409: Conflict,
    413: WrongInput,
    415: WrongInput,
    422: WrongInput,
    429: Busy,
    503: Busy,
}
