"""A pack whose texts can be printed: each on one line, without what nobody sees or what turns a line around.

Rule: every other value stays as it is; a character that cannot be printed is shown as a box.
"""

from __future__ import annotations

import re
from enum import Enum

from coach.domain.one_on_one import OneOnOne

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def printable(pack: OneOnOne) -> OneOnOne:
    """The pack with texts that can be printed."""
    return OneOnOne.model_validate(_cleaned(pack.model_dump(by_alias=True)))


def one_line(text: str) -> str:
    """A text on one line, with a box for each character that cannot be printed."""
    return _UNPRINTABLE.sub("\N{WHITE SQUARE}", " ".join(text.split()))


def _cleaned(value: object) -> object:
    match value:
        case Enum():
            return value
        case str():
            return one_line(value)
        case dict():
            return {name: _cleaned(inside) for name, inside in value.items()}
        case list() | tuple():
            return tuple(_cleaned(inside) for inside in value)
        case _:
            return value
