"""The card's page where it has nothing to ask for, because whoever opens it was refused."""

from __future__ import annotations

from html import escape
from pathlib import Path

CARD = Path(__file__).parent / "static" / "card.html"
_PLACE = '<main id="glance"'


def refusing_page(told: str) -> str:
    """The page that says why, in the CRM's frame as the card would be; at an address two steps down, as the card's."""
    return CARD.read_text("utf-8").replace(_PLACE, f'{_PLACE} data-refused="{escape(told)}"')
