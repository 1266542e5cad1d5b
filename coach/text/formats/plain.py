"""Plain text from bytes: UTF-8, UTF-16 with its mark, else Windows-1252 where it makes sense.

Rule: never a wrong letter in silence: bytes that fit no one encoding are refused, with what to do about it.
"""

from __future__ import annotations

import codecs
import re

from coach.errors import InvalidInput, UnsupportedFormat

_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or an Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "an archive",
}
_SAVE_AS = "save it as plain text in UTF-8 and try again"
# Control characters that no text has; the others part lines and pages.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# More than this of a Western text is plain ASCII; a text in another alphabet, misread, is not.
MOST_ACCENTED = 0.25


def decode(raw: bytes) -> str:
    """The text of plain bytes, without a byte order mark.

    Raises:
        UnsupportedFormat: the bytes are a file of another kind.
        InvalidInput: the bytes are binary, damaged, or of no one encoding.
    """
    for magic, kind in _MAGIC.items():
        if raw.startswith(magic):
            raise UnsupportedFormat(f"the text is {kind} and not text; {_SAVE_AS}")
    for mark, encoding in _MARKED:
        if raw.startswith(mark):
            return _checked(_strict(raw[len(mark) :], encoding))
    if b"\x00" in raw:
        raise InvalidInput(f"the text holds NUL characters, so it is binary, or UTF-16 without its mark; {_SAVE_AS}")
    try:
        return _checked(raw.decode("utf-8"))
    except UnicodeDecodeError as wrong:
        return _checked(_western(raw, wrong.start))


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise InvalidInput(f"the text is marked as {encoding} but is not, at byte {wrong.start}; {_SAVE_AS}") from None


def _western(raw: bytes, wrong_at: int) -> str:
    """Windows-1252, where nothing speaks against it."""
    if _UTF8_SEQUENCE.search(raw):
        raise InvalidInput(f"the text mixes UTF-8 with another encoding, at byte {wrong_at}; {_SAVE_AS}")
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        raise InvalidInput(f"the text is in no encoding that could be told, at byte {wrong_at}; {_SAVE_AS}") from None
    letters = sum(map(str.isalpha, text))
    accented = sum(letter.isalpha() and not letter.isascii() for letter in text)
    if accented > MOST_ACCENTED * letters:
        raise InvalidInput(f"the text is in no encoding that could be told, at byte {wrong_at}; {_SAVE_AS}")
    return text


def _checked(text: str) -> str:
    """A text without control characters."""
    control = _CONTROL.search(text)
    if control:
        what = "NUL characters" if control[0] == "\x00" else "control characters"
        raise InvalidInput(f"the text holds {what}, first at character {control.start()}, so it is binary; {_SAVE_AS}")
    return text
