"""An opportunity in short, as every part of the 1-on-1 names it.

Rule: what the source does not say stays unsaid; only the name is filled in, from the account or the record.
"""

from __future__ import annotations

from coach.domain.money import Money
from coach.domain.one_on_one.deals import DealLine
from coach.domain.opportunity import Opportunity


def line(opportunity: Opportunity) -> DealLine:
    """Put an opportunity in short: its name, or its account where it has none, or its record where it has neither."""
    return DealLine(
        crm=opportunity.crm,
        record=opportunity.record,
        name=_said(opportunity.name) or _said(opportunity.account) or opportunity.record,
        account=opportunity.account,
        state=opportunity.state,
        stage=opportunity.stage,
        amount=money(opportunity),
        close_date=opportunity.close_date,
        closed_on=opportunity.closed_on,
        probability=opportunity.probability,
        forecast_category=opportunity.forecast_category,
        created_on=opportunity.created_on,
    )


def money(opportunity: Opportunity) -> Money | None:
    """Its amount in its currency; None where no amount is known."""
    if opportunity.amount is None:
        return None
    return Money(amount=opportunity.amount, currency=opportunity.currency)


def _said(name: str | None) -> str | None:
    """A name with something in it."""
    return name if name and name.strip() else None
