"""`/v1/manager-reviews`: a conversation in, a mirror for its manager out (`coach.manager_review/1`)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field

from coach.api.fields import Day, json_only, text, today
from coach.api.wired import Allowed, Caller, Made, Wired, needs, ran
from coach.domain import Conversation, ManagerReview
from coach.domain.base import Frozen, every_readable, readable
from coach.domain.identity import Scope
from coach.errors import NotFound

_KIND = "coach.manager_review/1"
router = APIRouter(prefix="/v1", tags=["manager reviews"])

ManagerReviewId = Annotated[str, Path(max_length=100, pattern=r"^mr_[0-9a-f]{6,64}$")]


class TalkSubmission(Frozen):
    """A deal review or 1-on-1, as a transcript."""

    manager: Annotated[str, text(200)] = ""
    """As the transcript calls the manager; found out where not given."""
    rep: Annotated[str, text(200)] = ""
    setting: Annotated[str, text(300)] = ""
    """What kind of conversation it is, such as "pipeline call"."""
    held_on: Day = None
    """The day of the conversation. Today where not given."""
    transcript: Annotated[str, text()] = Field(
        examples=["Ruth: Did the quote go out?\nAnand: On Monday.\nRuth: What has Mr Pell done with it?"]
    )


@router.post("/manager-reviews", operation_id="reviewManager", dependencies=[Depends(json_only), needs(Scope.MIRROR)])
async def review_manager(  # noqa: PLR0913, PLR0917  each is handed in by itself
    request: Request, submission: TalkSubmission, coach: Wired, caller: Caller, access: Allowed, made: Made
) -> ManagerReview:
    """Show a manager the balance of asking and telling, what a leader would have asked, and one thing to practise.

    The review is kept under the manager's name, and earlier ones are shown as a trend. A manager's key keeps it under
    the key's own name, whatever the transcript calls the manager.
    """
    talk = Conversation(**submission.model_dump(exclude={"held_on"}))
    review = await coach.review_manager(talk, submission.held_on or today(), about=caller.person)
    access.asked.extend(name for name in (caller.person or review.manager, submission.rep) if name)
    made |= ran(request, review)
    return review


class ManagerReviewPage(Frozen):
    """Reviews of conversations that were kept, the latest first."""

    reviews: tuple[ManagerReview, ...]
    before: int | None
    """Where the next page goes on; null on the last."""


@router.get("/manager-reviews", operation_id="listManagerReviews", dependencies=[needs(Scope.READ_REVIEWS)])
async def list_manager_reviews(
    coach: Wired,
    access: Allowed,
    manager: Annotated[str, text(200)] | None = None,
    before: Annotated[int | None, Query(ge=0, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> ManagerReviewPage:
    """List the reviews of a manager's conversations, the latest first; a manager's key lists its own alone."""
    seen = access.managers(manager)
    rows = await coach.pipeline.records.reviews.listed(_KIND, seen=seen, before=before, most=limit)
    found = every_readable(ManagerReview, (content for _, content in rows))
    return ManagerReviewPage(reviews=found, before=rows[-1][0] if len(rows) == limit else None)


@router.get("/manager-reviews/{id}", operation_id="readManagerReview", dependencies=[needs(Scope.READ_REVIEWS)])
async def read_manager_review(coach: Wired, access: Allowed, id: ManagerReviewId) -> ManagerReview:  # noqa: A002  its name in the path
    """Read the review of a manager's conversation; a manager's key reads its own alone."""
    content = await coach.pipeline.records.reviews.get(id, seen=access.managers(None))
    review = readable(ManagerReview, content)
    if review is None:
        raise NotFound("no review of a conversation with this id was kept, or it cannot be read")
    return review
