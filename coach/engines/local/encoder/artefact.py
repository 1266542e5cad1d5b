"""The encoder's trained state as one file: network, vocabulary, and what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.engines.local.encoder.scale import Scale
from coach.engines.local.trained_file import TrainedFile

ARTEFACT = Path(__file__).with_name("encoder.bin")
"""The artefact that ships with Coach."""

FORMAT = 1
"""Raised whenever heads, windows or layout change: an artefact is read only by the code that it was trained for."""

FILE = TrainedFile(b"coach encoder\n", FORMAT, "the encoder's artefact", compressed=False)


@dataclass(frozen=True, slots=True)
class Artefact:
    """What training leaves behind."""

    network: bytes
    """In ONNX, its weights whole numbers of eight bits."""
    vocabulary: str
    """The tokenizer, in the JSON of the library `tokenizers`."""
    texts: dict[str, int]
    """How many labelled texts it was trained on, by task."""
    scales: dict[str, Scale]
    """By task, what makes a probability as sure as it is right."""
    sha256: str


def pack(network: bytes, vocabulary: str, texts: Mapping[str, int], scales: Mapping[str, Scale]) -> bytes:
    """Write an artefact."""
    header = {"texts": texts, "scales": {task: list(scale) for task, scale in scales.items()}}
    return FILE.pack(header, (network, vocabulary.encode()))


def unpack(raw: bytes) -> Artefact:
    """Read an artefact.

    Raises:
        ArtefactError: it is damaged, or made for another version.
    """
    header, (network, vocabulary), sha256 = FILE.unpack(raw)
    scales = {task: Scale(*scale) for task, scale in header["scales"].items()}
    return Artefact(network, vocabulary.decode(), header["texts"], scales, sha256)


def load(path: Path = ARTEFACT) -> Artefact:
    """Read the artefact of a file.

    Raises:
        ArtefactError: it is missing, damaged, or made for another version.
    """
    return unpack(FILE.read(path))
