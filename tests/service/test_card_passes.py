"""Passes to one deal's card: what they say, and how long they are good."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from coach.domain.identity import MAY, Principal, Role
from coach.service.card_passes import ANY, LASTS_S, CardPass, CardPasses
from coach.store.secret import Secret

WHO = Principal(id="member:7", role=Role.REP, workspace="north", person="Ilse Brandt", scopes=MAY[Role.REP])
KEY = ("hubspot", "2026/71")


def passes(secret: str = "s" * 32) -> CardPasses:
    return CardPasses(Secret(secret, Path()))


def test_a_pass_says_whose_it_is_and_of_which_deal() -> None:
    assert CardPass("member:7", "north", "hubspot", "2026/71") == passes().read(passes().make(WHO, KEY))


@pytest.mark.parametrize(
    ("record", "path", "is_open"),
    [
        ("2026/71", "/v1/cards/hubspot/2026/71", True),
        ("2026/71", "/v1/cards/hubspot/2026", False),
        ("2026/71", "/v1/cards/hubspot/", False),
        ("2026/71", "/v1/cards/pipedrive/2026/71", False),
        ("2026/71", "/v1/deal-reviews", False),
        (ANY, "/v1/cards/hubspot/71", True),
        (ANY, "/v1/cards/hubspotted/71", False),
        (ANY, "/v1/card-links", False),
    ],
)
def test_a_pass_opens_its_own_card_or_any_of_its_crm(record: str, path: str, *, is_open: bool) -> None:
    assert is_open is CardPass("member:7", "north", "hubspot", record).opens(path)


@pytest.mark.parametrize("seconds", [LASTS_S, LASTS_S + 2])
def test_a_pass_is_good_for_ten_minutes(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    made = passes().make(WHO, KEY)
    now = time.time()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + seconds)
    assert (seconds <= LASTS_S) is (passes().read(made) is not None)


def test_a_pass_that_was_changed_or_that_another_secret_signed_is_none() -> None:
    made = passes().make(WHO, KEY)
    body, _, rest = made.partition(".")
    for shown in (f"{body}A.{rest}", made[:-2], "cp_", "cp_x.y.z", "", passes("t" * 32).make(WHO, KEY)):
        assert passes().read(shown) is None
