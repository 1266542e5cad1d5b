"""Finds the cues of `cues.yaml` in a folded text.

Rule: one pass over the words. A cue is looked up by the first letters of its first word; those of scripts that part no
words with spaces, wherever they stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from coach.text.untrusted.folding import folded

_KEY_CHARS = 3
_FIRST_WORD = re.compile(r"[\W_]")
# Scripts that part no words with spaces, or write small words as one with the next.
_RUNNING = "\u0590-\u10ff\u1780-\u17ff\u2e80-\ud7ff"
_WORD = re.compile(f"[^\\W_{_RUNNING}]+")
_ENDS = f"(?![^\\W_{_RUNNING}])"
_UNSPACED = re.compile(f"[{_RUNNING}]")


# The safe loader in C, where PyYAML was built with it: the words are read at start-up.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Cue(NamedTuple):
    """Words that have a meaning for the reader, and where they stand."""

    start: int
    end: int
    meaning: str


class _Entry(NamedTuple):
    first: str
    """The first word, or its stem."""
    is_stem: bool
    words: str
    parts: tuple[str, ...]
    """The words after the first, or their stems."""
    meaning: str


class _Lexicon(NamedTuple):
    by_key: dict[str, list[_Entry]]
    unspaced: dict[str, str]
    """By meaning, a pattern; compiled once a text needs it, as all the others are."""


def cues_in(form: str) -> list[Cue]:
    """All cues of a folded text, in order; one word may be several."""
    found: list[Cue] = []

    @cache
    def possible(word: str) -> list[_Entry]:
        # Patterns are made when first needed, and that takes longer than to look for their words.
        return [one for one in _beginning_with(word) if all(part in form for part in one.parts)]

    for word in _WORD.finditer(form):
        if entries := possible(word[0]):
            begun = [(_pattern(one.words).match(form, word.start()), one.meaning) for one in entries]
            found += [Cue(*match.span(), meaning) for match, meaning in begun if match]
    if not form.isascii() and _UNSPACED.search(form):
        for meaning, pattern in _lexicon().unspaced.items():
            found += [Cue(*match.span(), meaning) for match in re.finditer(pattern, form)]
        found.sort()
    return found


@lru_cache(maxsize=8192)
def _beginning_with(word: str) -> tuple[_Entry, ...]:
    """The entries that a word may be the first of."""
    entries = _lexicon().by_key.get(word[:_KEY_CHARS], ())
    return tuple(one for one in entries if word == one.first or (one.is_stem and word.startswith(one.first)))


@cache
def _lexicon() -> _Lexicon:
    by_key: dict[str, list[_Entry]] = defaultdict(list)
    unspaced: dict[str, list[str]] = defaultdict(list)
    data = yaml.load((files("coach.text.untrusted") / "cues.yaml").read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
    for meaning, languages in data.items():
        for entry in sorted({entry.strip() for entries in languages.values() for entry in folded(entries).split(",")}):
            if _UNSPACED.match(entry):
                unspaced[meaning].append(re.escape(entry))
            else:
                first = _FIRST_WORD.split(entry, maxsplit=1)[0]
                is_stem = entry[len(first) : len(first) + 1] == "*"
                by_key[first[:_KEY_CHARS]].append(_Entry(first, is_stem, entry, _parts(entry), meaning))
    return _Lexicon(dict(by_key), {meaning: "|".join(entries) for meaning, entries in unspaced.items()})


def _parts(entry: str) -> tuple[str, ...]:
    return tuple(word.rstrip("*") for word in entry.replace("...", " ").split()[1:])


@lru_cache(maxsize=8192)
def _pattern(entry: str) -> re.Pattern[str]:
    """`*` ends a stem, a space is any space or mark, `...` is up to three words."""
    words = [re.escape(word).replace(r"\*", r"\w*") for word in entry.replace("...", " ... ").split()]
    gap = r"(?:[\W_]{1,3}\w+){0,3}"
    pattern = words[0]
    for word in words[1:]:
        pattern += gap if word == re.escape("...") else rf"[\W_]{{1,3}}{word}"
    return re.compile(pattern + ("" if entry.endswith("*") else _ENDS))
