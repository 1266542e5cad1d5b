"""Reads the lines of a note: bullets, headings, quoted mail, and who speaks in a chat. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.text.segment import tokens

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-*•·–—>▪●]|\d{1,2}[.)]\s)")
_SPEAKER = re.compile(
    r"[\s>\-*•]{0,8}(?:[\[(]?\d{1,2}[:.]\d\d[\])]?\s{0,2})?([A-Z][\w.'’\-]{0,24}(?: [A-Z][\w.'’\-]{0,24}){0,2})\s{0,2}"
    r"(\([^()\n]{1,40}\))?\s{0,2}(?:\d{1,2}:\d\d)?\s{0,2}:(?=\s|$)"
)
_HEADING_WORDS = 6
_HEADING_LETTERS = 44


@dataclass(frozen=True, slots=True)
class Line:
    """One line that has words, and what its place in the note tells."""

    start: int
    end: int
    first_words: tuple[str, ...]
    is_bullet: bool
    is_quoted: bool
    is_heading: bool
    heading: tuple[str, ...]
    """Words of the heading that it stands under."""
    speaker: str | None
    role: tuple[str, ...]
    """What stands in brackets after the speaker's name."""


def lines(note: str) -> list[Line]:
    """The lines of a note, in order."""
    found: list[Line] = []
    heading: tuple[str, ...] = ()
    for match in _LINE.finditer(note):
        text = match.group()
        # A line longer than this is a paragraph: only its beginning says what it is.
        words = _words(text[:200])
        if not words:
            continue
        is_bullet = _BULLET.match(text) is not None
        is_heading = _is_heading(text, len(words), is_bullet=is_bullet)
        if is_heading:
            heading = words[:5]
        spoken = _SPEAKER.match(text)
        found.append(
            Line(
                start=match.start(),
                end=match.end(),
                first_words=words[:3],
                is_bullet=is_bullet,
                is_quoted=text.lstrip().startswith(">"),
                is_heading=is_heading,
                heading=() if is_heading else heading,
                speaker=spoken.group(1).split()[0] if spoken else None,
                role=_words(spoken.group(2)) if spoken and spoken.group(2) else (),
            )
        )
    return found


def _is_heading(text: str, words: int, *, is_bullet: bool) -> bool:
    text = text.strip()
    if words > _HEADING_WORDS or len(text) > _HEADING_LETTERS:
        return False
    return text.endswith(":") or not (is_bullet or text.endswith((".", "!", "?", ",", ";")))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for one in tokens(text) if (word := text[one.start : one.end])[0].isalnum())
