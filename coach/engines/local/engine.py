"""The embedded engine: reads the statements of a deal note with no network and no key, in milliseconds."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from coach.domain import DealNote
from coach.engines.base import DealReading, Request
from coach.engines.local.artefact import FORMAT, Artefact, load, unpack
from coach.engines.local.attributes import Attributes, Times
from coach.engines.local.clauses import read_clauses
from coach.engines.local.features import features
from coach.engines.local.lexicon import Lexicon
from coach.engines.local.tagger import Tagger


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

    def __init__(self, lexicon: Mapping[str, Sequence[str]], artefact: bytes | None = None) -> None:
        """Prepare, without loading anything.

        Args:
            lexicon: The rubric's words, by category.
            artefact: What training made; the one that ships with Coach where None.
        """
        self._words = lexicon
        self._raw = artefact
        self._lock = threading.Lock()

    @property
    def version(self) -> str:
        """The format of the features and the hash of the artefact."""
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
        _ = self._parts

    def request(self) -> Request:
        """Nothing beyond the note; see the protocol."""
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
        return DealReading(engine=self.name, engine_version=self.version, labels=labels)

    @cached_property
    def _parts(self) -> _Parts:
        artefact = load() if self._raw is None else unpack(self._raw)
        return _Parts(artefact, Lexicon(self._words), Tagger(artefact.models), Attributes(artefact.attributes))
