"""Finds the rubric's words and phrases in a statement. Pure; linear in the length of the quote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_PATTERN = re.compile(r"[^\W_]+\*?")
_Phrase = tuple[tuple[str, ...], str]
"""The words of a phrase after its first, and its category."""


class Matcher:
    """The phrases of all categories, by their first word or its beginning: one pass over a quote finds them all."""

    def __init__(self, categories: Mapping[str, Sequence[str]]) -> None:
        self._by_word: dict[str, list[_Phrase]] = {}
        self._by_beginning: dict[str, list[_Phrase]] = {}
        for category, phrases in categories.items():
            for phrase in phrases:
                self._add(_PATTERN.findall(phrase), category)
        self._longest = max(map(len, self._by_beginning), default=0)
        self._beginning_with = lru_cache(maxsize=8192)(self._look_up)

    def _add(self, words: Sequence[str], category: str) -> None:
        if not words:
            return
        first, rest = words[0], tuple(words[1:])
        index = self._by_beginning if first.endswith("*") else self._by_word
        index.setdefault(first.rstrip("*"), []).append((rest, category))

    def find(self, quote: str) -> frozenset[str]:
        """Names of the categories that occur in a quote; case and kinds of apostrophe make no difference."""
        words = _WORD.findall(quote.lower())
        return frozenset(
            category
            for at, word in enumerate(words)
            for rest, category in self._beginning_with(word)
            if not rest or _stands_at(rest, words, at + 1)
        )

    def _look_up(self, word: str) -> tuple[_Phrase, ...]:
        """The phrases that a word may be the first of."""
        beginnings = [word[:length] for length in range(1, min(len(word), self._longest) + 1)]
        begun = [phrase for beginning in beginnings for phrase in self._by_beginning.get(beginning, ())]
        return (*self._by_word.get(word, ()), *begun)


def matcher(categories: Mapping[str, Sequence[str]]) -> Matcher:
    """The matcher of a rubric's cues; made once for each set of cues."""
    return _matcher(tuple((name, tuple(phrases)) for name, phrases in categories.items()))


@lru_cache(maxsize=8)
def _matcher(categories: tuple[tuple[str, tuple[str, ...]], ...]) -> Matcher:
    return Matcher(dict(categories))


def _stands_at(phrase: Sequence[str], words: Sequence[str], at: int) -> bool:
    if at + len(phrase) > len(words):
        return False
    return all(_fits(part, words[at + offset]) for offset, part in enumerate(phrase))


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else part == word
