"""Money per currency by hand: sums, means, and the order of currencies and of deals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from coach.domain.money import Money
from coach.pipeline.sums import amount_in, amounts, cents, largest_first, means, total
from tests.pipeline.pipelines import deal


def money(amount: str, currency: str | None = "EUR") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


MIXED = (money("10.10"), money("5", "USD"), money("0.20"), money("7", None), money("1", "CHF"))


def test_each_currency_is_added_up_by_itself_and_the_commonest_comes_first() -> None:
    # EUR is there twice; the others once each, by code, and the nameless one last.
    assert (money("10.30"), money("1", "CHF"), money("5", "USD"), money("7", None)) == total(MIXED)


def test_a_nameless_currency_that_most_amounts_are_in_comes_first() -> None:
    assert (money("3", None), money("9", "CHF")) == total([money("1", None), money("9", "CHF"), money("2", None)])


def test_sums_are_exact() -> None:
    # As floats, ten times 0.1 is 0.9999999999999999.
    assert (money("1.0"),) == total([money("0.1")] * 10)
    assert (money("9999999999999999.0001"),) == total([money("9999999999999999"), money("0.0001")])


def test_nothing_adds_up_to_nothing() -> None:
    assert ((), ()) == (total([]), means([]))


def test_a_mean_is_rounded_to_cents_half_to_even() -> None:
    # 10.01 / 2 = 5.005 and 10.03 / 2 = 5.015: both to the even cent; 10 / 3 = 3.333…
    assert (money("5.00"),) == means([money("10"), money("0.01")])
    assert (money("5.02"),) == means([money("10"), money("0.03")])
    assert (money("3.33"), money("2", "USD")) == means([money("4"), money("3"), money("3"), money("2", "USD")])


@pytest.mark.parametrize(
    ("amount", "rounded"), [("0.005", "0.00"), ("0.015", "0.02"), ("0.0151", "0.02"), ("7", "7.00")]
)
def test_cents(amount: str, rounded: str) -> None:
    assert Decimal(rounded) == cents(Decimal(amount))


def test_what_there_is_of_a_currency_is_of_that_one_alone() -> None:
    assert [Decimal("10.30"), Decimal(7), Decimal(0)] == [amount_in(MIXED, code) for code in ("EUR", None, "GBP")]


def test_a_deal_without_an_amount_has_none_and_one_of_nothing_has_one() -> None:
    deals = [deal("1", amount=Decimal(0), currency="EUR"), deal("2", currency="EUR")]
    assert (money("0"),) == amounts(deals)


def test_deals_are_put_in_order_of_amount_within_currencies_without_converting() -> None:
    deals = [
        deal("unknown", currency="EUR"),
        deal("dollars", amount=Decimal(1_000_000), currency="USD"),
        deal("small", amount=Decimal(10), currency="EUR", name="A"),
        deal("large", amount=Decimal(20), currency="EUR", name="Z"),
        deal("other", amount=Decimal(10), currency="EUR", name="B"),
    ]
    assert ["large", "small", "other", "dollars", "unknown"] == [one.record for one in largest_first(deals)]
    assert largest_first(deals) == largest_first(deals[::-1])
