"""The ids of opportunities: one id for one deal, however an export writes it; and rows that share one.

Rule: of rows of one id that say the same, one is taken; of rows that differ, none, since nobody can say which is right.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple

from coach.domain.opportunity import folded
from coach.pipeline.rows.fields import LONGEST, Cell, Field

_SALESFORCE = re.compile(r"[A-Za-z0-9]{15}", re.ASCII)
_GUID = re.compile(r"\{?([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\}?", re.ASCII)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


class Same(NamedTuple):
    """How many rows share an id."""

    first: int
    """The first of them."""
    differ: bool


class Records:
    """The ids of a file; of a row, 20 bytes are kept: hashes of its id and of its content, and its number.

    Among a million ids two that differ have the same hash once in 40 million files; both rows would be left out, and
    that would be told.
    """

    def __init__(self) -> None:
        self._ids = array("Q")
        self._contents = array("Q")
        self._rows = array("I")
        self._shared: dict[int, Same] | None = None

    def add(self, record: str, content: str, row: int) -> None:
        """Take in a row: its id, and all it says as one text. The rows come in order."""
        self._ids.append(_hash(record))
        self._contents.append(_hash(content))
        self._rows.append(row)

    def shared(self, record: str) -> Same | None:
        """What is known of an id that more than one row has; None of any other. All rows must be taken in."""
        if self._shared is None:
            self._shared = dict(self._found())
        return self._shared.get(_hash(record)) if self._shared else None

    def _found(self) -> Iterator[tuple[int, Same]]:
        import numpy as np  # noqa: PLC0415  it takes a while to load, and most of what is here does without

        ids = np.frombuffer(self._ids, dtype=np.uint64)
        if not ids.size:
            return
        order = np.argsort(ids, kind="stable")
        starts = np.flatnonzero(np.r_[True, ids[order][1:] != ids[order][:-1]])
        sizes = np.diff(np.r_[starts, ids.size])
        for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
            places = order[start : start + size].tolist()
            first = places[0]
            differ = any(self._contents[place] != self._contents[first] for place in places)
            yield self._ids[first], Same(self._rows[first], differ)


def record_of(values: Mapping[Field, Cell], crm: str, *, by_name: bool) -> str | None:
    """The id of a row; None where it has none.

    A Salesforce id of 15 characters, as reports have it, becomes the one of 18 that everything else has; the id of
    Dynamics 365 is taken without braces, in small letters.

    Args:
        values: What the row says.
        crm: The CRM.
        by_name: Whether the file has no ids, and deals are known by account and name.
    """
    if by_name:
        name = values.get(Field.NAME)
        if name is None:
            return None
        known = " / ".join(folded(str(one)) for one in (values.get(Field.ACCOUNT), name) if one is not None)
        return (
            known if len(known) <= LONGEST["record"] else f"sha {blake2b(known.encode(), digest_size=16).hexdigest()}"
        )
    value = values.get(Field.RECORD)
    if value is None or isinstance(value, bool):
        return None
    text = str(value)
    if crm == "salesforce" and _SALESFORCE.fullmatch(text):
        return text + _checksum(text)
    if crm == "dynamics" and (match := _GUID.fullmatch(text)):
        return match[1].lower()
    return text


def _checksum(identifier: str) -> str:
    """The last three characters of an id of 18: each tells which of five letters are capitals."""
    parts = (identifier[start : start + 5] for start in (0, 5, 10))
    return "".join(
        _ALPHABET[sum(1 << place for place, char in enumerate(part) if "A" <= char <= "Z")] for part in parts
    )


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
