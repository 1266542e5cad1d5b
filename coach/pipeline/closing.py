"""Part 4 of the 1-on-1: deals that are said to close within 30 days, held against what the customer did.

Rule: only acts, promises and words of the customer's are evidence; without a note nothing is known, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coach.domain.evidence import Question
from coach.domain.judgement import Claim, Coverage, Status, Verdict
from coach.domain.money import Money
from coach.domain.one_on_one.closing import ClosingDeal, OpenStep
from coach.domain.one_on_one.deals import BuyerAct, DealLine
from coach.domain.one_on_one.pack import ClosingDeals
from coach.domain.opportunity import DealState, Opportunity
from coach.pipeline import closing_wording as wording
from coach.pipeline.customer import acts_since
from coach.pipeline.lines import line
from coach.pipeline.sums import cents, total

WINDOW_DAYS = 30
"""How near "soon" is, both ends counted (codebook, section 6, part 4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealEvidence:
    """What the reviewed notes of one deal show, up to the day of the 1-on-1."""

    claim: Claim
    """Of the latest note, judged against the close date that the CRM has now."""
    coverage: Coverage
    """Of the latest note."""
    noted_on: date
    """The day of the latest note."""
    questions: tuple[str, ...] = ()
    """Of the latest note, the best first."""
    reason: str | None = None
    """Why the rep holds the deal for likely, in the rep's own words; None where the note has no such words."""
    acts: tuple[BuyerAct, ...] = ()
    """Of all its notes, in any order."""
    commitments: tuple[tuple[str, date | None], ...] = ()
    """What the customer has promised in the latest note: its words, and the day they named, if any."""


def closing_deals(
    now: Sequence[Opportunity], as_of: date, evidence: Mapping[tuple[str, str], DealEvidence]
) -> ClosingDeals:
    """Gather the open deals that close within 30 days or should have closed already, the most at risk first.

    Amounts in different currencies cannot be compared. So deals with something at risk come first, then those with an
    amount and nothing at risk, then those without an amount. Within each: the currency that most of these deals are in
    comes first, then the larger value at risk, then the earlier date, so that those that have gone by come before those
    to come, then the name, the CRM and the record.

    Args:
        now: A rep's opportunities as they stand; those that are won, lost or without a close date are left out.
        as_of: The day of the 1-on-1; a deal of that day, and one of the 30th day after it, is in.
        evidence: By the key of the opportunity; a deal that is not there has no reviewed note.
    """
    deals = [
        _closing(one, one.close_date, as_of, evidence.get(one.key))
        for one in now
        if one.state is DealState.OPEN and one.close_date and (one.close_date - as_of).days <= WINDOW_DAYS
    ]
    amounts = total(deal.deal.amount for deal in deals if deal.deal.amount)
    places = {money.currency: place for place, money in enumerate(amounts)}
    return ClosingDeals(
        deals=tuple(sorted(deals, key=lambda deal: _rank(deal, places))),
        count=len(deals),
        amounts=amounts,
        at_risk=total(deal.at_risk for deal in deals if deal.at_risk),
    )


def counted_on(deal: DealLine) -> Money | None:
    """What the forecast counts on: the amount times the rep's probability, or all of it where none is given.

    Returns:
        The product rounded to cents, half to even, the amount as it is; None without an amount.
    """
    if deal.amount is None or deal.probability is None:
        return deal.amount
    counted = cents(deal.amount.amount * Decimal(str(deal.probability)))
    return Money(amount=counted, currency=deal.amount.currency)


def _closing(opportunity: Opportunity, close_date: date, as_of: date, known: DealEvidence | None) -> ClosingDeal:
    deal = line(opportunity)
    days_left = (close_date - as_of).days
    reason, reason_from = _reason(opportunity, known)
    late = (wording.gone_by(-days_left),) if days_left < 0 else ()
    if known is None:
        return ClosingDeal(
            deal=deal,
            days_left=days_left,
            reason=reason,
            reason_from=reason_from,
            explanation=wording.NO_NOTE,
            questions=(*late, *wording.QUESTIONS.values()),
            at_risk=counted_on(deal),
        )
    return ClosingDeal(
        deal=deal,
        days_left=days_left,
        reason=reason,
        reason_from=reason_from,
        verdict=known.claim.verdict,
        explanation=known.claim.explanation,
        evidence=acts_since(known.acts, date.min),
        coverage=known.coverage,
        open_steps=tuple(_open_steps(known, close_date, as_of)),
        would_improve=tuple(_would_improve(known)),
        refuter=known.claim.refuter,
        questions=(*late, *known.questions),
        at_risk=_at_risk(deal, known.claim.verdict),
        noted_on=known.noted_on,
    )


def _reason(opportunity: Opportunity, known: DealEvidence | None) -> tuple[str | None, str | None]:
    """The rep's own words, and where they are from: the note before the CRM's next step."""
    if known and known.reason and known.reason.strip():
        return known.reason, "note"
    if opportunity.next_step and opportunity.next_step.strip():
        return opportunity.next_step, "next_step"
    return None, None


def _at_risk(deal: DealLine, verdict: Verdict) -> Money | None:
    if deal.amount and verdict is Verdict.ESTABLISHED:
        return Money(amount=Decimal(0), currency=deal.amount.currency)
    return counted_on(deal)


def _open_steps(known: DealEvidence, close_date: date, as_of: date) -> Iterator[OpenStep]:
    """What the customer has promised, the nearest day first, then what the claim still lacks."""
    promised = dict.fromkeys(known.commitments)
    for what, by in sorted(promised, key=lambda promise: promise[1] or date.max):
        yield OpenStep(
            what=what, by=by, too_late=by is not None and by > close_date, overdue=by is not None and by < as_of
        )
    yield from (OpenStep(what=act) for act in known.claim.would_establish)


def _would_improve(known: DealEvidence) -> Iterator[str]:
    """The acts that would answer the open buyer questions; nothing where the claim is established.

    What would establish the claim stands among the open steps, and covers what they do and how they decide.
    """
    if known.claim.verdict is Verdict.ESTABLISHED:
        return
    covered = (Question.ACTION, Question.PROCESS) if known.claim.would_establish else ()
    for question in Question:
        if question not in covered and known.coverage[question].status is not Status.ANSWERED:
            yield wording.WOULD_IMPROVE[question]


def _rank(deal: ClosingDeal, places: Mapping[str | None, int]) -> tuple[object, ...]:
    """The key of `closing_deals`' order."""
    at_risk = deal.at_risk.amount if deal.at_risk else Decimal(0)
    place = places[deal.deal.amount.currency] if deal.deal.amount else len(places)
    tier = 2 if deal.at_risk is None else int(at_risk <= 0)
    return tier, place, -at_risk, deal.days_left, deal.deal.name, deal.deal.crm, deal.deal.record
