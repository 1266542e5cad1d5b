"""Who looks at a record in HubSpot: what HubSpot adds to the address of each signed request."""

from __future__ import annotations

from typing import NamedTuple

from coach.crm.query import once_each

_TWICE = "A request of HubSpot's names its user and account once each, as `userEmail` and `portalId`."


class Asker(NamedTuple):
    """A user of an account."""

    email: str
    """The address by which they log in to HubSpot."""
    portal: str
    """The id of the account."""


def asker_of(query: str) -> Asker:
    """Who asks, of a query whose signature was checked.

    Whoever can have the card ask for an address of their own choice could put another name before the one that HubSpot
    adds; therefore each may be there once.

    Raises:
        BadSignature: one of them is missing, or there twice.
    """
    return Asker(*once_each(query, ("userEmail", "portalId"), _TWICE))
