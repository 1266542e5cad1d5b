"""An engine that reads what a test says it reads, wherever the words stand in the text it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.domain import Competency, Conversation, DealNote, Impression, Move, MoveLabel, RepPacket, SignalLabel
from coach.engines.base import DealReading, PacketReading, Request, Rewrite, TalkReading, TaskName
from coach.errors import EngineError


@dataclass
class Scripted:
    """Keeps the protocol of `coach.engines.base.Engine`."""

    signals: Sequence[tuple[str, str, Competency]] = ()
    """Words, what they are a signal of, and the competency; words that the packet does not hold are passed over."""
    impressions: tuple[Impression, ...] = ()
    moves: Sequence[tuple[str, Move]] = ()
    rewrites: Sequence[tuple[str, str]] = ()
    """Words of a move, and the question instead."""
    version: str = "1"
    fails_with: EngineError | None = None
    name: str = "scripted"
    packets: list[RepPacket] = field(default_factory=list)
    """What it was given."""
    talks: list[Conversation] = field(default_factory=list)

    def version_of(self, _task: TaskName = "deal") -> str:
        return self.version

    def request(self, _task: TaskName = "deal") -> Request:
        return Request()

    async def read_deal(self, _note: DealNote) -> DealReading:
        return DealReading(engine=self.name, engine_version=self.version, labels=())

    async def read_packet(self, packet: RepPacket) -> PacketReading:
        self.packets.append(packet)
        if self.fails_with:
            raise self.fails_with
        found = [
            SignalLabel(
                field=name, start=text.index(quote), end=text.index(quote) + len(quote), signal=signal, competency=one
            )
            for name, text in packet.fields()
            for quote, signal, one in self.signals
            if quote in text
        ]
        return PacketReading(
            engine=self.name, engine_version=self.version, signals=tuple(found), impressions=self.impressions
        )

    async def read_talk(self, talk: Conversation) -> TalkReading:
        self.talks.append(talk)
        if self.fails_with:
            raise self.fails_with
        text = talk.transcript
        return TalkReading(
            engine=self.name,
            engine_version=self.version,
            moves=tuple(
                MoveLabel(start=text.index(quote), end=text.index(quote) + len(quote), move=move)
                for quote, move in self.moves
                if quote in text
            ),
            rewrites=tuple(
                Rewrite(start=text.index(quote), end=text.index(quote) + len(quote), ask=ask)
                for quote, ask in self.rewrites
                if quote in text
            ),
        )
