"""What training leaves behind, as a file: written once, checked before it is believed.

Layout: a magic line, the SHA-256 of the rest, then, most often compressed, a JSON header and any models behind it.
Nothing in it is code: no pickle.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from coach.errors import ArtefactError

_DIGEST = 32
_LENGTH = 8
_T = TypeVar("_T")
_AGAIN = "install Coach again, or run `coach engine train`"


class Content(NamedTuple):
    """What a file holds."""

    header: dict[str, Any]
    models: tuple[bytes, ...]
    """In formats of their own."""
    sha256: str


class TrainedFile(NamedTuple):
    """One kind of file."""

    magic: bytes
    """Its first line."""
    format: int
    """Raised whenever features or layout change: a file is read only by the code that it was trained for."""
    called: str
    """What it is to people, such as "the artefact of the reader of moves"."""
    with_models: bool = True
    """Whether models stand behind the header."""
    compressed: bool = True
    """Whether it is compressed; not what compresses badly and must be read fast."""

    def pack(self, header: Mapping[str, Any], models: Sequence[bytes] = ()) -> bytes:
        """Write a file; the same training gives the same bytes."""
        lengths = {"models": [len(model) for model in models]} if self.with_models else {}
        head = json.dumps({"format": self.format, **header, **lengths}, sort_keys=True, separators=(",", ":")).encode()
        sized = len(head).to_bytes(_LENGTH, "big") + head + b"".join(models) if self.with_models else head
        body = zlib.compress(sized, 9) if self.compressed else sized
        return self.magic + hashlib.sha256(body).digest() + body

    def unpack(self, raw: bytes) -> Content:
        """Read a file's bytes.

        Raises:
            ArtefactError: it is damaged, or made for another version.
        """
        start = len(self.magic) + _DIGEST
        body = raw[start:]
        digest = hashlib.sha256(body).digest()
        if not raw.startswith(self.magic) or raw[len(self.magic) : start] != digest:
            raise ArtefactError(f"{self.called} is damaged; {_AGAIN}")
        content = zlib.decompress(body) if self.compressed else body
        at = _LENGTH + int.from_bytes(content[:_LENGTH], "big") if self.with_models else len(content)
        header = json.loads(content[_LENGTH if self.with_models else 0 : at])
        if header["format"] != self.format:
            raise ArtefactError(
                f"{self.called} has format {header['format']}, and this version reads {self.format}; "
                "run `coach engine train`"
            )
        models = []
        for length in header.get("models", ()):
            models.append(content[at : at + length])
            at += length
        return Content(header, tuple(models), digest.hex())

    def read(self, path: Path) -> bytes:
        """The bytes of a file.

        Raises:
            ArtefactError: it is missing.
        """
        try:
            return path.read_bytes()
        except OSError:
            raise ArtefactError(f"{self.called}, {path.name}, is missing; {_AGAIN}") from None

    def load(self, path: Path, unpack: Callable[[bytes], _T]) -> _T:
        """What a file holds; it is kept, for another Coach of this process reads by the same.

        Args:
            path: The file.
            unpack: What makes of its bytes what they hold.

        Raises:
            ArtefactError: it is missing, damaged, or made for another version.
        """
        return cast("_T", _loaded(self, path, unpack, _changed_ns(path)))


@lru_cache(maxsize=4)
def _loaded(file: TrainedFile, path: Path, unpack: Callable[[bytes], object], _changed_ns: int) -> object:
    return unpack(file.read(path))


def _changed_ns(path: Path) -> int:
    """When a file was last changed, in ns since 1970; 0 where it is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
