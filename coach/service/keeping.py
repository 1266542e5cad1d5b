"""What of a review is kept, and what a kept one says of a claim made later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from coach.domain import (
    DealReview,
    Direction,
    Judgement,
    ManagerReview,
    RepDiagnosis,
    RepPacket,
    Statement,
    Verdict,
)
from coach.domain.base import readable
from coach.judgement import judge
from coach.rubrics import BuyerEvidence
from coach.store.kept import Claimed, Found, Kept, Key, Standing

if TYPE_CHECKING:
    from coach.store.records import Records


def kept_deal_review(review: DealReview, rep: str, text: str, record: Key | None = None) -> Kept:
    """A deal review as the store keeps it, under its rep and its deal.

    Args:
        review: The review.
        rep: Whose deal it is.
        text: The note, unchanged.
        record: The CRM and the id of the deal there, where they are known.
    """
    claim = review.claim
    return Kept(
        kind=review.schema_,
        review=review.id,
        about=rep,
        role="rep",
        text=text,
        day=review.written_on,
        content=review.model_dump_json(by_alias=True, round_trip=True),
        findings=[
            Found(
                label=one.kind.value,
                quote=one.quote,
                centre=one.centre.value,
                direction=one.direction.value if one.direction else None,
                grade=one.grade,
                speaks_of=date.fromisoformat(one.when) if one.when else None,
            )
            for one in review.statements
        ],
        deal=review.deal.name,
        record=record,
        claim=None
        if claim.close_date is None or claim.verdict is Verdict.NO_CLAIM
        else Claimed(close_date=claim.close_date, verdict=claim.verdict, grade=top_grade(review.statements)),
    )


def kept_manager_review(review: ManagerReview, manager: str, text: str) -> Kept:
    """A review of a conversation as the store keeps it, under its manager."""
    return Kept(
        kind=review.schema_,
        review=review.id,
        about=manager,
        role="manager",
        text=text,
        day=review.held_on,
        content=review.model_dump_json(by_alias=True, round_trip=True),
        findings=[Found(label=one.move.value, quote=one.quote) for one in review.moves],
    )


def kept_diagnosis(found: RepDiagnosis, packet: RepPacket) -> Kept:
    """A diagnosis as the store keeps it, under its rep; its text is the material, as JSON."""
    return Kept(
        kind=found.schema_,
        review=found.id,
        about=found.rep,
        role="rep",
        text=packet.model_dump_json(),
        day=found.as_of,
        content=found.model_dump_json(by_alias=True, round_trip=True),
        findings=[Found(label=one.signal, quote=one.quote) for one in found.signals],
    )


async def copy_reviews(rep: str, kept: Records, to: Records) -> None:
    """Copy what is kept of a rep's deals, without the notes' texts; what cannot be read is left out.

    Raises:
        StoreError: one of the stores cannot be used.
    """
    for record, content in await kept.reviews.of_rep(DealReview.model_fields["schema_"].default, rep):
        review = readable(DealReview, content)
        if review is not None:
            await to.reviews.put(kept_deal_review(review, rep, review.id, record))


def top_grade(statements: tuple[Statement, ...]) -> int:
    """The highest grade of what the customer did or said that advances the purchase; 0 where nothing does."""
    return max((one.grade for one in statements if one.direction is Direction.ADVANCES), default=0)


def judged_for(review: DealReview, close_date: date, rubric: BuyerEvidence, fiscal_year_start: int) -> Judgement:
    """What a review's statements say of another close date than the note had."""
    if review.claim.close_date == close_date:
        return review
    deal = review.deal.model_copy(update={"close_date": close_date})
    return judge(review.statements, deal, review.written_on, rubric, fiscal_year_start=fiscal_year_start)


def stands_by(rubric: BuyerEvidence, fiscal_year_start: int) -> Callable[[str, date], Standing]:
    """What a kept review, as JSON, says of a claim; one that another version wrote and cannot be read says nothing."""

    def stands(content: str, close_date: date) -> Standing:
        review = readable(DealReview, content)
        if review is None:
            return Standing(None, None)
        judgement = judged_for(review, close_date, rubric, fiscal_year_start)
        return Standing(judgement.claim.verdict, top_grade(review.statements))

    return stands
