"""Numbers as a pack writes them: money, shares, days, and what a list leaves out.

Rule: a number that is missing is "not known", and is never shown as 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from coach.domain.money import Money
from coach.domain.one_on_one import Charted, LeftOut

NOT_KNOWN = "not known"


def money(one: Money | None) -> str:
    """`EUR 64,000`; cents only where there are some, and no currency where the source names none."""
    if one is None:
        return NOT_KNOWN
    return f"{one.currency} {decimal(one.amount)}" if one.currency else decimal(one.amount)


def monies(many: Sequence[Money], none: str = NOT_KNOWN) -> str:
    """Sums of several currencies side by side, since they cannot be added.

    Args:
        many: One sum for each currency.
        none: What to say where there is no sum.
    """
    return " + ".join(map(money, many)) or none


def decimal(amount: Decimal) -> str:
    """`64,000`, or `64,000.50` where it is not whole; rounded to cents, half to even."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def percent(share: float | None) -> str:
    """`31 %` of a share of 0.31."""
    return NOT_KNOWN if share is None else f"{100 * share:.0f} %"


def interval(low: float | None, high: float | None) -> str:
    """`17 to 49` of an interval of 0.17 to 0.49; nothing where it is missing."""
    return "" if low is None or high is None else f"{100 * low:.0f} to {100 * high:.0f}"


def counted(number: int, thing: str, things: str = "") -> str:
    """`1 deal`, `12 deals`; `things` is the plural where it is more than an added s."""
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"


def days(number: float | None) -> str:
    """`1 day`, `41 days`; a mean is rounded to whole days."""
    return NOT_KNOWN if number is None else counted(round(number), "day")


def left_out(rest: LeftOut) -> str:
    """`and 12 more, EUR 340,000, left out`; nothing where nothing is."""
    if not rest.count:
        return ""
    return ", ".join(filter(None, (f"and {rest.count:,} more", monies(rest.amounts, none=""), "left out")))


def charted(chart: Charted, value: float | None) -> str:
    """A value of a chart with its unit: `%` of values from 0 to 100, days, and everything else as money."""
    if value is None:
        return NOT_KNOWN
    match chart.unit:
        case "%":
            return f"{value:.0f} %"
        case "days" | "day":
            return days(value)
        case unit:
            return f"{unit} {value:,.0f}".strip()
