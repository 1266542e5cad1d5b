"""The form of a text in which cues are looked for: small letters, no accents, plain shapes, and just as long.

Rule: as many characters as the text, so that an offset here is an offset there; a word that was pulled apart with
symbols is pushed together and the room it leaves is blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_MARKED = re.compile("[^\\W\\d_]{1,30}(?:[\u0300-\u036f]+[^\\W\\d_]*)+")
_MARKS = re.compile("[\u0300-\u036f]")
_LETTER = "[a-z\u03b1-\u03c9\u0430-\u045f]"
# One letter, a symbol, one letter, a symbol, at least eight letters long.
SPELLED_OUT = re.compile(rf"(?<!\w)(?:{_LETTER}[^\w\n]{{1,6}}){{7,}}{_LETTER}(?!\w)")
_SEPARATOR = re.compile(r"\W+")


class _Folds(dict[int, int]):
    """A table for `str.translate` that fills itself."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        plain = unicodedata.normalize("NFKC", character).casefold()
        if len(plain) == 1 and (plain < "\u0530" or "\u1e00" <= plain < "\u2000"):
            plain = unicodedata.normalize("NFD", plain)[0]
        self[code] = ord(plain) if len(plain) == 1 else code
        return self[code]


_FOLDS = _Folds({ord(of): ord(to) for of, to in zip("’‘ıłøđİ", "''ilodi", strict=True)})


def folded(text: str) -> str:
    """The folded form of a text."""
    form = text.lower() if text.isascii() else text.translate(_FOLDS)
    if _MARKS.search(form):
        form = _MARKED.sub(_unmarked, form)
    return SPELLED_OUT.sub(_joined, form)


def _unmarked(word: re.Match[str]) -> str:
    return _MARKS.sub("", word[0]).ljust(len(word[0]))


def _joined(run: re.Match[str]) -> str:
    """A spelled-out run as words: its commonest separator joins, the others part."""
    separators = _SEPARATOR.findall(run[0])
    joint = Counter(separators).most_common(1)[0][0]
    return run[0].replace(joint, "").ljust(len(run[0]))
