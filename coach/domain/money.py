"""Amounts of money, each in its own currency: sums of two currencies do not exist here."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import PlainSerializer

from coach.domain.base import Frozen

Amount = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
"""An amount, exact inside, a number in JSON."""


class Money(Frozen):
    """So much of one currency."""

    amount: Amount
    currency: str | None = None
    """ISO 4217 code; None where the source names none, which is a currency of its own."""
