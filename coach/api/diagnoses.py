"""`/v1/diagnoses`: a rep's material in, a diagnosis out (`coach.rep_diagnosis/1`)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field

from coach.api.fields import Day, json_only, text, today
from coach.api.wired import Allowed, Made, Wired, needs, ran
from coach.api.workspace import diagnosis_is_on
from coach.domain import Competency, RepDiagnosis, RepPacket, SelfAssessment
from coach.domain.base import Frozen, every_readable, readable
from coach.domain.identity import Scope
from coach.errors import NotFound

router = APIRouter(prefix="/v1", tags=["rep diagnoses"], dependencies=[diagnosis_is_on])

_KIND = "coach.rep_diagnosis/1"
DiagnosisId = Annotated[str, Path(max_length=100, pattern=r"^rd_[0-9a-f]{6,64}$")]
Words = Annotated[str, text()]
Name = Annotated[str, text(100)]
Figure = float | int | Annotated[str, text(300)] | None


class Assessment(Frozen):
    """How the rep sees their own work."""

    ratings: dict[Competency, Annotated[int, Field(ge=1, le=5)]] = Field(default_factory=dict)
    """1 (weak) to 5 (strong), per competency the rep rated."""
    text: Words = ""


class PacketSubmission(Frozen):
    """What there is about a rep; at least one text, and any other part may be left out."""

    rep: Annotated[str, text(200)] = Field(min_length=1, examples=["Ilse Brandt"])
    role: Annotated[str, text(300)] = ""
    tenure: Annotated[str, text(100)] = ""
    self_assessment: Assessment = Assessment()
    manager_observation: Words | None = Field(
        default=None,
        examples=["The call block was in her diary on four mornings, and each time she tidied the CRM instead."],
    )
    results: Annotated[dict[Name, Figure], Field(max_length=100)] | None = None
    """Figures by name, as the source has them."""
    deal_notes: Annotated[tuple[Words, ...], Field(max_length=50)] = ()
    ride_along: Words | None = None
    as_of: Day = None
    """The day from which dates such as "by when" are counted. Today where not given."""


@router.post("/diagnoses", operation_id="diagnoseRep", dependencies=[Depends(json_only), needs(Scope.DIAGNOSE)])
async def diagnose(
    request: Request, submission: PacketSubmission, coach: Wired, access: Allowed, made: Made
) -> RepDiagnosis:
    """Tell whether a gap is one of skill, of will, or of neither, on quoted behaviour, and what to do about it.

    The rep's stored deal reviews are taken as evidence, too. Nothing is said on hiring, firing, pay or discipline, and
    nobody is summed up in a score.
    """
    await access.rep(submission.rep)
    fields = submission.model_dump(exclude={"as_of", "self_assessment"})
    packet = RepPacket(**fields, self_assessment=SelfAssessment(**submission.self_assessment.model_dump()))
    found = await coach.diagnose_rep(packet, submission.as_of or today())
    made |= ran(request, found)
    return found


class DiagnosisPage(Frozen):
    """Diagnoses that were kept, the latest first."""

    diagnoses: tuple[RepDiagnosis, ...]
    before: int | None
    """Where the next page goes on; null on the last."""


@router.get("/diagnoses", operation_id="listDiagnoses", dependencies=[needs(Scope.READ_REVIEWS)])
async def list_diagnoses(
    coach: Wired,
    access: Allowed,
    rep: Annotated[str, text(200)] | None = None,
    before: Annotated[int | None, Query(ge=0, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> DiagnosisPage:
    """List the diagnoses that were kept, the latest first: a rep's own, a manager's reps', or everybody's."""
    await coach.refuse_diagnosis_off()
    seen = await access.only(rep)
    rows = await coach.pipeline.records.reviews.listed(_KIND, seen=seen, before=before, most=limit)
    found = every_readable(RepDiagnosis, (content for _, content in rows))
    return DiagnosisPage(diagnoses=found, before=rows[-1][0] if len(rows) == limit else None)


@router.get("/diagnoses/{id}", operation_id="readDiagnosis", dependencies=[needs(Scope.READ_REVIEWS)])
async def read_diagnosis(coach: Wired, access: Allowed, id: DiagnosisId) -> RepDiagnosis:  # noqa: A002  its name in the path
    """Read a diagnosis that was kept."""
    await coach.refuse_diagnosis_off()
    content = await coach.pipeline.records.reviews.get(id, seen=await access.reps())
    found = readable(RepDiagnosis, content)
    if found is None:
        raise NotFound("no diagnosis with this id was kept, or it cannot be read")
    return found
