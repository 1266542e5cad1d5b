"""`/v1/crm/pipedrive`: the deal's card as Pipedrive's JSON panel asks for it, with a token; see `coach.api.proofs`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from coach.api.cards import card_if_any
from coach.api.fields import text
from coach.api.wired import Allowed, Made, Wired, needs
from coach.crm.pipedrive import EmptyPanel, Panel, panel_of
from coach.domain.identity import Scope

router = APIRouter(prefix="/v1/crm/pipedrive", tags=["pipedrive"])

DealId = Annotated[str, Query(pattern=r"^[0-9]{1,19}$", alias="selectedIds", description="Pipedrive's id of the deal.")]
Resource = Annotated[str, text(50), Query(description="`deal`; others have no card.")]


@router.get("/panel", operation_id="readPipedrivePanel", dependencies=[needs(Scope.READ_REVIEWS)])
async def read(  # noqa: PLR0913, PLR0917  what Pipedrive asks with
    request: Request, coach: Wired, access: Allowed, made: Made, record: DealId, resource: Resource = "deal"
) -> Panel | EmptyPanel:
    """Read the card of a Pipedrive deal in the shape of a JSON panel; of an unknown deal there is nothing in it.

    Instead of a key, the token that Pipedrive adds says who asks. It changes nothing, here or there, and may be asked
    again.
    """
    key = ("pipedrive", record) if resource == "deal" else None
    return panel_of(*await card_if_any(request, coach, access, made, key))
