"""Word lists as they are easiest to read and to edit: words between spaces.

Rule: a list is a set; order means nothing.
"""


def word_set(words: str) -> frozenset[str]:
    """The set of the words of a text."""
    return frozenset(words.split())
