"""A note without what nobody sees and with plain letters for look-alikes.

Rule: characters are dropped or replaced one for one, and each keeps the offset it came from. What is invisible and yet
has work to do stays: joiners inside emoji and in scripts that need them, the selector of an emoji, the tags of a flag.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.text.span import Span
from coach.text.untrusted.lookalikes import lookalikes_in

# Controls but for tabs and line ends, format characters, fillers, selectors of variants, tags.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SYMBOL = "[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]"
_FLAG = "\U0001f3f4[\U000e0061-\U000e007a]{2,6}\U000e007f"
# Arabic and its kin, the scripts of India, Tibet, Burma and Cambodia.
_JOINED = "[\u0600-\u07ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff]"
_INVISIBLES = re.compile(f"[{_INVISIBLE}]+")
_NEEDED = re.compile(
    f"{_FLAG}|(?<={_SYMBOL})[\ufe0e\ufe0f](?:\u200d(?={_SYMBOL}))?|(?<={_SYMBOL})\u200d(?={_SYMBOL})"
    f"|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<={_JOINED})[\u200c\u200d](?={_JOINED})"
)
# So many in a row carry a message of their own.
_HIDDEN_MESSAGE = re.compile(f"[{_INVISIBLE}]{{12,}}")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned note."""

    text: str
    origins: Sequence[int]
    """For each character, its offset in the note."""
    hidden: int
    lookalikes: int
    messages: tuple[Span, ...]
    """Spans of the note that hold a message in invisible characters alone."""


def cleaned(note: str) -> Cleaned:
    """Clean a note; one with nothing odd is given back as it is."""
    if note.isascii() and not _INVISIBLES.search(note):
        return Cleaned(note, range(len(note)), 0, 0, ())
    dropped = _dropped(note)
    if dropped:
        origins: Sequence[int] = [place for place in range(len(note)) if place not in dropped]
        text = "".join([note[place] for place in origins])
    else:
        origins, text = range(len(note)), note
    plain = lookalikes_in(text)
    if plain:
        letters = list(text)
        for place, letter in plain.items():
            letters[place] = letter
        text = "".join(letters)
    messages = tuple(Span(*found.span()) for found in _HIDDEN_MESSAGE.finditer(note)) if dropped else ()
    return Cleaned(text, origins, len(dropped), len(plain), messages)


def _dropped(note: str) -> set[int]:
    dropped = {place for run in _INVISIBLES.finditer(note) for place in range(*run.span())}
    if dropped:
        for needed in _NEEDED.finditer(note):
            dropped.difference_update(range(*needed.span()))
    return dropped
