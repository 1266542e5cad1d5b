"""The sample packet as a careful reader has it, so that a test knows what the page must show.

Only the reading is given; rules, remedies and all that is served are the real ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import coach.web
from coach.domain import (
    Competency,
    Conversation,
    DealNote,
    Gap,
    Impression,
    RepPacket,
    SelfView,
    SignalLabel,
    WillSubType,
)
from coach.engines.base import DealReading, Engine, PacketReading, Request, TalkReading, TaskName
from coach.wiring import Coach

SAMPLE: dict[str, Any] = json.loads(
    (Path(coach.web.__file__).parent / "static" / "sample_packet.json").read_text("utf-8")
)
TALK: dict[str, str] = json.loads((Path(coach.web.__file__).parent / "static" / "sample_talk.json").read_text("utf-8"))

_ACCESS = Competency.STAKEHOLDER_ACCESS
_DISCOVERY = Competency.DISCOVERY
SIGNALS = (
    ("self_assessment", "with these bigger groups I dread the call to a managing director", "dread", _ACCESS),
    (
        "self_assessment",
        "So I put it off, and send another summary to the production manager instead.",
        "avoided",
        _ACCESS,
    ),
    ("manager_observation", "On the 16th she had not asked, and nothing stood in the way", "undone", _ACCESS),
    ("manager_observation", "she is just not hungry enough", "label", _ACCESS),
    ("ride_along", "Marit asked what a failed batch costs, waited, and got it", "to_standard", _DISCOVERY),
    ("ride_along", "She did not ask to meet him.", "avoided", _ACCESS),
    (
        "deal_notes.0",
        "Asked Joan Birkett, who runs the bakery, what her owner would want to see",
        "shown_before",
        _ACCESS,
    ),
    ("deal_notes.0", "set up an hour with him on 14 January", "shown_before", _ACCESS),
    ("deal_notes.1", "Managing director not met yet", "avoided", _ACCESS),
)
"""Field, quote, signal and competency of what there is to see in the sample."""


class _CarefulReader:
    """Reads what `SIGNALS` has of a packet, and everything else as another engine does."""

    name = "local"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def version_of(self, task: TaskName = "deal") -> str:
        return self._engine.version_of(task)

    def request(self, task: TaskName = "deal") -> Request:
        return self._engine.request(task)

    async def read_deal(self, note: DealNote) -> DealReading:
        return await self._engine.read_deal(note)

    async def read_talk(self, talk: Conversation) -> TalkReading:
        return await self._engine.read_talk(talk)

    async def read_packet(self, packet: RepPacket) -> PacketReading:
        return PacketReading(
            engine="local",
            engine_version="careful",
            signals=tuple(_signals(packet)),
            impressions=(
                Impression(
                    competency=_ACCESS, gap=Gap.WILL, sub_type=WillSubType.CONFIDENCE, self_view=SelfView.OVERRATES
                ),
                Impression(competency=_DISCOVERY, gap=Gap.NONE, self_view=SelfView.ACCURATE),
            ),
        )


def staged(coach: Coach) -> Coach:
    """The same use cases over a reader that knows the sample."""
    return replace(coach, engine=_CarefulReader(coach.engine))


def _signals(packet: RepPacket) -> Iterator[SignalLabel]:
    texts = dict(packet.fields())
    for field, quote, signal, competency in SIGNALS:
        start = texts.get(field, "").find(quote)
        if start >= 0:
            yield SignalLabel(field=field, start=start, end=start + len(quote), signal=signal, competency=competency)
