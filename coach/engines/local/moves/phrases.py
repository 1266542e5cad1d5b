"""Finds the phrases by which a move is known; `phrases.txt` has them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_PART = re.compile(r"<([A-Z]+)>")
_BOUND = 800
"""How much of a sentence is looked at, in characters: a transcript without marks is one long sentence."""


def find_phrases(words: Sequence[str]) -> list[str]:
    """Names of the phrases found in a sentence of normalised words, in a fixed order."""
    joined = " ".join(words)[:_BOUND]
    return [name for name, pattern in _patterns().items() if pattern.search(joined)]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    texts: dict[str, str] = {}
    name = ""
    for line in files(__package__).joinpath("phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            texts[name] += _PART.sub(lambda part: texts[part[1]], line.strip())
        elif line and not line.startswith("#"):
            name = line
            texts[name] = ""
    return {name: re.compile(text) for name, text in texts.items() if name.islower()}
