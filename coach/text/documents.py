"""Reads a note from the file it comes in: .txt, .md, .eml, .docx, .vtt, .srt, or standard input as text.

Rule: plain text is kept as it is, line ends included, for offsets are counted in it; of other formats the extracted
text is what offsets are counted in. What is empty, binary, damaged or too large is refused with what to do about it.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePath

from coach.domain.base import Frozen
from coach.errors import InvalidInput, TooLarge, UnsupportedFormat
from coach.text.formats.captions import read_captions
from coach.text.formats.mail import read_mail
from coach.text.formats.plain import decode
from coach.text.formats.word import read_word

MAX_BYTES = 2_000_000
# Ten times the longest transcript of an hour; beyond it something other than a note was sent.
MAX_CHARS = 200_000

FORMATS = ("txt", "md", "eml", "docx", "vtt", "srt")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = frozenset({"", "txt", "text", "md", "markdown", "log"})


class Document(Frozen):
    """A note as text, and what it was read from."""

    text: str
    format: str
    """One of `FORMATS`."""
    sha256: str
    """Of the bytes as they came."""
    attachments: int = 0
    """Files attached to a mail, which are not read."""


def read_document(raw: bytes, name: str) -> Document:
    """Read a note.

    Args:
        raw: The bytes of the file.
        name: Its name, for the ending; a name without an ending, as `-` for standard input, is plain text.

    Raises:
        TooLarge: more than `MAX_BYTES`, or more than `MAX_CHARS` of text.
        UnsupportedFormat: a kind of file that is not read.
        InvalidInput: empty, binary or damaged.
    """
    if len(raw) > MAX_BYTES:
        raise TooLarge(
            f"the text has {len(raw)} bytes, more than the {MAX_BYTES} that are read; cut it to the part to review"
        )
    ending = PurePath(name).suffix.lower().lstrip(".")
    attachments = 0
    if ending in _PLAIN:
        text, kind = decode(raw), "md" if ending in {"md", "markdown"} else "txt"
    elif ending == "eml":
        (text, attachments), kind = read_mail(raw), "eml"
    elif ending == "docx":
        text, kind = read_word(raw), "docx"
    elif ending in {"vtt", "srt"}:
        text, kind = read_captions(raw, ending), ending
    else:
        raise UnsupportedFormat(f"files that end in .{ending} are not read; send one of .{', .'.join(FORMATS)}")
    return Document(text=check_text(text), format=kind, sha256=sha256(raw).hexdigest(), attachments=attachments)


def check_text(text: str) -> str:
    """A text that has words, is whole Unicode, and is not too long; it is given back as it came.

    Raises:
        InvalidInput: empty, or with a NUL or half of a surrogate pair in it.
        TooLarge: more than `MAX_CHARS`.
    """
    if not text.strip() or text.isspace():
        raise InvalidInput("the text is empty")
    if "\x00" in text:
        raise InvalidInput(
            "the text holds NUL characters, so it is binary; save it as plain text in UTF-8 and try again"
        )
    if _SURROGATE.search(text):
        raise InvalidInput(
            "the text holds half of a surrogate pair, so it is not valid Unicode; save it as UTF-8 again"
        )
    if len(text) > MAX_CHARS:
        raise TooLarge(
            f"the text has {len(text)} characters, more than the {MAX_CHARS} that are read; "
            "cut it to the part to review"
        )
    return text
