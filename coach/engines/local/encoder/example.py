"""A labelled text as the encoder trains on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from coach.engines.local.encoder.views import View


class Example(NamedTuple):
    """A text and what its units are."""

    view: View
    targets: tuple[Mapping[str, str], ...]
    """Of each unit, the class by head; a head that is missing is not asked."""
