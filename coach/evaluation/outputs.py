"""What a result predicts, in the fields of `expected` (Contract 2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from coach.domain import DealReview, Judgement, ManagerReview, Question, RepDiagnosis, SelfView, Statement
from coach.evaluation.prediction import DealOutput, PredictedMove, PredictedStatement, RepOutput, TalkOutput


def output_of(review: DealReview) -> DealOutput:
    """What a review of a deal note predicts."""
    return deal_output(review.statements, review, [notice.text for notice in review.notices])


def deal_output(statements: Sequence[Statement], judgement: Judgement, notices: Sequence[str]) -> DealOutput:
    """Statements and what the rules made of them."""
    names = [field.name for field in fields(PredictedStatement)]
    return DealOutput(
        statements=tuple(PredictedStatement(**{name: getattr(one, name) for name in names}) for one in statements),
        coverage={question: judgement.coverage[question].status for question in Question},
        claim=judgement.claim.verdict,
        shown=(*_shown(judgement), *notices),
    )


def rep_output(diagnosis: RepDiagnosis) -> RepOutput:
    """What a diagnosis predicts: its first finding, with the quotes that it rests on."""
    primary = diagnosis.primary
    views = {one.competency: one.self_view for one in diagnosis.self_assessment}
    return RepOutput(
        competency=primary.competency,
        gap=primary.gap,
        sub_type=primary.sub_type,
        self_view=views.get(primary.competency, SelfView.UNCLEAR),
        key_quotes=tuple(diagnosis.signals[index].quote for index in primary.because),
        labels_without_behaviour=tuple(diagnosis.signals[one.signal].quote for one in diagnosis.assumptions),
        prescription=primary.gap.value,
        abstained=primary.abstained,
        confidence=primary.confidence,
    )


def talk_output(review: ManagerReview) -> TalkOutput:
    """What a mirror predicts: the moves."""
    names = [field.name for field in fields(PredictedMove)]
    return TalkOutput(
        moves=tuple(PredictedMove(**{name: getattr(one, name) for name in names}) for one in review.moves)
    )


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
