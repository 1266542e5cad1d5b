"""Hand-made signals and a way to judge them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from coach.domain import Competency, Gap, Impression, RepPacket, SelfAssessment, SelfView, Signal, WillSubType
from coach.judgement.diagnosis import Diagnosed, diagnose
from coach.rubrics import SkillWill, load

AS_OF = date(2026, 3, 2)
HERE = Competency.DISCOVERY
ELSEWHERE = Competency.NEGOTIATION
Judged = Callable[..., Diagnosed]

RUBRIC = load("skill_will")


def signal(signal_id: str, competency: Competency = HERE, *, field: str = "ride_along", quote: str = "words") -> Signal:
    """A signal as a reader gives it, grounded."""
    rule = RUBRIC.signal(signal_id)
    assert rule is not None
    return Signal(
        field=field,
        start=0,
        end=len(quote),
        quote=quote,
        signal=signal_id,
        competency=competency,
        points_to=rule.points_to,
        counts=rule.counts,
    )


def said(
    gap: Gap | str,
    competency: Competency = HERE,
    *,
    rival: Gap | None = None,
    sub_type: WillSubType | None = None,
    self_view: SelfView = SelfView.UNCLEAR,
    abstained: bool = False,
) -> Impression:
    """What a reader makes of a competency."""
    return Impression(
        competency=competency,
        gap=Gap(gap),
        rival=rival,
        sub_type=sub_type,
        self_view=self_view,
        confidence=0.8,
        abstained=abstained,
    )


def concluded(
    *signals: Signal | str,
    says: tuple[Impression, ...] = (),
    ratings: dict[Competency, int] | None = None,
    text: str = "",
    rep: str = "Ilse",
    as_of: date = AS_OF,
) -> Diagnosed:
    """The diagnosis of signals; a mere id is a signal of discovery."""
    packet = RepPacket(rep=rep, self_assessment=SelfAssessment(ratings=ratings or {}), manager_observation=text)
    made = [signal(one) if isinstance(one, str) else one for one in signals]
    return diagnose(packet, made, says, RUBRIC, as_of)


@pytest.fixture
def rubric() -> SkillWill:
    return RUBRIC
