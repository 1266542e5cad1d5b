"""Reads rep packets with no network and no key, in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from coach.domain import Competency, Gap, Impression, RepPacket, SelfView, SignalLabel, WillSubType
from coach.engines.local.packets.artefact import FORMAT, Artefact, load, unpack
from coach.engines.local.packets.decide import Signalled, cheapest, choose_signals, in_light_of
from coach.engines.local.packets.features import (
    competency_features,
    evidence_features,
    motive_features,
    packet_features,
    self_features,
    sentence_features,
)
from coach.engines.local.packets.pages import Page, Pages


class PacketRead(NamedTuple):
    """What a packet shows."""

    signals: tuple[SignalLabel, ...]
    """In order of the fields, none overlapping; each is a sentence."""
    impressions: tuple[Impression, ...]
    """What it comes to, for the competency that the packet is about; none where it has no words."""


class PacketReader:
    """Says which competency a packet is about, what stands between the rep and the standard, and where it shows.

    Sees no name, gender, age or length of service. Safe to share between threads. Loads its artefact when first asked.
    """

    def __init__(self, artefact: bytes | None = None) -> None:
        """Prepare, without loading anything.

        Args:
            artefact: What training made; the one that ships with Coach where None.
        """
        self._raw = artefact

    @property
    def version(self) -> str:
        """The format of the features and the hash of the artefact.

        Raises:
            ArtefactError: the artefact is missing or damaged.
        """
        return f"{FORMAT}.{self._parts.artefact.sha256[:12]}"

    @property
    def packets(self) -> int:
        """How many labelled packets it was trained on: of those its readings say little.

        Raises:
            ArtefactError: the artefact is missing or damaged.
        """
        return self._parts.artefact.packets

    def read(self, packet: RepPacket) -> PacketRead:
        """Read a packet.

        Raises:
            ArtefactError: the artefact is missing or damaged.
        """
        parts = self._parts
        page = parts.pages.read(packet)
        if not page.sentences:
            return PacketRead((), ())
        table = parts.artefact.tables["signal"]
        likely = [table.probabilities(sentence_features(page, index)) for index in range(len(page.sentences))]
        impression = _impression(page, likely, parts.artefact)
        lifted = in_light_of(likely, parts.artefact.lifts[impression.gap])
        found = choose_signals(lifted)
        return PacketRead(tuple(_label(page, one, impression.competency) for one in found), (impression,))

    @cached_property
    def _parts(self) -> _Parts:
        artefact = load() if self._raw is None else unpack(self._raw)
        return _Parts(artefact, Pages(artefact.cues, artefact.known_words))


class _Parts(NamedTuple):
    """What is loaded once, at the first packet."""

    artefact: Artefact
    pages: Pages


def _impression(page: Page, likely: Sequence[Mapping[str, float]], artefact: Artefact) -> Impression:
    tables = artefact.tables
    described = {**packet_features(page), **evidence_features(likely)}
    gaps = tables["gap"].probabilities(described, artefact.temperature)
    gap = cheapest(gaps)
    competency = max(Competency, key=lambda one: tables["competency"].scores(competency_features(page, one))[1])
    views = tables["self_view"].probabilities(self_features(page, competency, gaps))
    rivals = [Gap(one) for one in sorted(gaps, key=lambda one: -gaps[one]) if one != gap]
    return Impression(
        competency=competency,
        gap=gap,
        sub_type=_sub_type(page, described, artefact) if gap is Gap.WILL else None,
        self_view=SelfView(max(views, key=lambda one: views[one])),
        rival=rivals[0],
        confidence=round(gaps[gap], 4),
        abstained=gaps[gap] < artefact.threshold,
    )


def _sub_type(page: Page, evidence: Mapping[str, float], artefact: Artefact) -> WillSubType | None:
    types = artefact.tables["sub_type"].probabilities(motive_features(page, evidence))
    best = max(types, key=lambda one: types[one])
    return WillSubType(best) if best in set(WillSubType) else None


def _label(page: Page, one: Signalled, competency: Competency) -> SignalLabel:
    sentence = page.sentences[one.place]
    return SignalLabel(
        field=sentence.field,
        start=sentence.start,
        end=sentence.end,
        signal=one.signal,
        competency=competency,
        confidence=round(one.confidence, 4),
    )
