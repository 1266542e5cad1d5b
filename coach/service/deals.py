"""Deals from the store alone: a list of them, and one of them over time; no engine is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coach.domain import Centre, DealReview, Question, Statement
from coach.domain.base import readable
from coach.domain.claims import MadeClaim
from coach.domain.deal_history import (
    DealClaim,
    DealEntry,
    DealHistory,
    DealNoted,
    DealSaid,
    DealSnapshot,
)
from coach.domain.opportunity import Opportunity
from coach.errors import NotFound
from coach.judgement.cues import Matcher, matcher
from coach.pipeline.lines import line, money
from coach.pipeline.movement import pushes
from coach.rubrics import BuyerEvidence
from coach.service.deal_people import people_of
from coach.store.kept import Seen

if TYPE_CHECKING:
    from coach.store.deals import StoredDeal
    from coach.store.records import Records

MOST_NOTES = 100
_STRONGEST = 3
_NOBODYS = "there is no deal of this number here, or not for you"


async def deals_of(  # noqa: PLR0913  each narrows the list
    kept: Records, on: date, *, seen: Seen, find: str = "", closed: bool = False, after: int | None = None, most: int
) -> tuple[DealEntry, ...]:
    """A page of deals as they stand on a day; see `coach.store.deals.Deals.listed`.

    Raises:
        StoreError: the store cannot be read.
    """
    found = await kept.deals.listed(on, seen=seen, find=find, closed=closed, after=after, most=most)
    standing = await kept.opportunities.standing([one.key for one in found if one.is_of_crm], on)
    latest = await kept.deals.latest([one.id for one in found if one.notes], seen=seen)
    return tuple(_entry(one, standing.get(one.key), readable(DealReview, latest.get(one.id))) for one in found)


async def history_of(number: int, kept: Records, on: date, *, seen: Seen, rubric: BuyerEvidence) -> DealHistory:
    """All that is kept of a deal.

    Args:
        number: The deal's.
        kept: Where it is kept.
        on: Nothing from after this day is looked at.
        seen: The reps whom the caller may see: the deal is one of theirs, and so are its notes and claims.
        rubric: The cues by which silence is told from an act.

    Raises:
        NotFound: there is none, or it is of nobody who is seen.
        StoreError: the store cannot be read.
    """
    deal = await kept.deals.get(number, seen=seen)
    if deal is None:
        raise NotFound(_NOBODYS)
    noted = await kept.deals.notes(number, seen=seen, most=MOST_NOTES)
    claims = await kept.claims.of_deal(number, on, seen=seen)
    stood = (await kept.opportunities.history([deal.key], on)).get(deal.key, ())
    # Reviews are read, and names are found in texts, beside the loop.
    return await asyncio.to_thread(_history, deal, noted, claims, stood, on, matcher(rubric.cues))


def _history(  # noqa: PLR0913, PLR0917  what is known of a deal
    deal: StoredDeal,
    noted: Sequence[tuple[str, str]],
    claims: Sequence[MadeClaim],
    stood: Sequence[Opportunity],
    on: date,
    cues: Matcher,
) -> DealHistory:
    read = [(review, text) for content, text in noted if (review := readable(DealReview, content))]
    heard, unheard = people_of(read[::-1], deal.rep, cues)
    pushed = dict(pushes(stood))
    return DealHistory(
        deal=_entry(deal, stood[-1] if stood else None, read[0][0] if read else None),
        notes=tuple(_noted(review) for review, _ in read),
        heard=heard,
        unheard=unheard,
        claims=tuple(_claim(one, on) for one in reversed(claims)),
        snapshots=tuple(_snapshots(stood, pushed))[::-1],
        pushed_times=len(pushed),
        pushed_days=sum(pushed.values()),
        unreadable=len(noted) - len(read),
        older=max(0, deal.notes - len(noted)),
    )


def _entry(deal: StoredDeal, now: Opportunity | None, latest: DealReview | None) -> DealEntry:
    said = None if latest is None else latest.deal
    own = {"crm": deal.key[0], "record": deal.key[1]} if deal.is_of_crm else {}
    stands = (
        {"stage": said and said.stage, "close_date": said and said.close_date}
        if now is None
        else {
            "account": now.account,
            "state": now.state,
            "stage": now.stage,
            "amount": money(now),
            "close_date": now.close_date,
            "closed_on": now.closed_on,
            "as_of": now.as_of,
        }
    )
    named = line(now).name if now else (deal.name or "").strip()
    return DealEntry.model_validate(
        {
            "id": deal.id,
            "name": named or deal.key[1],
            "rep": deal.rep,
            "notes": deal.notes,
            "noted_on": deal.noted_on,
            "verdict": latest and latest.claim.verdict,
            **own,
            **stands,
        }
    )


def _noted(review: DealReview) -> DealNoted:
    said = sorted(
        (one for one in review.statements if one.kind.centre is Centre.BUYER), key=lambda one: one.grade, reverse=True
    )
    return DealNoted(
        review=review.id,
        written_on=review.written_on,
        close_date=review.claim.close_date,
        verdict=review.claim.verdict,
        explanation=review.claim.explanation,
        coverage={question: review.coverage[question].status for question in Question},
        balance=review.balance,
        strongest=tuple(map(_said, said[:_STRONGEST])),
    )


def _said(one: Statement) -> DealSaid:
    assert one.direction is not None  # noqa: S101  a buyer-centred statement has one
    on = date.fromisoformat(one.when) if one.when else None
    return DealSaid(quote=one.quote, who=one.who, kind=one.kind, direction=one.direction, grade=one.grade, on=on)


def _claim(one: MadeClaim, on: date) -> DealClaim:
    names = ("made_on", "close_date", "probability", "source", "verdict", "grade")
    return DealClaim(**{name: getattr(one, name) for name in names}, came_true=one.came_true(on))


def _snapshots(stood: Sequence[Opportunity], pushed: Mapping[date, int]) -> Iterator[DealSnapshot]:
    """The first snapshot, and each that shows something else than the one before it."""
    before: DealSnapshot | None = None
    for one in stood:
        shown = DealSnapshot(
            as_of=one.as_of,
            state=one.state,
            stage=one.stage,
            amount=money(one),
            close_date=one.close_date,
            probability=one.probability,
        )
        if before is None or shown.model_copy(update={"as_of": before.as_of}) != before:
            yield shown.model_copy(update={"pushed_days": pushed.get(one.as_of)})
            before = shown
