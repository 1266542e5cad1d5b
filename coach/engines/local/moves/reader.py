"""Reads a manager's moves with no network and no key, in milliseconds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from coach.domain import MoveLabel
from coach.engines.local.encoder import Odds, View, view_talk
from coach.engines.local.moves.artefact import FORMAT, Artefact, load, unpack
from coach.engines.local.moves.features import describe
from coach.engines.local.moves.tagger import Tagger
from coach.engines.local.moves.units import take_apart
from coach.engines.local.moves.words import Reading
from coach.text.span import Span


def _nothing(_: View) -> tuple[Odds, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is loaded once, at the first conversation."""

    artefact: Artefact
    tagger: Tagger


class MoveReader:
    """Gives each sentence of a manager's turns one of the eight moves, or none.

    Safe to share between threads. Loads its artefact when first asked.
    """

    def __init__(self, artefact: bytes | None = None) -> None:
        """Prepare, without loading anything.

        Args:
            artefact: What training made; the one that ships with Coach where None.
        """
        self._raw = artefact
        self._lock = threading.Lock()

    @property
    def version(self) -> str:
        """The format of the features and the hash of the artefact.

        Raises:
            ArtefactError: the artefact is missing or damaged.
        """
        return f"{FORMAT}.{self._parts.artefact.sha256[:12]}"

    @property
    def conversations(self) -> int:
        """How many labelled conversations it was trained on: of those its readings say little.

        Raises:
            ArtefactError: the artefact is missing or damaged.
        """
        return self._parts.artefact.conversations

    def read(
        self, text: str, spans: Sequence[Span], see: Callable[[View], tuple[Odds, ...]] = _nothing
    ) -> tuple[MoveLabel, ...]:
        """Read the moves of a conversation.

        Args:
            text: The transcript.
            spans: The manager's turns, without the labels of their lines, as offsets of code points, in any
                order.
            see: Asks the encoder; gives nothing where there is none.

        Returns:
            Moves in text order. Each is a sentence within one of the spans, and none overlap. Confidence is the
            averaged probability of the models and the encoder; `LocalEngine` calibrates it.

        Raises:
            ArtefactError: the artefact is missing or damaged.
        """
        parts = self._parts
        talk = take_apart(text, spans)
        words = Reading(text, parts.artefact.known_words, talk.reps)
        described = describe(text, talk, words, parts.artefact.vocabulary)
        view = view_talk(text, [unit.span for unit in talk.units])
        odds = see(view)
        seen = dict(zip(view.spans, odds, strict=True)) if odds else {}
        # The models keep the sequence they were last given; one conversation at a time.
        with self._lock:
            found = parts.tagger.find(described, [seen[unit.span] for unit in talk.units] if seen else ())
        return tuple(
            MoveLabel(start=unit.span.start, end=unit.span.end, move=one.move, confidence=round(one.confidence, 4))
            for unit, one in zip(talk.units, found, strict=True)
            if one is not None
        )

    @cached_property
    def _parts(self) -> _Parts:
        artefact = load() if self._raw is None else unpack(self._raw)
        return _Parts(artefact, Tagger(artefact.models))
