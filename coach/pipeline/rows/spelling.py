"""Names that are close to one another, and may be one name spelt two ways.

Rule: they are told, never merged; names that differ in a number are meant to differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from coach.domain.opportunity import folded

_CLOSE = 88
"""Of 100, by rapidfuzz: one letter of nine is another, or one of four more or less."""
_SHORTEST = 5
_MOST_NAMES = 2000
"""More names than these are not held against one another: it takes their square."""
_DIGITS = re.compile(r"\d+")


class Seen(NamedTuple):
    """A name, and where it stood first."""

    name: str
    row: int


class Names:
    """The names of a column, each as it stood first."""

    def __init__(self) -> None:
        self._seen: dict[str, Seen] = {}

    def add(self, name: str, row: int) -> None:
        """Take in a name; one that is the same in case and spaces is the same."""
        if len(self._seen) < _MOST_NAMES:
            key = folded(name)
            if key not in self._seen:
                self._seen[key] = Seen(name, row)

    def close(self) -> dict[int, list[tuple[Seen, Seen]]]:
        """Pairs of names that are close, by the row of the later one."""
        pairs: dict[int, list[tuple[Seen, Seen]]] = {}
        keys = list(self._seen)
        plain = [_plain(key) for key in keys]
        for index in range(1, len(keys)):
            for other in _matches(plain[index], plain[:index]):
                later, earlier = self._seen[keys[index]], self._seen[keys[other]]
                pairs.setdefault(later.row, []).append((later, earlier))
        return pairs

    def close_to(self, known: Sequence[str]) -> dict[int, list[tuple[Seen, str]]]:
        """Names that are new, but close to a known one, by their row."""
        there = {folded(name) for name in known}
        plain = [_plain(folded(name)) for name in known]
        pairs: dict[int, list[tuple[Seen, str]]] = {}
        for key, seen in self._seen.items():
            if key not in there:
                for other in _matches(_plain(key), plain):
                    pairs.setdefault(seen.row, []).append((seen, known[other]))
        return pairs

    def new(self, known: Iterable[str]) -> tuple[str, ...]:
        """Names that are not known, in the order they came."""
        there = {folded(name) for name in known}
        return tuple(seen.name for key, seen in self._seen.items() if key not in there)


def _matches(name: str, others: Sequence[str]) -> list[int]:
    """As they stand, or with their words in order: `Smith, Jon` is close to `Jon Smith`."""
    if len(name) < _SHORTEST:
        return []
    close = [
        found
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio)
        for found in process.extract(name, others, scorer=scorer, score_cutoff=_CLOSE, limit=5)
    ]
    return sorted({index for other, _, index in close if _DIGITS.findall(other) == _DIGITS.findall(name)})


def _plain(key: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", key).split())
