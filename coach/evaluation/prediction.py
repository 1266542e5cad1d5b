"""One line of `predictions.jsonl`: what an engine and the rules made of one case (Contract 2)."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain import DealReview, Judgement, Question, Statement, Status, Usage, Verdict
from coach.domain.base import Frozen
from coach.domain.evidence import Direction, Kind
from coach.errors import CoachError
from coach.evaluation.case import Case, DealCase, OtherCase
from coach.wiring import Coach


class PredictedStatement(Frozen):
    """A statement as a prediction holds it."""

    quote: str
    start: int
    end: int
    kind: Kind
    verifiable: bool | None
    direction: Direction | None
    informs: Question | None


class DealOutput(Frozen):
    """The output of a deal or an attack case."""

    statements: tuple[PredictedStatement, ...]
    coverage: dict[Question, Status]
    claim: Verdict
    shown: tuple[str, ...]
    """Every string that the feedback adds of its own: all that is shown but the note and its quotes."""


class Failure(Frozen):
    """Why a case has no output."""

    code: str
    detail: str


class Prediction(Frozen):
    """One case, run once."""

    id: str
    repeat: int = 0
    task: str
    output: DealOutput | None
    error: Failure | None = None
    engine: str
    duration_ms: float
    usage: Usage | None = None


async def predict(case: Case, coach: Coach, repeat: int = 0) -> Prediction:
    """Run one case; a failure is recorded, never raised, and counts as wrong."""
    if isinstance(case, OtherCase):
        failure = Failure(code="unsupported_task", detail=f"this version cannot run the task {case.task!r}")
        return _failed(case, coach, repeat, failure)
    try:
        review = await coach.review_deal(case.input)
    except CoachError as error:
        return _failed(case, coach, repeat, Failure(code=error.code, detail=error.detail))
    except Exception as error:  # noqa: BLE001  one broken case must not take the run with it; it is counted
        return _failed(case, coach, repeat, Failure(code="internal_error", detail=type(error).__name__))
    return Prediction(
        id=case.id,
        repeat=repeat,
        task=case.task,
        output=output_of(review),
        engine=review.provenance.engine,
        duration_ms=review.provenance.duration_ms,
        usage=review.provenance.usage,
    )


def _failed(case: Case, coach: Coach, repeat: int, failure: Failure) -> Prediction:
    return Prediction(
        id=case.id,
        repeat=repeat,
        task=case.task,
        output=None,
        error=failure,
        engine=coach.engine.name,
        duration_ms=0,
    )


def output_of(review: DealReview) -> DealOutput:
    """What a review predicts, in the fields of `expected`."""
    return deal_output(review.statements, review, [notice.text for notice in review.notices])


def deal_output(statements: tuple[Statement, ...], judgement: Judgement, notices: list[str]) -> DealOutput:
    """Statements and what the rules made of them, in the fields of `expected`."""
    fields = set(PredictedStatement.model_fields)
    return DealOutput(
        statements=tuple(PredictedStatement(**one.model_dump(include=fields)) for one in statements),
        coverage={question: judgement.coverage[question].status for question in Question},
        claim=judgement.claim.verdict,
        shown=(*_shown(judgement), *notices),
    )


def judged_from_gold(case: DealCase, coach: Coach) -> DealOutput:
    """What the rules make of the gold statements: the measure of judgement alone, with reading taken as perfect."""
    statements, judgement = coach.judge_labels(case.input, [gold.label() for gold in case.expected.statements])
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
