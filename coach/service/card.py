"""A deal's card, made of what is kept and of nothing else: no engine reads, no model is asked."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from coach.domain import DealReview, Question, Status
from coach.domain.base import every_readable
from coach.domain.card import Card, CardGap, CardQuote, CardState, strongest
from coach.errors import NotFound
from coach.service.access import Access
from coach.store.kept import KeptDeal, Key, Seen

_UNKNOWN = "no deal with this record is known here, or not to you; deals come in with `coach import`"
_TO_REVIEW = "No note of this deal was reviewed yet. Review the rep's latest note, and the verdict stands here."


class Deals(Protocol):
    """Keeps deals; see `coach.store.cards`."""

    async def of(self, key: Key, *, seen: Seen = None) -> KeptDeal | None:
        """What is kept of a deal."""


async def read_card(key: Key, deals: Deals, access: Access) -> Card:
    """The card of a deal, for somebody who sees whose it is; of its reviews, those that this one sees.

    Args:
        key: The CRM and the id there.
        deals: Where they are kept.
        access: Whom the asker may see; whose the deal is, is put down there.

    Raises:
        NotFound: there is no such deal, or it is somebody else's, in the same words.
        StoreError: the store cannot be read.
    """
    seen = await access.reps()
    deal = await deals.of(key, seen=seen)
    if deal is not None and deal.owner:
        access.asked.append(deal.owner)
    if deal is None or not _may_see(deal, seen):
        raise NotFound(_UNKNOWN)
    return card_of(key, deal)


def card_of(key: Key, deal: KeptDeal) -> Card:
    """The card of what is kept of a deal."""
    crm, record = key
    # The latest that can be read: another version may have written those after it.
    review = next(iter(every_readable(DealReview, deal.reviews)), None)
    if review is None:
        return Card(
            crm=crm,
            record=record,
            deal=deal.id,
            name=deal.name,
            state=CardState.NOT_REVIEWED,
            says=_TO_REVIEW,
            verdict=None,
            close_date=deal.close_date,
            crm_close_date=deal.close_date,
            written_on=None,
            quote=None,
            missing=(),
            would_establish=None,
            ask=None,
            review=None,
        )
    claim = review.claim
    return Card(
        crm=crm,
        record=record,
        deal=deal.id,
        name=deal.name or review.deal.name,
        state=CardState.REVIEWED,
        says=claim.explanation,
        verdict=claim.verdict,
        close_date=claim.close_date,
        crm_close_date=deal.close_date,
        written_on=review.written_on,
        quote=_quote(review),
        missing=_missing(review),
        would_establish=claim.would_establish[0] if claim.would_establish else None,
        ask=review.questions[0].ask if review.questions else None,
        review=review.id,
    )


def _may_see(deal: KeptDeal, seen: Seen) -> bool:
    if seen is None:
        return True
    # Where the CRM names no owner, a deal is seen by whoever sees a note of it.
    return deal.owner in seen if deal.owner else bool(deal.reviews)


def _quote(review: DealReview) -> CardQuote | None:
    found = strongest(review)
    if found is None:
        return None
    assert found.direction is not None  # noqa: S101  a buyer-centred statement has one
    return CardQuote(
        quote=found.quote,
        who=found.who,
        on=date.fromisoformat(found.when) if found.when else None,
        kind=found.kind,
        direction=found.direction,
        grade=found.grade,
    )


def _missing(review: DealReview) -> tuple[CardGap, ...]:
    statuses = ((question, review.coverage[question].status) for question in Question)
    return tuple(CardGap(question=one, status=status) for one, status in statuses if status is not Status.ANSWERED)
