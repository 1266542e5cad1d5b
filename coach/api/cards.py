"""`/v1/cards`: a deal at a glance for a sidebar of its CRM, from the store alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from coach.api.fields import text
from coach.api.wired import Allowed, Made, Wired, needs
from coach.domain.card import Card
from coach.domain.identity import Scope
from coach.service.access import Access
from coach.service.card import read_card
from coach.wiring import Coach

router = APIRouter(prefix="/v1", tags=["cards"])

Crm = Annotated[str, text(50), Path(min_length=1, description="As `GET /v1/opportunities` names it: `hubspot`.")]
Record = Annotated[str, text(300), Path(min_length=1, description="The deal's id there.")]


@router.get("/cards/{crm}/{record:path}", operation_id="readCard", dependencies=[needs(Scope.READ_REVIEWS)])
async def read(coach: Wired, access: Allowed, made: Made, crm: Crm, record: Record) -> Card:
    """Read a deal's card: the verdict, the customer's strongest words, what is missing, one question.

    It is made of the latest review that is kept of the deal, and no model is asked. A deal that was imported and of
    which no note was reviewed yet has a card, too, with the state `not_reviewed`.
    """
    return await card_for(coach, access, made, (crm, record))


async def card_for(coach: Coach, access: Access, made: Made, key: tuple[str, str]) -> Card:
    """The card of a deal; the audit log keeps which, once it is known that there is one.

    Raises:
        NotFound: there is none, or not for this one.
    """
    card = await read_card(key, coach.pipeline.records.cards, access)
    made |= {"deal": f"{key[0]}/{key[1]}"}
    return card
