"""What a rep's reply tells of the manager's sentences beside it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from coach.engines.local.moves.sentence import Sentence, lower_words, people, read_sentence
from coach.engines.local.moves.words import NUMBER, RARE, Reading
from coach.text.segment import sentences
from coach.text.wordlist import word_set

_PLANNING = word_set("will 'd could can am would")
_EMPTY = word_set(
    "the a an of to in on at and is it that this so 's are was i you he she they we do does did what for with"
)
_STEPS = (1, 2, 3, 5, 8, 12, 18, 26)


class Reply(NamedTuple):
    """What was said between two of the manager's turns."""

    before: list[str]
    """What it tells the sentences after it."""
    after: list[str]
    """What it tells the sentence it answers."""
    said: frozenset[str]
    """Its words, in lower case."""


def read_reply(reading: Reading, text: str, vocabulary: Collection[str]) -> Reply:
    """Read a reply."""
    spans = sentences(text)
    if not spans:
        return Reply(["none"], ["none"], frozenset())
    first, last = (read_sentence(reading, text[one.start : one.end]) for one in (spans[0], spans[-1]))
    words = reading.words(text)
    whole = [f"size={step(len(words) // 2)}", *("p=" + one for one in people(words))]
    end = last.words[-1][:1]
    before = [*whole, *("l=" + one for one in last.phrases), "end=" + ("cut" if end.isalnum() else end)]
    before += [
        sign for sign, holds in (("asks", "?" in words), ("plans", _plans(words)), ("number", NUMBER in words)) if holds
    ]
    after = [*whole, *("f=" + one for one in first.phrases), *("p1=" + one for one in first.people[:1])]
    after.append("w1=" + (first.words[0] if first.words[0] in vocabulary or first.words[0][0] == "@" else RARE))
    after += [sign for sign, holds in (("plans", _plans(first.words)), ("number", NUMBER in first.words[:3])) if holds]
    return Reply(before, after, frozenset(lower_words(text)))


def echo(one: Sentence, told: frozenset[str]) -> list[str]:
    """How much of a sentence repeats what it answers: an echo is no move, and a figure that is new may be one."""
    said = [word for word in one.said if word not in _EMPTY]
    if not said:
        return ["echo=empty"]
    share = sum(word in told for word in said) / len(said)
    size = "all" if share == 1 else "most" if share >= 0.5 else "some" if share else "none"
    found = [f"echo={size}", f"echo={size}_{one.asked}_{step(len(said))}"]
    figures = [word for word in said if word[0].isdigit()]
    if figures:
        figure = "figure=" + ("told" if all(word in told for word in figures) else "new")
        lead = one.said[0] if one.said[0] in {"so", "then"} else "-"
        found += [figure, f"{figure}_{one.asked}", f"{figure}_{one.asked}_{lead}_{one.is_fragment}"]
    return found


def step(count: int) -> int:
    """A count of words, as one of nine steps."""
    return next((place for place, most in enumerate(_STEPS) if count <= most), len(_STEPS))


def _plans(words: Sequence[str]) -> bool:
    return any(a in {"i", "we"} and b in _PLANNING for a, b in pairwise(words))
