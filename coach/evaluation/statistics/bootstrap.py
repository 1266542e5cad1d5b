"""Bootstrap over clusters of cases: a cluster is drawn whole, and a figure comes from the sum of what was drawn.

Rule: a result depends on the cases, their clusters and the seed, never on the order of the cases.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from coach.evaluation.statistics.sign_flip import sign_flip
from coach.evaluation.statistics.wilson import Interval

Key = TypeVar("Key", bound=Hashable)


TIMES_DRAWN = bytes([0] * 95 + [1] * 93 + [2] * 47 + [3] * 16 + [4] * 4 + [5])
"""How often a cluster is drawn, by a random byte: a Poisson number of mean 1, in parts of 256; its mean is 1 exactly
and its variance 1.008."""


class PairedDifference(NamedTuple):
    """How much a figure moved between two runs of the same cases, in its own units.

    Attributes:
        mean: Mean of the differences, negative where the figure fell; nan without a case.
        low: Lower end of the two-sided 95 % interval of the mean; nan with fewer than two clusters.
        high: Upper end.
        upper_drop: The drop is no larger than this, with 95 % confidence; above 0; nan with fewer than two clusters.
        p_drop: One-sided p-value of "the mean fell", above 0 and at most 1.
    """

    mean: float
    low: float
    high: float
    upper_drop: float
    p_drop: float


class _Counts(dict[Key, int]):
    """Counts by key, 0 for a key never counted."""

    def __missing__(self, key: Key) -> int:
        return 0


def total(tallies: Sequence[Mapping[Key, int]]) -> Counter[Key]:
    """Add tallies key by key."""
    counts: Counter[Key] = Counter()
    for tally in tallies:
        counts.update(tally)
    return counts


def cluster_bootstrap(  # noqa: PLR0913  what is drawn, how often, and what is known of it
    tallies: Sequence[Mapping[Key, int]],
    clusters: Sequence[str],
    figures: Callable[[Mapping[Key, int]], Mapping[str, float]],
    *,
    resamples: int = 500,
    seed: int = 7,
    summed: Mapping[Key, int] | None = None,
) -> dict[str, Interval | None]:
    """Give each figure its 95 % percentile interval.

    Args:
        tallies: Non-negative counts of each case, such that every figure is a function of their sum.
        clusters: The cluster each case belongs to, in the same order.
        figures: Figures by name from summed counts (0 for a missing key); nan where there is nothing to measure.
        resamples: Times the clusters are drawn; 500 settle the ends to about a tenth of the interval's width.
        seed: Seed of the draws.
        summed: The sum of the tallies, where it is known.

    Returns:
        An interval for every figure of the sum of all tallies; None with fewer than two clusters, and where all
        resamples that are not nan agree: they do not show how far the figure may be off.

    Raises:
        ValueError: The two sequences differ in length, or a count is negative or beyond all measure.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), ch. 13; Davison and Hinkley, Bootstrap
    Methods (1997), sec. 3.8, for drawing clusters whole; Hanley and MacGibbon, Creating non-parametric bootstrap
    samples using Poisson frequencies, Comput. Methods Programs Biomed. 83 (2006), for drawing each of them a Poisson
    number of times instead of all of them a fixed number of times together.
    """
    members: defaultdict[str, list[Mapping[Key, int]]] = defaultdict(list)
    for tally, cluster in zip(tallies, clusters, strict=True):
        members[cluster].append(tally)
    groups = [members[cluster] for cluster in sorted(members)]
    sums = [group[0] if len(group) == 1 else total(group) for group in groups]
    summed = total(sums) if summed is None else summed
    samples: dict[str, list[float]] = {name: [] for name in figures(summed)}
    width = _width(sums, summed)
    for counts in _resampled(sums, width, resamples, seed) if len(sums) > 1 else ():
        for name, value in figures(counts).items():
            if name in samples and not math.isnan(value):
                samples[name].append(value)
    return {name: _interval(sorted(values)) if len(set(values)) > 1 else None for name, values in samples.items()}


def paired_bootstrap(
    differences: Sequence[float], clusters: Sequence[str], *, resamples: int = 2000, seed: int = 7
) -> PairedDifference:
    """Say how much a figure moved between two runs of the same cases, and how sure it is that it fell.

    The p-value is `sign_flip` of the sums of clusters. Resampling what did not move shows no drop, however few the
    cases; so the largest drop is never put below `1 - 0.05 ** (1 / G)` of G clusters: where more clusters than that
    share lose all they have, the chance to see none of them is less than 5 %.

    Args:
        differences: Later run minus earlier run, case by case, -1 to 1.
        clusters: The cluster each case belongs to, in the same order.
        resamples: Times the clusters are drawn for the interval and the largest drop.
        seed: Seed of the draws.

    Returns:
        An interval of width 0 and a p-value of 1 where no case moved.

    Raises:
        ValueError: The two sequences differ in length.

    Source: Davison and Hinkley, Bootstrap Methods (1997), sec. 2.4 (a ratio of sums, since clusters differ in size);
    Hanley and Lippman-Hand, If nothing goes wrong, is everything all right?, JAMA 249 (1983), for the floor, of which
    3 / G, the rule of three, is an approximation.
    """
    members: defaultdict[str, list[float]] = defaultdict(list)
    for difference, cluster in zip(differences, clusters, strict=True):
        members[cluster].append(difference)
    groups = [members[cluster] for cluster in sorted(members)]
    # A complex number carries a cluster's sum and size through one addition.
    pairs = [complex(math.fsum(group), len(group)) for group in groups]
    mean = math.fsum(pair.real for pair in pairs) / len(differences) if pairs else math.nan
    if len(pairs) < 2:
        return PairedDifference(mean, math.nan, math.nan, math.nan, 1.0)
    rng = random.Random(seed)  # noqa: S311  statistics, not secrets
    drawn = (sum(rng.choices(pairs, k=len(pairs))) for _ in range(resamples))
    means = sorted(pair.real / pair.imag for pair in drawn)
    unseen = 1 - 0.05 ** (1 / len(pairs))
    p_drop = sign_flip([pair.real for pair in pairs], seed=seed)
    return PairedDifference(mean, *_interval(means), max(unseen, -_quantile(means, 0.05)), p_drop)


def _resampled(sums: Sequence[Mapping[Key, int]], width: int, resamples: int, seed: int) -> Iterator[_Counts[Key]]:
    # All resamples at once: a key's counts in every one of them stand side by side in one long integer, so that adding
    # a cluster to all of them, each as often as it was drawn there, is one multiplication and one addition.
    rng = random.Random(seed)  # noqa: S311  statistics, not secrets
    lanes: dict[Key, int] = {}
    weights = bytearray(width * resamples)
    for counts in sums:
        weights[::width] = rng.randbytes(resamples).translate(TIMES_DRAWN)
        drawn = int.from_bytes(weights, "little")
        for key, count in counts.items():
            lanes[key] = lanes.get(key, 0) + drawn * count
    size = width * resamples
    views = [memoryview(lane.to_bytes(size, "little")) for lane in lanes.values()]
    columns = [(view.cast("I") if width == 4 else view.cast("Q")).tolist() for view in views]
    # Without a single count there is nothing to draw, and each resample is empty all the same.
    rows: Iterable[tuple[int, ...]] = zip(*columns, strict=True) if columns else [()] * resamples
    return (_Counts(zip(lanes, row, strict=True)) for row in rows)


def _width(sums: Sequence[Mapping[Key, int]], summed: Mapping[Key, int]) -> int:
    """Bytes that hold any key's largest possible sum, so that none spills into its neighbour."""
    if any(min(counts.values(), default=0) < 0 for counts in sums):
        raise ValueError("a count is negative")
    most = TIMES_DRAWN[-1] * max(summed.values(), default=0)
    if most >= 1 << 64:
        raise ValueError("counts of 2 to the power of 60 and more cannot be resampled")
    return 4 if most < 1 << 32 else 8


def _interval(ordered: Sequence[float]) -> Interval:
    return Interval(_quantile(ordered, 0.025), _quantile(ordered, 0.975))


def _quantile(ordered: Sequence[float], share: float) -> float:
    # Hyndman and Fan's type 7: a straight line between the two nearest values.
    whole, rest = divmod(share * (len(ordered) - 1), 1)
    low = ordered[int(whole)]
    return low + rest * (ordered[min(int(whole) + 1, len(ordered) - 1)] - low)
