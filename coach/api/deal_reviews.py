"""`/v1/deal-reviews`: a deal note in, a deal review out (Contract 3)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import Field

from coach.api.fields import Day, json_only, text, today
from coach.api.problems import problem_of
from coach.api.wired import Wired
from coach.domain import Deal, DealNote, DealReview
from coach.domain.base import Frozen

router = APIRouter(prefix="/v1", tags=["deal reviews"])


class DealFields(Frozen):
    """What the CRM says of the deal; leave out what is not known."""

    name: Annotated[str, text(300)] | None = None
    amount: Annotated[str, text(100)] | None = None
    """As the source has it, currency included: `EUR 60k`."""
    stage: Annotated[str, text(100)] | None = None
    close_date: Day = None
    """The day the rep says it closes by."""


class DealSubmission(Frozen):
    """A note to review."""

    deal: DealFields = DealFields()
    rep: Annotated[str, text(200)] | None = None
    """Whose deal it is; where it is said, the review is kept, as evidence for the rep's diagnosis."""
    written_on: Day = None
    """The day the note was written; dates such as "by Friday" are counted from it. Today where not given."""
    note: Annotated[str, text()] = Field(
        examples=["Dana's counsel sent redlines on Tuesday. I think we close this month."]
    )


def _submitted(submission: DealSubmission) -> DealNote:
    return DealNote(
        deal=Deal(**submission.deal.model_dump()),
        written_on=submission.written_on or today(),
        note=submission.note,
    )


@router.post("/deal-reviews", operation_id="reviewDeal", dependencies=[Depends(json_only)])
async def review_deal(submission: DealSubmission, coach: Wired) -> DealReview:
    """Read a deal note and judge it: what the customer did and said, the verdict on the close date, what to ask."""
    return await coach.review_deal(_submitted(submission), rep=submission.rep)


def _reviewable(submission: DealSubmission, coach: Wired) -> DealSubmission:
    # Here, because a stream has said 200 before its first event.
    coach.check_note(_submitted(submission))
    return submission


@router.post(
    "/deal-reviews/stream",
    operation_id="streamDealReviews",
    response_class=EventSourceResponse,
    dependencies=[Depends(json_only)],
)
async def stream_deal_reviews(
    submission: Annotated[DealSubmission, Depends(_reviewable)], coach: Wired
) -> AsyncIterator[ServerSentEvent]:
    """Review a deal note as server-sent events: `review` by the embedded engine at once, `review` by the model, `done`.

    Each `review` holds a whole deal review, and replaces the one before it; where only the embedded engine is set,
    there is one. What fails later comes as `error`, with the same body that any failure has, and ends the stream.
    `done` names the review that stands.
    """
    last = None
    try:
        async for review in coach.reviews(_submitted(submission), rep=submission.rep):
            yield ServerSentEvent(event="review", data=review.model_dump(mode="json", by_alias=True))
            last = review.id
    except Exception as error:  # noqa: BLE001  after the stream has begun there is no other answer
        yield ServerSentEvent(event="error", data=problem_of(error).model_dump(mode="json", exclude_none=True))
    else:
        yield ServerSentEvent(event="done", data={"id": last})
