"""Deal reviews that were kept: lists of them, and one of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from coach.api.addresses import register
from coach.api.fields import text
from coach.api.wired import Allowed, Wired, needs
from coach.domain import DealReview
from coach.domain.base import every_readable, readable
from coach.domain.identity import Scope
from coach.domain.review import DealReviewPage
from coach.errors import InvalidInput, NotFound

register()
router = APIRouter(prefix="/v1", tags=["kept reviews"])

ReviewId = Annotated[str, Path(max_length=100, pattern=r"^[a-z]{2}_[0-9a-f]{6,64}$")]
_KIND = "coach.deal_review/1"


@router.get("/deal-reviews", operation_id="listDealReviews", dependencies=[needs(Scope.READ_REVIEWS)])
async def list_deal_reviews(  # noqa: PLR0913, PLR0917  each narrows the list
    coach: Wired,
    access: Allowed,
    rep: Annotated[str, text(200)] | None = None,
    crm: Annotated[str, text(50)] | None = None,
    record: Annotated[str, text(300)] | None = None,
    before: Annotated[int | None, Query(ge=0, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> DealReviewPage:
    """List the deal reviews that were kept, the latest first; one that another version wrote may be left out.

    `crm` and `record`, given together, narrow it to one deal of a CRM.
    """
    if (crm is None) != (record is None):
        raise InvalidInput("Give `crm` and `record` together: an id is one deal in one CRM.")
    seen = await access.only(rep)
    of = None if crm is None or record is None else (crm, record)
    rows = await coach.pipeline.records.reviews.listed(_KIND, seen=seen, of=of, before=before, most=limit)
    reviews = every_readable(DealReview, (content for _, content in rows))
    return DealReviewPage(reviews=reviews, before=rows[-1][0] if len(rows) == limit else None)


@router.get("/deal-reviews/{id:review}", operation_id="readDealReview", dependencies=[needs(Scope.READ_REVIEWS)])
async def read_deal_review(coach: Wired, access: Allowed, id: ReviewId) -> DealReview:  # noqa: A002  its name in the path
    """Read a deal review that was kept."""
    content = await coach.pipeline.records.reviews.get(id, seen=await access.reps())
    review = readable(DealReview, content)
    if review is None:
        raise NotFound("no deal review with this id was kept, or it cannot be read")
    return review
