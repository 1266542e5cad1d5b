"""What a message is made of, before anybody decides how it looks.

Rule: words come in as plain text, on one line each, without what cannot be printed; whoever sets them escapes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach.web.packs.printable import one_line


class Tone(StrEnum):
    """How words are meant."""

    PLAIN = "plain"
    STRONG = "strong"
    FAINT = "faint"
    BUYER = "buyer"
    """Words of a text that show what the customer did or said; of a conversation, what was asked."""
    SELLER = "seller"
    """Words of a text that show what we did or think; of a conversation, what was told."""

    @property
    def is_quote(self) -> bool:
        """Whether they stand in a text that somebody wrote."""
        return self in {Tone.BUYER, Tone.SELLER}


@dataclass(frozen=True, slots=True)
class Words:
    """Some words in one tone."""

    text: str
    tone: Tone = Tone.PLAIN

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", one_line(self.text))


Said = tuple[Words, ...]
"""A line."""


@dataclass(frozen=True, slots=True)
class Points:
    """Lines one under the other, with numbers where their order is one."""

    lines: tuple[Said, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names, and what is said of each."""

    rows: tuple[tuple[str, Said], ...]


Part = Points | Facts | Said


@dataclass(frozen=True, slots=True)
class Section:
    """A title of ours, and what stands under it."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A message."""

    title: Words
    about: Words
    """Of what, of when."""
    sections: tuple[Section, ...]


def said(*words: str | Words) -> Said:
    """A line of words; those without a tone are plain."""
    return tuple(one if isinstance(one, Words) else Words(one) for one in words if one)


def strong(text: str) -> Words:
    """Words that matter."""
    return Words(text, Tone.STRONG)


def faint(text: str) -> Words:
    """Words beside the point."""
    return Words(text, Tone.FAINT)


def points(lines: Iterable[Said], *, numbered: bool = False) -> tuple[Part, ...]:
    """Lines one under the other; nothing where there are none."""
    found = tuple(lines)
    return (Points(found, numbered),) if found else ()


def facts(rows: Iterable[tuple[str, Said]]) -> tuple[Part, ...]:
    """Names with what is said of each; nothing where there are none."""
    found = tuple((one_line(name), line) for name, line in rows)
    return (Facts(found),) if found else ()


def first(lines: Sequence[Said], most: int, thing: str) -> tuple[Said, ...]:
    """The first of some lines; where there are more, one that says how many more."""
    rest = len(lines) - most
    if rest <= 0:
        return tuple(lines)
    return (*lines[:most], said(faint(f"and {rest} more {thing if rest == 1 else f'{thing}s'}")))
