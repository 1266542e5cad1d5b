"""Tells apart the names in a note: the customer's people, ours, the customer's company, who speaks in a chat. Pure.

A model that learned the names of its training notes would know nobody in the next one; so a name is read as its class.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from coach.engines.local.layout import Line
from coach.engines.local.lexicon import Lexicon
from coach.text.wordlist import word_set

OURS, THEIRS, COMPANY, SPEAKER, NAME = "@ours", "@theirs", "@company", "@speaker", "@name"
_TITLES = word_set("mr mrs ms miss dr prof sr sra sir mme herr frau capt rev don doña madame signor")
_OUR_MARKS = word_set("us me our ours my")
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}[A-Z]?\.?$|[A-Z]{2}$")
_ROLES = frozenset({"their_role", "our_role"})


class Names:
    """The names of one note, each with its class."""

    def __init__(self, known: Collection[str], lexicon: Lexicon) -> None:
        self._known = known
        self._lexicon = lexicon
        self._classes: dict[str, str] = {}

    def add_company(self, deal_name: str | None) -> None:
        """Learn the words of the customer's name from the deal's, which begins with it."""
        for word in re.split(r"[\s\-–—/,&+]+", deal_name or "")[:4]:
            if word[:1].isupper() and word.lower() not in self._known:
                self._classes[word.lower()] = COMPANY

    def add_speakers(self, lines: Sequence[Line]) -> None:
        """Learn who speaks, and on which side a remark in brackets puts them."""
        for line in lines:
            if line.speaker is None or line.speaker.lower() in self._known:
                continue
            name = line.speaker.lower()
            if _OUR_MARKS & set(line.role):
                self._classes[name] = OURS
            elif line.role:
                self._classes[name] = THEIRS
            else:
                self._classes.setdefault(name, SPEAKER)

    def add_introductions(self, words: Sequence[str]) -> None:
        """Learn whose a name is from the words around it: `Dana (CFO)`, `Dana, head of IT`, `our engineer Tom`."""
        for i, word in enumerate(words):
            if not self.looks_like_name(word) or self._classes.get(word.lower()) in {COMPANY, OURS}:
                continue
            name = word.lower()
            before = words[i - 1].lower() if i else ""
            after = [one.lower() for one in words[i + 1 : i + 5]]
            if before in _OUR_MARKS or (after[:1] == ["("] and _OUR_MARKS & set(after[1:2])):
                self._classes[name] = OURS
            elif (before in _TITLES or self._has_role(after)) and self._classes.get(name) != SPEAKER:
                self._classes[name] = THEIRS

    def _has_role(self, after: Sequence[str]) -> bool:
        if not after or after[0] not in {"(", ",", "from", "in", "at", "-", "–"}:
            return False
        return not _ROLES.isdisjoint(self._lexicon.find(after[1:]))

    def looks_like_name(self, word: str) -> bool:
        """Whether a word has the shape of a name and is no common word."""
        if not word[0].isupper():
            return False
        if word.lower().replace("’", "'").split("'")[0] in self._known:
            return False
        return not (word.isupper() and len(word) > 2)

    def read(self, word: str) -> str:
        """The word in lower case with digits levelled, or its class if it is a name."""
        lower = word.lower().replace("’", "'")
        if self.looks_like_name(word):
            stem = lower.removesuffix("'s")
            found = self._classes.get(stem, NAME)
            return found + "'s" if stem != lower else found
        if self._classes.get(lower) == COMPANY and word[0].isupper():
            return COMPANY
        return _level(lower)


def _level(word: str) -> str:
    return re.sub(r"\d", "0", word) if any(char.isdigit() for char in word) else word
