"""`/v1/cards`: a deal at a glance for a sidebar of its CRM, from the store alone."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Request

from coach.api.deal_reviews import CrmRecord
from coach.api.fields import json_only, text
from coach.api.wired import Allowed, Caller, Made, Wired, needs
from coach.domain.base import Frozen
from coach.domain.card import Card
from coach.domain.identity import LOCAL, Scope
from coach.errors import NotFound
from coach.service.access import Access
from coach.service.card import read_card
from coach.service.card_passes import LASTS_S
from coach.wiring import Coach, Entrance

router = APIRouter(prefix="/v1", tags=["cards"])

Crm = Annotated[str, text(50), Path(min_length=1, description="As `GET /v1/opportunities` names it: `hubspot`.")]
Record = Annotated[str, text(300), Path(min_length=1, description="The deal's id there.")]


class CardLink(Frozen):
    """Where a deal's card can be shown in a frame."""

    address: str
    """Of the page, without the host: `/card/hubspot/71#pass=…`."""
    seconds: int
    """How long it is good from now on; a page that stays open longer asks for another."""


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


async def card_if_any(
    request: Request, coach: Coach, access: Access, made: Made, key: tuple[str, str] | None
) -> tuple[Card | None, str | None]:
    """The card of a deal and the address of its page, for a CRM that draws it; nothing where there is no card."""
    card = None
    if key is not None:
        with suppress(NotFound):
            card = await card_for(coach, access, made, key)
    base = coach.settings.public_url or str(request.base_url).rstrip("/")
    return card, None if card is None else f"{base}/deal?id={card.deal}"


@router.post("/card-links", operation_id="linkCard", dependencies=[Depends(json_only), needs(Scope.READ_REVIEWS)])
async def link(  # noqa: PLR0913, PLR0917  what a link needs
    request: Request, coach: Wired, access: Allowed, caller: Caller, made: Made, deal: CrmRecord
) -> CardLink:
    """Make an address that shows a deal's card for ten minutes, in a frame of a site where nobody is signed in.

    Whoever has it sees what the asker may see of this one deal, and nothing else.
    """
    key = (deal.crm, deal.record)
    await card_for(coach, access, made, key)
    address = f"/card/{quote(deal.crm, safe='')}/{quote(deal.record, safe='')}"
    if caller.id != LOCAL.id:
        entrance: Entrance = request.app.state.entrance
        address = f"{address}#pass={entrance.card_passes.make(caller, key)}"
    return CardLink(address=address, seconds=LASTS_S)
