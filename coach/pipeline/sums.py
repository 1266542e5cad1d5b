"""Money added up, each currency by itself: nothing here converts.

Rule: sums are exact; a mean is rounded to cents, half to even; no currency named is a currency of its own, None.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from coach.domain.money import Money
from coach.domain.opportunity import Opportunity

_CENT = Decimal("0.01")


def amounts(opportunities: Iterable[Opportunity]) -> tuple[Money, ...]:
    """The amounts of those that have one, in their order."""
    return tuple(
        Money(amount=opportunity.amount, currency=opportunity.currency)
        for opportunity in opportunities
        if opportunity.amount is not None
    )


def total(monies: Iterable[Money]) -> tuple[Money, ...]:
    """Add up each currency by itself.

    Returns:
        One sum for each currency: the one that most of the amounts are in first; of equals by code, None last.
    """
    listed = list(monies)
    sums: defaultdict[str | None, Decimal] = defaultdict(Decimal)
    for money in listed:
        sums[money.currency] += money.amount
    return tuple(Money(amount=sums[currency], currency=currency) for currency in ranked(listed))


def means(monies: Iterable[Money]) -> tuple[Money, ...]:
    """Give the mean amount of each currency, rounded to two places, half to even; in the order of `total`."""
    listed = list(monies)
    counts = Counter(money.currency for money in listed)
    return tuple(
        Money(amount=cents(summed.amount / counts[summed.currency]), currency=summed.currency)
        for summed in total(listed)
    )


def largest_first(opportunities: Iterable[Opportunity]) -> list[Opportunity]:
    """Put opportunities in order of amount, without converting.

    The currency that most of them are in comes first, and within a currency the largest amount; those without an
    amount come last. Of equals the name decides, then the CRM and the record, so that the order is always the same.
    """
    listed = list(opportunities)
    places = {currency: place for place, currency in enumerate(ranked(amounts(listed)))}

    def key(one: Opportunity) -> tuple[int, Decimal, str, str, str]:
        if one.amount is None:
            return len(places), Decimal(0), one.name or "", one.crm, one.record
        return places[one.currency], -one.amount, one.name or "", one.crm, one.record

    return sorted(listed, key=key)


def cents(amount: Decimal) -> Decimal:
    """Round to two places, half to even; an amount that needs no rounding keeps its value."""
    return amount.quantize(_CENT, rounding=ROUND_HALF_EVEN)


def ranked(monies: Iterable[Money]) -> tuple[str | None, ...]:
    """List the currencies: the one that most of the amounts are in first; of equals by code, None last."""
    counts = Counter(money.currency for money in monies)
    return tuple(sorted(counts, key=lambda currency: (-counts[currency], currency is None, currency or "")))


def amount_in(monies: Iterable[Money], currency: str | None) -> Decimal:
    """What there is of one currency; nothing of any other counts."""
    return sum((money.amount for money in monies if money.currency == currency), Decimal(0))
