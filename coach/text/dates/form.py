"""A way to write a date: where it matches, and what it means there.

Rule: a form resolves to None where its words are no date, or where which date they mean cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from coach.text.dates.periods import Period
from coach.text.dates.reading import Reading

Match = re.Match[str]


class Form(NamedTuple):
    """A pattern, and the resolver of its matches."""

    pattern: re.Pattern[str]
    resolve: Callable[[Match, Reading], Period | None]


def words(text: str) -> re.Pattern[str]:
    """A pattern of whole words in any case, not inside a price or a tag."""
    return re.compile(rf"(?<![\w$€£#]){text}(?!\w)", re.IGNORECASE)
