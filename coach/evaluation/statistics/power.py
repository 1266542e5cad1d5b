"""What a suite could see: the exact power of the one-sided exact McNemar test; pure.

Model: cases are independent; noise turns a case either way with the same chance, and a drop turns more of them worse.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise


def detection_power(n: int, drop: float, noise: float, alpha: float = 0.05) -> float:
    """Give the probability that `cluster_mcnemar` of single cases fires, exactly and not by simulation.

    Args:
        n: Independent cases.
        drop: True drop in the share of right cases, 0 to 1.
        noise: Share of cases that turn each way for no reason; a case gets worse with probability `noise + drop`
            and better with probability `noise`.
        alpha: The test fires at a p-value of at most this, above 0 and below 1.

    Returns:
        A probability; with `drop` 0, the rate of false alarms.

    Raises:
        ValueError: The probabilities exceed 1 together.

    Source: Connor, Sample size for testing differences in proportions for the paired-sample design, Biometrics 43
    (1987): the binomial tail given the discordant pairs, averaged over their number.
    """
    turned = 2 * noise + drop
    if turned > 1 + 1e-9:
        raise ValueError(f"2 * noise + drop is {turned:.3f}: the shares that get worse and better exceed 1")
    if turned == 0:
        return 0.0
    worse = (noise + drop) / turned
    power = fires = 0.0
    # P(fires | d turned) follows from P(fires | d - 1 turned): a case one short of the threshold may cross it, and
    # a threshold that rises takes back the cases that only reached it.
    for d, (before, now) in enumerate(pairwise(_thresholds(n, alpha)), start=1):
        fires += worse * _binomial(before - 1, d - 1, worse)
        if now > before:
            fires -= _binomial(before, d, worse)
        power += _binomial(d, n, min(1.0, turned)) * fires
    return min(1.0, max(0.0, power))


@lru_cache(maxsize=1024)
def smallest_detectable_drop(n: int, noise: float, *, alpha: float = 0.05, power: float = 0.9) -> float | None:
    """Give the smallest drop, in whole thousandths, that the test sees with the power asked for.

    Args:
        n: Independent cases, at least 1.
        noise: Share of cases that turn each way for no reason, 0 to 0.5.
        alpha: Level of the one-sided test.
        power: Probability with which the drop is to be seen.

    Returns:
        A drop from 0 to 1, or None where no drop could be seen, every case getting worse included.
    """
    largest = int(1000 * (1 - 2 * noise) + 1e-9)
    drop = bisect_left(
        range(largest + 1), power, key=lambda thousandths: detection_power(n, thousandths / 1000, noise, alpha)
    )
    return drop / 1000 if drop <= largest else None


@lru_cache(maxsize=64)
def _thresholds(n: int, alpha: float) -> tuple[int, ...]:
    """Give, for 0 to n turned cases, the fewest worse ones that fire; one more than all where none do."""
    found = [1]
    # With d turned cases: `tail` counts the patterns with at least k worse, `at` those with exactly k - 1.
    k, tail, at = 1, 0, 1
    for d in range(1, n + 1):
        tail = 2 * tail + at
        at = at * d // (d - k + 1)
        if tail / (1 << d) > alpha:
            at = at * (d - k + 1) // k
            tail -= at
            k += 1
        found.append(k)
    return tuple(found)


def _binomial(k: int, n: int, p: float) -> float:
    if p in {0.0, 1.0}:
        return float(k == n * p)
    choices = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(choices + k * math.log(p) + (n - k) * math.log1p(-p))
