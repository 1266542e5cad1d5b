"""What a user names on the command line, read with bounds and clear errors."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from coach.errors import InvalidInput
from coach.text.documents import MAX_BYTES, Document, read_document


def read_note(source: str) -> Document:
    """Read a note from a file, or from standard input where the source is `-`.

    Raises:
        InvalidInput: it cannot be read, is empty, binary or of a kind that Coach does not read.
        TooLarge: it is longer than a note may be.
    """
    return read_document(*read_bytes(source))


def read_bytes(source: str) -> tuple[bytes, str]:
    """The bytes of a file, or of standard input where the source is `-`, and its name.

    Raises:
        InvalidInput: it cannot be read.
    """
    if source == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1), "standard input"
    path = Path(source)
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1), path.name
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "not a file name"
        raise InvalidInput(f"cannot read {source!r}: {reason}") from None
