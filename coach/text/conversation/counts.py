"""What each speaker does with words, counted: asks, asks for leave, orders, judges, names the other, reports.

Rule: forms only, never a topic; each sentence is looked at once, and a name is looked up, so counting is linear.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from coach.text.conversation.names import fold
from coach.text.conversation.turn import Turn
from coach.text.wordlist import word_set

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
_OWN = word_set("""i i've i'm i'd my me mine""")
_TAKES_IN = word_set("""ok okay good fine right great so and well oh""")
_ANSWERS = word_set("""yes yeah yep no nope nearly not sure because nothing that""")
_JUDGES = word_set("""good great nice excellent interesting better strong sensible that's thats not""")
_ASKS = word_set(
    """who who's whose what what's whats what've what'd when when's where where's why which how how's how'd"""
)
_REPORTS = word_set(
    """said told asked called sent met spoke mailed emailed wants wanted thinks says loves loved likes liked"""
)
_HEDGES = word_set("""think guess probably maybe hope honestly hopefully believe suppose supposed honest""")
_LEAVE = re.compile(
    r"\b(?:can|could|should|shall|may|do|would|must|am) (?:i|we)\b|\b(?:can|could) you\b"
    r"|\bwould you (?:say|put|do|come)\b|\bdo you (?:think|want|know|have|need)\b"
)
_BEFORE = word_set("""and so then ok okay but please right well yes no good fine alright now just look listen""")
_CALL = re.compile(r"(?:^|,\s{1,2}|\s)(?P<name>[^\W\d_][\w'’-]{1,29})(?=\s{0,2}[,.!?…]|\s*$)")
"""A word that stands before a comma or at the end; it calls somebody where it is a name and set off before, too."""


class Counts(NamedTuple):
    """What somebody says, counted."""

    turns: float = 0
    sentences: float = 0
    words: float = 0
    questions: float = 0
    asks: float = 0
    """Sentences that ask who, what, when or how."""
    leave: float = 0
    """Questions for leave, help or advice: "Should I …?", "Can you …?"."""
    orders: float = 0
    takes_in: float = 0
    judges: float = 0
    calls: float = 0
    """Sentences in which they call another speaker by name."""
    told: float = 0
    """Sentences in which another speaker calls them by name and gives an order."""
    answers: float = 0
    you: float = 0
    others: float = 0
    own: float = 0
    reports: float = 0
    hedges: float = 0


def counts(found: Sequence[Turn], text: str) -> dict[str, Counts]:
    """What each speaker of some turns says, counted."""
    called = _called(turn.speaker for turn in found if turn.speaker is not None)
    sums: dict[str, Counter[str]] = {}
    for turn in found:
        if turn.speaker is not None:
            own = sums.setdefault(turn.speaker, Counter())
            for name, value in _of_turn(text[turn.start : turn.end], turn.speaker, called):
                if name.startswith("told "):
                    sums.setdefault(name.removeprefix("told "), Counter())["told"] += value
                else:
                    own[name] += value
    return {speaker: Counts(**own) for speaker, own in sums.items()}
