"""`/v1/deals`: deals as they are kept, and one of them over time; no engine is asked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from coach.api.fields import text, today
from coach.api.wired import Allowed, Wired, needs
from coach.domain.base import Frozen
from coach.domain.deal_history import DealEntry, DealHistory
from coach.domain.identity import Scope
from coach.service.deals import deals_of, history_of

router = APIRouter(prefix="/v1", tags=["deals"])

_READS = [needs(Scope.READ_REVIEWS), needs(Scope.READ_PIPELINE)]
_LARGEST = 2**62
Find = Annotated[str, text(200), Query(description="A part of the deal's, the account's or the rep's name.")]


class DealPage(Frozen):
    """A page of deals."""

    deals: tuple[DealEntry, ...]
    after: int | None
    """Where the next page goes on; null on the last."""


@router.get("/deals", operation_id="listDeals", dependencies=_READS)
async def list_deals(  # noqa: PLR0913, PLR0917  each narrows the list
    coach: Wired,
    access: Allowed,
    find: Find = "",
    rep: Annotated[str, text(200)] | None = None,
    closed: bool = False,  # noqa: FBT001, FBT002  a parameter of the address
    after: Annotated[int | None, Query(ge=0, le=_LARGEST)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> DealPage:
    """List deals, that with the latest note first; those that are won or lost only where `closed` is true."""
    seen = await access.only(rep)
    records = coach.pipeline.records
    found = await deals_of(records, today(), seen=seen, find=find, closed=closed, after=after, most=limit)
    return DealPage(deals=found, after=found[-1].id if len(found) == limit else None)


@router.get("/deals/{deal}", operation_id="readDeal", dependencies=_READS)
async def read_deal(coach: Wired, access: Allowed, deal: Annotated[int, Path(ge=1, le=_LARGEST)]) -> DealHistory:
    """Read a deal over time: its notes, who there has been heard and who never, claims, and what the CRM had."""
    records = coach.pipeline.records
    return await history_of(deal, records, today(), seen=await access.reps(), rubric=coach.rubric)
