"""The engine's trained state as one file: written by training, checked before it is believed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.engines.local.trained_file import TrainedFile

ARTEFACT = Path(__file__).with_name("deal_reader.bin")
"""The artefact that ships with Coach."""

FORMAT = 1
"""Raised whenever features or layout change: an artefact is read only by the code that it was trained for."""

FILE = TrainedFile(b"coach deal reader\n", FORMAT, "the embedded engine's artefact")


@dataclass(frozen=True, slots=True)
class Artefact:
    """What training leaves behind."""

    known_words: frozenset[str]
    """Words that notes write in lower case: a capital on them is no name."""
    models: tuple[bytes, ...]
    """Sequence models, in crfsuite's own format."""
    attributes: dict[str, Any]
    """Weights of `verifiable`, `direction` and `informs`."""
    notes: int
    """How many labelled notes it was trained on."""
    sha256: str


def pack(known_words: frozenset[str], models: tuple[bytes, ...], attributes: dict[str, Any], notes: int) -> bytes:
    """Write an artefact; the same training gives the same bytes."""
    return FILE.pack({"known_words": sorted(known_words), "attributes": attributes, "notes": notes}, models)


def unpack(raw: bytes) -> Artefact:
    """Read an artefact.

    Raises:
        ArtefactError: it is damaged, or made for another version.
    """
    header, models, sha256 = FILE.unpack(raw)
    return Artefact(
        known_words=frozenset(header["known_words"]),
        models=models,
        attributes=header["attributes"],
        notes=header["notes"],
        sha256=sha256,
    )


def load(path: Path = ARTEFACT) -> Artefact:
    """Read the artefact of a file; it is kept, for another Coach of this process reads by the same.

    Raises:
        ArtefactError: it is missing, damaged, or made for another version.
    """
    return FILE.load(path, unpack)
