"""The embedded engine: reads the statements of a deal note with no network and no key, in milliseconds."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from coach.domain import Conversation, DealNote, Label, MoveLabel, Notice, RepPacket
from coach.engines.base import DealReading, PacketReading, Request, TalkReading, TaskName
from coach.engines.local.artefact import FORMAT, Artefact, load, unpack
from coach.engines.local.attributes import Attributes, Times
from coach.engines.local.clauses import read_clauses
from coach.engines.local.encoder import Encoder, Odds, View, view_note
from coach.engines.local.features import features
from coach.engines.local.lexicon import Lexicon
from coach.engines.local.tagger import Tagger
from coach.errors import ArtefactError
from coach.text.conversation import managers_spans

if TYPE_CHECKING:
    from coach.engines.local.moves import MoveReader
    from coach.engines.local.packets import PacketReader

_LabelT = TypeVar("_LabelT", Label, MoveLabel)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is loaded once, at the first note."""

    artefact: Artefact
    lexicon: Lexicon
    tagger: Tagger
    attributes: Attributes


class _Eyes(NamedTuple):
    """The encoder, once it is loaded."""

    encoder: Encoder | None
    why_not: str | None
    """Why the encoder that should read cannot."""


class LocalEngine:
    """Keeps the protocol of `coach.engines.base.Engine`; loads its artefact when first asked."""

    name = "local"

    def __init__(  # noqa: PLR0913  each is a choice of the caller's
        self,
        lexicon: Mapping[str, Sequence[str]],
        artefact: bytes | None = None,
        *,
        encoder: Encoder | None = None,
        encoder_may_fail: bool = True,
        packets: PacketReader | None = None,
        moves: MoveReader | None = None,
    ) -> None:
        """Prepare, without loading anything.

        Args:
            lexicon: The rubric's words, by category.
            artefact: What training made of deal notes; the one that ships with Coach where None.
            encoder: Reads beside the sequence models; None to have them read alone.
            encoder_may_fail: Whether they read alone, with a notice, where the encoder cannot be loaded; else it is
                an error.
            packets: Reads rep packets; by the artefact that ships with Coach where None.
            moves: Reads conversations; likewise.
        """
        self._words = lexicon
        self._raw = artefact
        self._encoder = encoder
        self._encoder_may_fail = encoder_may_fail
        self._given = packets, moves
        self._lock = threading.Lock()
        self._loading = threading.Lock()

    def version_of(self, task: TaskName = "deal") -> str:
        """The format of the features and the hash of each artefact that reads a task."""
        if task == "rep":
            return self._packets.version
        own = self._moves.version if task == "talk" else f"{FORMAT}.{self._parts.artefact.sha256[:12]}"
        return f"{own}+{self._eyes.encoder.version}" if self._eyes.encoder else own

    @property
    def trained_on(self) -> str:
        """What it has seen, in words: of notes that are among them its readings say little."""
        return f"{self._parts.artefact.notes} labelled notes"

    def warm_up(self) -> None:
        """Load now what would be loaded at the first note.

        Raises:
            ArtefactError: the artefact is missing or damaged.
        """
        _ = self._parts, self._packets.version, self._moves.version, self._eyes

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
        seen = self._see(view_note(note, [clause.span for clause in clauses]))
        # The sequence models keep the sequence they were last given; one note at a time.
        with self._lock:
            found = parts.tagger.find(note.note, clauses, described, seen)
        times = Times(note)
        labels = tuple(self._sure("deal", parts.attributes.label(one, described, times, seen)) for one in found)
        version = self.version_of("deal")
        return DealReading(engine=self.name, engine_version=version, labels=labels, notices=self._notices())

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
        moves = await asyncio.to_thread(self.read_moves, talk)
        version = self.version_of("talk")
        return TalkReading(engine=self.name, engine_version=version, moves=moves, notices=self._notices())

    def read_moves(self, talk: Conversation) -> tuple[MoveLabel, ...]:
        """Read the manager's moves; see `MoveReader.read`."""
        found = self._moves.read(talk.transcript, managers_spans(talk), self._see)
        return tuple(self._sure("talk", one) for one in found)

    def _see(self, view: View) -> tuple[Odds, ...]:
        """What the encoder says of a text; nothing where there is no encoder."""
        return self._eyes.encoder.read(view) if self._eyes.encoder else ()

    def _sure(self, task: TaskName, label: _LabelT) -> _LabelT:
        """A label whose confidence is as high as it is right; of the smaller readers alone nobody knows that."""
        if label.confidence is None:
            return label
        scale = self._eyes.encoder.scale(task) if self._eyes.encoder else None
        return label.model_copy(update={"confidence": round(scale(label.confidence), 4) if scale else None})

    def _notices(self) -> tuple[Notice, ...]:
        if self._eyes.why_not is None:
            return ()
        text = f"A smaller reader, which errs more often, read this text alone, because {self._eyes.why_not}."
        return (Notice(code="degraded", text=text),)

    @cached_property
    def _eyes(self) -> _Eyes:
        with self._loading:
            try:
                if self._encoder:
                    self._encoder.load()
            except ArtefactError as error:
                if not self._encoder_may_fail:
                    raise
                return _Eyes(None, error.detail)
            return _Eyes(self._encoder, None)

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
