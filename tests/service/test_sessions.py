"""Tokens of sign-ins: what they say, and how long."""

from __future__ import annotations

from pathlib import Path

import pytest
from itsdangerous import URLSafeSerializer

from coach.domain.identity import MAY, Principal, Role
from coach.service.sessions import Session, Sessions
from coach.store.secret import Secret

NOW = 1_800_000_000
WHO = Principal(id="member:7", role=Role.REP, workspace="north", person="Ilse Brandt", scopes=MAY[Role.REP])


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    time = [float(NOW)]
    monkeypatch.setattr("coach.service.sessions.time.time", lambda: time[0])
    return time


def sessions(secret: str = "s" * 32) -> Sessions:
    return Sessions(Secret(secret, Path()), minutes=15, hours=12)


@pytest.mark.usefixtures("clock")
def test_a_token_says_who_and_when_and_neither_a_name_nor_what_they_may() -> None:
    token = sessions().begin(WHO)
    assert Session("member:7", "north", NOW, NOW) == sessions().read(token)
    assert ["member:7", "north", NOW, NOW] == URLSafeSerializer("").loads_unsafe(token)[1]


@pytest.mark.parametrize(("later", "good"), [(0, True), (15 * 60 - 1, True), (15 * 60, False)])
def test_unused_it_is_good_for_minutes(clock: list[float], later: float, good: bool) -> None:
    token = sessions().begin(WHO)
    clock[0] += later
    assert good is (sessions().read(token) is not None)


def test_a_newer_one_does_not_count_from_now(clock: list[float]) -> None:
    session = sessions().read(sessions().begin(WHO))
    assert session is not None
    assert None is sessions().renewed(session)
    clock[0] += 12 * 3600 - 60
    token = sessions().renewed(session)
    assert token is not None
    assert Session("member:7", "north", NOW, NOW + 12 * 3600 - 60) == sessions().read(token)
    clock[0] += 60
    assert None is sessions().read(token)


@pytest.mark.usefixtures("clock")
def test_another_secret_or_a_changed_letter_makes_it_none_of_ours() -> None:
    token = sessions().begin(WHO)
    assert None is sessions("t" * 32).read(token)
    assert [None] * len(token) == [
        sessions().read(f"{token[:at]}{'A' if token[at] != 'A' else 'E'}{token[at + 1 :]}") for at in range(len(token))
    ]
