"""Finds the rubric's words and phrases in a clause. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

_PART = re.compile(r"\w+(?:['’\-]\w+)*\*?|[^\w\s]")
_KEY = 2
"""Letters by which phrases are looked up: enough to leave a handful for each word."""


class Lexicon:
    """Categories of words and phrases; a star at the end of a word stands for any ending."""

    def __init__(self, categories: Mapping[str, Iterable[str]]) -> None:
        self._single: dict[str, tuple[str, ...]] = {}
        self._longer: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        single: dict[str, list[str]] = {}
        for category, phrases in categories.items():
            for phrase in phrases:
                parts = tuple(_PART.findall(phrase.lower()))
                if len(parts) == 1 and not parts[0].endswith("*"):
                    single.setdefault(parts[0], []).append(category)
                elif parts:
                    self._longer.setdefault(parts[0].rstrip("*")[:_KEY], []).append((parts, category))
        self._single = {word: tuple(found) for word, found in single.items()}

    def find(self, words: Sequence[str]) -> list[str]:
        """Categories of the words and phrases found, in the order in which they begin."""
        found: list[str] = []
        for i, word in enumerate(words):
            found.extend(self._single.get(word, ()))
            for parts, category in self._longer.get(word[:_KEY], ()):
                if _stands_at(words, i, parts):
                    found.append(category)
        return found


def _stands_at(words: Sequence[str], start: int, parts: tuple[str, ...]) -> bool:
    if start + len(parts) > len(words):
        return False
    for part, word in zip(parts, words[start : start + len(parts)], strict=True):
        if part != word and not (part[-1] == "*" and word.startswith(part[:-1])):
            return False
    return True
