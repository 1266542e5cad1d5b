"""The exact paired test that right answers became wrong, for cases that come in clusters; pure."""

from __future__ import annotations

from collections.abc import Sequence


def cluster_mcnemar(net: Sequence[int]) -> float:
    """Give the one-sided exact p-value that cases got worse, where cases of one cluster may change together.

    Were nothing changed, each cluster's net change would be as likely to point the one way as the other; the p-value
    is the share of all such sign patterns whose sum is at least the one seen. Clusters whose changes cancel out say
    nothing; with one case in every cluster this is McNemar's test in its exact form, the sign test on the cases that
    changed.

    Args:
        net: For each cluster, cases that got worse minus cases that got better.

    Returns:
        A p-value above 0 and at most 1; 1 where no cluster changed.

    Source: McNemar, Psychometrika 12 (1947); Fisher's randomisation of signs, The Design of Experiments (1935), sec.
    21, on cluster totals.
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
