"""What litellm raises becomes an error of ours: what went wrong, at whom, and whether asking again may help.

Rule: a provider's own message may quote the note, so nothing of it is passed on but its status and its code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from coach.errors import (
    AnswerRefused,
    BadAnswer,
    ContextTooLong,
    EngineError,
    NotAuthorised,
    OverBudget,
    ProviderTimeout,
    ProviderUnavailable,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
)

_OURS: Mapping[str, tuple[type[EngineError], str]] = {
    "AuthenticationError": (
        NotAuthorised,
        "does not accept the key; set COACH_API_KEY, or the provider's own variable",
    ),
    "PermissionDeniedError": (NotAuthorised, "does not let this key use the model"),
    "PaymentRequiredError": (QuotaExhausted, "wants to be paid first: its credit is used up"),
    "RateLimitError": (RateLimited, "is asked too often"),
    "RouterRateLimitError": (RateLimited, "is asked too often"),
    "RouterRateLimitErrorBasic": (RateLimited, "is asked too often"),
    "BudgetExceededError": (OverBudget, "has reached a budget that is set outside of Coach"),
    "ContextWindowExceededError": (ContextTooLong, "cannot take so much text at once"),
    "ContentPolicyViolationError": (AnswerRefused, "declined to read this text: its content filter stopped it"),
    "GuardrailRaisedException": (AnswerRefused, "declined to read this text: a guardrail stopped it"),
    "BlockedPiiEntityError": (AnswerRefused, "declined to read this text: a guardrail for personal data stopped it"),
    "RejectedRequestError": (AnswerRefused, "declined to read this text"),
    "ModifyResponseException": (AnswerRefused, "declined to read this text: a guardrail replaced its answer"),
    "SensitiveDataRouteException": (
        AnswerRefused,
        "declined to read this text: a guardrail for sensitive data stopped it",
    ),
    "NotFoundError": (RequestRefused, "knows no such model, or is not at this address"),
    "ModelNotMappedError": (RequestRefused, "is not known to litellm"),
    "LiteLLMUnknownProvider": (RequestRefused, "is of no provider that litellm knows; write provider/model"),
    "UnsupportedParamsError": (RequestRefused, "does not take one of the parameters"),
    "UnprocessableEntityError": (RequestRefused, "does not take the request"),
    "BadRequestError": (RequestRefused, "does not take the request"),
    "InvalidRequestError": (RequestRefused, "does not take the request"),
    "ImageFetchError": (RequestRefused, "does not take the request"),
    "VectorStoreSearchError": (RequestRefused, "does not take the request"),
    "Timeout": (ProviderTimeout, "did not answer in time"),
    "APIConnectionError": (ProviderUnavailable, "cannot be reached"),
    "ServiceUnavailableError": (ProviderUnavailable, "is not available"),
    "BadGatewayError": (ProviderUnavailable, "is not available"),
    "InternalServerError": (ProviderUnavailable, "failed, or cannot be reached"),
    "MidStreamFallbackError": (ProviderUnavailable, "broke off"),
    "ToolLoopMaxRoundsExceeded": (BadAnswer, "went round in circles"),
    "APIResponseValidationError": (BadAnswer, "sent an answer that is not of its own protocol"),
    "JSONSchemaValidationError": (BadAnswer, "sent an answer that is not of the schema"),
    "APIError": (ProviderUnavailable, "failed"),
    "MockException": (ProviderUnavailable, "failed"),
    "OpenAIError": (ProviderUnavailable, "failed"),
}
"""By the name of litellm's class; a test fails on a class that stands nowhere here."""

_QUOTA = re.compile(
    r"insufficient_quota|credit balance is too low|exceeded your current quota|billing_hard_limit", re.I
)
_CODE = re.compile(r"[a-z][a-z0-9_]{2,39}")
_LONGEST_WAIT_S = 24 * 3600.0


def is_mapped(name: str) -> bool:
    """Whether a class of litellm's, by its name, becomes an error of ours."""
    return name in _OURS


def ours(error: Exception, model: str) -> EngineError:
    """The error of ours for what litellm, or whatever it stands on, raised when a model was asked."""
    if any(type(cause).__module__.partition(".")[0] == "vcr" for cause in _causes(error)):
        return EngineError(f"{model}: no recorded exchange answers this request; record it again")
    known = next((_OURS[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in _OURS), None)
    if known is None:
        return ProviderUnavailable(f"{model} failed ({type(error).__name__})")
    kind, words = known
    said = f"{model} {words}{_status(error)}"
    body = getattr(error, "body", None)
    if kind is RateLimited and isinstance(body, dict) and body.get("type") == "invalid_request_error":
        # litellm goes by the message's words, and those may be anybody's.
        return RequestRefused(f"{model} does not take the request")
    if getattr(error, "status_code", None) == 403:
        # litellm has two classes for it, by the provider.
        kind, words = _OURS["PermissionDeniedError"]
        said = f"{model} {words}{_status(error)}"
    if _QUOTA.search(str(error)):
        return QuotaExhausted(f"{model}: the quota or credit at the provider is used up{_status(error)}")
    if kind is RateLimited or kind is ProviderUnavailable:
        return kind(said, retry_after_s(error))
    return kind(said)


def retry_after_s(error: Exception, now: datetime | None = None) -> float | None:
    """Seconds that the provider asked us to wait; None where it did not say, or not in a way that can be read."""
    headers = {str(name).lower(): value for name, value in _headers(error).items()}
    milliseconds, said = headers.get("retry-after-ms"), headers.get("retry-after")
    try:
        if milliseconds is not None:
            return _bounded(float(milliseconds) / 1000)
        return None if said is None else _bounded(float(said))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(str(said))
        # HTTP's dates are of one zone, said or not.
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return _bounded((until - (now or datetime.now(UTC))).total_seconds())
    except (ValueError, OverflowError):
        return None


def _bounded(seconds: float) -> float | None:
    return min(max(seconds, 0.0), _LONGEST_WAIT_S) if seconds == seconds else None  # noqa: PLR0124  not a number


def _headers(error: Exception) -> Mapping[str, Any]:
    # litellm keeps the provider's headers here, and not on the response.
    return getattr(error, "litellm_response_headers", None) or {}


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__


def _status(error: Exception) -> str:
    status = getattr(error, "status_code", None)
    body = getattr(error, "body", None)
    code = body.get("code") or body.get("type") if isinstance(body, dict) else None
    said = [f"status {status}"] if isinstance(status, int) else []
    if isinstance(code, str) and _CODE.fullmatch(code):
        said.append(code)
    return f" ({', '.join(said)})" if said else ""
