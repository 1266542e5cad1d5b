"""Exact paired tests that right answers became wrong, for single cases and for clusters of them; pure."""

from __future__ import annotations

import math
from collections.abc import Sequence


def mcnemar(worse: int, better: int) -> float:
    """Give the one-sided exact p-value that cases got worse.

    Args:
        worse: Cases right before and wrong now.
        better: Cases wrong before and right now.

    Returns:
        Chance of at least `worse` heads in `worse + better` fair tosses; 1 where no case changed.

    Source: McNemar, Psychometrika 12 (1947); the exact form is the sign test on the discordant pairs.
    """
    changed = worse + better
    return sum(math.comb(changed, k) for k in range(worse, changed + 1)) / (1 << changed)


def cluster_mcnemar(net: Sequence[int]) -> float:
    """Give the one-sided exact p-value that cases got worse, where cases of one cluster may change together.

    Were nothing changed, each cluster's net change would be as likely to point the one way as the other; the p-value
    is the share of all such sign patterns whose sum is at least the one seen. Clusters whose changes cancel out say
    nothing; with one case in every cluster this is `mcnemar`.

    Args:
        net: For each cluster, cases that got worse minus cases that got better.

    Returns:
        A p-value above 0 and at most 1; 1 where no cluster changed.

    Source: Fisher's randomisation of signs, The Design of Experiments (1935), sec. 21, on cluster totals.
    """
    sizes = [abs(one) for one in net if one]
    # `patterns` is a polynomial written as one integer: its field t counts the sign patterns in which the clusters
    # that got worse sum to t. A field never fills, since there are only 2 ** len(sizes) patterns in all.
    width = len(sizes) + 2
    patterns = 1
    for size in sizes:
        patterns += patterns << size * width
    at_least_as_bad = patterns >> width * sum(one for one in net if one > 0)
    # Casting out nines: a number is congruent to the sum of its digits, modulo its base less one.
    return at_least_as_bad % ((1 << width) - 1) / (1 << len(sizes))
