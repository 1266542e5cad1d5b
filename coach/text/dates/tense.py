"""Whether the words around a date speak of what was or of what is to come.

Rule: only the nearest telling word in the same clause counts, and where none tells, the answer is UNKNOWN.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from coach.text.wordlist import word_set


class Tense(StrEnum):
    """Which way from the day of writing a date is meant."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


BEFORE_CHARS = 90
AFTER_CHARS = 70
# A word after the date tells less than one before it: "Monday I called", but "I called, Monday we meet".
AFTER_PENALTY = 2

_CLAUSE_END = re.compile(
    r"[.;!?](?=\s|$)(?<!\bMr.)(?<!\bMrs.)(?<!\bMs.)(?<!\bDr.)|\n|\s[-–—]+\s|…|[\"“”]|:\s"
    # What is told may be to come: "she mentioned that it opens in May".
    r"|\b(?:said|told\s\w+|mentioned|added|wrote|confirmed|explained|promised|heard)\sthat\s"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

# Directly before the date they settle it.
_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|til|b4|latest|no later than|due|from|cob|eod|cop)(?:\s+(?:the|this|cob|eod"
    r"|end of|about|on))?\s*$",
    re.I,
)
_SINCE = re.compile(r"\b(?:since|ever since|as of)(?:\s+(?:the|about|last))?\s*$", re.I)
# Words that put what they govern after the day of writing.
FUTURE_WORDS = word_set(
    """will shall would won't going gonna wanna want wants need needs must should hope hopes hoping plan plans
    planning scheduled booked due expect expects expecting intend aim aiming forecast target next nxt upcoming
    coming tomorrow please pls close closes closing sign signs start starts deadline expire expires valid
    promise can latest follow reminder remind tbc tentative awaiting onwards call visit send"""
)
# Irregular past forms; the regular ones are known by their ending.
PAST_WORDS = word_set(
    """was were had did been since ago sent came went gave got wrote told said met saw took made put brought rang
    held kept left heard found thought knew spoke began ran drove flew dropped read paid bought sold won lost
    built felt chose broke forgot grew hung led meant rose sat slept spent stood taught threw understood woke
    has have recd received cut done hasn hasn't haven't didn't wasn't weren't last lst past yesterday previous
    earlier drived sended goed writed vm voicemail"""
)
# End in -ed, and are no past.
_NOT_PAST = word_set("""need speed indeed feed exceed proceed hundred breed""")
# Before a participle they make a present of it: "is not looked at until April".
_PRESENT = frozenset({"is", "are", "isn't", "aren't", "be", "being", "gets", "get", "not", "only"})
# After "to" these make a direction of it.
_NO_VERB = word_set("""the a an our their his her its my your me us him them you all both this that it two three""")


def tense_around(text: str, start: int, end: int) -> Tense:
    """Tense of the clause round `text[start:end]`, by its nearest telling word."""
    before = clause_before(text, start)
    if _DEADLINE.search(before):
        return Tense.FUTURE
    if _SINCE.search(before):
        return Tense.PAST
    after = text[end : end + AFTER_CHARS]
    closing = _CLAUSE_END.search(after)
    after = after[: closing.start()] if closing else after
    found = [*_telling(_WORD.findall(before), from_end=True), *_telling(_WORD.findall(after), from_end=False)]
    return min(found)[1] if found else Tense.UNKNOWN


def clause_before(text: str, start: int) -> str:
    """The words of the clause that stand before an offset."""
    before = text[max(0, start - BEFORE_CHARS) : start]
    return before[max((mark.end() for mark in _CLAUSE_END.finditer(before)), default=0) :]


def _telling(words: list[str], *, from_end: bool) -> Iterator[tuple[int, Tense]]:
    """The words that tell a tense, each with its distance from the date."""
    for place, word in enumerate(words):
        tense = _told_by(word, words[place - 1] if place else "")
        if tense is not None:
            yield (len(words) - 1 - place if from_end else place + AFTER_PENALTY), tense


def _told_by(word: str, before: str) -> Tense | None:
    """What one word tells, given the word before it."""
    word = word.replace("’", "'")
    lower = word.lower()
    # An infinitive looks ahead: "asked to meet on Monday"; "went to the branch" is none.
    if lower.endswith("'ll") or (before.lower() == "to" and word[0].islower() and lower not in _NO_VERB):
        return Tense.FUTURE
    if lower in PAST_WORDS or before.lower() in {"did", "didn't", "didn’t"}:
        return Tense.PAST
    if lower in FUTURE_WORDS:
        return Tense.FUTURE
    if lower.endswith("ed") and len(lower) > 3 and lower not in _NOT_PAST and before.lower() not in _PRESENT:
        return Tense.PAST
    return None
