"""A rep packet taken apart: its sentences in neutral words, with the cues that they hold. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coach.domain import RepPacket
from coach.engines.local.packets.cues import Cues, Fields
from coach.engines.local.packets.neutral import name_parts, neutral_words
from coach.text.segment import sentences

SELF, SEEN, NOTE = "self", "seen", "note"
"""Whose words they are: the rep's on the own work, an observer's, the rep's on a deal."""
_SOURCES = {"self_assessment": SELF, "manager_observation": SEEN, "ride_along": SEEN}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a packet."""

    field: str
    """As `RepPacket.fields` names it."""
    source: str
    start: int
    """First code point in the field's text."""
    end: int
    words: tuple[str, ...]
    """Neutral."""
    signs: Mapping[str, int]
    """How many cues it holds, by category."""
    fields: Mapping[str, int]
    """How many words of each field it holds."""
    competencies: Mapping[str, int]
    """How many cues for each competency it holds."""
    marks: frozenset[str]
    """What of its punctuation may matter: `?`, `!`, `quote`."""
    place: int
    """Its number in the field, from 0."""
    places: int
    """How many sentences the field has."""


@dataclass(frozen=True, slots=True)
class Page:
    """A packet taken apart."""

    packet: RepPacket
    sentences: tuple[Sentence, ...]
    results: Mapping[str, int]
    """How many cues for each competency the names of its figures hold."""
    role: tuple[str, ...]
    """Neutral words."""

    def of(self, *sources: str) -> list[Sentence]:
        """The sentences of some sources."""
        return [one for one in self.sentences if one.source in sources]


class Pages:
    """Takes packets apart."""

    def __init__(self, cues: Mapping[str, Mapping[str, Sequence[str]]], known: Collection[str]) -> None:
        """Prepare the cues.

        Args:
            cues: `signs`, `competencies` and `fields`, each by category.
            known: Words that packets write in lower case: a capital on them makes no name.
        """
        self._signs = Cues(cues["signs"])
        self._competencies = Cues(cues["competencies"])
        self._fields = Fields(cues["fields"])
        self._known = known

    def read(self, packet: RepPacket) -> Page:
        """Take a packet apart."""
        names = name_parts(packet.rep)
        figures = re.findall(r"[a-z]+", " ".join(packet.results or {}).lower())
        return Page(
            packet=packet,
            sentences=tuple(one for field, text in packet.fields() for one in self._sentences(field, text, names)),
            results=self._competencies.count(figures),
            role=tuple(word.text for word in neutral_words(packet.role, names, self._known)),
        )

    def _sentences(self, field: str, text: str, names: Collection[str]) -> list[Sentence]:
        spans = sentences(text)
        words = neutral_words(text, names, self._known)
        found = []
        at = 0
        for place, span in enumerate(spans):
            while at < len(words) and words[at].start < span.start:
                at += 1
            begin = at
            while at < len(words) and words[at].start < span.end:
                at += 1
            own = tuple(word.text for word in words[begin:at])
            place_of: dict[str, Any] = {"start": span.start, "end": span.end, "place": place, "places": len(spans)}
            found.append(self._sentence(field, own, text[span.start : span.end], place_of))
        return found

    def _sentence(self, field: str, words: tuple[str, ...], raw: str, place: Mapping[str, Any]) -> Sentence:
        marks = {"?": "?" in raw, "!": "!" in raw, "quote": any(mark in raw for mark in '"“”«»')}
        return Sentence(
            field=field,
            source=_SOURCES.get(field, NOTE),
            words=words,
            signs=self._signs.count(words),
            fields=self._fields.count(words),
            competencies=self._competencies.count(words),
            marks=frozenset(mark for mark, holds in marks.items() if holds),
            **place,
        )
