"""The trained state of the reader of moves as one file: written by training, checked before it is believed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coach.engines.local.trained_file import TrainedFile

ARTEFACT = Path(__file__).with_name("move_reader.bin")
"""The artefact that ships with Coach."""

FORMAT = 1
"""Raised whenever features or layout change: an artefact is read only by the code that it was trained for."""

FILE = TrainedFile(b"coach move reader\n", FORMAT, "the artefact of the reader of moves")


@dataclass(frozen=True, slots=True)
class Artefact:
    """What training leaves behind."""

    known_words: frozenset[str]
    """Words that conversations write in lower case: a capital on them is no name."""
    vocabulary: frozenset[str]
    """Words that managers in more than one conversation say: only they are features by themselves."""
    models: tuple[bytes, ...]
    """Sequence models, in crfsuite's own format."""
    conversations: int
    """How many labelled conversations it was trained on."""
    sha256: str


def pack(
    known_words: frozenset[str], vocabulary: frozenset[str], models: tuple[bytes, ...], conversations: int
) -> bytes:
    """Write an artefact; the same training gives the same bytes."""
    header = {
        "known_words": sorted(known_words),
        "vocabulary": sorted(vocabulary),
        "conversations": conversations,
    }
    return FILE.pack(header, models)


def unpack(raw: bytes) -> Artefact:
    """Read an artefact.

    Raises:
        ArtefactError: it is damaged, or made for another version.
    """
    header, models, sha256 = FILE.unpack(raw)
    return Artefact(
        known_words=frozenset(header["known_words"]),
        vocabulary=frozenset(header["vocabulary"]),
        models=models,
        conversations=header["conversations"],
        sha256=sha256,
    )


def load(path: Path = ARTEFACT) -> Artefact:
    """Read the artefact of a file; it is kept, for another Coach of this process reads by the same.

    Raises:
        ArtefactError: it is missing, damaged, or made for another version.
    """
    return FILE.load(path, unpack)
