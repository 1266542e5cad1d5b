"""`/v1/deal-reviews`: a deal note in, a deal review out (Contract 3)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from coach.api.problems import problem_of
from coach.api.wired import Wired
from coach.domain import Deal, DealNote, DealReview
from coach.domain.base import Frozen

router = APIRouter(prefix="/v1", tags=["deal reviews"])


def _iso_day(value: object) -> object:
    try:
        # Python 3.11 also reads 20260131 and 2026-W05-6; a contract has one way to write a day.
        if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
            return date.fromisoformat(value)
    except ValueError:
        pass
    if value is None:
        return value
    raise PydanticCustomError("iso_day", "expected a day as YYYY-MM-DD")


_DAY_SCHEMA: dict[str, Any] = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
Day = Annotated[date | None, BeforeValidator(_iso_day), WithJsonSchema(_DAY_SCHEMA)]


def _text(longest: int | None = None) -> StringConstraints:
    # The pattern refuses a NUL, and with it, because it is matched on UTF-8, half of a surrogate pair.
    return StringConstraints(max_length=longest, pattern=r"^[^\x00]*$")


class DealFields(Frozen):
    """What the CRM says of the deal; leave out what is not known."""

    name: Annotated[str, _text(300)] | None = None
    amount: Annotated[str, _text(100)] | None = None
    """As the source has it, currency included: `EUR 60k`."""
    stage: Annotated[str, _text(100)] | None = None
    close_date: Day = None
    """The day the rep says it closes by."""


class DealSubmission(Frozen):
    """A note to review."""

    deal: DealFields = DealFields()
    written_on: Day = None
    """The day the note was written; dates such as "by Friday" are counted from it. Today where not given."""
    note: Annotated[str, _text()] = Field(
        examples=["Dana's counsel sent redlines on Tuesday. I think we close this month."]
    )


def _json_only(request: Request) -> None:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise HTTPException(415, "Send the request as application/json.")


def _submitted(submission: DealSubmission) -> DealNote:
    return DealNote(
        deal=Deal(**submission.deal.model_dump()),
        written_on=submission.written_on or datetime.now(UTC).astimezone().date(),
        note=submission.note,
    )


Submitted = Annotated[DealNote, Depends(_submitted)]


@router.post("/deal-reviews", operation_id="reviewDeal", dependencies=[Depends(_json_only)])
async def review_deal(note: Submitted, coach: Wired) -> DealReview:
    """Read a deal note and judge it: what the customer did and said, the verdict on the close date, what to ask."""
    return await coach.review_deal(note)


def _reviewable(note: Submitted, coach: Wired) -> DealNote:
    # Here, because a stream has said 200 before its first event.
    coach.check_note(note)
    return note


@router.post(
    "/deal-reviews/stream",
    operation_id="streamDealReviews",
    response_class=EventSourceResponse,
    dependencies=[Depends(_json_only)],
)
async def stream_deal_reviews(
    note: Annotated[DealNote, Depends(_reviewable)], coach: Wired
) -> AsyncIterator[ServerSentEvent]:
    """Review a deal note as server-sent events: `review` by the embedded engine at once, `review` by the model, `done`.

    Each `review` holds a whole deal review, and replaces the one before it; where only the embedded engine is set,
    there is one. What fails later comes as `error`, with the same body that any failure has, and ends the stream.
    `done` names the review that stands.
    """
    last = None
    try:
        async for review in coach.reviews(note):
            yield ServerSentEvent(event="review", data=review.model_dump(mode="json", by_alias=True))
            last = review.id
    except Exception as error:  # noqa: BLE001  after the stream has begun there is no other answer
        yield ServerSentEvent(event="error", data=problem_of(error).model_dump(mode="json", exclude_none=True))
    else:
        yield ServerSentEvent(event="done", data={"id": last})
