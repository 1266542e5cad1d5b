"""What is unknown, unproven or against the deal, the gravest first: questions and focus are about it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from coach.domain import Question, Status, Verdict
from coach.judgement.claim import Ground, Ruling
from coach.judgement.coverage import Finding
from coach.judgement.doubt import least_sure, unsure
from coach.judgement.names import first_named, is_silence, main_person, name_of, people
from coach.judgement.reading import Reading, Seen
from coach.judgement.timeline import agreeing
from coach.judgement.times import Period
from coach.rubrics import EvidenceGap

_ENOUGH = 3
"""Statements that show a gap by what they leave out."""
_BY_GROUND = {
    Ground.MONEY: EvidenceGap.MONEY_GONE,
    Ground.SPONSOR: EvidenceGap.SPONSOR_GONE,
    Ground.CONFLICT: EvidenceGap.DATE_CONFLICT,
    Ground.RIVAL: EvidenceGap.RIVAL_CHOSEN,
    Ground.LAPSED: EvidenceGap.DATE_LAPSED,
    Ground.HOLD: EvidenceGap.HOLD_OPEN,
    Ground.UNSURE: EvidenceGap.UNSURE,
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap in this deal, with the statements that show it, and the person and day it hangs on."""

    gap: EvidenceGap
    because: tuple[Seen, ...] = ()
    who: str | None = None
    on: Period | None = None


def find_gaps(reading: Reading, findings: Mapping[Question, Finding], ruling: Ruling) -> tuple[Gap, ...]:
    """All gaps of a deal, the gravest first; each kind of gap once."""
    found: dict[tuple[EvidenceGap, str | None], Gap] = {}
    for gap in (
        *_against(reading, ruling),
        *_action(reading, findings[Question.ACTION]),
        *_problem(reading, findings[Question.PROBLEM]),
        *_criteria(reading, findings[Question.CRITERIA]),
        *_process(reading, findings[Question.PROCESS]),
        *_doubtful(reading, findings, ruling),
        *_towards(reading, ruling),
        *_besides(reading, findings[Question.ACTION]),
    ):
        found.setdefault((gap.gap, gap.who), gap)
    return tuple(found.values())


def _against(reading: Reading, ruling: Ruling) -> Iterator[Gap]:
    """What contradicts the claim, or holds it up."""
    if gap := _BY_GROUND.get(ruling.ground):
        because = unsure(ruling) if ruling.ground is Ground.UNSURE else ruling.because
        yield Gap(gap, because, first_named(because), _telling_time(reading, ruling))
    quiet = tuple(one for one in reading.buyer if is_silence(one))
    if quiet and ruling.verdict is not Verdict.ESTABLISHED:
        yield Gap(EvidenceGap.ACTION_SILENT, quiet, first_named(quiet), last_sign(reading))


def _doubtful(reading: Reading, findings: Mapping[Question, Finding], ruling: Ruling) -> Iterator[Gap]:
    """The point that the reader was least sure of, where something rests on it."""
    point = least_sure(reading, findings, ruling)
    if point is not None and ruling.ground is not Ground.UNSURE:
        yield Gap(EvidenceGap.UNSURE, (point,), name_of(point))


def _telling_time(reading: Reading, ruling: Ruling) -> Period | None:
    """The time that makes the conflict, or the one that went by."""
    close_date = reading.deal.close_date
    times = [period for one in ruling.because for period in one.times]
    if ruling.ground is Ground.CONFLICT and close_date:
        return next((period for period in times if period.first > close_date), None)
    if ruling.ground is Ground.LAPSED:
        return max((period for period in times if period.last < reading.written_on), default=None)
    return None


def last_sign(reading: Reading) -> Period | None:
    """When the customer fell quiet: the time that the silence itself gives, else their last act before the note."""
    quiet = (period for one in reading.buyer if is_silence(one) for period in one.times)
    done = (period for one in reading.buyer if one.is_action and not one.stalls for period in one.times)
    for times in (quiet, done):
        if before := [period for period in times if period.last < reading.written_on]:
            return max(before, key=lambda period: period.last)
    return None


def _about_somebody(gap: EvidenceGap, reading: Reading) -> Gap:
    """A gap that no statement shows, for nobody spoke of it: it is asked about the person of whom we know most."""
    who = main_person(reading)
    theirs = tuple(one for one in reading.buyer if who and name_of(one) == who)
    return Gap(gap, (theirs or _ours(reading))[:_ENOUGH], who)


def _ours(reading: Reading) -> tuple[Seen, ...]:
    """What we did, where that is all there is."""
    return tuple(one for one in reading.seen if not one.is_buyer and not one.is_opinion)[:_ENOUGH]


def _problem(reading: Reading, finding: Finding) -> Iterator[Gap]:
    if finding.status is Status.MISSING:
        yield _about_somebody(EvidenceGap.PROBLEM_MISSING, reading)
    elif finding.status is Status.PARTIAL and any(one.is_buyer for one in finding.because):
        yield Gap(EvidenceGap.PROBLEM_NO_IMPACT, finding.because, first_named(finding.because))
    elif finding.status is Status.PARTIAL:
        yield Gap(EvidenceGap.PROBLEM_OURS, finding.because, main_person(reading))


def _criteria(reading: Reading, finding: Finding) -> Iterator[Gap]:
    objections = tuple(one for one in reading.informing(Question.CRITERIA) if one.stalls and not one.is_action)
    if objections:
        yield Gap(EvidenceGap.CRITERIA_OBJECTION, objections, first_named(objections))
    if finding.status is Status.ANSWERED:
        return
    unowned = tuple(one for one in finding.because if not one.is_verifiable)
    if unowned:
        yield Gap(EvidenceGap.CRITERIA_UNOWNED, unowned)
    heard = {name_of(one) for one in finding.because}
    deciding = tuple(one for one in reading.buyer if one.has("decides") and name_of(one) not in {None, *heard})
    if deciding:
        yield Gap(EvidenceGap.CRITERIA_UNHEARD, deciding, first_named(deciding))
    elif finding.status is Status.MISSING:
        yield _about_somebody(EvidenceGap.CRITERIA_MISSING, reading)
    else:
        others = tuple(one for one in reading.buyer if one.is_verifiable and name_of(one) not in {None, *heard})
        if others or not unowned:
            yield Gap(EvidenceGap.CRITERIA_UNHEARD, others or finding.because, first_named(others))


def _action(reading: Reading, finding: Finding) -> Iterator[Gap]:
    if finding.status is Status.MISSING:
        yield Gap(EvidenceGap.ACTION_MISSING, finding.because or _ours(reading), main_person(reading))
    elif finding.status is Status.PARTIAL:
        yield from _weak_action(reading, finding)


def _besides(reading: Reading, action: Finding) -> Iterator[Gap]:
    """What to watch in a deal that is otherwise in order: the next promise, and how many people carry it."""
    promised = tuple(one for one in reading.buyer if one.is_commitment and _is_ahead(one, reading.written_on))
    if promised:
        first = min(promised, key=lambda one: one.times[0].last)
        yield Gap(EvidenceGap.ACTION_PROMISED, (first,), name_of(first), first.times[0])
    only = people(reading)
    if action.status is Status.ANSWERED and len(only) == 1:
        yield Gap(EvidenceGap.SINGLE_THREAD, action.because, only[0])


def _is_ahead(one: Seen, written_on: date) -> bool:
    return bool(one.times) and one.times[0].last >= written_on


def _weak_action(reading: Reading, finding: Finding) -> Iterator[Gap]:
    acts = tuple(one for one in finding.because if one.is_action)
    if adverse := tuple(one for one in acts if one.stalls):
        yield Gap(EvidenceGap.ACTION_ADVERSE, adverse, first_named(adverse))
    elif claimed := tuple(one for one in acts if one.advances):
        yield Gap(EvidenceGap.ACTION_UNVERIFIABLE, claimed, main_person(reading))
    elif acts:
        yield Gap(EvidenceGap.ACTION_MISSING, acts, first_named(acts))
    else:
        yield Gap(EvidenceGap.ACTION_PROMISED, finding.because, first_named(finding.because))


def _process(reading: Reading, finding: Finding) -> Iterator[Gap]:
    if finding.status is Status.MISSING:
        yield _about_somebody(EvidenceGap.PROCESS_MISSING, reading)
    elif finding.status is Status.PARTIAL:
        times = [period for one in finding.because for period in one.times if period.last >= reading.written_on]
        gap = EvidenceGap.PROCESS_NO_STEPS if times else EvidenceGap.PROCESS_NO_DATE
        yield Gap(gap, finding.because, first_named(finding.because), times[0] if times else None)


def _towards(reading: Reading, ruling: Ruling) -> Iterator[Gap]:
    """What an unproven claim lacks; what could still refute an established one."""
    close_date = reading.deal.close_date
    if ruling.verdict is Verdict.ESTABLISHED:
        yield Gap(EvidenceGap.STILL_REFUTABLE, ruling.because, first_named(ruling.because))
    if ruling.verdict is not Verdict.UNPROVEN or ruling.ground is Ground.UNSURE or close_date is None:
        return
    if not any(agreeing(reading, close_date)):
        yield _about_somebody(EvidenceGap.NO_CUSTOMER_DATE, reading)
    if not any(one.has("paper") for one in reading.proofs):
        yield _about_somebody(EvidenceGap.NO_PAPER, reading)
