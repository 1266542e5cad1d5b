"""`/v1/diagnoses`: a rep's material in, a diagnosis out (`coach.rep_diagnosis/1`)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from coach.api.fields import Day, json_only, text, today
from coach.api.wired import Wired
from coach.domain import Competency, RepDiagnosis, RepPacket, SelfAssessment
from coach.domain.base import Frozen

router = APIRouter(prefix="/v1", tags=["rep diagnoses"])

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


@router.post("/diagnoses", operation_id="diagnoseRep", dependencies=[Depends(json_only)])
async def diagnose(submission: PacketSubmission, coach: Wired) -> RepDiagnosis:
    """Tell whether a gap is one of skill, of will, or of neither, on quoted behaviour, and what to do about it.

    The rep's stored deal reviews are taken as evidence, too. Nothing is said on hiring, firing, pay or discipline, and
    nobody is summed up in a score.
    """
    fields = submission.model_dump(exclude={"as_of", "self_assessment"})
    packet = RepPacket(**fields, self_assessment=SelfAssessment(**submission.self_assessment.model_dump()))
    return await coach.diagnose_rep(packet, submission.as_of or today())
