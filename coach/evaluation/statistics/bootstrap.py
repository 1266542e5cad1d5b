"""Bootstrap over clusters of cases: a cluster is drawn whole, and a figure comes from the sum of what was drawn.

Rule: a result depends on the cases, their clusters and the seed, never on the order of the cases.
"""

from __future__ import annotations

import math
import random
import struct
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from coach.evaluation.statistics.sign_flip import sign_flip
from coach.evaluation.statistics.wilson import Interval

Key = TypeVar("Key", bound=Hashable)


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


def cluster_bootstrap(
    tallies: Sequence[Mapping[Key, int]],
    clusters: Sequence[str],
    figures: Callable[[Mapping[Key, int]], Mapping[str, float]],
    *,
    resamples: int = 500,
    seed: int = 7,
) -> dict[str, Interval | None]:
    """Give each figure its 95 % percentile interval.

    Args:
        tallies: Non-negative counts of each case, such that every figure is a function of their sum.
        clusters: The cluster each case belongs to, in the same order.
        figures: Figures by name from summed counts (0 for a missing key); nan where there is nothing to measure.
        resamples: Times the clusters are drawn; 500 settle the ends to about a tenth of the interval's width.
        seed: Seed of the draws.

    Returns:
        An interval for every figure of the sum of all tallies; None with fewer than two clusters, or where every
        resample gave nan.

    Raises:
        ValueError: The two sequences differ in length.
        struct.error: A count is negative.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), ch. 13; Davison and Hinkley, Bootstrap
    Methods (1997), sec. 3.8, for drawing clusters whole.
    """
    members: defaultdict[str, list[Mapping[Key, int]]] = defaultdict(list)
    for tally, cluster in zip(tallies, clusters, strict=True):
        members[cluster].append(tally)
    groups = [members[cluster] for cluster in sorted(members)]
    sums = [group[0] if len(group) == 1 else total(group) for group in groups]
    samples: dict[str, list[float]] = {name: [] for name in figures(total(sums))}
    for counts in _resampled(sums, resamples, seed) if len(sums) > 1 else ():
        for name, value in figures(counts).items():
            if name in samples and not math.isnan(value):
                samples[name].append(value)
    return {name: _interval(sorted(values)) if values else None for name, values in samples.items()}


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


def _resampled(sums: Sequence[Mapping[Key, int]], resamples: int, seed: int) -> Iterator[_Counts[Key]]:
    # Each cluster becomes one long integer with a field for every key, so that a resample is a plain sum.
    keys = list(dict.fromkeys(key for counts in sums for key in counts))
    most = len(sums) * max((count for counts in sums for count in counts.values()), default=0)
    code = next(code for code in "BHIQ" if most < 1 << 8 * struct.calcsize(f"<{code}"))
    fields = struct.Struct(f"<{len(keys)}{code}")
    packed = [int.from_bytes(fields.pack(*(counts.get(key, 0) for key in keys)), "little") for counts in sums]
    rng = random.Random(seed)  # noqa: S311  statistics, not secrets
    for _ in range(resamples):
        drawn = sum(rng.choices(packed, k=len(packed)))
        yield _Counts(zip(keys, fields.unpack(drawn.to_bytes(fields.size, "little")), strict=True))


def _interval(ordered: Sequence[float]) -> Interval:
    return Interval(_quantile(ordered, 0.025), _quantile(ordered, 0.975))


def _quantile(ordered: Sequence[float], share: float) -> float:
    # Hyndman and Fan's type 7: a straight line between the two nearest values.
    whole, rest = divmod(share * (len(ordered) - 1), 1)
    low = ordered[int(whole)]
    return low + rest * (ordered[min(int(whole) + 1, len(ordered) - 1)] - low)
