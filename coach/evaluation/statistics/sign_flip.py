"""A paired test that a figure fell, for differences of any size: `cluster_mcnemar` is the one for whole cases; pure."""

from __future__ import annotations

import random
from collections.abc import Sequence
from operator import getitem

_EXACT = 12
"""Up to so many changes every pattern of signs is gone through, 4096 at the most."""
_DRAWS = 4000
"""Patterns drawn beyond that; the least p-value is 1 / 4001."""
_BYTE = 8
"""Signs drawn at once."""
_ROUNDING = 1e-9
"""Sums nearer than this are the same sum."""


def sign_flip(changes: Sequence[float], *, seed: int = 7) -> float:
    """Give the one-sided p-value that a figure fell.

    Were nothing changed, each change would be as likely to point the one way as the other; the p-value is the share
    of sign patterns whose sum is at most the one seen. A change of 0 says nothing.

    Args:
        changes: Later less earlier, one for each cluster, being its sum over cases that may change together.
        seed: Seed of the patterns drawn, where there are too many to go through.

    Returns:
        A p-value above 0 and at most 1; 1 where nothing changed. Exact up to 12 changes; beyond, the share of 4000
        patterns drawn, the pattern seen counted among them, so that it raises no more false alarms than it says.

    Source: Fisher, The Design of Experiments (1935), sec. 21; Phipson and Smyth, Permutation p-values should never be
    zero, Stat. Appl. Genet. Mol. Biol. 9 (2010), for the one added count.
    """
    sizes = [abs(change) for change in changes if abs(change) > _ROUNDING]
    seen = sum(change for change in changes if abs(change) > _ROUNDING) + _ROUNDING
    if len(sizes) <= _EXACT:
        sums = _signed_sums(sizes)
        return sum(one <= seen for one in sums) / len(sums)
    # A random byte looks up the sum of eight changes with random signs.
    sizes += [0.0] * (-len(sizes) % _BYTE)
    tables = [_signed_sums(sizes[start : start + _BYTE]) for start in range(0, len(sizes), _BYTE)]
    rng = random.Random(seed)  # noqa: S311  statistics, not secrets
    as_low = sum(sum(map(getitem, tables, rng.randbytes(len(tables)))) <= seen for _ in range(_DRAWS))
    return (1 + as_low) / (_DRAWS + 1)


def _signed_sums(sizes: Sequence[float]) -> list[float]:
    sums = [0.0]
    for size in sizes:
        sums = [one - size for one in sums] + [one + size for one in sums]
    return sums
