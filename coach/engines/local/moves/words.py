"""The words of a conversation as the reader of moves sees them: no names, no gender, contractions undone. Pure.

A model that learned names would know nobody in the next conversation, and could hold a name against its bearer; so a
name is read as a mark, `he` and `she` as one word, and a lady, a guy and a Mr as one each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from coach.text.people.vocabulary import HONORIFICS, ROLES, common_words
from coach.text.segment import tokens
from coach.text.wordlist import word_set

NAME, REP, TITLE, PERSON, DAY, MONTH = "@name", "@rep", "@title", "@person", "@day", "@month"

_GENDERED = {
    **dict.fromkeys(("he", "she"), "@he"),
    **dict.fromkeys(("him", "her", "his", "hers"), "@his"),
    **dict.fromkeys(("himself", "herself"), "@self"),
}
_PEOPLE = word_set(
    "man men woman women lady ladies guy guys girl girls boy boys lad lads lass fella bloke chap gentleman husband "
    "wife grandma grandpa mother father mum mummy dad daddy son daughter brother sister uncle aunt"
)
_TITLES = word_set("mr mrs ms miss sir madam mme herr frau señor señora signor signora monsieur madame mx dr prof")
_DAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat mondays tuesdays "
    "wednesdays thursdays fridays saturdays sundays"
)
_MONTHS = word_set(
    "january february march april june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec q1 q2 q3 q4 h1 h2"
)
_CAPITAL_ONLY = frozenset({"may", "mon", "sat", "sun", "wed", "mar", "march", "dec", "jan", "fri"})
"""Days and months only where written with a capital: in lower case they are other words."""
_BARE = {
    "whats": "what's", "thats": "that's", "dont": "don't", "didnt": "didn't", "youre": "you're", "im": "i'm",
    "theyre": "they're", "theyve": "they've", "youve": "you've", "ive": "i've", "hes": "he's", "shes": "she's",
    "cant": "can't", "isnt": "isn't", "doesnt": "doesn't", "wont": "won't", "havent": "haven't", "hasnt": "hasn't",
    "youll": "you'll", "theyll": "they'll", "wheres": "where's", "whos": "who's", "hows": "how's", "lets": "let's",
    "theres": "there's", "wouldnt": "wouldn't", "shouldnt": "shouldn't", "couldnt": "couldn't", "youd": "you'd",
    "gonna": "going to", "gotta": "got to", "wanna": "want to", "gimme": "give me", "lemme": "let me", "u": "you",
    "pls": "please", "plz": "please", "ur": "your", "w": "with", "wk": "week", "tmrw": "tomorrow", "thx": "thanks",
}  # fmt: skip
"""Contractions as they are typed in a chat."""
_ENDINGS = (("'ll", "will"), ("'re", "are"), ("'ve", "have"), ("'m", "am"), ("'d", "'d"), ("'s", "'s"))
_NOT = {"can't": "can", "won't": "will", "shan't": "shall"}
_NUMBERS = word_set(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand half"
)
NUMBER = "@number"
RARE = "@rare"
"""A word too rare to be a feature by itself."""
_BEFORE_ILL = word_set("and then so ok okay , ; . ! ? but or yes no")


class Reading:
    """Reads the words of one conversation."""

    def __init__(self, text: str, known: Collection[str], reps: Iterable[str]) -> None:
        """Learn the names of a conversation.

        Args:
            text: The transcript.
            known: Words that conversations write in lower case: a capital on them is no name.
            reps: Names of those who speak to the manager.
        """
        self._known = known
        self._reps = frozenset(word.lower() for name in reps for word in name.split())
        self._names = self._find_names(text)

    def words(self, text: str) -> list[str]:
        """The words of a stretch, normalised."""
        found: list[str] = []
        for place, one in enumerate(tokens(text)):
            self._read(text[one.start : one.end], found, first=place == 0)
        return found

    def _find_names(self, text: str) -> frozenset[str]:
        """Words with a capital in the middle of a sentence that nobody writes without one."""
        found = set()
        before = "."
        for one in tokens(text):
            word = text[one.start : one.end]
            lower = plain(word)
            if before not in '.!?:…"“(' and word[0].isupper() and self._unknown(lower) and not _is_initials(word):
                found.add(lower)
            before = word
        return frozenset(found)

    def _unknown(self, lower: str) -> bool:
        stem = lower.split("'", maxsplit=1)[0]
        return not (
            stem in self._known
            or stem in common_words()
            or stem in _DAYS
            or stem in _MONTHS
            or stem in ROLES
            or stem in _TITLES
            or stem in HONORIFICS
            or stem in _CAPITAL_ONLY
            or stem in _GENDERED
            or stem in _BARE
            or stem == "i"
        )

    def _read(self, word: str, found: list[str], *, first: bool) -> None:
        lower = plain(word)
        stem, _, ending = lower.partition("'")
        if word[0].isdigit():
            found.append(NUMBER)
        elif not word[0].isalnum():
            found.append(word if word not in "“”„«»" else '"')
        elif stem in self._reps:
            found += [REP, "'s"] if ending == "s" else [REP]
        elif self._is_name(word, lower, stem):
            found += [NAME, "'s"] if ending == "s" else [NAME]
        elif (stem in _DAYS or stem in _MONTHS or stem in _CAPITAL_ONLY) and (
            stem not in _CAPITAL_ONLY or (word[0].isupper() and not first)
        ):
            found.append(DAY if stem in _DAYS else MONTH)
        else:
            found += self._common(lower, found)

    def _is_name(self, word: str, lower: str, stem: str) -> bool:
        if stem in self._names or lower in self._names:
            return True
        return word[0].isupper() and self._unknown(lower) and not _is_initials(word)

    def _common(self, lower: str, before: Sequence[str]) -> list[str]:
        if lower == "ill" and (not before or before[-1] in _BEFORE_ILL):
            lower = "i'll"
        lower = _BARE.get(lower, lower)
        if " " in lower:
            return lower.split()
        if lower.endswith("n't"):
            return [_NOT.get(lower, lower[:-3]), "not"]
        if lower == "cannot":
            return ["can", "not"]
        if lower == "let's":
            return [lower]
        for ending, word in _ENDINGS:
            if lower.endswith(ending) and len(lower) > len(ending):
                return [_level(lower[: -len(ending)]), word]
        return [_level(lower)]


def plain(word: str) -> str:
    """A word in lower case, its apostrophe straight."""
    return word.lower().replace("’", "'")


def _is_initials(word: str) -> bool:
    """Whether a word is all capitals, as CRM, CFO and PO are."""
    return len(word) > 1 and word.replace("'s", "").isupper()


def _level(word: str) -> str:
    """The word, or the class of what must not be told apart."""
    if word in _GENDERED:
        return _GENDERED[word]
    if word in _PEOPLE:
        return PERSON
    if word in _TITLES:
        return TITLE
    if word in _NUMBERS:
        return NUMBER
    return re.sub(r"\d", "0", word)
