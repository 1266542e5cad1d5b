"""`/v1/manager-reviews`: a conversation in, a mirror for its manager out (`coach.manager_review/1`)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from coach.api.fields import Day, json_only, text, today
from coach.api.wired import Wired
from coach.domain import Conversation, ManagerReview
from coach.domain.base import Frozen

router = APIRouter(prefix="/v1", tags=["manager reviews"])


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


@router.post("/manager-reviews", operation_id="reviewManager", dependencies=[Depends(json_only)])
async def review_manager(submission: TalkSubmission, coach: Wired) -> ManagerReview:
    """Show a manager the balance of asking and telling, what a leader would have asked, and one thing to practise.

    The review is kept under the manager's name, and earlier ones are shown as a trend.
    """
    talk = Conversation(**submission.model_dump(exclude={"held_on"}))
    return await coach.review_manager(talk, submission.held_on or today())
