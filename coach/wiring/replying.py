"""What a rep says to a review about them, and the review that is made with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from coach.domain import DealReview, RepDiagnosis
from coach.domain.difference import DiagnosisDifference, ReviewDifference
from coach.errors import NotFound
from coach.service.keeping import kept_deal_review, kept_diagnosis
from coach.service.replying import diagnosis_difference, difference, review_again, with_reply
from coach.store.kept import Kept, Seen

if TYPE_CHECKING:
    from coach.wiring.coach import Coach

Difference = ReviewDifference | DiagnosisDifference
_NOT_THERE = "there is no review of this id in the store"


async def reply(  # noqa: PLR0913  what a reply is
    coach: Coach, review: str, text: str, day: date, *, by: str, seen: Seen
) -> Difference:
    """Keep what the rep says to a review, make the review again with it, and keep that, too.

    Args:
        coach: The use cases.
        review: The id of a deal review or of a diagnosis.
        text: What the rep says.
        day: When.
        by: Who says so, as the audit log names them.
        seen: Whose reviews are theirs to reply to.

    Raises:
        NotFound: there is no such review of somebody whom they see, or it cannot be read.
        InvalidInput: the reply cannot be read.
        EngineError: no engine could read it; nothing was kept.
    """
    feedback = coach.pipeline.records.feedback
    found = await coach.pipeline.records.reviews.whole(review, seen=seen)
    if found is None:
        raise NotFound(_NOT_THERE)
    try:
        made, kept = await (_deal if review.startswith("dr_") else _diagnosis)(coach, found, text, day)
    except ValidationError:
        raise NotFound(_NOT_THERE) from None
    said = made.model_dump_json(by_alias=True)
    await feedback.reply(review, text, by=by, seen=seen, led_to=replace(kept, source=found["source"]), difference=said)
    return made


async def _deal(coach: Coach, found: Mapping[str, Any], text: str, day: date) -> tuple[Difference, Kept]:
    first = DealReview.model_validate_json(found["content"])
    again = await review_again(
        first,
        found["text"],
        text,
        day,
        engine=coach.engine,
        rubric=coach.rubric,
        fiscal_year_start=coach.settings.fiscal_year_start,
        people=(found["name"],),
    )
    kept = kept_deal_review(again.review, found["name"], again.text, found["record"])
    return difference(first, again.review), kept


async def _diagnosis(coach: Coach, found: Mapping[str, Any], text: str, day: date) -> tuple[Difference, Kept]:
    await coach.refuse_diagnosis_off()
    first = RepDiagnosis.model_validate_json(found["content"])
    packet = with_reply(found["text"], text)
    second = await coach.diagnosis_of(packet, max(day, first.as_of))
    return diagnosis_difference(first, second), kept_diagnosis(second, packet)
