"""Which gap: the reader's impression, taken down where a rule of the codebook forbids it; else the rules' own.

Rules (codebook, section 4; the order is Mager and Pipe's, and Gilbert's: what surrounds the rep before knowledge, and
knowledge before motives). No reader overrides them:
- a gap needs behaviour, or somebody's account of a cause; labels, results and views are none;
- ability shown before under like conditions rules out `skill`;
- one occasion is not enough for `will`; `both` needs signs of each;
- every other gap needs at least one signal that speaks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from coach.domain import Capped, Gap, Impression
from coach.judgement.diagnosis.evidence import Evidence, Seen

OCCASIONS = 2
"""How many occasions `will` needs."""
_RIVAL = {
    Gap.SKILL: Gap.WILL,
    Gap.WILL: Gap.SKILL,
    Gap.BOTH: Gap.SKILL,
    Gap.ENVIRONMENT: Gap.WILL,
    Gap.NONE: Gap.SKILL,
    Gap.INSUFFICIENT_EVIDENCE: Gap.SKILL,
}
"""The likeliest other explanation, where neither reader nor signals name one."""


class Ruled(NamedTuple):
    """A gap, what it rests on, and what else fits."""

    gap: Gap
    because: tuple[Seen, ...]
    rival: Gap
    capped: Capped | None = None


def rule_gap(evidence: Evidence, impression: Impression | None) -> Ruled:
    """Say which gap the evidence on one competency shows.

    Args:
        evidence: What there is on it.
        impression: What the reader makes of it; None where it does not say.
    """
    said = impression.gap if impression else own_gap(evidence)
    why = objection(said, evidence)
    gap = said if why is None else _instead(evidence, impression)
    return Ruled(
        gap,
        tuple(_resting(gap, evidence)),
        _rival(gap, evidence, impression),
        Capped(gap=said, why=why) if why and gap is not said else None,
    )


def objection(gap: Gap, evidence: Evidence) -> str | None:
    """The rule that forbids a gap on this evidence; None where none does."""
    if gap is Gap.INSUFFICIENT_EVIDENCE:
        return None
    if not evidence.usable:
        return "There is no behaviour to judge by: a label, a result or a rating is no evidence."
    needs, otherwise = _NEEDS[gap]
    return None if needs(evidence) else otherwise


_NEEDS: Mapping[Gap, tuple[Callable[[Evidence], bool], str]] = {
    Gap.SKILL: (
        lambda evidence: bool(evidence.speaking_for(Gap.SKILL)) and not evidence.shown_before,
        "Nothing in the texts shows that it cannot be done, or it was done to standard before under like conditions.",
    ),
    Gap.WILL: (
        lambda evidence: bool(evidence.lapses) and evidence.occasions(Gap.WILL) >= OCCASIONS,
        "One occasion is not enough to speak of will.",
    ),
    Gap.BOTH: (
        lambda evidence: bool(evidence.speaking_for(Gap.SKILL) and evidence.lapses),
        "Both is only for texts that show both: avoided, and done wrong.",
    ),
    Gap.ENVIRONMENT: (
        lambda evidence: bool(evidence.speaking_for(Gap.ENVIRONMENT)),
        "Nothing in the texts says what around the rep prevents it.",
    ),
    Gap.NONE: (
        lambda evidence: bool(evidence.speaking_for(Gap.NONE) or evidence.shown_before),
        "No instance that meets the standard is described.",
    ),
}
"""What each gap needs, and what is said where it is not there."""


def own_gap(evidence: Evidence) -> Gap:
    """The gap by the rules alone; where as much speaks for each, the environment, then skill, then will."""
    count = {gap: len(evidence.speaking_for(gap)) for gap in Gap}
    order = [Gap.WILL, Gap.SKILL, Gap.NONE]
    if count[Gap.SKILL] >= count[Gap.WILL]:
        order.insert(0, Gap.SKILL)
    if count[Gap.NONE] > count[Gap.SKILL] + count[Gap.WILL]:
        order.insert(0, Gap.NONE)
    if count[Gap.ENVIRONMENT] >= max(count[Gap.SKILL], count[Gap.WILL] - count[Gap.NONE]):
        order.insert(0, Gap.ENVIRONMENT)
    return next((gap for gap in order if objection(gap, evidence) is None), Gap.INSUFFICIENT_EVIDENCE)


def _instead(evidence: Evidence, impression: Impression | None) -> Gap:
    """What is said where the reader's own gap is forbidden; that all is well is no way out."""
    fitting = (impression.rival if impression else None, own_gap(evidence))
    allowed = (one for one in fitting if one not in {None, Gap.NONE})
    return next((one for one in allowed if one and objection(one, evidence) is None), Gap.INSUFFICIENT_EVIDENCE)


def _resting(gap: Gap, evidence: Evidence) -> Iterator[Seen]:
    match gap:
        case Gap.INSUFFICIENT_EVIDENCE:
            yield from evidence.seen
        case Gap.BOTH:
            yield from evidence.speaking_for(Gap.SKILL, Gap.WILL)
        case Gap.ENVIRONMENT:
            # That it is done to standard, and blocked, is half of the proof.
            yield from evidence.speaking_for(Gap.ENVIRONMENT, Gap.NONE)
        case Gap.NONE:
            yield from evidence.speaking_for(Gap.NONE)
            yield from evidence.shown_before
        case _:
            yield from evidence.speaking_for(gap)


def _rival(gap: Gap, evidence: Evidence, impression: Impression | None) -> Gap:
    named = (impression.rival, impression.gap) if impression else ()
    for one in named:
        if one is not None and one is not gap:
            return one
    others = [one for one in (Gap.ENVIRONMENT, Gap.SKILL, Gap.WILL, Gap.NONE) if one is not gap]
    best = max(others, key=lambda one: len(evidence.speaking_for(one)))
    return best if evidence.speaking_for(best) else _RIVAL[gap]
