"""The embedded engine: reads the statements of a deal note with no network and no key, in milliseconds."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from coach.domain import Conversation, DealNote, RepPacket
from coach.engines.base import DealReading, PacketReading, Request, TalkReading, TaskName
from coach.engines.local.artefact import FORMAT, Artefact, load, unpack
from coach.engines.local.attributes import Attributes, Times
from coach.engines.local.clauses import read_clauses
from coach.engines.local.features import features
from coach.engines.local.lexicon import Lexicon
from coach.engines.local.tagger import Tagger
from coach.text.conversation import managers_spans

if TYPE_CHECKING:
    from coach.engines.local.moves import MoveReader
    from coach.engines.local.packets import PacketReader


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is loaded once, at the first note."""

    artefact: Artefact
    lexicon: Lexicon
    tagger: Tagger
    attributes: Attributes


class LocalEngine:
    """Keeps the protocol of `coach.engines.base.Engine`; loads its artefact when first asked."""

    name = "local"

    def __init__(
        self,
        lexicon: Mapping[str, Sequence[str]],
        artefact: bytes | None = None,
        *,
        packets: PacketReader | None = None,
        moves: MoveReader | None = None,
    ) -> None:
        """Prepare, without loading anything.

        Args:
            lexicon: The rubric's words, by category.
            artefact: What training made of deal notes; the one that ships with Coach where None.
            packets: Reads rep packets; by the artefact that ships with Coach where None.
            moves: Reads conversations; likewise.
        """
        self._words = lexicon
        self._raw = artefact
        self._given = packets, moves
        self._lock = threading.Lock()

    def version_of(self, task: TaskName = "deal") -> str:
        """The format of the features and the hash of the artefact that reads a task."""
        if task == "rep":
            return self._packets.version
        if task == "talk":
            return self._moves.version
        return f"{FORMAT}.{self._parts.artefact.sha256[:12]}"

    @property
    def trained_on(self) -> str:
        """What it has seen, in words: of notes that are among them its readings say little."""
        return f"{self._parts.artefact.notes} labelled notes"

    def warm_up(self) -> None:
        """Load now what would be loaded at the first note.

        Raises:
            ArtefactError: the artefact is missing or damaged.
        """
        _ = self._parts, self._packets.version, self._moves.version

    def request(self, task: TaskName = "deal") -> Request:  # noqa: ARG002  the same for all
        """Nothing beyond the text; see the protocol."""
        return Request()

    async def read_deal(self, note: DealNote) -> DealReading:
        """Read the statements of a deal note; see the protocol."""
        return await asyncio.to_thread(self.read, note)

    def read(self, note: DealNote) -> DealReading:
        """Read the statements of a deal note.

        Raises:
            ArtefactError: the artefact is missing or damaged.
        """
        parts = self._parts
        clauses = read_clauses(note, parts.lexicon, parts.artefact.known_words)
        described = features(clauses, parts.lexicon)
        # The models keep the sequence they were last given; one note at a time.
        with self._lock:
            found = parts.tagger.find(note.note, clauses, described)
        times = Times(note)
        labels = tuple(parts.attributes.label(one, described, times) for one in found)
        return DealReading(engine=self.name, engine_version=self.version_of("deal"), labels=labels)

    async def read_packet(self, packet: RepPacket) -> PacketReading:
        """Read the signals of a rep's material; see the protocol."""
        read = await asyncio.to_thread(self._packets.read, packet)
        return PacketReading(
            engine=self.name,
            engine_version=self.version_of("rep"),
            signals=read.signals,
            impressions=read.impressions,
        )

    async def read_talk(self, talk: Conversation) -> TalkReading:
        """Read what the manager says in a conversation; see the protocol."""
        moves = await asyncio.to_thread(self._moves.read, talk.transcript, managers_spans(talk))
        return TalkReading(engine=self.name, engine_version=self.version_of("talk"), moves=moves)

    @cached_property
    def _packets(self) -> PacketReader:
        # Imported here, and below: a deal note should not wait for what it does not use.
        from coach.engines.local.packets import PacketReader  # noqa: PLC0415

        return self._given[0] or PacketReader()

    @cached_property
    def _moves(self) -> MoveReader:
        from coach.engines.local.moves import MoveReader  # noqa: PLC0415

        return self._given[1] or MoveReader()

    @cached_property
    def _parts(self) -> _Parts:
        artefact = load() if self._raw is None else unpack(self._raw)
        return _Parts(artefact, Lexicon(self._words), Tagger(artefact.models), Attributes(artefact.attributes))
