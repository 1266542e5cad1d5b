"""A stretch of a text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Half-open interval of code points: `text[start:end]`."""

    start: int
    end: int
