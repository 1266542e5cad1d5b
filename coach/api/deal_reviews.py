"""`/v1/deal-reviews`: a deal note in, a deal review out (Contract 3)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import Field

from coach.api.fields import SAYS_SOMETHING, Day, json_only, not_to_come, text, today
from coach.api.idempotency import BROKE_OFF
from coach.api.problems import problem_of
from coach.api.wired import Allowed, Made, Wired, needs, ran
from coach.domain import Deal, DealNote, DealReview
from coach.domain.base import Frozen
from coach.domain.identity import Scope
from coach.engines.base import Outgoing
from coach.service.access import Access
from coach.wiring import Coach

router = APIRouter(prefix="/v1", tags=["deal reviews"])
_WRITES = [Depends(json_only), needs(Scope.WRITE_REVIEWS)]


class DealFields(Frozen):
    """What the CRM says of the deal; leave out what is not known."""

    name: Annotated[str, text(300)] | None = None
    amount: Annotated[str, text(100)] | None = None
    """As the source has it, currency included: `EUR 60k`."""
    stage: Annotated[str, text(100)] | None = None
    close_date: Day = None
    """The day the rep says it closes by."""
    people: Annotated[tuple[Annotated[str, text(200)], ...], Field(max_length=100)] = ()
    """Who is in the deal, by name: a model is shown the note without their names."""


class CrmRecord(Frozen):
    """A deal as its CRM knows it."""

    crm: Annotated[str, text(50)] = Field(min_length=1, examples=["hubspot"])
    """As `GET /v1/opportunities` names it."""
    record: Annotated[str, text(300)] = Field(min_length=1)
    """Its id there."""


class DealSubmission(Frozen):
    """A note to review."""

    deal: DealFields = DealFields()
    rep: Annotated[str, text(200)] | None = None
    """Whose deal it is; where it is said, note and review are kept, for the rep's diagnosis and 1-on-1s."""
    record: CrmRecord | None = None
    """Which deal of the CRM it is; where it is not said, the rep's deal of this name."""
    written_on: Day = None
    """The day the note was written; dates such as "by Friday" are counted from it. Today where not given."""
    note: Annotated[str, text()] = Field(
        json_schema_extra=SAYS_SOMETHING,
        examples=["Dana's counsel sent redlines on Tuesday. I think we close this month."],
    )


def _submitted(submission: DealSubmission) -> DealNote:
    return DealNote(
        deal=Deal(**submission.deal.model_dump(exclude={"people"})),
        people=(*submission.deal.people, *([submission.rep] if submission.rep else [])),
        written_on=submission.written_on or today(),
        note=submission.note,
    )


def _record(submission: DealSubmission) -> tuple[str, str] | None:
    return None if submission.record is None else (submission.record.crm, submission.record.record)


async def _check(submission: DealSubmission, coach: Coach, access: Access) -> None:
    """Refuse what is somebody else's, and a note of a day that is still to come."""
    await access.rep(submission.rep)
    not_to_come("written_on", submission.written_on)
    record = _record(submission)
    if record is not None and await access.reps() is not None:
        owner = await coach.pipeline.records.opportunities.owner(record)
        if owner is not None:
            await access.rep(owner)


@router.post("/deal-reviews", operation_id="reviewDeal", dependencies=_WRITES)
async def review_deal(
    request: Request, submission: DealSubmission, coach: Wired, access: Allowed, made: Made
) -> DealReview:
    """Read a deal note and judge it: what the customer did and said, the verdict on the close date, what to ask."""
    await _check(submission, coach, access)
    review = await coach.review_deal(_submitted(submission), rep=submission.rep, record=_record(submission))
    made |= ran(request, review)
    return review


class OutgoingPreview(Frozen):
    """What would leave this machine."""

    calls: tuple[Outgoing, ...]
    """One for each part of the note that would be put to a model; none where the embedded engine reads."""


@router.post("/deal-reviews/outgoing", operation_id="previewOutgoing", dependencies=_WRITES)
async def preview_outgoing(submission: DealSubmission, coach: Wired, access: Allowed) -> OutgoingPreview:
    """Show what a model would be sent for a note, hashed and redacted, without sending or keeping anything."""
    await _check(submission, coach, access)
    return OutgoingPreview(calls=await asyncio.to_thread(coach.outgoing, _submitted(submission)))


async def _reviewable(submission: DealSubmission, coach: Wired, access: Allowed) -> DealSubmission:
    # Here, because a stream has said 200 before its first event.
    await _check(submission, coach, access)
    coach.check_note(_submitted(submission))
    return submission


@router.post(
    "/deal-reviews/stream",
    operation_id="streamDealReviews",
    response_class=EventSourceResponse,
    dependencies=_WRITES,
)
async def stream_deal_reviews(
    request: Request, submission: Annotated[DealSubmission, Depends(_reviewable)], coach: Wired, made: Made
) -> AsyncIterator[ServerSentEvent]:
    """Review a deal note as server-sent events: `review` by the embedded engine at once, `review` by the model, `done`.

    Each `review` holds a whole deal review, and replaces the one before it; where only the embedded engine is set,
    there is one. What fails later comes as `error`, with the same body that any failure has, and ends the stream.
    `done` names the review that stands.
    """
    last = None
    reviews = coach.reviews(_submitted(submission), rep=submission.rep, record=_record(submission))
    try:
        async for review in request.app.state.stopping.each(reviews):
            yield ServerSentEvent(event="review", data=review.model_dump(mode="json", by_alias=True))
            last = review.id
            made |= ran(request, review)
    except Exception as error:  # noqa: BLE001  after the stream has begun there is no other answer
        setattr(request.state, BROKE_OFF, True)
        yield ServerSentEvent(event="error", data=problem_of(error).model_dump(mode="json", exclude_none=True))
    else:
        yield ServerSentEvent(event="done", data={"id": last})
