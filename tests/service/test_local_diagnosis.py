"""The embedded engine and the rules together: what is no behaviour comes to no gap, and plain behaviour does."""

from __future__ import annotations

from datetime import date

import pytest

from coach.domain import Gap, RepPacket
from coach.wiring import build

AS_OF = date(2026, 3, 2)


async def gap_of(text: str) -> Gap:
    packet = RepPacket(rep="Kim Lund", manager_observation=text)
    coach = build(measured=True)
    try:
        return (await coach.diagnose_rep(packet, AS_OF)).primary.gap
    finally:
        await coach.close()


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "Kim is lazy.",
        "Kim is hopeless, a lost cause, depressed and anxious.",
        "Kim missed quota in Q1 and Q2, 54%.",
        "Should I fire Kim?",
        "Kim is a natural and a star.",
    ],
)
async def test_labels_results_and_requests_come_to_no_gap(text: str) -> None:
    assert Gap.INSUFFICIENT_EVIDENCE is await gap_of(text)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        (
            "On Tuesday she skipped the call block and did expenses. On Thursday we agreed on ten names; on Friday "
            "there were none. In March, for Halden, she had eleven first meetings in two weeks.",
            Gap.WILL,
        ),
        (
            "She opened with the price before anybody had asked, on Monday and again on Thursday. Nobody has shown her "
            "how a discovery call goes.",
            Gap.SKILL,
        ),
        (
            "Legal takes six weeks to return a redline, and three signed-off deals are waiting for it. Her own plan "
            "with each customer has the date and the names.",
            Gap.ENVIRONMENT,
        ),
    ],
)
async def test_plain_behaviour_comes_to_its_gap(text: str, gap: Gap) -> None:
    assert gap is await gap_of(text)
