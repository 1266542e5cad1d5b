"""How like a manager each speaker talks: who asks, instructs, says "you", takes answers in; who reports on others.

Rule: shares and rates only, never a name or a topic, and each is drawn towards the talk's own average as far as a
speaker says little. The weights were fitted on the training conversations and rounded; who speaks first is left out on
purpose, for an excerpt may begin anywhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coach.text.conversation.turn import Turn
from coach.text.wordlist import word_set

CLEAR = 1.0
"""Lead in points from which on it is clear who the manager is. With it every guess about a whole conversation of
`evals/` is right, and two in a hundred about halves or six turns of one are wrong."""
ENOUGH_WORDS = 40
"""Words of a talk below which nobody can tell."""

_ASIDE = re.compile(r"\([^()]*\)")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_WORD = re.compile(r"[^\W_][\w'’]*")
_ORDERS = word_set(
    """send call ask book write get tell give put leave move make don't let's go take bring show find add check ring
    phone mail email forward drop push keep stop start try think talk walk read set say split cancel pick come look
    list draft ping update close offer invite prepare remind follow hold shoot do be"""
)
_YOU = word_set("""you your you're you've you'd you'll yours yourself u ur""")
_OTHERS = word_set("""he she they they're they've they'd he's she's he'd she'd his her their them him""")
_TAKES_IN = word_set("""ok okay good fine right great so and well oh""")
_ANSWERS = word_set("""yes yeah yep no nope nearly not sure because nothing that""")


class _Counts(NamedTuple):
    """What somebody says, counted."""

    turns: float
    sentences: float
    words: float
    questions: float
    orders: float
    you: float
    others: float
    takes_in: float
    answers: float


_POINTS = {"questions": 2.0, "orders": 7.0, "takes_in": 6.5, "answers": -3.0, "you": 25.0, "others": -17.0}
_PER = {
    "questions": "sentences",
    "orders": "sentences",
    "takes_in": "sentences",
    "answers": "turns",
    "you": "words",
    "others": "words",
}
_LENGTH_POINTS = -2.4
_PRIOR = {"sentences": 4.0, "turns": 2.0, "words": 40.0}
"""As much of the average as is mixed into what each speaker says."""


def likeness(found: Sequence[Turn], text: str) -> dict[str, float]:
    """Points of each speaker for talking like a manager; only differences between speakers mean something."""
    said: dict[str, list[_Counts]] = {}
    for turn in found:
        if turn.speaker is not None:
            said.setdefault(turn.speaker, []).append(_counts(text[turn.start : turn.end]))
    sums = {speaker: _sum(counts) for speaker, counts in said.items()}
    every = _sum(list(sums.values()))._asdict()
    return {speaker: _points(counts._asdict(), every) for speaker, counts in sums.items()}


def _sum(counts: Sequence[_Counts]) -> _Counts:
    return _Counts(*(sum(values) for values in zip(*counts, strict=True))) if counts else _Counts(*(0.0,) * 9)


def _counts(said: str) -> _Counts:
    plain = _ASIDE.sub(" ", said).replace("’", "'").casefold()
    words = _WORD.findall(plain)
    sentences = [(sentence, first[0]) for sentence in _SENTENCE.findall(plain) if (first := _WORD.search(sentence))]
    openings = [first for _, first in sentences]
    return _Counts(
        turns=1,
        sentences=len(sentences),
        words=len(words),
        questions=sum(sentence.endswith("?") for sentence, _ in sentences),
        orders=sum(word in _ORDERS for word in openings),
        you=sum(word in _YOU for word in words),
        others=sum(word in _OTHERS for word in words),
        takes_in=sum(word in _TAKES_IN for word in openings),
        answers=float(bool(openings) and openings[0] in _ANSWERS),
    )


def _points(own: Mapping[str, float], every: Mapping[str, float]) -> float:
    """The weighted rates of one speaker, each drawn towards that of everybody."""
    points = _LENGTH_POINTS * math.log(_rate(own, every, "words", "turns") + 1)
    return points + sum(weight * _rate(own, every, name, _PER[name]) for name, weight in _POINTS.items())


def _rate(own: Mapping[str, float], every: Mapping[str, float], name: str, per: str) -> float:
    average = every[name] / max(every[per], 1.0)
    return (own[name] + _PRIOR[per] * average) / (own[per] + _PRIOR[per])
