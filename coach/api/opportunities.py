"""`/v1/opportunities`: an export of a CRM in as a dated snapshot, opportunities out as they stood on a day."""

from __future__ import annotations

import tempfile
from datetime import date
from typing import Annotated, Any, cast

from fastapi import APIRouter, HTTPException, Query, Request

from coach.api.fields import Day, text, today
from coach.api.wired import Allowed, Made, Wired, needs
from coach.domain.base import Frozen
from coach.domain.identity import Scope
from coach.domain.money import Amount
from coach.domain.opportunity import DealState, Opportunity
from coach.service.import_report import ImportReport, PeopleReport

router = APIRouter(prefix="/v1", tags=["opportunities"])

_TYPES = {"text/csv", "application/json", "application/x-ndjson"}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The export, as the CRM wrote it.",
        "content": {name: {"schema": {"type": "string"}} for name in sorted(_TYPES)},
    }
}
_IN_MEMORY = 1 << 22
_MOST = 500
_IMPORTS = [needs(Scope.IMPORT)]

Name = Annotated[str, text(300), Query(description="The name of the file, for the report.")]
MappingText = Annotated[
    str | None,
    text(20_000),
    Query(description="What the columns are, where Coach does not know them: a mapping file's text, YAML or JSON."),
]


class OpportunityOut(Frozen):
    """An opportunity as it stood on a day; what its source does not say is null."""

    crm: str
    record: str
    as_of: date
    name: str | None
    account: str | None
    rep: str | None
    state: DealState
    stage: str | None
    amount: Amount | None
    currency: str | None
    probability: float | None
    forecast_category: str | None
    created_on: date | None
    close_date: date | None
    closed_on: date | None
    next_step: str | None
    product: str | None


class OpportunityPage(Frozen):
    """A page of opportunities."""

    opportunities: tuple[OpportunityOut, ...]
    after: int | None
    """Where the next page goes on; null on the last."""


@router.post("/opportunities", operation_id="importOpportunities", openapi_extra=_BODY, dependencies=_IMPORTS)
async def import_opportunities(  # noqa: PLR0913, PLR0917  what an import needs
    request: Request, coach: Wired, made: Made, as_of: Day = None, name: Name = "export", mapping: MappingText = None
) -> ImportReport:
    """Take in an export of HubSpot, Salesforce, Pipedrive, Dynamics 365 or another CRM, CSV or JSON, as a snapshot.

    It is the snapshot of one day, today where `as_of` is not given. What cannot be read without guessing is reported
    row by row, and the rest goes in. A file whose columns are not known is refused with a proposal for `mapping`.
    """
    with await _body(request) as file:
        source = _source(file, name, mapping)
        report = await coach.pipeline.import_opportunities(source, as_of or today())
    made |= {"read": report.read, "kept": report.kept}
    request.state.meters.rows.add(report.kept, {"went_in": True})
    request.state.meters.rows.add(report.left_out, {"went_in": False})
    return report


@router.post("/people", operation_id="importPeople", openapi_extra=_BODY, dependencies=[needs(Scope.PEOPLE)])
async def import_people(
    request: Request, coach: Wired, made: Made, name: Name = "roster", mapping: MappingText = None
) -> PeopleReport:
    """Take in a roster, CSV or JSON: reps, their teams and managers, and quotas."""
    with await _body(request) as file:
        report = await coach.pipeline.import_people(_source(file, name, mapping))
    made |= {"read": report.read, "kept": report.kept}
    return report


@router.get("/opportunities", operation_id="listOpportunities", dependencies=[needs(Scope.READ_PIPELINE)])
async def list_opportunities(  # noqa: PLR0913, PLR0917  each narrows the list
    coach: Wired,
    access: Allowed,
    as_of: Day = None,
    rep: Annotated[str, text(200)] | None = None,
    state: DealState | None = None,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 100,
) -> OpportunityPage:
    """List opportunities as they stood on a day, by the latest snapshot of each until then."""
    found = await coach.pipeline.records.opportunities.listed(
        as_of or today(), seen=await access.only(rep), state=state, after=after, most=limit
    )
    last = found[-1][0] if len(found) == limit else None
    return OpportunityPage(opportunities=tuple(_out(one) for _, one in found), after=last)


def _out(one: Opportunity) -> OpportunityOut:
    return OpportunityOut(**{name: getattr(one, name) for name in OpportunityOut.model_fields})


async def _body(request: Request) -> tempfile.SpooledTemporaryFile[bytes]:
    """What is sent, in a file: as long as an export is, it is never held in memory whole."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _TYPES:
        raise HTTPException(415, f"Send the export as one of {', '.join(sorted(_TYPES))}.")
    file = tempfile.SpooledTemporaryFile[bytes](max_size=_IN_MEMORY)
    try:
        async for chunk in request.stream():
            file.write(chunk)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _source(file: tempfile.SpooledTemporaryFile[bytes], name: str, mapping: str | None) -> Any:  # noqa: ANN401
    # Imported here: the readers of exports load when one comes.
    from typing import BinaryIO  # noqa: PLC0415

    from coach.pipeline.rows import read_mapping  # noqa: PLC0415
    from coach.service.importing import Source  # noqa: PLC0415

    given = None if mapping is None else read_mapping(mapping.encode(), "mapping")
    return Source(file=cast("BinaryIO", file), name=name, mapping=given)
