"""How a message ends: what its reader must know of how it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coach.domain import Notice, Provenance
from coach.web.results.parts import Section, faint, points, said


def closing(notices: Iterable[Notice], made: Provenance | None = None) -> Iterator[Section]:
    """Notices, and who read the text."""
    lines = [said(one.text) for one in notices]
    if made is not None:
        reader = "Coach's embedded engine" if made.model is None else made.model
        lines.append(said(faint(f"Read by {reader}. A first reading, and no verdict on a person.")))
    if lines:
        yield Section("To know", points(lines))
