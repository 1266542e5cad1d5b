"""Letters of other scripts that a reader takes for Latin ones.

Rule: one letter for one letter. A word is folded where scripts mix in it, or where all its letters are look-alikes and
the words beside it are Latin; a word of another script stays as it is.
"""

# ruff: noqa: RUF001, RUF003 - letters and marks of other scripts are what this is about

from __future__ import annotations

import re
import unicodedata
from functools import cache

# From Unicode's confusables (UTS 39), those that pass for a letter in running text: Cyrillic, Greek, Armenian,
# Cherokee, small capitals.
_PAIRS = (
    ("аеорсухіјѕһԁԛԝӏѵгѡ", "aeopcyxijshdqwlvrw"),
    ("АВЕКМНОРСТУХІЈЅԚԜҮ", "ABEKMHOPCTYXIJSQWY"),
    ("αεικνορυχηγω", "aeikvopuxnyw"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    ("օոսհցԼՏՕ", "onuhgLSO"),
    ("ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ", "ABCDEGHiJKLMPRSTVWZ"),
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡ", "abcdefghijklmnoprstuvwyzag"),
)
LATIN_OF = {other: latin for others, latins in _PAIRS for other, latin in zip(others, latins, strict=True)}
# Full-width, mathematical, circled and letter-like forms, which decompose.
_STYLED = "\uff21-\uff3a\uff41-\uff5a\uff10-\uff19\U0001d400-\U0001d7ff\u24b6-\u24e9\u2100-\u214f\U0001f130-\U0001f149"
_LETTERS = "".join(LATIN_OF)
MAY_BE_LOOKALIKE = re.compile(f"[{_LETTERS}{_STYLED}]")
_WORD = re.compile(rf"(?:[^\W\d_]|[{_STYLED}])+")
_NEIGHBOURS_CHARS = 24


@cache
def latin_of(character: str) -> str:
    """The Latin letter or digit that a character passes for; itself where there is none."""
    if character in LATIN_OF:
        return LATIN_OF[character]
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain.isascii() and plain.isalnum() else character


def lookalikes_in(text: str) -> dict[int, str]:
    """The look-alikes of a text: for each one's place, the Latin letter it stands for."""
    if text.isascii() or not MAY_BE_LOOKALIKE.search(text):
        return {}
    found: dict[int, str] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii():
            continue
        folded = [latin_of(letter) for letter in word]
        if any(map(str.__ne__, folded, word)) and _is_disguised(text, match, folded):
            found |= {match.start() + i: to for i, (of, to) in enumerate(zip(word, folded, strict=True)) if of != to}
    return found


def _is_disguised(text: str, match: re.Match[str], folded: list[str]) -> bool:
    word = match[0]
    if not all(map(_is_latin, folded)):
        return False
    others = [letter for letter in word if letter in LATIN_OF]
    if len(others) < len(word) and others:
        # A symbol before a short name of a thing is science, not disguise: αTNF, ηp.
        return not (len(others) == 1 and word[0] in others and "α" <= word[0] <= "ω" and len(word) < 5)
    if len(word) == 1 and others and not "а" <= word.casefold() <= "ӏ":
        return False
    around = text[max(0, match.start() - _NEIGHBOURS_CHARS) : match.start()], text[match.end() :][:_NEIGHBOURS_CHARS]
    letters = [letter for side in around for letter in side if letter.isalpha()]
    return any(map(str.isascii, letters)) and all(_is_latin(latin_of(letter)) for letter in letters)


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00"
