"""The labels of a conversation: who speaks each line.

Rule: a label is one only where two or more people speak by turns, each at least twice.
"""

from __future__ import annotations

import re

from coach.text.people.vocabulary import common_words

_SPEAKER = re.compile(
    r"^[\[(]?(?:[0-9]{1,2}[:.][0-9]{2}\]?\s)?(?P<name>[^\W\d_][\w.'’-]{0,19}(?:\s[^\W\d_][\w.'’-]{0,19}){0,2})"
    r"(?:\s?\((?P<tag>[^()\n]{1,30})\))?,?(?:(?:\s{1,2}[0-9]{1,2}[:.][0-9]{2})?\]?\s?:\s|\s{1,2}[0-9]{1,2}[:.][0-9]{2}\s{2})",
    re.MULTILINE,
)


def speaker_labels(text: str) -> list[re.Match[str]]:
    """The labels of lines that two or more people speak by turns, each at least twice; none where nobody does."""
    found = [
        match
        for match in _SPEAKER.finditer(text)
        if match["name"].casefold() not in common_words() or match["name"].casefold() == "me"
    ]
    counts: dict[str, int] = {}
    for match in found:
        counts[match["name"].casefold()] = counts.get(match["name"].casefold(), 0) + 1
    if sum(count > 1 for count in counts.values()) < 2:
        return []
    return found


def speakers(text: str) -> frozenset[str]:
    """The names of those who speak, folded."""
    return frozenset(match["name"].casefold() for match in speaker_labels(text))
