"""Whether an engine that is asked the same again is right again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from coach.domain.base import Frozen
from coach.errors import NotMeasured


class CheckRepeats(Frozen):
    """How steady one check is."""

    pass_hat: tuple[float, ...]
    """pass^1, pass^2, … pass^k: the chance that a case is right in each of so many runs, averaged over cases."""
    flip_rate: float
    """The share of cases that are right in some runs and wrong in others."""
    n: int
    """Cases that have the check."""


class Repeats(Frozen):
    """How steady an engine is over the repeats of each case."""

    k: int
    """The repeats that every case has, at least."""
    checks: dict[str, CheckRepeats]
    unstable: tuple[str, ...]
    """Ids of cases that are right in some runs and wrong in others, on some check."""


def pass_hat_k(c: int, n: int, k: int) -> float:
    """Estimate the chance that `k` runs of a case are all right, from `c` right ones of `n`: C(c, k) / C(n, k).

    Unbiased for independent runs; 0 to 1.

    Raises:
        ValueError: not 0 <= c <= n, or not 1 <= k <= n.

    Source: Yao et al., tau-bench, arXiv 2406.12045 (2024).
    """
    if not (0 <= c <= n and 1 <= k <= n):
        raise ValueError(f"{c} right of {n} runs, and {k} at a time: needs 0 <= right <= runs and 1 <= k <= runs")
    return math.comb(c, k) / math.comb(n, k)


def measure_repeats(cases: Mapping[str, Sequence[Mapping[str, bool]]]) -> Repeats:
    """Measure steadiness over the runs of each case.

    Args:
        cases: By id, the `checks` of each run of the case.

    Raises:
        NotMeasured: no case was run.
    """
    k = min((len(runs) for runs in cases.values()), default=0)
    if not k:
        raise NotMeasured("a case was not run at all, so its repeats cannot be compared; run it, or leave it out")
    by_check: dict[str, dict[str, list[bool]]] = {}
    for id_, runs in cases.items():
        for name in runs[0]:
            by_check.setdefault(name, {})[id_] = [run[name] for run in runs]
    flipped = {id_ for right in by_check.values() for id_, runs in right.items() if len(set(runs)) > 1}
    return Repeats(
        k=k,
        checks={name: _check(list(right.values()), k) for name, right in by_check.items()},
        unstable=tuple(id_ for id_ in cases if id_ in flipped),
    )


def _check(cases: Sequence[Sequence[bool]], k: int) -> CheckRepeats:
    n = len(cases)
    return CheckRepeats(
        pass_hat=tuple(
            math.fsum(pass_hat_k(sum(one), len(one), size) for one in cases) / n for size in range(1, k + 1)
        ),
        flip_rate=sum(len(set(one)) > 1 for one in cases) / n,
        n=n,
    )
