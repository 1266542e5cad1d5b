"""What a rep's ratings and results say that may bear on the gap; never a gap by themselves. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coach.domain import RepPacket

_EARLIER = re.compile(r"prior|previous|last_year|before|20\d\d|_py\b")
_OTHERS = re.compile(r"^(?:team|region|peer|peers|group|company|house)_(?:avg_|average_|mean_|median_)?")
_TARGET, _WIDTH = 85.0, 40.0
"""Attainment in per cent that is neither good nor bad, and how far off it counts in full."""
_USUAL_WINS, _WIN_WIDTH = 22.0, 15.0
_DROP = 60.0
_MOST = 1e9
"""Beyond what any of them counts in full; a figure of four hundred digits would not be a number to reckon with."""


def figure_features(packet: RepPacket) -> dict[str, float]:
    """Numbers from -1 to 2 about ratings and results, by name."""
    return {**_ratings(packet), **_results(packet)}


def _ratings(packet: RepPacket) -> dict[str, float]:
    ratings = list(packet.self_assessment.ratings.values())
    if not ratings:
        return {}
    # In no order: that is the form's.
    mean = sum(ratings) / len(ratings)
    return {"s:rated": 1.0, "s:mean": mean - 3, "s:low": float(min(ratings) <= 2), "s:top": float(max(ratings) == 5)}


def _results(packet: RepPacket) -> dict[str, float]:
    numbers = {
        name.lower(): float(max(-_MOST, min(_MOST, one)))
        for name, one in (packet.results or {}).items()
        if isinstance(one, int | float)
    }
    if not packet.results:
        return {}
    earlier = {name: one for name, one in numbers.items() if _EARLIER.search(name)}
    now = {name: one for name, one in numbers.items() if name not in earlier}
    found = {"r:any": 1.0, "r:earlier": float(bool(earlier))}
    found["r:others"] = float(any(_OTHERS.match(name) for name in numbers))
    attained, attained_before = _first(now, "attainment"), _first(earlier, "attainment")
    if attained is not None:
        found["r:attained"] = _bounded((attained - _TARGET) / _WIDTH)
        if attained_before is not None:
            found["r:drop"] = _bounded((attained_before - attained) / _DROP)
    wins = _first(now, "win_rate")
    if wins is not None:
        found["r:wins"] = _bounded((wins - _USUAL_WINS) / _WIN_WIDTH)
    return found


def _first(numbers: Mapping[str, float], name: str) -> float | None:
    return next((one for key, one in numbers.items() if name in key), None)


def _bounded(value: float) -> float:
    return max(-1.0, min(1.0, value))
