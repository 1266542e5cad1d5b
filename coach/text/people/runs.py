"""Neighbouring words that may together be a name.

Rule: a run is cut at roles, weekdays and ordinary words at its head, and one that holds the word of a company is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from coach.text.dates.words import MONTH, TEMPORAL, WEEKDAY
from coach.text.people.vocabulary import (
    CLOSINGS,
    DEPARTMENTS,
    GREETINGS,
    HEADINGS,
    HONORIFIC_ENDINGS,
    HONORIFICS,
    LIST_HEADS,
    ORGANISATIONS,
    PARTICLES,
    ROLES,
    SPEECH_VERBS,
    common_words,
)
from coach.text.people.words import Word, heads_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORDS_AT_MOST = 5
_CALENDAR = re.compile(rf"(?:{MONTH}|{WEEKDAY}s?)\Z", re.IGNORECASE)
_GIVEN_NAMES = frozenset({"jun", "jan", "may", "june", "april", "august"})
_DATED = re.compile(rf"(?:[0-9](?:st|nd|rd|th)?|\b(?:{TEMPORAL}))\s\Z", re.IGNORECASE)
_TITLES_APART = frozenset({"mon", "count", "m", "prince"})
_CONTRACTION = re.compile(r"['’](?:t|ll|re|ve|d|m)\Z", re.IGNORECASE)
_TITLES = HONORIFICS - _TITLES_APART
_NO_NAMES = frozenset({"i"}) | LIST_HEADS | HEADINGS | GREETINGS | CLOSINGS
SINGLE_LETTER = re.compile(r"[^\W\d_]\Z")


_PLACES = ROLES | DEPARTMENTS


@cache
def _plain() -> frozenset[str]:
    return common_words() | ROLES


@cache
def _ordinary() -> frozenset[str]:
    return common_words() | ROLES | DEPARTMENTS | ORGANISATIONS | SPEECH_VERBS


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words that may be one name."""

    words: tuple[Word, ...]
    start: int
    titled: bool

    @property
    def end(self) -> int:
        """Where the last word ends."""
        return self.words[-1].end

    @property
    def folded(self) -> tuple[str, ...]:
        """Its words without case."""
        return tuple(word.folded for word in self.words)


def runs_of(text: str, words: Sequence[Word], *, dictated: bool) -> Iterator[Run]:
    """Candidates: runs of capitals, and in dictation what follows a title or goes before an act of speech."""
    place = 0
    while place < len(words):
        stop = _run_end(text, words, place, dictated=dictated)
        if stop == place:
            place += 1
            continue
        yield from _parts(text, words[place:stop], dictated=dictated)
        place = stop


def _run_end(text: str, words: Sequence[Word], place: int, *, dictated: bool) -> int:
    """The place after the last word of the run that begins at `place`."""
    if not _may_be_name(words[place], dictated=dictated):
        return place
    stop = place + 1
    while stop < len(words) and stop - place < WORDS_AT_MOST + 2 and _joined(text, words[stop - 1], words[stop]):
        if _may_be_name(words[stop], dictated=dictated) or (
            words[stop].folded in PARTICLES and stop + 1 < len(words) and words[stop + 1].is_capital
        ):
            stop += 1
        else:
            break
    while stop > place and words[stop - 1].folded in PARTICLES and not words[stop - 1].is_capital:
        stop -= 1
    return stop


def _may_be_name(word: Word, *, dictated: bool) -> bool:
    is_title = word.folded in _TITLES
    if dictated:
        may_be = is_title or is_rare(word)
    else:
        may_be = word.is_capital or (is_title and word.folded not in common_words())
    return may_be and word.folded not in _NO_NAMES and not _CONTRACTION.search(word.text)


def is_rare(word: Word) -> bool:
    """Whether a word is none that notes use in lower case."""
    return len(word.folded) > 2 and word.folded not in _ordinary() and not _CALENDAR.match(word.text)


def _joined(text: str, one: Word, other: Word) -> bool:
    between = text[one.end : other.start]
    if between in {" ", "\u00a0", "-"}:
        return True
    return between in {". ", "."} and (one.folded in HONORIFICS or SINGLE_LETTER.match(one.text) is not None)


def _parts(text: str, run: Sequence[Word], *, dictated: bool) -> Iterator[Run]:
    """A run cut at roles, weekdays and ordinary words at its head; a company's yields nothing."""
    part: list[Word] = []
    title: Word | None = None
    for word in run:
        if word.folded in HONORIFICS and not (part and word.folded in _TITLES_APART):
            yield from _part(text, part, title)
            part, title = [], word
        elif word.folded in _PLACES or (_CALENDAR.match(word.text) and not _is_given_name(text, word, run)):
            yield from _part(text, part, title)
            part, title = [], None
        elif part or title or not _is_plain_head(text, word, run, dictated=dictated):
            part.append(word)
    yield from _part(text, part, title)


def _is_given_name(text: str, word: Word, run: Sequence[Word]) -> bool:
    """Whether a month's name is a person's: Jun Abella, June Park, but not on 29 June Conor."""
    place = run.index(word)
    if (
        word.folded not in _GIVEN_NAMES
        or place + 1 == len(run)
        or _DATED.search(text, max(0, word.start - 12), word.start)
    ):
        return False
    return run[place + 1].is_capital and is_rare(run[place + 1])


def _is_plain_head(text: str, word: Word, run: Sequence[Word], *, dictated: bool) -> bool:
    """Whether a word has its capital only from its place."""
    parts = word.folded.split("-")
    plain = _plain()
    ordinary = all(part in plain for part in parts) or (word.folded.endswith("ed") and len(word.folded) > 4)
    return (
        ordinary
        and not dictated
        and (word is run[0] or heads_sentence(text, word.start))
        and word.folded not in HONORIFICS
    )


def _part(text: str, part: Sequence[Word], title: Word | None) -> Iterator[Run]:
    """One run, where its words may be a name."""
    while len(part) > 1 and part[-1].text.isupper() and len(part[-1].text) in {2, 3, 4} and not part[0].text.isupper():
        part = part[:-1]
    if part and part[-1].folded in HONORIFIC_ENDINGS and len(part) > 1:
        part, title = part[:-1], title or part[-1]
    named = [word for word in part if word.folded not in HONORIFIC_ENDINGS]
    if not named or (title is None and any(word.folded in ORGANISATIONS for word in named)):
        return
    if title is None and all(word.text.isupper() and len(word.text) < 4 for word in named):
        return
    ended = re.match(r"(.+)-(?:san|sama|sensei)\Z", named[-1].text, re.IGNORECASE)
    start = title.start if title and title.start < named[0].start else named[0].start
    if len(named) <= WORDS_AT_MOST and _is_label_free(text, named):
        yield Run(tuple(named), start, title is not None or ended is not None)


def _is_label_free(text: str, named: Sequence[Word]) -> bool:
    """Whether it is no word in capitals of a heading or an abbreviation with digits: HK25, MEDDPICC."""
    after = text[named[-1].end : named[-1].end + 1]
    return not (after.isdigit() or after in {"_", "&", "@", "%"})
