"""The text of a file, read from its start as often as it takes, never as a whole.

Rule: UTF-8, or UTF-16 where a mark says so; Windows-1252 only where it is not UTF-8, which is told.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from coach.errors import InvalidInput, UnsupportedFormat

_BLOCK = 1 << 20
_MAGIC = {
    b"PK\x03\x04": "an Excel workbook or another archive; save it as CSV (UTF-8)",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook; save it as CSV (UTF-8)",
    b"\x1f\x8b": "compressed; unpack it first",
    b"%PDF": "a PDF; export the rows as CSV",
}
CP1252 = "cp1252"


class TextFile:
    """A seekable binary file as text."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        """Find out how the text is encoded, which reads the file once.

        Args:
            file: Open, seekable, and left open.
            name: What to call it in messages.

        Raises:
            UnsupportedFormat: a workbook, an archive, or another file that is no text.
            InvalidInput: it is empty.
        """
        self.name = name
        self._file = file
        file.seek(0)
        start = file.read(4)
        if not start:
            raise InvalidInput(f"{name}: the file is empty")
        for magic, what in _MAGIC.items():
            if start.startswith(magic):
                raise UnsupportedFormat(f"{name} is {what}")
        self.encoding = self._encoding(start)

    @contextmanager
    def opened(self) -> Iterator[io.TextIOWrapper]:
        """The text from its start, its line ends as they are."""
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self.encoding, newline="")
        try:
            yield text
        finally:
            text.detach()

    def _encoding(self, start: bytes) -> str:
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            candidates = ["utf-16"]
        else:
            candidates = ["utf-8-sig", CP1252]
        for encoding in candidates:
            if self._decodes(encoding):
                return encoding
        raise UnsupportedFormat(f"{self.name} is not text in UTF-8, UTF-16 or Windows-1252; save it as CSV (UTF-8)")

    def _decodes(self, encoding: str) -> bool:
        decoder = codecs.getincrementaldecoder(encoding)()
        self._file.seek(0)
        try:
            while block := self._file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True
