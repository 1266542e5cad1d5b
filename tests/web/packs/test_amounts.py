"""Numbers as a pack writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from coach.domain.money import Money
from coach.domain.one_on_one import Charted, LeftOut
from coach.web.packs.amounts import NOT_KNOWN, charted, counted, days, interval, left_out, money, monies, percent


def of(amount: str, currency: str | None = "EUR") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (of("64000"), "EUR 64,000"),
        (of("64000.00"), "EUR 64,000"),
        (of("64000.5"), "EUR 64,000.50"),
        (of("0"), "EUR 0"),
        (of("1234567", None), "1,234,567"),
        (None, NOT_KNOWN),
    ],
)
def test_money_has_its_currency_and_cents_only_where_there_are_some(one: Money | None, said: str) -> None:
    assert said == money(one)


def test_two_currencies_stand_side_by_side_and_are_never_added() -> None:
    assert "EUR 10 + USD 20" == monies((of("10"), of("20", "USD")))
    assert NOT_KNOWN == monies(())


def test_what_is_missing_is_not_known_and_never_zero() -> None:
    assert NOT_KNOWN == percent(None) == days(None) == charted(Charted(label="Win rate", unit="%"), None)
    assert "0 %" == percent(0)
    assert "0 days" == days(0)
    assert "" == interval(None, 0.4)


def test_shares_and_days_are_whole() -> None:
    assert "31 %" == percent(9 / 29)
    assert "17 to 49" == interval(0.1727, 0.4923)
    assert "41 days" == days(41.3)
    assert "1 day" == days(1.2)


def test_a_chart_writes_its_values_in_its_unit() -> None:
    assert "31 %" == charted(Charted(label="Win rate", unit="%"), 31.03)
    assert "74 days" == charted(Charted(label="Cycle", unit="days"), 74.2)
    assert "EUR 45,778" == charted(Charted(label="Average deal", unit="EUR"), 45_777.78)
    assert "45,778" == charted(Charted(label="Average deal", unit=""), 45_777.78)


def test_what_is_left_out_is_told_with_its_amounts() -> None:
    assert "and 12 more, EUR 340,000, left out" == left_out(LeftOut(count=12, amounts=(of("340000"),)))
    assert "and 1 more, left out" == left_out(LeftOut(count=1))
    assert "" == left_out(LeftOut())


def test_things_are_counted_by_their_plural() -> None:
    assert ("1 deal", "2 deals") == (counted(1, "deal"), counted(2, "deal"))
    assert "1,200 opportunities" == counted(1200, "opportunity", "opportunities")
