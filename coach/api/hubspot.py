"""`/v1/crm/hubspot`: the deal's card as HubSpot asks for it, signed; see `coach.api.proofs`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from coach.api.cards import card_for, card_if_any
from coach.api.fields import text
from coach.api.wired import Allowed, Made, Wired, needs
from coach.crm.hubspot import LegacyCards, legacy_cards
from coach.domain.card import Card
from coach.domain.identity import Scope

router = APIRouter(prefix="/v1/crm/hubspot", tags=["hubspot"])

_CRM = "hubspot"
_NUMBER = r"^[0-9]{1,19}$"
DealId = Annotated[str, Path(pattern=_NUMBER, description="HubSpot's own id of the deal.")]
ObjectId = Annotated[str, Query(pattern=_NUMBER, alias="associatedObjectId", description="HubSpot's id of the record.")]
ObjectType = Annotated[str, text(100), Query(alias="associatedObjectType", description="`DEAL`; others have no card.")]


@router.get("/cards/{record}", operation_id="readHubspotCard", dependencies=[needs(Scope.READ_REVIEWS)])
async def read(coach: Wired, access: Allowed, made: Made, record: DealId) -> Card:
    """Read the card of a HubSpot deal, as `hubspot.fetch` of a UI extension asks for it.

    Instead of a key, HubSpot's request signature of version 3 says who asks. It changes nothing, here or there, and may
    be asked again.
    """
    return await card_for(coach, access, made, (_CRM, record))


@router.get("/legacy-card", operation_id="readHubspotLegacyCard", dependencies=[needs(Scope.READ_REVIEWS)])
async def read_legacy(  # noqa: PLR0913, PLR0917  what HubSpot asks with
    request: Request, coach: Wired, access: Allowed, made: Made, record: ObjectId, kind: ObjectType = "DEAL"
) -> LegacyCards:
    """Read the card of a HubSpot deal in the shape of HubSpot's older cards; of an unknown deal there is nothing in it.

    It is proved as `readHubspotCard`.
    """
    key = (_CRM, record) if kind.upper() == "DEAL" else None
    return legacy_cards(*await card_if_any(request, coach, access, made, key))
