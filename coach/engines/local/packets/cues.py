"""Finds the cues of `cues.yaml` in neutral words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

CUES = Path(__file__).with_name("cues.yaml")
"""The cues, for people to read and to edit; training puts them into the artefact, where a reader finds them."""

_GAP = r"(?:\S+ ){0,4}?"
_KEY = 3
"""Letters by which words that may go on are looked up."""


class Cues:
    """Categories of cues, each a run of words."""

    def __init__(self, categories: Mapping[str, Iterable[str]]) -> None:
        """Prepare the search.

        Args:
            categories: Cues by category, in the notation that the head of `cues.yaml` explains.
        """
        self._patterns = {
            category: re.compile("|".join(_pattern(cue) for cue in cues)) for category, cues in categories.items()
        }

    def count(self, words: Sequence[str]) -> dict[str, int]:
        """How many cues of each category the words hold; categories without one are left out."""
        text = f" {' '.join(words)} "
        counts = {category: sum(1 for _ in pattern.finditer(text)) for category, pattern in self._patterns.items()}
        return {category: count for category, count in counts.items() if count}


class Fields:
    """Categories of single words."""

    def __init__(self, categories: Mapping[str, Iterable[str]]) -> None:
        """Prepare the search.

        Args:
            categories: Words by category; `*` ends a word that may go on.
        """
        self._whole: dict[str, list[str]] = {}
        self._begun: dict[str, list[tuple[str, str]]] = {}
        for category, words in categories.items():
            for word in words:
                if word.endswith("*"):
                    self._begun.setdefault(word[:_KEY], []).append((word[:-1], category))
                else:
                    self._whole.setdefault(word, []).append(category)

    def count(self, words: Iterable[str]) -> dict[str, int]:
        """How many of the words belong to each category; categories without one are left out."""
        counts: dict[str, int] = {}
        for word in words:
            begun = (category for start, category in self._begun.get(word[:_KEY], ()) if word.startswith(start))
            for category in dict.fromkeys((*self._whole.get(word, ()), *begun)):
                counts[category] = counts.get(category, 0) + 1
        return counts


def read_cues(path: Path = CUES) -> dict[str, dict[str, list[str]]]:
    """Read a file of cues: `signs`, `competencies` and `fields`, each by category."""
    from coach.rubrics.strict_yaml import parse  # noqa: PLC0415  only training reads YAML

    content: Any = parse(path.read_bytes())
    return {
        "signs": {category: [str(cue) for cue in cues] for category, cues in content["signs"].items()},
        "competencies": {category: [str(cue) for cue in cues] for category, cues in content["competencies"].items()},
        "fields": {category: words.split() for category, words in content["fields"].items()},
    }


def cue_words(cues: Mapping[str, Mapping[str, Iterable[str]]]) -> frozenset[str]:
    """Every whole word that a cue holds."""
    every = (
        word for part in cues.values() for each in part.values() for cue in each for word in re.split(r"[ |]", cue)
    )
    return frozenset(word for word in every if word.isalpha() and word.islower())


def _pattern(cue: str) -> str:
    """The cue as a pattern over words that are parted, begun and ended by a blank."""
    parts = [
        _GAP if word == ".." else f"(?:{'|'.join(_word(one) for one in word.split('|'))}) " for word in cue.split()
    ]
    return f"(?<= ){''.join(parts).removesuffix(' ')}(?= )"


def _word(word: str) -> str:
    return re.escape(word[:-1]) + r"\S*" if word.endswith("*") else re.escape(word)
