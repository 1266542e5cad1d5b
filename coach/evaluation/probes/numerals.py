"""Whole numbers as people write them, in digits or in English words, and the article before what they become."""

from __future__ import annotations

import re

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, start=2)}

NUMBER = (
    rf"(?:\d{{1,2}}|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(sorted(_ONES, reverse=True))})"
)
"""Pattern of a number from 0 to 99, to be matched whatever the case."""

_AN = re.compile(r"(?:[aei]|o(?!nc?e\b)|u(?!ni|s[eu])|8|1[18](?!\d))", re.IGNORECASE)


def number(text: str) -> int:
    """Read a number that `NUMBER` matched: `58` or `fifty-eight`, 0 to 99."""
    if text.isdigit():
        return int(text)
    return sum(_VALUES[word] for word in re.split(r"[- ]", text.lower()))


def written_like(value: int, model: str) -> str:
    """Write a number from 0 to 99 as `model` is written: in digits, or in words with or without a capital."""
    if model.isdigit():
        return str(value)
    tens, ones = divmod(value, 10)
    word = _ONES[value] if value < 20 else _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")
    return word.capitalize() if model[0].isupper() else word


def article_before(word: str, model: str) -> str:
    """The article, `a` or `an`, that `word` takes, with the capital of the article it replaces."""
    article = "an" if _AN.match(word) else "a"
    return article.capitalize() if model[:1].isupper() else article
