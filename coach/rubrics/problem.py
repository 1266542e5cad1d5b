"""What can be wrong in any rubric, and how it is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from coach.rubrics.slots import is_well_formed, slots


class Problem(NamedTuple):
    """Something wrong in a rubric: in which file, where in it, and what was expected."""

    file: str
    path: str
    message: str

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.file}: at {self.path or 'the top'}: {self.message}"


def once(path: str, given: Sequence[str], wanted: Iterable[str], file: str = "rubric.yaml") -> Iterator[Problem]:
    """What is missing, or stands twice, of names that must each stand once."""
    yield from repeats(file, path, given)
    for name in wanted:
        if name not in given:
            yield Problem(file, path, f"{str(name)!r} is missing")


def repeats(file: str, path: str, given: Iterable[str]) -> Iterator[Problem]:
    """Names that stand more than once."""
    for name, times in Counter(given).items():
        if times > 1:
            yield Problem(file, path, f"{str(name)!r} stands {times} times; it may stand once")


def wording(path: str, text: str, allowed: frozenset[str], file: str = "rubric.yaml") -> Iterator[Problem]:
    """What is wrong with the slots of a text."""
    if not is_well_formed(text):
        yield Problem(file, path, "a $ must begin a slot such as ${who}; write $$ for the sign itself")
        return
    for name in sorted(slots(text) - allowed):
        yield Problem(file, path, f"slot {name!r} is not one of {', '.join(sorted(allowed))}")
