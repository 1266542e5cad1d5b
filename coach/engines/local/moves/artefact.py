"""The trained state of the reader of moves as one file: written by training, checked before it is believed.

Layout: a magic line, the SHA-256 of the rest, then a zlib-compressed JSON header and the sequence models behind it.
Nothing in it is code: no pickle.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

from coach.errors import ArtefactError

ARTEFACT = Path(__file__).with_name("move_reader.bin")
"""The artefact that ships with Coach."""

FORMAT = 1
"""Raised whenever features or layout change: an artefact is read only by the code that it was trained for."""

_MAGIC = b"coach move reader\n"
_DIGEST = 32
_LENGTH = 8


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
        "format": FORMAT,
        "known_words": sorted(known_words),
        "vocabulary": sorted(vocabulary),
        "conversations": conversations,
        "models": [len(model) for model in models],
    }
    head = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    body = zlib.compress(len(head).to_bytes(_LENGTH, "big") + head + b"".join(models), 9)
    return _MAGIC + hashlib.sha256(body).digest() + body


def unpack(raw: bytes) -> Artefact:
    """Read an artefact.

    Raises:
        ArtefactError: it is damaged, or made for another version.
    """
    start = len(_MAGIC) + _DIGEST
    body = raw[start:]
    digest = hashlib.sha256(body).digest()
    if not raw.startswith(_MAGIC) or raw[len(_MAGIC) : start] != digest:
        raise ArtefactError(
            "the artefact of the reader of moves is damaged; install Coach again, or run `coach engine train`"
        )
    content = zlib.decompress(body)
    at = _LENGTH + int.from_bytes(content[:_LENGTH], "big")
    header = json.loads(content[_LENGTH:at])
    if header["format"] != FORMAT:
        raise ArtefactError(
            f"the artefact of the reader of moves has format {header['format']}, and this version reads {FORMAT}; "
            "run `coach engine train`"
        )
    models = []
    for length in header["models"]:
        models.append(content[at : at + length])
        at += length
    return Artefact(
        known_words=frozenset(header["known_words"]),
        vocabulary=frozenset(header["vocabulary"]),
        models=tuple(models),
        conversations=header["conversations"],
        sha256=digest.hex(),
    )


def load(path: Path = ARTEFACT) -> Artefact:
    """Read the artefact of a file.

    Raises:
        ArtefactError: it is missing, damaged, or made for another version.
    """
    try:
        raw = path.read_bytes()
    except OSError:
        raise ArtefactError(
            f"the artefact of the reader of moves, {path.name}, is missing; install Coach again, or run "
            "`coach engine train`"
        ) from None
    return unpack(raw)
