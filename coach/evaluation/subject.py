"""What is evaluated: anything that answers cases. Coach itself does so in `coach_subject`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from coach.domain import Usage
from coach.evaluation.case import Case
from coach.evaluation.prediction import Output


class Answer(NamedTuple):
    """What a subject made of one case."""

    output: Output
    duration_ms: float
    usage: Usage | None = None
    cost_usd: float | None = None


class Subject(Protocol):
    """Answers cases. Says what an answer depends on without making it, so that none is made twice."""

    @property
    def name(self) -> str:
        """The engine's name, as predictions carry it."""

    def depends_on(self, case: Case) -> Mapping[str, Any]:
        """Everything that could change the answer: text, rendered prompt, rubric, model, parameters, versions.

        Raises:
            CoachError: this subject cannot answer such a case.
        """

    async def answer(self, case: Case) -> Answer:
        """Answer a case.

        Raises:
            RateLimited: asked too often; the runner waits and asks again.
            CoachError: it could not answer.
        """

    def provenance(self) -> Mapping[str, str | int]:
        """What the report says of how its figures were made."""
