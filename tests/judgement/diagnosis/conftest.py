"""Hand-made signals and a way to judge them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import count

import pytest

from coach.domain import Competency, Gap, Impression, RepPacket, SelfAssessment, SelfView, Signal, WillSubType
from coach.judgement.diagnosis import Diagnosed, diagnose
from coach.rubrics import SkillWill, load

AS_OF = date(2026, 3, 2)
HERE = Competency.DISCOVERY
ELSEWHERE = Competency.NEGOTIATION
Judged = Callable[..., Diagnosed]

RUBRIC = load("skill_will")
_days = count(1)


def signal(signal_id: str, competency: Competency = HERE, *, field: str = "ride_along", quote: str = "") -> Signal:
    """A signal as a reader gives it; without a quote, of words that no other has."""
    rule = RUBRIC.signal(signal_id)
    assert rule is not None
    quote = quote or f"so it was seen on day {next(_days)}"
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
    """The diagnosis of signals; a mere id is a signal of discovery.

    A text of the packet is made of the quotes in it, each a sentence of its own; `text` is the manager's observation
    instead, and quotes of that field are looked up in it.
    """
    made = [signal(one) if isinstance(one, str) else one for one in signals]
    texts = _written(made) | ({"manager_observation": text} if text else {})
    return diagnose(packet_of(texts, rep, ratings), grounded(made, texts), says, RUBRIC, as_of)


def packet_of(texts: Mapping[str, str], rep: str = "Ilse", ratings: dict[Competency, int] | None = None) -> RepPacket:
    """A packet with these texts under their names."""
    notes = [name for name in texts if name.startswith("deal_notes.")]
    return RepPacket(
        rep=rep,
        self_assessment=SelfAssessment(ratings=ratings or {}, text=texts.get("self_assessment", "")),
        manager_observation=texts.get("manager_observation"),
        ride_along=texts.get("ride_along"),
        deal_notes=tuple(texts.get(f"deal_notes.{at}", "") for at in range(len(notes))),
    )


def grounded(signals: Sequence[Signal], texts: Mapping[str, str]) -> list[Signal]:
    """Signals where their quotes stand; those of a stored review stay where they are."""
    found = []
    for one in signals:
        start = texts[one.field].index(one.quote) if one.field in texts else one.start
        found.append(one.model_copy(update={"start": start, "end": start + len(one.quote)}))
    return found


def _written(signals: Sequence[Signal]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for one in signals:
        if not one.field.startswith("deal_review."):
            texts[one.field] = f"{texts.get(one.field, '')}{one.quote}.\n"
    return texts


@pytest.fixture
def rubric() -> SkillWill:
    return RUBRIC
