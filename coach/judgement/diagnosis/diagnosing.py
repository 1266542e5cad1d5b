"""The whole diagnosis of one reading of a rep's material."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from coach.domain import (
    Assumption,
    Competency,
    Contrast,
    Declined,
    Finding,
    Gap,
    Impression,
    Prescription,
    RepPacket,
    SelfAssessed,
    Signal,
    WillSubType,
)
from coach.judgement.diagnosis.evidence import Evidence, evidence_of, indexes
from coach.judgement.diagnosis.gap import Ruled, rule_gap
from coach.judgement.diagnosis.prescribing import filled, prescribe, slot_values
from coach.judgement.diagnosis.requests import declined
from coach.judgement.diagnosis.self_view import compare
from coach.rubrics import SkillWill
from coach.rubrics.skill_will import Counts

_MOST_BROUGHT = 2
_MOST_FURTHER = 3
"""Prescriptions beside the first; more would be none."""


class Diagnosed(NamedTuple):
    """What the rules conclude."""

    primary: Finding
    others: tuple[Finding, ...]
    self_assessment: tuple[SelfAssessed, ...]
    prescription: Prescription
    further: tuple[Prescription, ...]
    contrast: Contrast | None
    assumptions: tuple[Assumption, ...]
    declined: Declined | None


def diagnose(
    packet: RepPacket, signals: Sequence[Signal], impressions: Sequence[Impression], rubric: SkillWill, as_of: date
) -> Diagnosed:
    """Conclude from signals what stands between a rep and the standard.

    Args:
        packet: Ratings and the rep's name; of its texts only whether they ask for what is declined.
        signals: The grounded signals, in the order of the texts.
        impressions: What the reader makes of some competencies, that of most weight first; none where it does not say.
        rubric: Rules' data and wordings.
        as_of: The day from which dates are counted.
    """
    texts = dict(packet.fields())
    asked = declined(packet, signals, rubric)
    # "Should we let her go?" is no behaviour, whatever a reader takes it for.
    requests = {
        index
        for index, one in enumerate(signals)
        if one.quote.rstrip().endswith("?") and any(words in one.quote for words in (asked.quotes if asked else ()))
    }
    evidence = evidence_of(signals, rubric, texts, leaving_out=requests)
    said = {one.competency: one for one in impressions}
    # What only a stored deal review speaks of is evidence, and no matter of its own.
    here = {signal.competency for signal in signals if signal.field in texts}
    order = list(dict.fromkeys((*said, *(one for one, found in evidence.items() if found.usable and one in here))))
    if not order:
        rated = packet.self_assessment.ratings
        order = [next(iter((*(one for one in evidence if one in here), *rated, Competency.DISCOVERY)))]
    findings = [
        _finding(one, evidence if one in here or one in said else {}, said, packet.rep, rubric) for one in order
    ]
    primary = findings[0]
    first, further = _prescriptions(findings, evidence, packet.rep, rubric, as_of)
    return Diagnosed(
        primary=primary,
        others=tuple(findings[1:]),
        self_assessment=compare(packet.self_assessment, evidence, said),
        prescription=first,
        further=further,
        contrast=_contrast(primary, evidence),
        assumptions=tuple(
            Assumption(signal=index, ask=filled(rubric.assumption, slot_values(rubric, packet.rep, one.competency)))
            for index, one in enumerate(signals)
            if (rule := rubric.signal(one.signal)) and rule.counts is Counts.LABEL
        ),
        declined=asked,
    )


def _finding(
    competency: Competency,
    evidence: Mapping[Competency, Evidence],
    said: Mapping[Competency, Impression],
    rep: str,
    rubric: SkillWill,
) -> Finding:
    impression = said.get(competency)
    ruled = rule_gap(evidence.get(competency, Evidence(competency, ())), impression)
    agrees = impression is not None and impression.gap is ruled.gap
    return Finding(
        competency=competency,
        gap=ruled.gap,
        sub_type=_sub_type(impression if agrees else None, ruled),
        confidence=impression.confidence if agrees and impression else None,
        abstained=impression.abstained if agrees and impression else False,
        because=indexes(ruled.because),
        rival=ruled.rival,
        look=filled(rubric.observation(ruled.gap, ruled.rival), slot_values(rubric, rep, competency)),
        capped=ruled.capped,
    )


def _sub_type(impression: Impression | None, ruled: Ruled) -> WillSubType | None:
    """Why somebody who could does not: the reader's word, else the one that the signals have."""
    if ruled.gap is not Gap.WILL:
        return None
    if impression is not None and impression.sub_type is not None:
        return impression.sub_type
    named = {one.rule.sub_type for one in ruled.because if one.rule.sub_type}
    return named.pop() if len(named) == 1 else None


def _prescriptions(
    findings: Sequence[Finding],
    evidence: Mapping[Competency, Evidence],
    rep: str,
    rubric: SkillWill,
    as_of: date,
) -> tuple[Prescription, tuple[Prescription, ...]]:
    """The first remedy, and the rest: one who is not sure goes and looks before doing anything else."""

    def of(finding: Finding, gap: Gap) -> Prescription:
        made = prescribe(rubric, rep, finding.competency, gap, finding.sub_type, as_of)
        return made.model_copy(update={"bring": _bring(finding, gap, evidence)})

    primary, *others = findings
    rest = [of(one, one.gap) for one in others if one.gap is not Gap.INSUFFICIENT_EVIDENCE and not one.abstained]
    if primary.abstained and primary.gap is not Gap.INSUFFICIENT_EVIDENCE:
        guessed = of(primary, primary.gap)
        # What the manager may have to mend is looked at first, too.
        first = of(primary, Gap.INSUFFICIENT_EVIDENCE).model_copy(
            update={"watch_for": primary.look, "manager_action": guessed.manager_action}
        )
        return first, (guessed, *rest)[:_MOST_FURTHER]
    return of(primary, primary.gap), tuple(rest[:_MOST_FURTHER])


def _bring(finding: Finding, gap: Gap, evidence: Mapping[Competency, Evidence]) -> tuple[int, ...]:
    """What to speak of: what was done or left undone, or what stands in the way; never more than two things."""
    found = evidence.get(finding.competency)
    if found is None or gap is Gap.INSUFFICIENT_EVIDENCE:
        return ()
    causes = gap is Gap.ENVIRONMENT
    speaking = found.speaking_for(Gap.SKILL, Gap.WILL) if gap is Gap.BOTH else found.speaking_for(gap)
    chosen = [one for one in speaking if causes or (one.rule.counts is Counts.BEHAVIOUR and not one.rule.rules_out)]
    return indexes((chosen or list(speaking))[:_MOST_BROUGHT])


def _contrast(primary: Finding, evidence: Mapping[Competency, Evidence]) -> Contrast | None:
    """Where the rep does what is missing elsewhere; of another text, where there is one."""
    found = evidence.get(primary.competency)
    if found is None:
        return None
    missing = [one for one in found.behaviours if one.points_to in {Gap.SKILL, Gap.WILL} and not one.rule.rules_out]
    shown = [one for one in found.behaviours if one.points_to is Gap.NONE or one.rule.rules_out is Gap.SKILL]
    pairs = [(lacks, does) for does in shown for lacks in missing]
    if not pairs:
        return None
    lacks, does = max(pairs, key=lambda pair: pair[0].signal.field != pair[1].signal.field)
    return Contrast(competency=primary.competency, missing=lacks.index, shown=does.index)
