"""Coach itself as the subject of an evaluation, and the fields of a review that predictions hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import coach
from coach.domain import DealNote, DealReview, Judgement, Question, Statement
from coach.errors import UnsupportedTask
from coach.evaluation.case import AttackCase, Case, DealCase, NoteCase
from coach.evaluation.prediction import DealOutput, PredictedStatement
from coach.evaluation.subject import Answer
from coach.wiring import Coach

_LAYERS = ("domain", "text", "rubrics", "engines", "judgement", "service")
"""What an answer is made by."""


class CoachSubject:
    """Coach itself, as wired."""

    def __init__(self, wired: Coach) -> None:
        self._coach = wired

    @property
    def name(self) -> str:
        """The engine's name."""
        return self._coach.engine.name

    def depends_on(self, case: Case) -> Mapping[str, Any]:
        """What a review of the case's note depends on, the code that reads and judges included."""
        return {**self._coach.review_depends_on(note_of(case)), "code": code_sha256()}

    async def answer(self, case: Case) -> Answer:
        """Review the case's note."""
        review = await self._coach.review_deal(note_of(case))
        made = review.provenance
        return Answer(output_of(review), made.duration_ms, made.usage, made.cost_usd)

    def provenance(self) -> Mapping[str, str | int]:
        """Engine, rubric and their versions."""
        engine, rubric = self._coach.engine, self._coach.rubric
        request = engine.request()
        trained_on = getattr(engine, "trained_on", None)
        return {
            "engine": engine.name,
            "engine_version": engine.version,
            "rubric": rubric.id,
            "rubric_version": rubric.version,
            "rubric_sha256": rubric.sha256,
            "code_sha256": code_sha256(),
            "fiscal_year_start": self._coach.settings.fiscal_year_start,
            **({"trained_on": trained_on} if trained_on else {}),
            **({"model": request.model} if request.model else {}),
            **(
                {"prompt_version": request.prompt.version, "prompt_sha256": request.prompt.sha256}
                if request.prompt
                else {}
            ),
            **({f"asked_{name}": str(value) for name, value in request.parameters.items() if value is not None}),
        }


@cache
def code_sha256() -> str:
    """Hash of the code that reads and judges, and of its data.

    A rule that was changed without a new version must not find old answers in a cache.
    """
    root = Path(coach.__file__).parent
    digest = hashlib.sha256()
    files = [path for layer in _LAYERS for path in (root / layer).rglob("*") if path.is_file()]
    for path in sorted(path for path in (*files, root / "wiring.py") if path.parent.name != "__pycache__"):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def note_of(case: Case) -> DealNote:
    """The note that a case asks about.

    Raises:
        UnsupportedTask: it asks about something else.
    """
    if isinstance(case, DealCase | AttackCase | NoteCase):
        return case.input
    raise UnsupportedTask(f"this version cannot run the task {case.task!r}")


def output_of(review: DealReview) -> DealOutput:
    """What a review predicts, in the fields of `expected`."""
    return deal_output(review.statements, review, [notice.text for notice in review.notices])


def deal_output(statements: Sequence[Statement], judgement: Judgement, notices: Sequence[str]) -> DealOutput:
    """Statements and what the rules made of them, in the fields of `expected`."""
    names = [field.name for field in fields(PredictedStatement)]
    return DealOutput(
        statements=tuple(PredictedStatement(**{name: getattr(one, name) for name in names}) for one in statements),
        coverage={question: judgement.coverage[question].status for question in Question},
        claim=judgement.claim.verdict,
        shown=(*_shown(judgement), *notices),
    )


def judged_from_gold(case: DealCase, wired: Coach) -> DealOutput:
    """What the rules make of the gold statements: the measure of judgement alone, with reading taken as perfect."""
    statements, judgement = wired.judge_labels(case.input, [gold.label() for gold in case.expected.statements])
    return deal_output(statements, judgement, [])


def _shown(judgement: Judgement) -> Iterator[str]:
    for question in Question:
        yield from judgement.coverage[question].ask
    claim = judgement.claim
    yield claim.explanation
    yield from claim.would_establish
    if claim.refuter:
        yield claim.refuter.act
    yield from (judgement.focus.title, judgement.focus.why, judgement.focus.do)
    yield from (question.ask for question in judgement.questions)
