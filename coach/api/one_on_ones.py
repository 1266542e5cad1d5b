"""`/v1/one-on-ones`: the pack for a 1-on-1, the 1-on-1 as it was held, and what was agreed in it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Response
from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from coach.api.fields import Day, DayGiven, json_only, text, today
from coach.api.wired import Allowed, Caller, Wired, needs
from coach.domain.base import Frozen
from coach.domain.commitment import Change, Commitment, Step
from coach.domain.identity import Role, Scope
from coach.domain.one_on_one import ClaimLedger, OneOnOne
from coach.errors import NotAllowed
from coach.pipeline.fit import fit

router = APIRouter(prefix="/v1", tags=["one-on-ones"])

_READS = [needs(Scope.READ_PIPELINE)]
RepName = Annotated[str, text(200), Field(min_length=1)]
Words = Annotated[str, text(2000)]
_DOCUMENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"
"""Its style stands in the page itself, which lets by a policy of its own no other apply."""
DayOf = Annotated[DayGiven, Path(description="The day of the 1-on-1, as YYYY-MM-DD.")]


class OneOnOneRequest(Frozen):
    """Whose 1-on-1 is to be prepared."""

    rep: RepName = Field(min_length=1, examples=["Ilse Brandt"])
    as_of: Day = None
    """The day of the 1-on-1; nothing that came later is looked at. Today where not given."""


class StepAgreed(Step):
    """A next step that both agreed on."""

    what: Words = Field(min_length=1, examples=["Ask Priya for the day of the board's decision"])
    due_on: DayGiven
    deal: Annotated[str, text(300)] | None = None


class HeldRequest(Frozen):
    """A 1-on-1 that was held, and what was agreed in it."""

    rep: RepName = Field(min_length=1, examples=["Ilse Brandt"])
    held_on: Day = None
    """Today where not given."""
    steps: Annotated[tuple[StepAgreed, ...], Field(max_length=50)] = ()


_KEPT_NEEDS_PROOF: JsonDict = {
    "if": {"properties": {"kept": {"const": "kept"}}, "required": ["kept"]},
    "then": {"properties": {"proof": {"type": "string", "pattern": "\\S"}}, "required": ["proof"]},
}


class HeldDays(Frozen):
    """The days on which 1-on-1s with a rep were held, the latest first."""

    rep: str
    held_on: tuple[date, ...]


class Commitments(Frozen):
    """What was agreed, by day due."""

    commitments: tuple[Commitment, ...]


class CommitmentChange(Change):
    """What has become of a step; leave out what stays."""

    model_config = ConfigDict(json_schema_extra=_KEPT_NEEDS_PROOF)

    proof: Words | None = None
    """What shows it: the customer's act, a link, words. A step that was kept needs one."""


@router.post("/one-on-ones", operation_id="prepareOneOnOne", dependencies=[Depends(json_only), *_READS])
async def prepare(submission: OneOnOneRequest, coach: Wired, access: Allowed) -> OneOnOne:
    """Prepare the 1-on-1 of a rep from snapshots, reviews and agreements; nothing is kept by it."""
    await access.rep(submission.rep)
    return await coach.pipeline.prepare(submission.rep, submission.as_of or today())


@router.post("/one-on-ones/held", operation_id="holdOneOnOne", dependencies=[Depends(json_only), needs(Scope.HOLD)])
async def hold(submission: HeldRequest, coach: Wired, access: Allowed) -> OneOnOne:
    """Keep a 1-on-1 as held, with what was agreed; the next one counts from its day.

    Held again on the same day, the pack is replaced, and steps that are not there yet are added. One that was agreed
    and is no longer wanted is dropped by `changeCommitment`.
    """
    await access.rep(submission.rep)
    day = submission.held_on or today()
    return await coach.pipeline.hold(await coach.pipeline.prepare(submission.rep, day), submission.steps)


@router.get("/one-on-ones", operation_id="listOneOnOnes", dependencies=_READS)
async def list_held(coach: Wired, access: Allowed, rep: RepName) -> HeldDays:
    """List the days on which 1-on-1s with a rep were held."""
    await access.rep(rep)
    return HeldDays(rep=rep, held_on=await coach.pipeline.records.one_on_ones.days(rep))


@router.get("/one-on-ones/document", operation_id="readOneOnOneDocument", response_class=Response, dependencies=_READS)
async def document(
    coach: Wired, access: Allowed, rep: RepName, as_of: Day = None, form: Literal["html", "md", "ics"] = "html"
) -> Response:
    """Prepare the 1-on-1 of a rep as a document of two printed pages: HTML, Markdown, or a calendar entry."""
    await access.rep(rep)
    pack = fit(await coach.pipeline.prepare(rep, as_of or today()))
    # Imported here: what sets documents loads when one is asked for.
    if form == "html":
        from coach.web.packs.html import to_html  # noqa: PLC0415

        return Response(to_html(pack), media_type="text/html", headers={"content-security-policy": _DOCUMENT_POLICY})
    if form == "md":
        from coach.web.packs.markdown import to_markdown  # noqa: PLC0415

        return Response(to_markdown(pack), media_type="text/markdown")
    from coach.web.packs.calendar import to_ics  # noqa: PLC0415

    return Response(to_ics(pack), media_type="text/calendar")


@router.get("/one-on-ones/held/{held_on}", operation_id="readOneOnOne", dependencies=_READS)
async def read_held(coach: Wired, access: Allowed, held_on: DayOf, rep: RepName) -> OneOnOne:
    """Read a 1-on-1 as it was held, with what was agreed in it as it stands now."""
    await access.rep(rep)
    return await coach.pipeline.held(rep, held_on)


@router.get("/commitments", operation_id="listCommitments", dependencies=_READS)
async def list_commitments(coach: Wired, access: Allowed, rep: RepName, as_of: Day = None) -> Commitments:
    """List what was agreed in the 1-on-1s with a rep."""
    await access.rep(rep)
    return Commitments(commitments=await coach.pipeline.records.commitments.of(rep, as_of or today()))


@router.patch(
    "/commitments/{id}", operation_id="changeCommitment", dependencies=[Depends(json_only), needs(Scope.AGREE)]
)
async def change_commitment(
    coach: Wired,
    access: Allowed,
    caller: Caller,
    id: Annotated[int, Path(ge=1, le=2**62)],  # noqa: A002  its name in the path
    change: CommitmentChange,
) -> Commitment:
    """Say whether a step was kept, with what shows it, or that somebody agreed to it."""
    if caller.role is Role.REP and change.model_fields_set - {"agreed_by_rep"}:
        raise NotAllowed("A rep's key may agree to a step; whether it was kept, the manager says.")
    return await coach.pipeline.records.commitments.change(id, change.values(today()), seen=await access.reps())


@router.get("/claims", operation_id="readClaims", dependencies=_READS)
async def read_claims(coach: Wired, access: Allowed, rep: RepName, as_of: Day = None) -> ClaimLedger:
    """Read a rep's claim ledger: how often claims came true, by what they stood on, and how the odds compare."""
    await access.rep(rep)
    return await coach.pipeline.ledger(rep, as_of or today())
