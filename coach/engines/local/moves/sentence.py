"""One sentence, read: its words, the phrases in it, who it speaks of, and whether it asks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coach.engines.local.moves.guess import guess
from coach.engines.local.moves.phrases import find_phrases
from coach.engines.local.moves.words import Reading
from coach.text.segment import tokens
from coach.text.wordlist import word_set

_LEADING = word_set(
    "and so then but just please right ok okay well now listen look no yes yeah actually also oh @rep first fine good "
    "great hm mm maybe alright anyway perfect honestly ah um see"
)
"""Words that only lead in to what a sentence says."""
_ASKING = word_set("what who whose whom when where why which how")
_AUXILIARIES = word_set("do does did have has had is are was were will would could can might should must 's 'd")
_VERBAL = _AUXILIARIES | word_set("am be been may not let's")
_PEOPLE = {
    "you": "you", "we": "we", "i": "i", "us": "we", "our": "we", "your": "you", "my": "i", "me": "i", "let's": "we",
    "@he": "they", "@his": "they", "they": "they", "them": "they", "their": "they", "@name": "they",
    "@person": "they", "@title": "they", "it": "it", "that": "it", "this": "it", "there": "it", "the": "the",
    "@rep": "you", "nobody": "they", "somebody": "they", "everybody": "they", "people": "they", "these": "it",
    "those": "it",
}  # fmt: skip
_FRONT = 14
"""How many words from its beginning a question is looked for in."""


class Sentence(NamedTuple):
    """A sentence, read."""

    words: list[str]
    """Normalised words and marks."""
    bare: list[str]
    """Its words without marks."""
    core: list[str]
    """Those without what only leads in."""
    said: list[str]
    """Its words as they stand, in lower case: only ever held against a reply, never a feature."""
    phrases: list[str]
    people: list[str]
    """Who is spoken of: each of `you`, `we`, `i`, `they`, `it`, `the` once, in order."""
    asked: bool
    """Whether it asks, with or without a question mark."""
    guess: str
    """Its move by rules alone, or `none`."""

    @property
    def is_fragment(self) -> bool:
        """Whether it has neither a subject nor a verb that is known as one."""
        return not (self.people or "imperative" in self.phrases or any(word in _VERBAL for word in self.words))


def read_sentence(reading: Reading, text: str) -> Sentence:
    """Read a sentence."""
    words = reading.words(text)
    bare = [word for word in words if word[0].isalnum() or word[0] in "@'"]
    start = next((i for i, word in enumerate(bare) if word not in _LEADING), 0)
    core = bare[start:]
    phrases = find_phrases(words)
    whom = people(words)
    asked = "?" in words or (len(core) > 1 and core[0] in _ASKING and words[-1] not in {"!", "."})
    move = guess(phrases, whom, asked=asked, words=len(bare))
    return Sentence(words, bare, core, lower_words(text), phrases, whom, asked, move.value if move else "none")


def people(words: Sequence[str]) -> list[str]:
    """Who is spoken of: each of `you`, `we`, `i`, `they`, `it`, `the` once, in order."""
    return list(dict.fromkeys(_PEOPLE[word] for word in words if word in _PEOPLE))


def lower_words(text: str) -> list[str]:
    """The words of a text in lower case, without marks."""
    return [word for one in tokens(text) if (word := text[one.start : one.end].lower())[0].isalnum()]


def shape(words: Sequence[str]) -> tuple[str, str, str]:
    """The question word, the auxiliary after it, and the first subject after that; `-` for each that is missing."""
    asks = auxiliary = "-"
    for word in words[:_FRONT]:
        if asks == "-" and auxiliary == "-" and word in _ASKING:
            asks = word
        elif auxiliary == "-" and word in _AUXILIARIES:
            auxiliary = word
        elif word in _PEOPLE:
            return asks, auxiliary, _PEOPLE[word]
    return asks, auxiliary, "-"
