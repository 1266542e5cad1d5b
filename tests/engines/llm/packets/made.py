"""A packet, and what a model may say of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from coach.domain import Competency, RepPacket, SelfAssessment
from coach.engines.base import PacketReading
from coach.engines.llm import Reply
from coach.engines.llm.packets.task import PacketTask
from coach.engines.llm.reading import Ask, Reader
from tests.engines.llm.scripted import said

FINE, ASKED, BUDGET = "Discovery is fine", "I ask early", "She asked for the budget"
LAZY, UNDONE, RODE = "lazy", "We agreed on ten calls and there were none", "The customer named no cost"
LOST = "Lost on price"

PACKET = RepPacket(
    rep="Ilse",
    role="Account executive",
    tenure="5 years",
    self_assessment=SelfAssessment(ratings={Competency.DISCOVERY: 4}, text=f"{FINE}. {ASKED}."),
    manager_observation=f"She is {LAZY}. {UNDONE}. {BUDGET}.",
    results={"quota_attainment_pct": 71, "deals": None},
    deal_notes=(f"{BUDGET}. {LOST}.", f"{LOST}."),
    ride_along=f"{BUDGET} in minute two. {RODE}.",
)
"""`BUDGET` stands in three of its texts, `LOST` in both notes."""

ROOMY = 4096
MADE = {"engine": "llm", "engine_version": "1"}


def signal(quote: object, signal: object = "undone", competency: object = "prospecting") -> dict[str, object]:
    return {"quote": quote, "signal": signal, "competency": competency}


def finding(competency: object = "prospecting", gap: object = "will", **other: object) -> dict[str, object]:
    return {
        "competency": competency,
        "gap": gap,
        "sub_type": None,
        "self_view": "overrates",
        "confidence": "high",
        "rival": "skill",
    } | other


def answer(*signals: object, findings: object = (), suspected: Sequence[object] = (), **other: object) -> str:
    """An answer; a model may say anything where findings belong."""
    return json.dumps({"signals": list(signals), "findings": findings, "suspected": list(suspected)} | other)


def reply(*signals: object, findings: object = (), suspected: Sequence[object] = (), **other: Any) -> Reply:
    return said(answer(*signals, findings=findings, suspected=suspected), **other)


async def read(task: PacketTask, ask: Ask, packet: RepPacket = PACKET, max_tokens: int = ROOMY) -> PacketReading:
    """What a model's answers to a packet come to."""
    found = await Reader(task, max_tokens, 0).read(packet, ask)
    return task.reading(packet, found, MADE | {"dropped": found.dropped, "notices": found.notices})


def quotes(reading: PacketReading, packet: RepPacket = PACKET) -> list[tuple[str, str]]:
    """Of each signal its text and its words."""
    texts = dict(packet.fields())
    return [(one.field, texts[one.field][one.start : one.end]) for one in reading.signals]
