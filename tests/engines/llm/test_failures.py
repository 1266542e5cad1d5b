"""What litellm raises becomes an error of ours, and nothing of the provider's message is passed on."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.engines.llm.client import _litellm
from coach.engines.llm.failures import is_mapped, ours, retry_after_s
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

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUOTED = "Their counsel sent redlines"


def made(name: str, message: str = QUOTED, base: type[Exception] = Exception, **attributes: object) -> Exception:
    error: Exception = type(name, (base,), {})(message)
    for attribute, value in attributes.items():
        setattr(error, attribute, value)
    return error


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("AuthenticationError", NotAuthorised),
        ("PermissionDeniedError", NotAuthorised),
        ("PaymentRequiredError", QuotaExhausted),
        ("RateLimitError", RateLimited),
        ("BudgetExceededError", OverBudget),
        ("ContextWindowExceededError", ContextTooLong),
        ("ContentPolicyViolationError", AnswerRefused),
        ("GuardrailRaisedException", AnswerRefused),
        ("NotFoundError", RequestRefused),
        ("LiteLLMUnknownProvider", RequestRefused),
        ("UnsupportedParamsError", RequestRefused),
        ("BadRequestError", RequestRefused),
        ("Timeout", ProviderTimeout),
        ("APIConnectionError", ProviderUnavailable),
        ("ServiceUnavailableError", ProviderUnavailable),
        ("InternalServerError", ProviderUnavailable),
        ("APIResponseValidationError", BadAnswer),
        ("APIError", ProviderUnavailable),
        ("SomethingNobodyKnows", ProviderUnavailable),
    ],
)
def test_each_failure_is_the_error_of_ours_that_says_what_to_do(name: str, kind: type[EngineError]) -> None:
    error = ours(made(name, status_code=418), "made/one")
    assert kind is type(error)
    assert error.detail.startswith("made/one")
    assert QUOTED not in error.detail


def test_a_class_that_is_not_known_counts_as_the_nearest_one_above_it() -> None:
    above = type(made("NotFoundError"))
    assert RequestRefused is type(ours(made("SpecialNotFound", base=above), "made/one"))
    context = type(made("ContextWindowExceededError", base=type(made("BadRequestError"))))
    assert ContextTooLong is type(ours(context("x"), "made/one"))


@pytest.mark.parametrize(
    "message",
    [
        "Error code: 429 - {'error': {'code': 'insufficient_quota'}}",
        "Your credit balance is too low to access the API",
        "You exceeded your current quota, please check your plan",
    ],
)
@pytest.mark.parametrize("name", ["RateLimitError", "BadRequestError"])
def test_a_quota_that_is_used_up_is_told_from_being_asked_too_often(name: str, message: str) -> None:
    error = ours(made(name, message, status_code=429), "made/one")
    assert QuotaExhausted is type(error)
    assert not error.transient
    assert "(status 429)" in error.detail


@pytest.mark.parametrize(
    ("attributes", "ends"),
    [
        ({}, "in time"),
        ({"status_code": 504}, "in time (status 504)"),
        ({"status_code": 504, "body": {"code": "gateway_timeout"}}, "in time (status 504, gateway_timeout)"),
        ({"status_code": "504", "body": {"type": "overloaded_error"}}, "in time (overloaded_error)"),
        ({"body": {"code": QUOTED}}, "in time"),
        ({"body": {"code": 7}}, "in time"),
        ({"body": QUOTED}, "in time"),
        ({"body": {"message": QUOTED}}, "in time"),
    ],
)
def test_only_the_status_and_the_code_are_passed_on(attributes: dict[str, object], ends: str) -> None:
    assert ours(made("Timeout", **attributes), "made/one").detail.endswith(ends)


def test_a_recorded_exchange_that_is_missing_is_no_failure_of_the_provider() -> None:
    missing = made("CannotOverwriteExistingRequestException")
    type(missing).__module__ = "vcr.errors"
    outer = made("InternalServerError")
    outer.__cause__ = missing
    error = ours(outer, "made/one")
    assert (EngineError, False) == (type(error), error.transient)
    assert "record it again" in error.detail


def test_causes_in_a_circle_end() -> None:
    one, other = made("Timeout"), made("APIError")
    one.__context__, other.__context__ = other, one
    assert ProviderTimeout is type(ours(one, "made/one"))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        (None, None),
        ({"retry-after": "7"}, 7),
        ({"Retry-After": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after": "-3"}, 0),
        ({"retry-after": "1e9"}, 24 * 3600),
        ({"retry-after": "inf"}, 24 * 3600),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after-ms": "soon"}, None),
        ({"retry-after": format_datetime(NOW + timedelta(seconds=90), usegmt=True)}, 90),
        ({"retry-after": format_datetime(NOW - timedelta(seconds=90), usegmt=True)}, 0),
    ],
)
def test_the_wait_that_a_provider_asks_for_is_read(headers: dict[str, str] | None, seconds: float | None) -> None:
    error = made("RateLimitError", litellm_response_headers=headers)
    assert seconds == retry_after_s(error, NOW)
    mapped = ours(made("RateLimitError", litellm_response_headers={"retry-after": "7"}), "made/one")
    assert isinstance(mapped, RateLimited)
    assert 7 == mapped.retry_after_s


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        pytest.param("Mon, 02 Mar 2026 12:01:30 -0000", 90, id="zone_not_said"),
        pytest.param("Mon, 02 Mar 2026 12:01:30", 90, id="no_zone"),
        pytest.param("Mon, 02 Mar 2026 12:01:30 +99999999999999999999", None, id="no_such_zone"),
    ],
)
def test_a_date_that_is_not_of_the_protocol_is_no_crash(said: str, seconds: float | None) -> None:
    assert seconds == retry_after_s(made("RateLimitError", litellm_response_headers={"retry-after": said}), NOW)


@given(st.text() | st.floats().map(str) | st.datetimes(timezones=st.just(UTC)).map(format_datetime))
def test_no_header_is_too_odd_to_be_read(said: str) -> None:
    for name in ("retry-after", "retry-after-ms"):
        seconds = retry_after_s(made("RateLimitError", litellm_response_headers={name: said}), NOW)
        assert seconds is None or 0 <= seconds <= 24 * 3600


@pytest.fixture(scope="module")
def litellm() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, when it is imported
        module: ModuleType = _litellm()
    return module


def unknown(module: ModuleType) -> list[str]:
    """Names of a module's errors that become none of ours; those that it has from elsewhere are not its own."""
    errors = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, Exception)]
    assert len(errors) > 20
    return sorted(
        one.__name__
        for one in errors
        if one.__module__.startswith(("litellm", "openai")) and not is_mapped(one.__name__)
    )


def test_every_error_of_litellm_is_known(litellm: ModuleType) -> None:
    assert [] == unknown(litellm.exceptions)


def test_every_error_at_the_top_of_litellm_is_known(litellm: ModuleType) -> None:
    assert [] == unknown(litellm)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("RateLimitError", RateLimited),
        ("ContextWindowExceededError", ContextTooLong),
        ("ContentPolicyViolationError", AnswerRefused),
        ("AuthenticationError", NotAuthorised),
        ("Timeout", ProviderTimeout),
        ("ServiceUnavailableError", ProviderUnavailable),
        ("BadRequestError", RequestRefused),
    ],
)
def test_real_errors_of_litellm_are_told_apart(litellm: ModuleType, name: str, kind: type[EngineError]) -> None:
    error = getattr(litellm, name)(message=QUOTED, model="one", llm_provider="made")
    assert kind is type(ours(error, "made/one"))
    assert QUOTED not in ours(error, "made/one").detail


def test_a_refused_request_that_speaks_of_rates_is_no_rate_limit() -> None:
    error = made("RateLimitError", status_code=429, body={"type": "invalid_request_error", "message": "rate limit"})
    assert RequestRefused is type(ours(error, "m"))
