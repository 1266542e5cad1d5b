"""Names of people who are known to be in a deal, wherever and however a text has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from coach.text.people.vocabulary import common_words
from coach.text.redaction.plain import Plain, plain
from coach.text.span import Span
from coach.text.wordlist import word_set

_SHORTEST = 2
"""Letters of a part of a name that is looked for by itself."""
_SHORT = 3
"""Up to so many letters a name is one only with a capital."""
_NO_NAMES = word_set(
    """
    al bin da de del della den der di do dos du el ibn la le los of san ten ter the van von
    doctor dr frau herr lady madame miss monsieur mr mrs ms prof sir
    """
)
"""Parts of names that are nobody's."""
_NAMES_THAT_ARE_WORDS = word_set(
    """
    art banks bill brook carter chase chip cook dawn dean drew earl ernest faith field fisher frank gene glen grace
    grant guy hall hope hunter ivy jack jade jewel joy king lance lane lily long major mark mason max may miles nick
    page pat penny pierce porter price rain ray reed rich rob rod rose sage sky stone sue summer tour violet wade ward
    warren will wood woods young
    """
)
_FOLLOWS_A_VERB = re.compile(
    r"\s+(?:we|you|they|he|she|it|I|the|this|that|these|those|a|an|our|your|their|my|his|her|its|by|to|not|be|of|for)\b"
)
_LETTERS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""A word; of scripts that put no space between words, a character."""
_COMPOUND = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
"""A word of a name with its hyphens and apostrophes: `O'Neil`."""
_GAP = re.compile(r"[\W_]{0,3}")
_OPENS = re.compile(r"(?:\A|[.!?:;\n•*—\"“(-])\s*\Z")
"""What stands before a word that begins a sentence, and has a capital whatever it means."""


class _Name(NamedTuple):
    words: tuple[str, ...]
    """In lower case."""
    who: int


def names_in(text: Plain, people: Iterable[str]) -> Iterator[tuple[Span, int]]:
    """Find names, in the order of the text, the longest at each place.

    Args:
        text: The text.
        people: Their names.

    Yields:
        A span of the plain text, and which of the people it is, from 0.
    """
    by_first = _by_first_word(people)
    if not by_first:
        return
    words = list(_LETTERS.finditer(text.text))
    folded = [word[0].casefold() for word in words]
    at = 0
    while at < len(words):
        found = next((one for one in by_first.get(folded[at], ()) if _stands(text.text, one, words, folded, at)), None)
        if found is not None:
            yield Span(words[at].start(), words[at + len(found.words) - 1].end()), found.who
        at += 1 if found is None else len(found.words)


def _by_first_word(people: Iterable[str]) -> dict[str, list[_Name]]:
    """All that people are called by, under its first word: whole names, the longest first, then parts."""
    names: dict[tuple[str, ...], int] = {}
    whole = [(who, _COMPOUND.findall(plain(name).text)) for who, name in enumerate(people)]
    for who, compounds in whole:
        if len(words := _words(" ".join(compounds))) > 1 or len("".join(words)) >= _SHORTEST:
            names.setdefault(tuple(words), who)
    for who, compounds in whole:
        for compound in (*compounds, " ".join(compounds)):
            parts = _words(compound)
            for one in (tuple(parts), ("".join(parts),), *((part,) for part in parts)):
                if len(one) > 1 or _tells("".join(one)):
                    names.setdefault(one, who)
    found: dict[str, list[_Name]] = {}
    for name in sorted((_Name(*one) for one in names.items()), key=lambda name: -len(name.words)):
        found.setdefault(name.words[0], []).append(name)
    return found


def _words(name: str) -> list[str]:
    return [word.casefold() for word in _LETTERS.findall(name)]


def _tells(word: str) -> bool:
    if len(word) <= _SHORTEST and word in _words_too():
        return False
    return len(word) >= _SHORTEST and word not in _NO_NAMES


def _stands(text: str, name: _Name, words: Sequence[re.Match[str]], folded: Sequence[str], at: int) -> bool:
    """Whether a name stands at a word."""
    count = len(name.words)
    if count == 1:
        return _is_named(text, words[at])
    return name.words == tuple(folded[at : at + count]) and all(
        _GAP.fullmatch(text, words[place].end(), words[place + 1].start()) for place in range(at, at + count - 1)
    )


def _is_named(text: str, found: re.Match[str]) -> bool:
    """Whether a word that stands for a person here is written as a name, and does not mean what it means otherwise."""
    word = found[0]
    if word.casefold() not in _words_too():
        # Two capitals are a short form more often than a name: HR, IT.
        return len(word) > _SHORT or (not word[0].islower() and not (len(word) == _SHORTEST and word.isupper()))
    if not word[0].isupper() or (word.isupper() and len(word) > 1):
        return False
    # "Will we", "Mark the date": a capital at the start of a sentence tells nothing; what follows does.
    opens = _OPENS.search(text[max(0, found.start() - 4) : found.start()])
    return not opens or not _FOLLOWS_A_VERB.match(text, found.end())


@cache
def _words_too() -> frozenset[str]:
    return common_words() | _NAMES_THAT_ARE_WORDS
