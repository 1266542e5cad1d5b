"""A text that is longer than the encoder reads at once, as windows that overlap; and as arrays. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from coach.engines.local.encoder.pieces import PLAIN, Sheet, Unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BEGIN, _END = 101, 102
"""The pieces that the encoder was trained to meet at the ends."""
_LENGTH = 256
"""Pieces in a window; twice as many cost more than twice the time."""
_BEFORE, _AFTER = 24, 12
"""Pieces around what a window answers for that are read only to understand it."""


class Placed(NamedTuple):
    """Where a unit stands in a window."""

    unit: int
    start: int
    end: int


class Window(NamedTuple):
    """A stretch of a text, with its header."""

    ids: tuple[int, ...]
    capitals: tuple[int, ...]
    units: tuple[Placed, ...]
    answers: range
    """The units that this window answers for; every unit has one window that does."""


def windows(sheet: Sheet) -> Iterator[Window]:
    """Cut a text into windows at the borders of its units."""
    sizes = [len(unit.ids) for unit in sheet.units]
    room = _LENGTH - len(sheet.header.ids) - 3
    first = 0
    while first < len(sizes):
        begin = first
        while begin > 0 and sum(sizes[begin - 1 : first]) <= _BEFORE:
            begin -= 1
        end, used = first + 1, sum(sizes[begin : first + 1])
        while end < len(sizes) and used + sizes[end] <= room:
            used += sizes[end]
            end += 1
        stop = end
        if end < len(sizes):
            while stop - 1 > first and sum(sizes[stop - 1 : end]) <= _AFTER:
                stop -= 1
        yield _window(sheet, begin, end, range(first, stop))
        first = stop


def _window(sheet: Sheet, begin: int, end: int, answers: range) -> Window:
    ids, capitals = [_BEGIN, *sheet.header.ids, _END], [PLAIN, *sheet.header.capitals, PLAIN]
    placed = []
    for number in range(begin, end):
        unit: Unit = sheet.units[number]
        placed.append(Placed(number, len(ids), len(ids) + len(unit.ids)))
        ids += unit.ids
        capitals += unit.capitals
    return Window((*ids, _END), (*capitals, PLAIN), tuple(placed), answers)


def arrays(batch: Sequence[Window]) -> dict[str, NDArray[Any]]:
    """What the network is fed: padded to the longest window and the most units."""
    import numpy as np  # noqa: PLC0415  costs more to import than a short note to read

    length, count = max(len(one.ids) for one in batch), max(len(one.units) for one in batch)
    fed: dict[str, NDArray[Any]] = {
        "ids": np.zeros((len(batch), length), np.int64),
        "capitals": np.zeros((len(batch), length), np.int64),
        "mask": np.zeros((len(batch), length), np.int64),
        "pool": np.zeros((len(batch), count, length), np.float32),
        "first": np.zeros((len(batch), count), np.int64),
    }
    for row, one in enumerate(batch):
        size = len(one.ids)
        fed["ids"][row, :size] = one.ids
        fed["capitals"][row, :size] = one.capitals
        fed["mask"][row, :size] = 1
        for place, unit in enumerate(one.units):
            fed["pool"][row, place, unit.start : unit.end] = 1 / (unit.end - unit.start)
            fed["first"][row, place] = unit.start
    return fed
