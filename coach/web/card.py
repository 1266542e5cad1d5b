"""The card's page, and how it is where it has nothing to ask for, because whoever opens it was refused."""

from __future__ import annotations

from functools import cache
from html import escape

from coach.web.composed import STATIC, composed

_PLACE = '<main id="glance"'


@cache
def card_page() -> str:
    """The page, at an address two steps down."""
    return composed(STATIC / "card.html", "../../")


def refusing_page(told: str) -> str:
    """The page that says why, in the CRM's frame as the card would be."""
    return card_page().replace(_PLACE, f'{_PLACE} data-refused="{escape(told)}"')
