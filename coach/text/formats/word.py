"""The text of a Word document: paragraphs and tables in the order they stand.

Rule: nothing is inflated before its size is known to be bounded, no entity is expanded and no link followed; deleted
text of tracked changes and text drawn in pictures is no text of the note.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from coach.errors import InvalidInput, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.oxml.xmlchemy import BaseOxmlElement

MAX_INFLATED_BYTES = 30_000_000
MAX_MEMBERS = 3_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# What stands in these is not in the text as it reads.
_HIDDEN = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}instrText"})
_DAMAGED = "the .docx file cannot be read; open it in Word and save it again, or as .txt"


def read_word(raw: bytes) -> str:
    """The text of a .docx file.

    Raises:
        InvalidInput: it is no Word document, or a damaged one.
        TooLarge: it would inflate past the bound.
    """
    _check_size(raw)
    import docx  # noqa: PLC0415  python-docx takes 0.2 s to load, and most notes are plain text

    try:
        body = docx.Document(BytesIO(raw)).element.body
        return "\n".join(_blocks(body))
    except Exception:  # noqa: BLE001  whatever a hostile file makes zipfile, lxml or python-docx raise, the answer is the same.
        raise InvalidInput(_DAMAGED) from None


def _check_size(raw: bytes) -> None:
    """Refuse what is no zip, hides its content, or inflates past the bound."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            members = archive.infolist()
            content = {member.filename: member for member in members}.get("word/document.xml")
            if content is None or any(member.flag_bits & 1 for member in members):
                raise InvalidInput(_DAMAGED)
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_INFLATED_BYTES:
                raise TooLarge(
                    f"the .docx file inflates to more than {MAX_INFLATED_BYTES // 1_000_000} MB; send its text alone"
                )
            with archive.open(content) as part:
                if b"<!DOCTYPE" in part.read(4096):
                    raise InvalidInput(_DAMAGED)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise InvalidInput(_DAMAGED) from None


def _blocks(container: BaseOxmlElement) -> Iterator[str]:
    """The paragraphs of a container and the rows of its tables, a line each."""
    for child in container:
        if child.tag == f"{_W}p":
            yield _paragraph(child)
        elif child.tag == f"{_W}tr":
            cells = [" ".join(" ".join(_blocks(cell)).split()) for cell in child.iterchildren(f"{_W}tc")]
            yield " | ".join(cell for cell in cells if cell)
        elif child.tag not in _HIDDEN and isinstance(child.tag, str):
            yield from _blocks(child)


def _paragraph(paragraph: BaseOxmlElement) -> str:
    """The text of a paragraph."""
    out: list[str] = []
    pending = [paragraph]
    while pending:
        node = pending.pop()
        if node.tag == f"{_W}t":
            out.append(node.text or "")
        elif node.tag in _BREAKS:
            out.append(_BREAKS[node.tag])
        elif node.tag not in _HIDDEN:
            pending.extend(reversed(node))
    return "".join(out)
