"""The trained state of the reader of rep packets as one file: written by training, checked before it is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.engines.local.packets.linear import Table, table
from coach.engines.local.trained_file import TrainedFile

ARTEFACT = Path(__file__).with_name("packet_reader.bin")
"""The artefact that ships with Coach."""

FORMAT = 1
"""Raised whenever features or layout change: an artefact is read only by the code that it was trained for."""

FILE = TrainedFile(b"coach packet reader\n", FORMAT, "the artefact of the reader of rep packets", with_models=False)


@dataclass(frozen=True, slots=True)
class Artefact:
    """What training leaves behind."""

    known_words: frozenset[str]
    """Words that packets write in lower case: a capital on them is no name."""
    cues: Mapping[str, Mapping[str, list[str]]]
    """`signs`, `competencies` and `fields`, each by category."""
    tables: Mapping[str, Table]
    """The classifiers, by what they decide."""
    lifts: Mapping[str, Mapping[str, float]]
    """By gap and signal, how much oftener the signal is found in packets with the gap than in all."""
    temperature: float
    """By which the scores of the gaps are divided, so that their probabilities come true."""
    threshold: float
    """Probability below which the reader abstains."""
    packets: int
    """How many labelled packets it was trained on."""
    sha256: str


def pack(content: Mapping[str, Any]) -> bytes:
    """Write an artefact; the same training gives the same bytes."""
    return FILE.pack(content)


def unpack(raw: bytes) -> Artefact:
    """Read an artefact.

    Raises:
        ArtefactError: it is damaged, or made for another version.
    """
    header, _, sha256 = FILE.unpack(raw)
    return Artefact(
        known_words=frozenset(header["known_words"]),
        cues=header["cues"],
        tables={name: table(one) for name, one in header["tables"].items()},
        lifts=header["lifts"],
        temperature=header["temperature"],
        threshold=header["threshold"],
        packets=header["packets"],
        sha256=sha256,
    )


def load(path: Path = ARTEFACT) -> Artefact:
    """Read the artefact of a file; it is kept, for another Coach of this process reads by the same.

    Raises:
        ArtefactError: it is missing, damaged, or made for another version.
    """
    return FILE.load(path, unpack)
