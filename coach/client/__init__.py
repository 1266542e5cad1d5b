"""A small typed client of Coach's API: `Client`, and `AsyncClient` for asynchronous programs.

    with Client("https://coach.example", key="ck_…") as coach:
        review = coach.review_deal("Dana's counsel sent redlines on Tuesday.", deal=Deal(name="Hallström Foods"))

What comes back is of the domain's own types (`coach.domain`); what goes wrong is an `ApiError` with the problem's
stable `code`, or `Unreachable`.
"""

from coach.client import calls
from coach.client.client import AsyncClient, Client
from coach.client.failures import (
    ApiError,
    Busy,
    ClientError,
    Conflict,
    Gone,
    NotAuthenticated,
    Refused,
    Unreachable,
    Unreadable,
    WrongInput,
)
from coach.domain.review import DealReviewPage

__all__ = [
    "ApiError",
    "AsyncClient",
    "Busy",
    "Client",
    "ClientError",
    "Conflict",
    "DealReviewPage",
    "Gone",
    "NotAuthenticated",
    "Refused",
    "Unreachable",
    "Unreadable",
    "WrongInput",
    "calls",
]
