"""What the stored reviews of one deal show of its customer, and of the close date that is claimed now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coach.domain import Centre, DealReview, Kind, Statement
from coach.domain.base import every_readable
from coach.domain.one_on_one import BuyerAct
from coach.pipeline.closing import DealEvidence
from coach.rubrics import BuyerEvidence
from coach.service.keeping import judged_for


@dataclass(frozen=True, slots=True)
class Evidence:
    """The readable reviews of a deal, in order of their days."""

    reviews: tuple[DealReview, ...]

    @property
    def acts(self) -> tuple[BuyerAct, ...]:
        """What the customer did, promised or said, in any note; what two notes say in the same words counts once."""
        found = {
            (one.quote, one.when): _act(one, review)
            for review in reversed(self.reviews)
            for one in review.statements
            if one.kind.centre is Centre.BUYER
        }
        return tuple(found.values())

    def for_close_date(self, close_date: date, rubric: BuyerEvidence, fiscal_year_start: int) -> DealEvidence:
        """What the latest note says of a close date, which may be another than it was written for."""
        latest = self.reviews[-1]
        judgement = judged_for(latest, close_date, rubric, fiscal_year_start)
        opinions = [one.quote for one in latest.statements if one.kind is Kind.SELLER_OPINION]
        return DealEvidence(
            claim=judgement.claim,
            coverage=judgement.coverage,
            noted_on=latest.written_on,
            questions=tuple(one.ask for one in judgement.questions),
            reason=opinions[0] if opinions else None,
            acts=self.acts,
            commitments=tuple((one.quote, _day(one)) for one in latest.statements if _is_promise(one)),
        )


def evidence_of(contents: Iterable[str]) -> Evidence | None:
    """Read stored reviews; None where none of them can be read.

    Args:
        contents: As JSON, in order of their days. One that another version wrote, and that cannot be read, is left out.
    """
    reviews = every_readable(DealReview, contents)
    return Evidence(reviews) if reviews else None


def _act(statement: Statement, review: DealReview) -> BuyerAct:
    assert statement.direction is not None  # noqa: S101  a buyer-centred statement has one
    return BuyerAct(
        quote=statement.quote,
        kind=statement.kind,
        direction=statement.direction,
        grade=statement.grade,
        on=_day(statement),
        noted_on=review.written_on,
        review=review.id,
    )


def _is_promise(statement: Statement) -> bool:
    return statement.kind is Kind.BUYER_COMMITMENT


def _day(statement: Statement) -> date | None:
    return date.fromisoformat(statement.when) if statement.when else None
