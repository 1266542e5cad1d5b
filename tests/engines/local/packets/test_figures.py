"""Ratings and results as numbers: bounded, whatever somebody writes."""

from __future__ import annotations

import pytest

from coach.domain import RepPacket
from coach.engines.local.packets.figures import figure_features


@pytest.mark.parametrize(
    ("attained", "expected"),
    [(85, 0.0), (105, 0.5), (-(10**400), -1.0), (10**400, 1.0), (float("inf"), 1.0), (1e308, 1.0)],
)
def test_attainment_is_bounded_whatever_its_digits(attained: float, expected: float) -> None:
    packet = RepPacket(rep="Ines Amadi", results={"quota_attainment_pct": attained})
    assert expected == figure_features(packet)["r:attained"]


def test_a_figure_that_is_no_number_still_gives_one() -> None:
    packet = RepPacket(rep="Ines Amadi", results={"attainment": float("nan"), "attainment_last_year": float("inf")})
    assert all(-1 <= one <= 2 for one in figure_features(packet).values())
