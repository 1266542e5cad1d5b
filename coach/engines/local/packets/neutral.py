"""Reads a text so that nothing of it tells a name, a gender, an age or a length of service. Pure.

Whatever the reader learns or measures, it learns and measures on these words and on nothing else. So what a packet
says of a rep's gender or age cannot move a finding, whatever the training texts happen to hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from coach.text.wordlist import word_set

_ONES = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBER_WORDS = word_set(f"zero two three four five six seven eight nine {_TEENS} {_TENS} hundred dozen")
"""Not `one`: it is a pronoun more often than a number."""

_NUMERAL = (
    rf"(?:\d+(?:[.,]\d+)?|(?:{'|'.join(_TENS.split())})(?:[-\s](?:{'|'.join(_ONES.split())}))?"
    rf"|(?:{'|'.join((_ONES + ' ' + _TEENS).split())}))"
)
_MASKED = re.compile(
    # How long: of service or of anything, nobody can tell for certain.
    rf"(?<![\w-]){_NUMERAL}[-\s]*(?:years?|yrs?|months?|mths?|weeks?|wks?|decades?)(?:['’]s?)?(?:[-\s]+old)?(?!\w)"
    # How old.
    rf"|(?<![\w-])(?:aged?|turned|turns|turning)\s+{_NUMERAL}(?!\w)"
    rf"|(?<![\w-])(?:i|he|she)(?:['’](?:m|s)|\s+(?:am|is|was))\s+{_NUMERAL}(?=[.,;:!?)]|\s+(?:and|now|years?)\b|\s*\Z)"
    rf"|(?<![\w-])(?:(?:early|mid|late)[-\s]+)?(?:twenties|thirties|forties|fifties|sixties|seventies|[2-7]0s)(?!\w)"
    r"|(?<![\w-])\d{1,2}\s?y/?o(?!\w)|(?<![\w-])(?:the|this|a|that)\s+kids?(?!\w)"
    r"|(?<![\w-])(?:baby\s+boomers?|boomers?|millennials?|gen(?:eration)?[\s-]?[xyz]|greybeards?|youngsters?|old[\s-]timers?)(?!\w)"
    # Words for long and for short service.
    r"|(?<![\w-])(?:(?:new|long-standing)\s+(?:rep|reps|colleague|colleagues|starter|starters|hire|hires)"
    r"|newbies?|rookies?|novices?|greenhorns?|veterans?|newcomers?|old\s+hands?|trainees?|apprentices?"
    r"|juniors?|seniors?|long[\s-](?:standing|serving|time)|seasoned|tenured|freshers?|graduates?"
    r"|(?:i['’]m\s+|i\s+am\s+)?(?:still\s+new|new|a\s+veteran)\s+here)(?!\w)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*|[?%]|(?<=\s)/(?=\s)")
_HE = word_set("he she him her his hers himself herself")
_PERSONS = word_set(
    "man woman men women guy guys lady ladies gentleman gentlemen bloke blokes chap chaps fella fellas lad lads lass "
    "lasses girl girls boy boys person persons"
)
_KIN = word_set(
    "husband husbands wife wives missus boyfriend girlfriend mother father mum mom dad mam papa mama sister sisters "
    "brother brothers daughter daughters son sons uncle aunt nephew niece grandma grandpa granddad grandmother "
    "grandfather spouse"
)
_OF_A_PERSON = re.compile(r"(?<=\w{3})(?:man|men|woman|women|maid)$")
_SALES = word_set("salesman saleswoman salesmen saleswomen salespeople salesperson sales")
_CLASSES = {
    **dict.fromkeys(_PERSONS, "person"),
    **dict.fromkeys(_KIN, "kin"),
    **dict.fromkeys(_SALES, "sales"),
    **dict.fromkeys(_HE, "he"),
}
"""What stands for the words that tell a gender."""
_SHORT = frozenset("i%?/")
"""Words of one letter, and marks, that are read."""
_DROPPED = word_set(
    "a an the mr mrs ms miss mister mstr madam madame sir ma'am herr frau monsieur mme meneer mevrouw señor señora sra "
    "sr signor signora dame lord young younger youngest youthful old older oldest elderly middle-aged waiter waitress"
)
_CONTRACTED = re.compile(r"(?:'(?:s|d|ll|ve|re|m|em)|s'|')$")
_NEGATED = {
    "can't": "can", "cant": "can", "cannot": "can", "won't": "will", "wont": "will", "shan't": "shall", "ain't": "is",
    "dont": "do", "didnt": "did", "doesnt": "does", "isnt": "is", "wasnt": "was", "couldnt": "could", "hasnt": "has",
    "havent": "have", "wouldnt": "would", "arent": "are", "werent": "were", "hadnt": "had", "shouldnt": "should",
}  # fmt: skip


class Word(NamedTuple):
    """A word of a neutral text."""

    text: str
    start: int
    """Where it begins in the original."""
    end: int


def name_parts(rep: str) -> frozenset[str]:
    """The words of a rep's name, as they are and in capitals."""
    parts = [part.strip(".,") for part in re.split(r"\s+", rep)]
    return frozenset(form for part in parts if len(part) > 1 for form in (part, part.upper()))


def neutral_words(text: str, names: Collection[str], known: Collection[str]) -> list[Word]:
    """The words of a text, without what tells who somebody is.

    Args:
        text: A text of a packet.
        names: The words of the rep's name.
        known: Words that are written in lower case: a capital on them makes no name.
    """
    masked = _MASKED.sub(lambda found: " " * len(found[0]), text)
    for name in names:
        if name in masked:
            masked = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " " * len(name), masked)
    words: list[Word] = []
    for found in _WORD.finditer(masked):
        for word in _read(found, masked, known):
            if word == "N" and words and words[-1].text == "N":
                continue
            words.append(Word(word, *found.span()))
    return words


def _read(found: re.Match[str], text: str, known: Collection[str]) -> Iterable[str]:
    written = found[0]
    lower = written.lower().replace("’", "'")
    if written[0].isdigit() or lower.split("-")[0] in _NUMBER_WORDS:
        return ("N",)
    if _is_initial(found, text) or lower in _DROPPED:
        return ()
    if lower in _NEGATED:
        return (_NEGATED[lower], "not")
    if lower.endswith("n't"):
        return (lower[:-3], "not")
    stem = _CONTRACTED.sub("", lower)
    one = _CLASSES.get(stem) or _of_a_person(stem)
    if one:
        return (one,)
    is_name = written[0].isupper() and stem not in known and stem != "i"
    return () if is_name or stem in _DROPPED or (len(stem) < 2 and stem not in _SHORT) else (stem,)


def _of_a_person(stem: str) -> str | None:
    """What stands for a word for somebody by kinship or by gender: `mother-in-law`, `foreman`."""
    if stem.endswith("-in-law"):
        return "kin"
    return "person" if _OF_A_PERSON.search(stem) else None


def _is_initial(found: re.Match[str], text: str) -> bool:
    """Whether a single letter stands for a name: `W. Wachter`, `W. says`, `W:`."""
    if len(found[0]) != 1 or not found[0].isalpha() or found[0].islower():
        return False
    if found[0] != "I":
        return True
    after = text[found.end() : found.end() + 3]
    return after[:1] in ".:" and len(after) > 2 and after[1].isspace() and not after[2].isupper()
