"""Figures as inline SVG; every number that a picture shows stands in it or beside it as text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from coach.evaluation.metrics import AtCoverage, Calibration, Confusion, Metric
from coach.evaluation.render.figures import words

if TYPE_CHECKING:
    from coach.evaluation.comparison import Difference

_BAR, _PAD = 168, 5
"""Width of an interval bar and what is free at its ends, in pixels, as everything here."""
_CELL_W, _CELL_H, _LEFT, _TOP = 78, 46, 122, 58
"""A cell of a heat map, and the room for the labels."""
_PALEST, _STEP = 0.04, 0.54
"""Opacity of an empty cell, and what a full row adds: dark enough to see, pale enough to read ink on (WCAG AA)."""
_SIDE, _MARGIN, _FOOT = 240, 46, 54
"""The plot area of a curve, the room for its axis, and for the counts below it."""


def interval_bar(metric: Metric) -> str:
    """A share with its interval on a line from 0 to 1; below 0, as an agreement may be, it stops at the edge."""
    if metric.value is None:
        return ""
    low, high = (_on_unit(metric.value if end is None else end) for end in (metric.low, metric.high))
    return _bar(low, _on_unit(metric.value), high, f'<path class="axis" d="M{_PAD} 4v10M{_BAR - _PAD} 4v10"/>')


def change_bar(row: Difference, reach: float) -> str:
    """A change with its interval, on a line from -`reach` to `reach` with a tick at no change."""
    low, high = (row.change if end is None else end for end in (row.low, row.high))
    low, change, high = (_on_unit((value / reach + 1) / 2 if reach else 0.5) for value in (low, row.change, high))
    return _bar(low, change, high, f'<path class="axis" d="M{_BAR / 2:.0f} 2v14"/>')


def _on_unit(value: float) -> float:
    return _PAD + min(1.0, max(0.0, value)) * (_BAR - 2 * _PAD)


def _bar(low: float, value: float, high: float, axis: str) -> str:
    return (
        f'<svg class="bar" width="{_BAR}" height="18" viewBox="0 0 {_BAR} 18" aria-hidden="true">'
        f'<path class="axis" d="M{_PAD} 9H{_BAR - _PAD}"/>{axis}'
        f'<path class="whisker" d="M{low:.1f} 5v8M{low:.1f} 9H{high:.1f}M{high:.1f} 5v8"/>'
        f'<circle class="dot" cx="{value:.1f}" cy="9" r="4"/></svg>'
    )


def heat_map(name: str, confusion: Confusion) -> str:
    """Gold by predicted: counts, and each one's share of its row; labels that never came are left out."""
    gold = [i for i, row in enumerate(confusion.counts) if sum(row)]
    got = [j for j, label in enumerate(confusion.labels) if j in gold or any(row[j] for row in confusion.counts)]
    width, height = _LEFT + _CELL_W * len(got) + 2, _TOP + _CELL_H * len(gold) + 2
    parts = [
        f'<svg class="heat" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"'
        f' aria-label="{escape(_spoken(name, confusion))}">'
        f'<text class="axis-name" x="{_LEFT}" y="12">predicted →</text>'
        f'<text class="axis-name" x="{_LEFT - 10}" y="{_TOP - 8}" text-anchor="end">gold ↓</text>'
    ]
    parts += [
        _label(confusion.labels[j], _LEFT + _CELL_W * (place + 0.5), _TOP - 14, "middle") for place, j in enumerate(got)
    ]
    for place, i in enumerate(gold):
        top = _TOP + _CELL_H * place
        parts.append(_label(confusion.labels[i], _LEFT - 10, top + _CELL_H / 2 + 4, "end"))
        row = confusion.counts[i]
        parts += [_cell(row[j], sum(row), _LEFT + _CELL_W * at, top, right=i == j) for at, j in enumerate(got)]
    return "".join([*parts, "</svg>"])


def _cell(count: int, whole: int, left: int, top: int, *, right: bool) -> str:
    share = count / whole
    middle = left + _CELL_W / 2
    frame = ' class="right"' if right else ""
    text = (
        f'<text class="count" x="{middle}" y="{top + 21}">{count:,}</text>'
        f'<text class="share" x="{middle}" y="{top + 36}">{share:.0%}</text>'
        if count
        else f'<text class="share" x="{middle}" y="{top + 28}">·</text>'
    )
    return (
        f'<rect{frame} x="{left + 1}" y="{top + 1}" width="{_CELL_W - 2}" height="{_CELL_H - 2}" rx="3"'
        f' fill-opacity="{_PALEST + _STEP * share:.2f}"/>{text}'
    )


def _label(label: str, x: float, y: float, anchor: str) -> str:
    """A label, on two lines where it has two words; the last line or, of a row, the middle is at `y`."""
    first, _, second = label.partition("_")
    at = f'x="{x:.0f}" text-anchor="{anchor}"'
    if not second:
        return f'<text {at} y="{y:.0f}">{escape(first)}</text>'
    up, down = (14, 0) if anchor == "middle" else (7, 7)
    return (
        f'<text {at} y="{y - up:.0f}">{escape(first)}</text>'
        f'<text {at} y="{y + down:.0f}">{escape(words(second))}</text>'
    )


def _spoken(name: str, confusion: Confusion) -> str:
    whole = sum(map(sum, confusion.counts))
    right = sum(row[i] for i, row in enumerate(confusion.counts))
    mistaken = sorted(
        (
            (count, words(confusion.labels[i]), words(confusion.labels[j]))
            for i, row in enumerate(confusion.counts)
            for j, count in enumerate(row)
            if i != j and count
        ),
        reverse=True,
    )
    most = "".join(f" {count} times {gold} was taken for {got}." for count, gold, got in mistaken[:3])
    return f"Confusion of {words(name)}: {right} of {whole} right.{most}"


def reliability_diagram(calibration: Calibration) -> str:
    """Stated confidence against the share that was right, bin by bin, with the size of each bin below."""
    held = [one for one in calibration.bins if one.n and one.confidence is not None and one.accuracy is not None]
    most = max(one.n for one in held)
    dots = [(one.confidence or 0.0, one.accuracy or 0.0) for one in held]
    foot = _y(0)
    sizes = "".join(
        f'<rect class="size" x="{_x(one.low) + 2:.1f}" y="{foot + 52 - 22 * one.n / most:.1f}"'
        f' width="{_SIDE / len(calibration.bins) - 4:.1f}" height="{22 * one.n / most:.1f}"/>'
        f'<text class="tick" x="{_x((one.low + one.high) / 2):.1f}" y="{foot + 66:.0f}" text-anchor="middle">'
        f"{_short(one.n)}</text>"
        for one in held
    )
    spoken = "; ".join(f"stated {confidence:.2f}, right {accuracy:.2f}" for confidence, accuracy in dots)
    return _plot(
        f"Reliability: {spoken}.",
        "stated confidence",
        "share right",
        f'<path class="ideal" d="M{_x(0):.0f} {_y(0):.0f}L{_x(1):.0f} {_y(1):.0f}"/>{_line(dots)}',
        below=sizes,
    )


def _short(count: int) -> str:
    return f"{count / 1000:.1f}k" if count >= 1000 else str(count)


def coverage_curve(kept: Sequence[AtCoverage]) -> str:
    """How right the surest answers are, by the share of answers kept."""
    dots = [(one.coverage, one.accuracy) for one in kept if one.accuracy is not None]
    spoken = "; ".join(f"{coverage:.0%} kept, {accuracy:.2f} right" for coverage, accuracy in dots)
    return _plot(f"Accuracy by coverage: {spoken}.", "share of answers kept", "share right", _line(dots))


def _line(dots: Sequence[tuple[float, float]]) -> str:
    path = "L".join(f"{_x(x):.1f} {_y(y):.1f}" for x, y in dots)
    circles = "".join(f'<circle class="dot" cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="4"/>' for x, y in dots)
    return f'<path class="whisker" d="M{path}"/>{circles}' if dots else ""


def _plot(spoken: str, across: str, up: str, inside: str, below: str = "") -> str:
    width, height = _MARGIN + _SIDE + 16, 12 + _SIDE + _FOOT + (40 if below else 0)
    ticks = "".join(
        f'<path class="grid" d="M{_x(at):.0f} {_y(0):.0f}V{_y(1):.0f}M{_x(0):.0f} {_y(at):.0f}H{_x(1):.0f}"/>'
        f'<text class="tick" x="{_x(at):.0f}" y="{_y(0) + 18:.0f}" text-anchor="middle">{at:g}</text>'
        f'<text class="tick" x="{_x(0) - 8:.0f}" y="{_y(at) + 4:.0f}" text-anchor="end">{at:g}</text>'
        for at in (0, 0.25, 0.5, 0.75, 1)
    )
    return (
        f'<svg class="plot" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"'
        f' aria-label="{escape(spoken)}">{ticks}'
        f'<text class="axis-name" x="{_x(0.5):.0f}" y="{height - 6}" text-anchor="middle">{across}</text>'
        f'<text class="axis-name" x="12" y="{_y(0.5):.0f}" text-anchor="middle"'
        f' transform="rotate(-90 12 {_y(0.5):.0f})">{up}</text>{inside}{below}</svg>'
    )


def _x(share: float) -> float:
    return _MARGIN + share * _SIDE


def _y(share: float) -> float:
    return 12 + (1 - share) * _SIDE
