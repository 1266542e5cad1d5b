"""Deals, claims and packs for the tests of part 4, the warnings, the agenda, the steps and the cut."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from coach.domain.evidence import Direction, Kind, Question
from coach.domain.judgement import Answer, Claim, Coverage, Status, Verdict
from coach.domain.money import Money
from coach.domain.one_on_one import BuyerAct, ClosingDeal, CustomerMove, DealLine, MovedDeal, Slip, StageMove
from coach.domain.opportunity import Opportunity
from coach.pipeline.closing import DealEvidence

TODAY = date(2026, 11, 30)
"""A Monday."""
NEXT = date(2026, 12, 28)
"""A Monday, too."""


def day(days: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=days)


def eur(amount: str | int, currency: str | None = "EUR") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


def deal(record: str, days: int | None = 10, amount: str | int | None = 100, **more: Any) -> Opportunity:
    """An open deal that closes so many days from today."""
    given = {
        "crm": "hubspot",
        "as_of": TODAY,
        "name": f"Deal {record}",
        "amount": None if amount is None else Decimal(amount),
        "currency": None if amount is None else "EUR",
        "close_date": None if days is None else day(days),
    }
    return Opportunity(record=record, **(given | more))


def line(record: str, amount: str | int | None = 100, currency: str | None = "EUR", **more: Any) -> DealLine:
    money = None if amount is None else eur(amount, currency)
    return DealLine(crm="hubspot", record=record, amount=money, **({"name": f"Deal {record}"} | more))


def moved(record: str, amount: str | int | None = 100, currency: str | None = "EUR", **more: Any) -> MovedDeal:
    """A pre-existing deal that stood still without a note, unless said otherwise."""
    given = {"stage": StageMove.STILL, "slip": slip(0), "customer": CustomerMove.NO_NOTE}
    return MovedDeal(deal=line(record, amount, currency), **(given | more))


def slip(times: int, days: int = 0) -> Slip:
    return Slip(times=times, days=days, times_ever=times, days_ever=days)


def closing(record: str, at_risk: str | int | None = 100, currency: str | None = "EUR", **more: Any) -> ClosingDeal:
    """A deal that closes in ten days and has no note, unless said otherwise."""
    money = None if at_risk is None else eur(at_risk, currency)
    given = {
        "deal": line(record, at_risk, currency, close_date=day(more.get("days_left", 10))),
        "days_left": 10,
        "explanation": "Nothing bears it out.",
        "at_risk": money,
    }
    return ClosingDeal(**(given | more))


def coverage(**statuses: Status) -> Coverage:
    """All answered, unless said otherwise."""
    return Coverage(**{one.value: Answer(status=statuses.get(one.value, Status.ANSWERED)) for one in Question})


def known(verdict: Verdict = Verdict.UNPROVEN, would_establish: tuple[str, ...] = (), **more: Any) -> DealEvidence:
    claim = Claim(verdict=verdict, explanation="Because.", would_establish=would_establish)
    return DealEvidence(**({"claim": claim, "coverage": coverage(), "noted_on": day(-3)} | more))


def act(quote: str, grade: int, on: date | None = None, kind: Kind = Kind.BUYER_ACTION) -> BuyerAct:
    return BuyerAct(
        quote=quote, kind=kind, direction=Direction.ADVANCES, grade=grade, on=on, noted_on=day(-3), review="r"
    )
