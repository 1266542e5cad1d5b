"""Every error Coach raises on purpose.

    CoachError                 500  code, status_code, detail
      ConfigError              500  a bad COACH_* value, named
      RubricError              500  file, path inside the file, what was expected
      ArtefactError            500  an engine's model file is missing, damaged or of another version
      InvalidInput             422  an empty, over-long, binary or misdated note
        TooLarge               413
        UnsupportedFormat      415
      NotFound                 404
      BadSignature             401  what a CRM signs is missing, wrong, or too old
      NotAllowed               403  the key's role or scopes do not go so far
        DiagnosisOff           403  the workspace has switched rep diagnoses off
      NotMeasured              422  an evaluation that cannot give the answer asked for
        NotRecorded            422  a replay that holds no answer to what was asked
      Conflict                 409  the same thing is being done, or was done otherwise
      Overloaded               503  more is asked than can be worked on; ask again after `retry_after_s`
      TooManyRequests          429  one key asks more often than it may
      SlowBody                 408  the rest of a request did not come in time
      TimedOut                 504  a request took longer than it may
      StoreError               503  what Coach keeps cannot be read or written
      EngineError              502  an engine failed and no other may answer
        OverBudget             503  the call would cost more than a budget allows; nothing was asked
        RateLimited            503  asked too often; ask again after `retry_after_s`
        QuotaExhausted         503  the provider's own quota or credit is used up
        NotAuthorised          502  the provider does not accept the key, or the key may not use the model
        RequestRefused         502  the provider does not take the request: model or parameter unknown to it
          ContextTooLong       502  more text than the model takes
        ProviderTimeout        504  no answer in time
        ProviderUnavailable    503  unreachable, overloaded or failing
          CircuitOpen          503  failed too often just now; not asked at all
        BadAnswer              502  an answer that cannot be used
          AnswerRefused        502  the model declined
          AnswerTruncated      502  the answer ends in the middle

Rule: a message says what was wrong, where, and what to do next; it never holds the text of a note.
"""

from __future__ import annotations

from typing import Any


class CoachError(Exception):
    """Base of every expected failure; faces show `detail` and never a traceback.

    Attributes:
        code: Stable snake_case name that a program may rely on.
        status_code: HTTP status of the failure.
        exit_code: Exit status of the command line (2 bad input or usage, 3 provider failure).
    """

    code = "internal_error"
    status_code = 500
    exit_code = 2

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class ConfigError(CoachError):
    """A setting is missing or wrong."""

    code = "bad_setting"


class RubricError(CoachError):
    """A rubric file does not say what a rubric must say."""

    code = "bad_rubric"

    def __init__(self, file: str, path: str, problem: str) -> None:
        super().__init__(f"{file}: at {path or 'the top'}: {problem}")
        self.file = file
        self.path = path


class ArtefactError(CoachError):
    """An engine's model file is missing, damaged, or made for another version."""

    code = "bad_artefact"


class InvalidInput(CoachError):
    """What was submitted cannot be read as what it should be."""

    code = "invalid_input"
    status_code = 422


class TooLarge(InvalidInput):
    """More text or bytes than one request may hold."""

    code = "too_large"
    status_code = 413


class UnsupportedFormat(InvalidInput):
    """A kind of file that Coach does not read."""

    code = "unsupported_format"
    status_code = 415


class NotMeasured(CoachError):
    """An evaluation that cannot give the answer asked for: never to be taken for a pass."""

    code = "not_measured"
    status_code = 422


class NotRecorded(NotMeasured):
    """A replay that holds no answer to what was asked."""

    code = "not_recorded"


class NotFound(CoachError):
    """What was asked for does not exist."""

    code = "not_found"
    status_code = 404


class BadSignature(CoachError):
    """A request that says it comes from a CRM does not prove it, or proved it too long ago."""

    code = "bad_signature"
    status_code = 401


class NotAllowed(CoachError):
    """Who asks is known, and may not do this."""

    code = "not_allowed"
    status_code = 403


class DiagnosisOff(NotAllowed):
    """The workspace has switched rep diagnoses off."""

    code = "diagnosis_off"


class Conflict(CoachError):
    """What is asked for is being done for another request."""

    code = "in_progress"
    status_code = 409
    retry_after_s = 1.0


class Overloaded(CoachError):
    """More is asked than can be worked on.

    Attributes:
        retry_after_s: Seconds to wait before asking again.
    """

    code = "overloaded"
    status_code = 503

    def __init__(self, detail: str, retry_after_s: float = 5) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class TooManyRequests(CoachError):
    """One key, or one address without a key, asks more often than it may.

    Attributes:
        retry_after_s: Seconds to wait before asking again.
    """

    code = "too_many_requests"
    status_code = 429

    def __init__(self, detail: str, retry_after_s: float) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class SlowBody(CoachError):
    """What was to come of a request came too slowly, or no more; nothing was done."""

    code = "body_too_slow"
    status_code = 408


class TimedOut(CoachError):
    """A request took longer than it may, and was given up."""

    code = "timed_out"
    status_code = 504


class StoreError(CoachError):
    """What Coach keeps cannot be read or written."""

    code = "store_failed"
    status_code = 503


class EngineError(CoachError):
    """An engine could not answer, and no other engine was allowed to.

    Attributes:
        transient: Whether asking again, a little later, may help.
        sent: What was put to models all the same, as `coach.domain.Sent`.
    """

    code = "engine_failed"
    status_code = 502
    exit_code = 3
    transient = False
    sent: tuple[Any, ...] = ()


class RateLimited(EngineError):
    """The provider was asked too often.

    Attributes:
        retry_after_s: Seconds the provider asked us to wait; None where it did not say.
    """

    code = "rate_limited"
    status_code = 503
    transient = True

    def __init__(self, detail: str, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class OverBudget(EngineError):
    """The call would cost more than a budget allows; nothing was asked."""

    code = "over_budget"
    status_code = 503


class QuotaExhausted(EngineError):
    """The provider's own quota or credit is used up; asking again cannot help."""

    code = "quota_exhausted"
    status_code = 503


class NotAuthorised(EngineError):
    """The provider does not accept the key, or the key may not use the model."""

    code = "not_authorised"


class RequestRefused(EngineError):
    """The provider does not take the request: it knows no such model, or no such parameter."""

    code = "request_refused"


class ContextTooLong(RequestRefused):
    """More text than the model takes."""

    code = "context_too_long"


class ProviderTimeout(EngineError):
    """No answer in time."""

    code = "provider_timeout"
    status_code = 504
    transient = True


class ProviderUnavailable(EngineError):
    """The provider cannot be reached, is overloaded, or fails.

    Attributes:
        retry_after_s: Seconds the provider asked us to wait; None where it did not say.
    """

    code = "provider_unavailable"
    status_code = 503
    transient = True

    def __init__(self, detail: str, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class CircuitOpen(ProviderUnavailable):
    """The provider failed so often just now that it is not asked at all."""

    code = "circuit_open"
    transient = False


class BadAnswer(EngineError):
    """An answer that cannot be used."""

    code = "bad_answer"


class AnswerRefused(BadAnswer):
    """The model declined to answer."""

    code = "answer_refused"


class AnswerTruncated(BadAnswer):
    """The answer ends in the middle: it had no room for more."""

    code = "answer_truncated"
