"""The rep's own view of each competency, beside what the texts show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from coach.domain import Competency, Gap, Impression, SelfAssessed, SelfAssessment, SelfView
from coach.judgement.diagnosis.evidence import Evidence, indexes
from coach.rubrics.skill_will import Counts

_STRONG, _WEAK = 4, 2
"""Ratings from 1 to 5 that say well done, and not well done."""
Shows = Literal["to_standard", "below_standard", "mixed", "nothing"]


def compare(
    assessment: SelfAssessment, evidence: Mapping[Competency, Evidence], impressions: Mapping[Competency, Impression]
) -> tuple[SelfAssessed, ...]:
    """Each competency that the rep rated, or that the texts say something of.

    Args:
        assessment: The rep's ratings.
        evidence: What there is on each competency.
        impressions: What the reader makes of some.
    """
    rated = assessment.ratings
    named = dict.fromkeys((*impressions, *rated, *(one for one, found in evidence.items() if found.usable)))
    return tuple(_compared(one, rated.get(one), evidence.get(one), impressions.get(one)) for one in named)


def _compared(
    competency: Competency, rating: int | None, evidence: Evidence | None, impression: Impression | None
) -> SelfAssessed:
    shows = _shows(evidence)
    seen = evidence.seen if evidence else ()
    because = [one for one in seen if one.is_evidence or one.rule.counts is Counts.VIEW]
    told = rating is not None or any(one.rule.counts is Counts.VIEW for one in seen)
    view = _held(impression.self_view, rating, shows, told=told) if impression else _view(rating, shows)
    return SelfAssessed(competency=competency, rating=rating, shows=shows, self_view=view, because=indexes(because))


def _held(view: SelfView, rating: int | None, shows: Shows, *, told: bool) -> SelfView:
    """A reader's word, where rating and texts do not say the contrary."""
    if not told:
        return SelfView.UNCLEAR
    if view is SelfView.ACCURATE and rating is not None:
        if rating >= _STRONG and shows == "below_standard":
            return SelfView.OVERRATES
        if rating <= _WEAK and shows == "to_standard":
            return SelfView.UNDERRATES
    return view


def _shows(evidence: Evidence | None) -> Shows:
    if evidence is None or not evidence.usable:
        return "nothing"
    good = len(evidence.speaking_for(Gap.NONE))
    bad = len(evidence.speaking_for(Gap.SKILL)) + len(evidence.lapses)  # what was done once says nothing of today
    if good and bad:
        return "mixed"
    if bad:
        return "below_standard"
    return "to_standard" if good else "nothing"


def _view(rating: int | None, shows: Shows) -> SelfView:
    """By the rating alone, where no reader says."""
    if rating is None or shows in {"nothing", "mixed"}:
        return SelfView.UNCLEAR
    if shows == "below_standard":
        return SelfView.OVERRATES if rating >= _STRONG else SelfView.ACCURATE
    return SelfView.UNDERRATES if rating <= _WEAK else SelfView.ACCURATE
