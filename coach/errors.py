"""Every error Coach raises on purpose.

    CoachError                 500  code, status_code, detail
      ConfigError              500  a bad COACH_* value, named
      RubricError              500  file, path inside the file, what was expected
      ArtefactError            500  an engine's model file is missing, damaged or of another version
      InvalidInput             422  an empty, over-long, binary or misdated note
        TooLarge               413
        UnsupportedFormat      415
        UnsupportedTask        422  a case of a task that this version cannot run
      NotFound                 404
      NotMeasured              422  an evaluation that cannot give the answer asked for
        NotRecorded            422  a replay that holds no answer to what was asked
      EngineError              502  an engine failed and no other may answer
        RateLimited            503  asked too often; ask again after `retry_after_s`

Rule: a message says what was wrong, where, and what to do next; it never holds the text of a note.
"""

from __future__ import annotations


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


class UnsupportedTask(InvalidInput):
    """A case of a task that this version cannot run."""

    code = "unsupported_task"


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


class EngineError(CoachError):
    """An engine could not answer, and no other engine was allowed to."""

    code = "engine_failed"
    status_code = 502
    exit_code = 3


class RateLimited(EngineError):
    """The provider was asked too often.

    Attributes:
        retry_after_s: Seconds the provider asked us to wait; None where it did not say.
    """

    code = "rate_limited"
    status_code = 503

    def __init__(self, detail: str, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s
