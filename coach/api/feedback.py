"""What people say to reviews that were kept: a manager's corrections of findings, a rep's reply."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from pydantic import Field

from coach.api.fields import SAYS_SOMETHING, Day, json_only, not_to_come, text, today
from coach.api.kept_reviews import ReviewId
from coach.api.wired import Allowed, Caller, Wired, needs
from coach.api.workspace import diagnosis_is_on_for_id
from coach.domain import Competency, Direction, Gap, Kind, Move, Question
from coach.domain.base import Frozen, readable
from coach.domain.difference import DiagnosisDifference, ReviewDifference
from coach.domain.identity import Scope
from coach.errors import InvalidInput, NotFound
from coach.service.access import Access
from coach.wiring import Coach
from coach.wiring.replying import reply as reply_to

router = APIRouter(prefix="/v1", tags=["kept reviews"], dependencies=[diagnosis_is_on_for_id])

FindingId = Annotated[str, Path(max_length=120, pattern=r"^[a-z]{2}_[0-9a-f]{6,64}\.[0-9]{1,5}$")]
Words = Annotated[str, text(10_000)]
_CORRECTS = [Depends(json_only), needs(Scope.CORRECT)]
_REPLIES = [Depends(json_only), needs(Scope.REPLY)]
_TALK = "mr_"
"""What the id of the review of a manager's conversation begins with."""
_LABELS = {
    "dr_": ("kind", "verifiable", "direction", "informs"),
    _TALK: ("move",),
    "rd_": ("competency", "gap"),
}
"""The labels of a review's findings, by what the review's id begins with."""


class ShouldBe(Frozen):
    """The labels that a finding ought to have; leave out what is right."""

    kind: Kind | None = None
    """Of a statement of a deal review, as the next three, which what is the customer's has and what is ours has not."""
    verifiable: bool | None = None
    direction: Direction | None = None
    informs: Question | None = None
    move: Move | None = None
    """Of a move of a conversation."""
    competency: Competency | None = None
    """Of a diagnosis: what it ought to be about, where the signal was misread."""
    gap: Gap | None = None
    """Of a diagnosis: what it ought to say, where the signal was misread."""


class Correction(Frozen):
    """What a manager says of a finding."""

    right: bool
    should_be: ShouldBe | None = None
    """Left out where it is wrong, it is no finding at all."""
    why: Words | None = None


class Reply(Frozen):
    """What a rep says to a review: above all, what it has missed."""

    text: Words = Field(min_length=1, json_schema_extra=SAYS_SOMETHING)
    written_on: Day = None
    """The day it was written; dates such as "last Tuesday" are counted from it. Today where not given."""
    rerun: bool = True
    """Whether the review is to be made again with it; false keeps the reply, and no more."""


class Replied(Frozen):
    """The reply was kept and, unless that was not wanted, the review made again with it."""

    kept: bool
    difference: ReviewDifference | DiagnosisDifference | None
    """From the first to the second, of a deal review or of a diagnosis; both can be read by their ids."""


class KeptReply(Frozen):
    """What was said to a review."""

    text: str
    by: str | None
    """Who said it, as the audit log names them."""
    made_at: datetime
    difference: ReviewDifference | DiagnosisDifference | None
    """What it changed."""


class Replies(Frozen):
    """What was said to a review, the first first."""

    replies: tuple[KeptReply, ...]


class KeptCorrection(Frozen):
    """What was said of a finding."""

    finding: str
    """Its id, as `POST /v1/findings/{id}/feedback` takes it."""
    right: bool
    should_be: ShouldBe | None
    """Null where it is right, or no finding at all."""
    made_at: datetime


class Corrections(Frozen):
    """What was said of a review's findings, the first first: of two of one finding, the later stands."""

    corrections: tuple[KeptCorrection, ...]


class Taken(Frozen):
    """It was kept."""

    kept: bool


@router.post("/findings/{id}/feedback", operation_id="correctFinding", dependencies=_CORRECTS)
async def correct(coach: Wired, access: Allowed, caller: Caller, id: FindingId, correction: Correction) -> Taken:  # noqa: A002  its name in the path
    """Correct a finding: `id` is the review's id, a point, and the finding's place in it, from 0.

    The findings of a deal review are its statements, of a manager's conversation its moves, of a diagnosis its signals.
    """
    review, _, position = id.partition(".")
    await coach.pipeline.records.feedback.correct(
        review,
        int(position),
        right=correction.right,
        should_be=_labels(review, correction.should_be),
        why=correction.why,
        by=caller.id,
        seen=await _seen(access, review),
    )
    return Taken(kept=True)


@router.post("/reviews/{id}/reply", operation_id="replyToReview", dependencies=_REPLIES)
async def reply(coach: Wired, access: Allowed, caller: Caller, id: ReviewId, said: Reply) -> Replied:  # noqa: A002
    """Reply to a deal review or a diagnosis, as the rep it is about: it is made again with what it has missed.

    The reply is read as a note is, and proves as much; the first review stays, and both can be read.
    """
    seen = await access.reps()
    if not said.rerun:
        await coach.pipeline.records.feedback.reply(id, said.text, by=caller.id, seen=seen)
        return Replied(kept=True, difference=None)
    not_to_come("written_on", said.written_on)
    made = await reply_to(coach, id, said.text, said.written_on or today(), by=caller.id, seen=seen)
    return Replied(kept=True, difference=made)


@router.get("/reviews/{id}/corrections", operation_id="listCorrections", dependencies=[needs(Scope.READ_REVIEWS)])
async def list_corrections(coach: Wired, access: Allowed, id: ReviewId) -> Corrections:  # noqa: A002
    """List how a review's findings were corrected."""
    seen = await _seen_of(coach, access, id)
    found = await coach.pipeline.records.feedback.corrections(id, seen=seen)
    return Corrections(
        corrections=tuple(
            KeptCorrection(
                finding=f"{id}.{one['position']}",
                right=one["right"],
                should_be=one["should_be"],
                made_at=one["made_at"],
            )
            for one in found
        )
    )


@router.get("/reviews/{id}/replies", operation_id="listReplies", dependencies=[needs(Scope.READ_REVIEWS)])
async def list_replies(coach: Wired, access: Allowed, id: ReviewId) -> Replies:  # noqa: A002
    """List what was said to a review, and what each reply changed."""
    seen = await _seen_of(coach, access, id)
    found = await coach.pipeline.records.feedback.replies(id, seen=seen)
    return Replies(
        replies=tuple(
            KeptReply(
                text=one["text"],
                by=one["by"],
                made_at=one["made_at"],
                difference=None if one["difference"] is None else _difference(one["difference"]),
            )
            for one in found
        )
    )


async def _seen_of(coach: Coach, access: Access, review: str) -> frozenset[str] | None:
    """Of whom the caller sees such reviews, where this one is among them."""
    seen = await _seen(access, review)
    if await coach.pipeline.records.reviews.get(review, seen=seen) is None:
        raise NotFound("there is no review of this id in the store")
    return seen


async def _seen(access: Access, review: str) -> frozenset[str] | None:
    """Of whom the caller sees reviews such as this one: a manager's conversations are that manager's alone."""
    return access.managers(None) if review.startswith(_TALK) else await access.reps()


def _labels(review: str, should_be: ShouldBe | None) -> dict[str, Any] | None:
    """The labels that a finding ought to have, where findings of such a review have them."""
    if should_be is None:
        return None
    labels: dict[str, Any] = json.loads(should_be.model_dump_json(exclude_none=True))
    known = _LABELS.get(review[:3], ())
    if strange := [name for name in labels if name not in known]:
        raise InvalidInput(
            f"a finding of this review has no {strange[0]}; it has {', '.join(known) or 'no labels that can be wrong'}"
        )
    return labels


def _difference(content: str) -> ReviewDifference | DiagnosisDifference | None:
    return readable(ReviewDifference, content) or readable(DiagnosisDifference, content)
