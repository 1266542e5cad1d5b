"""What each speaker does with words, counted: asks, asks for leave, orders, judges, names the other, reports.

Rule: forms only, never a topic; each sentence is looked at once, and a name is looked up, so counting is linear.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from coach.text.conversation.names import fold
from coach.text.conversation.roles import is_role
from coach.text.conversation.turn import Turn, speakers
from coach.text.wordlist import word_set

_ASIDE = re.compile(r"\([^()]*\)")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_WORD = re.compile(r"[^\W_][\w'’]*")
_ORDERS = word_set(
    """send call ask book write get tell give put leave move make don't let's go take bring show find add check ring
    phone mail email forward drop push keep stop start try think talk walk read set say split cancel pick come look
    list draft ping update close offer invite prepare remind follow hold shoot do be
    see speak visit meet raise drive change fix"""
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
"""What may stand before an order, and before a name that is called without a comma."""
_NAME_WORDS = 2
_LISTS = {"you": _YOU, "others": _OTHERS, "own": _OWN, "reports": _REPORTS, "hedges": _HEDGES}


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
    called = _called(speakers(found))
    sums: dict[str, Counter[str]] = {name: Counter() for name in speakers(found)}
    for turn in found:
        if turn.speaker is None:
            continue
        own = sums[turn.speaker]
        own["turns"] += 1
        plain = _ASIDE.sub(" ", text[turn.start : turn.end]).replace("’", "'").casefold()
        for place, (sentence, words) in enumerate(_sentences(plain)):
            whom = _whom(sentence, called) - {turn.speaker}
            kinds = set(_kinds(sentence, words, called))
            own.update(["sentences", *kinds])
            own.update(name for name, listed in _LISTS.items() for word in words if word in listed)
            own["words"] += len(words)
            own["calls"] += bool(whom)
            own["answers"] += not place and words[0] in _ANSWERS
            for name in whom if "orders" in kinds else ():
                sums[name]["told"] += 1
    return {speaker: Counts(**own) for speaker, own in sums.items()}


def _sentences(plain: str) -> Iterator[tuple[str, list[str]]]:
    """Each sentence with its words, where it has any."""
    for sentence in _SENTENCE.findall(plain):
        if words := _WORD.findall(sentence):
            yield sentence, words


def _kinds(sentence: str, words: Sequence[str], called: Mapping[str, str]) -> Iterator[str]:
    """What a sentence does, by its form."""
    is_question = sentence.endswith("?")
    if is_question:
        yield "questions"
    if words[0] in _ASKS or (is_question and any(word in _ASKS for word in words)):
        yield "asks"
    if is_question and _LEAVE.search(sentence):
        yield "leave"
    first = next((word for word in words if word not in _BEFORE and word not in called and word != "you"), "")
    if first in _ORDERS and not is_question:
        yield "orders"
    if words[0] in _TAKES_IN:
        yield "takes_in"
    if words[0] in _JUDGES:
        yield "judges"


def _called(names: Sequence[str]) -> dict[str, str]:
    """Who is meant by a word, where it is part of one speaker's name alone."""
    owners: dict[str, set[str]] = {}
    for name in names:
        for word in () if is_role(name) else fold(name):
            owners.setdefault(word, set()).add(name)
    return {word: one for word, who in owners.items() if len(who) == 1 for one in who}


def _whom(sentence: str, called: Mapping[str, str]) -> set[str]:
    """Who is called in a sentence: a name that commas set off, or that an "OK" alone stands before: "Now, Ben, …"."""
    parts = [_WORD.findall(part) for part in sentence.split(",")]
    names = [[word for word in words if word not in _BEFORE] for words in parts]
    return {
        called[own[0]]
        for own, words in zip(names, parts, strict=True)
        if 0 < len(own) <= _NAME_WORDS
        and len({called.get(word) for word in own}) == 1
        and own[0] in called
        and (len(parts) > 1 or len(words) > len(own))
    }
