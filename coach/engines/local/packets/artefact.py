"""The trained state of the reader of rep packets as one file: written by training, checked before it is believed.

Layout: a magic line, the SHA-256 of the rest, then zlib-compressed JSON. Nothing in it is code: no pickle.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.engines.local.packets.linear import Table, table
from coach.errors import ArtefactError

ARTEFACT = Path(__file__).with_name("packet_reader.bin")
"""The artefact that ships with Coach."""

FORMAT = 1
"""Raised whenever features or layout change: an artefact is read only by the code that it was trained for."""

_MAGIC = b"coach packet reader\n"
_DIGEST = 32


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
    header = {"format": FORMAT, **content}
    body = zlib.compress(json.dumps(header, sort_keys=True, separators=(",", ":")).encode(), 9)
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
            "the artefact of the reader of rep packets is damaged; install Coach again, or run `coach engine train`"
        )
    content = json.loads(zlib.decompress(body))
    if content["format"] != FORMAT:
        raise ArtefactError(
            f"the artefact of the reader of rep packets has format {content['format']}, and this version reads "
            f"{FORMAT}; run `coach engine train`"
        )
    return Artefact(
        known_words=frozenset(content["known_words"]),
        cues=content["cues"],
        tables={name: table(one) for name, one in content["tables"].items()},
        lifts=content["lifts"],
        temperature=content["temperature"],
        threshold=content["threshold"],
        packets=content["packets"],
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
            f"the artefact of the reader of rep packets, {path.name}, is missing; install Coach again, or run "
            "`coach engine train`"
        ) from None
    return unpack(raw)
