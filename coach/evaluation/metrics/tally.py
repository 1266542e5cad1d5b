"""What a task's figures are made of: counts that are added up, case by case, and nothing else.

Every figure comes from a sum of tallies, so that a bootstrap over cases only has to add.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

Tally = Counter[tuple[str, ...]]
"""Counts of one case, or of many added up."""
Counts = Mapping[tuple[str, ...], int]
"""A tally that is only read."""
Figures = dict[str, float]
"""Figures by name, in reading order; nan where there was nothing to measure."""

RUNS = ("runs",)
"""How often cases were run, repeats included."""
CASES = ("cases",)
"""How many cases there are, however often each was run."""
_SHARED: dict[tuple[str, ...], tuple[str, ...]] = {}
"""Every key that was ever counted, to be the same object in every tally."""


@dataclass(frozen=True, slots=True)
class Share:
    """A figure that is a proportion of yes-or-no outcomes, so that a binomial interval applies."""

    part: tuple[str, ...]
    """Key of the outcomes that count."""
    whole: tuple[str, ...]
    """Key of all outcomes."""
    count: bool = False
    """The figure is the number of them in one run of every case, the mean over the repeats, rather than their share."""

    def of(self, tally: Counts) -> float:
        """Compute the figure from a sum of tallies; nan where there was nothing to measure."""
        part, whole = tally.get(self.part, 0), tally.get(self.whole, 0)
        if not self.count:
            return ratio(part, whole)
        runs = tally.get(RUNS, 0)
        return part * tally.get(CASES, 0) / runs if runs else math.nan


FAILURES = Share(("failed",), RUNS, count=True)
"""Runs without an output."""


class TaskMetrics(NamedTuple):
    """How the tallies of one task become figures."""

    resampled: Callable[[Counts], Figures]
    """The figures of a sum of tallies that are no proportions: their intervals come from resampling."""
    headlines: tuple[str, ...]
    """The figures to read first, in this order."""
    shares: Mapping[str, Share]
    """The figures that are proportions, by name."""
    confusions: Mapping[str, tuple[str, ...]]
    """The confusion tables there are, and the order of each one's labels."""

    def figures(self, tally: Counts) -> Figures:
        """Every figure of a sum of tallies; nan where there was nothing to measure."""
        return {**self.resampled(tally), **{name: share.of(tally) for name, share in self.shares.items()}}


def proportions_only(_tally: Counts) -> Figures:
    """No figure: for a task whose every figure is a proportion."""
    return {}


def one_case(runs: Iterable[Tally]) -> Tally:
    """Add up the tallies of the repeats of one case, which stays one case."""
    first, *others = runs
    for run in others:
        first.update(run)
    first[CASES] = 1
    # The tallies of thousands of cases share their keys.
    return Counter({_SHARED.setdefault(key, key): count for key, count in first.items()})


def opened(*, failed: bool) -> list[tuple[str, ...]]:
    """The keys that every run of every case adds."""
    return [RUNS, CASES, ("failed",)] if failed else [RUNS, CASES]


def ratio(part: float, whole: float) -> float:
    """A share; nan of nothing."""
    return part / whole if whole else math.nan


def mean(values: Iterable[float]) -> float:
    """The mean of what there is: a label that neither gold nor prediction ever used has no figure to average in."""
    known = [value for value in values if not math.isnan(value)]
    return ratio(sum(known), len(known))
