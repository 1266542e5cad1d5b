"""A deal in short: what it is called, and that nothing is made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from coach.domain.money import Money
from coach.domain.one_on_one import DealLine
from coach.domain.opportunity import DealState
from coach.pipeline.lines import line
from tests.pipeline.pipelines import deal


def test_a_line_says_what_the_row_says() -> None:
    row = deal(
        "7",
        name="Ovens",
        account="Acme",
        state=DealState.WON,
        stage="Offer",
        amount=Decimal("12.50"),
        currency="EUR",
        close_date=date(2026, 7, 1),
        probability=0.4,
        forecast_category="commit",
        created_on=date(2026, 1, 2),
    )
    expected = DealLine(
        crm="hubspot",
        record="7",
        name="Ovens",
        account="Acme",
        state=DealState.WON,
        stage="Offer",
        amount=Money(amount=Decimal("12.50"), currency="EUR"),
        close_date=date(2026, 7, 1),
        probability=0.4,
        forecast_category="commit",
        created_on=date(2026, 1, 2),
    )
    assert expected == line(row)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"name": "Ovens", "account": "Acme"}, "Ovens"),
        ({"name": " ", "account": "Acme"}, "Acme"),
        ({"account": "Acme"}, "Acme"),
        ({"account": ""}, "7"),
    ],
)
def test_a_deal_without_a_name_is_called_by_its_account_or_its_record(fields: dict[str, Any], name: str) -> None:
    assert name == line(deal("7", **fields)).name


def test_what_the_row_does_not_say_stays_unsaid() -> None:
    assert DealLine(crm="hubspot", record="7", name="7") == line(deal("7", currency="EUR"))
