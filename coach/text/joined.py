"""A packet's texts as one, each under a heading, so that a reader has them before it together; and the way back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from coach.domain import RepPacket
from coach.text.span import Span

_BETWEEN = "\n\n"
_LIKE_A_HEADING = re.compile(r"(?:^|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])\s*\[")


class Part(NamedTuple):
    """A text of the packet."""

    field: str
    span: Span
    """Where it stands in the whole."""


class Joined(NamedTuple):
    """The texts as one."""

    text: str
    parts: tuple[Part, ...]

    def part_of(self, span: Span) -> Part | None:
        """The text that a span lies in; None where it lies in a heading or in more than one."""
        return next((one for one in self.parts if one.span.start <= span.start and span.end <= one.span.end), None)


def joined(packet: RepPacket) -> Joined:
    """Put the texts of a packet under one another."""
    return _joined(tuple(packet.fields()))


@lru_cache(maxsize=8)
def _joined(texts: tuple[tuple[str, str], ...]) -> Joined:
    """Kept for a while: it is asked for with every quote of a packet."""
    mark = _mark(texts)
    pieces: list[str] = []
    parts = []
    at = 0
    for field, text in texts:
        heading = f"[{field_title(field)}{mark}]\n"
        parts.append(Part(field, Span(at + len(heading), at + len(heading) + len(text))))
        pieces.append(heading + text)
        at += len(pieces[-1]) + len(_BETWEEN)
    return Joined(_BETWEEN.join(pieces), tuple(parts))


def _mark(texts: Sequence[tuple[str, str]]) -> str:
    """What headings end with where a line of a text could be taken for one, so that none can forge it: a hash."""
    if not any(_LIKE_A_HEADING.search(text) for _, text in texts):
        return ""
    return f" {hashlib.sha256(repr(texts).encode('utf-8', 'replace')).hexdigest()[:8]}"


def field_title(field: str) -> str:
    """What people call a text of the packet: `deal note 2`."""
    name, _, number = field.partition(".")
    if name == "deal_notes":
        return f"deal note {int(number) + 1}"
    return {"self_assessment": "self-assessment", "manager_observation": "manager's observation"}.get(
        name, name.replace("_", "-")
    )
