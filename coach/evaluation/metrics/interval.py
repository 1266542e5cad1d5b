"""A figure with its 95 % interval: Wilson's where it is a proportion, the bootstrap over clusters where it is not."""

from __future__ import annotations

import math
from collections.abc import Sequence

from coach.domain.measured import Metric
from coach.evaluation.metrics.tally import CASES, RUNS, Counts, Share, Tally, TaskMetrics
from coach.evaluation.statistics import Interval, cluster_bootstrap, clustered_wilson, total


def measure(
    task: TaskMetrics,
    tallies: Sequence[Tally],
    clusters: Sequence[str],
    *,
    resamples: int = 500,
    summed: Tally | None = None,
) -> dict[str, Metric]:
    """Compute every figure on the sum of the tallies, each with an interval.

    Args:
        task: How the cases are measured.
        tallies: One `case_tally` a case.
        clusters: What each case is resampled with, in the same order.
        resamples: Times the clusters are drawn.
        summed: The sum of the tallies, where it is known.

    Raises:
        ValueError: the two sequences differ in length.
    """
    summed = total(tallies) if summed is None else summed
    figures = task.figures(summed)
    proportions = figures.keys() <= task.shares.keys()
    drawn = (
        {} if proportions else cluster_bootstrap(tallies, clusters, task.resampled, resamples=resamples, summed=summed)
    )
    repeats = summed[RUNS] / summed[CASES] if summed[CASES] else 1.0
    metrics: dict[str, Metric] = {}
    for name, value in figures.items():
        share = task.shares.get(name)
        ends = _wilson(share, tallies, clusters, repeats) if share else drawn[name]
        known = not math.isnan(value)
        metrics[name] = Metric(
            value=value if known else None,
            low=ends.low if known and ends else None,
            high=ends.high if known and ends else None,
            n=len(tallies),
        )
    return metrics


def _wilson(share: Share, tallies: Sequence[Counts], clusters: Sequence[str], repeats: float) -> Interval:
    parts = [tally.get(share.part, 0) for tally in tallies]
    wholes = [tally.get(share.whole, 0) for tally in tallies]
    low, high = clustered_wilson(parts, clusters, wholes=wholes, at_least=repeats)
    scale = sum(wholes) / repeats if share.count else 1.0
    return Interval(low * scale, high * scale)
