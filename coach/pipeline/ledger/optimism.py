"""A rep's odds against what came true: Brier score, bias, and the curve.

Rule: it is a measure of claims, never of a person; with fewer than ten deals it shows no leaning and no interval.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from coach.domain.claims import MadeClaim
from coach.domain.one_on_one import Bin, Optimism
from coach.domain.opportunity import DealState
from coach.pipeline.intervals import Interval
from coach.pipeline.ledger.hits import FEWEST, counted, frequency
from coach.pipeline.ledger.outcomes import deal, first_of_each_deal
from coach.pipeline.ledger.resampling import ends, tail, unseen

EARLY = timedelta(days=30)
"""A deal won more than this before the day first claimed was won early."""
_EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Of the curve's bins; each holds its lower edge, the last one both."""


class _Odds(NamedTuple):
    """Odds that were stated, and what came of them."""

    deal: tuple[str, str]
    stated: float
    true: bool

    @property
    def bias(self) -> float:
        return self.stated - self.true

    @property
    def squared(self) -> float:
        return self.bias**2

    def otherwise(self) -> _Odds:
        """Had it come out the other way."""
        return self._replace(true=not self.true)


def optimism(claims: Sequence[MadeClaim], as_of: date) -> Optimism:
    """Hold a rep's odds against what came true: over all settled claims that give odds.

    Args:
        claims: In the order of `known`.
        as_of: The day the ledger is read.
    """
    odds = [
        _Odds(deal(claim), claim.probability, true)
        for claim in claims
        if claim.probability is not None and (true := claim.came_true(as_of)) is not None
    ]
    deals = len({one.deal for one in odds})
    brier, bias = _means(odds) if odds else (None, None)
    spread = _spread(odds, deals) if deals >= FEWEST else (None, None)
    (brier_low, brier_high), (bias_low, bias_high) = (one or (None, None) for one in spread)
    return Optimism(
        brier=brier,
        brier_low=brier_low,
        brier_high=brier_high,
        claims=len(odds),
        deals=deals,
        too_few=deals < FEWEST,
        bias=bias,
        bias_low=bias_low,
        bias_high=bias_high,
        leaning=_leaning(spread[1]),
        curve=_curve(claims, as_of),
        won_early=sum(_early(claim) for claim in first_of_each_deal(claims)),
    )


def _means(odds: Sequence[_Odds]) -> tuple[float, float]:
    """Brier score and bias."""
    return (
        math.fsum(one.squared for one in odds) / len(odds),
        math.fsum(one.bias for one in odds) / len(odds),
    )


def _spread(odds: Sequence[_Odds], deals: int) -> tuple[Interval, Interval]:
    """The 95 % intervals of Brier score and bias.

    Where every claim came true, or none did, drawing them again never shows the other outcome: ten deals at 0.9 that
    were all won would prove the odds too low. So the interval then reaches at least to where the other outcome had
    the largest share that can well have gone unseen.
    """
    groups: defaultdict[tuple[str, str], list[_Odds]] = defaultdict(list)
    for one in odds:
        groups[one.deal].append(one)
    sums = [
        (math.fsum(one.squared for one in group), math.fsum(one.bias for one in group)) for group in groups.values()
    ]
    brier, bias = ends(sums, [len(group) for group in groups.values()], tail(deals))
    if len({one.true for one in odds}) > 1:
        return brier, bias
    share, here, there = unseen(deals), _means(odds), _means([one.otherwise() for one in odds])
    reach = [now + share * (other - now) for now, other in zip(here, there, strict=True)]
    return _reaching(brier, reach[0]), _reaching(bias, reach[1])


def _reaching(interval: Interval, value: float) -> Interval:
    return Interval(min(interval.low, value), max(interval.high, value))


def _leaning(bias: Interval | None) -> str | None:
    if bias is None:
        return None
    if bias.low > 0:
        return "optimistic"
    return "sandbagging" if bias.high < 0 else "neither"


def _curve(claims: Sequence[MadeClaim], as_of: date) -> tuple[Bin, ...]:
    """Claims of like odds together, the lowest first; within a bin each deal counts once, as everywhere."""
    bins: defaultdict[int, list[MadeClaim]] = defaultdict(list)
    for claim in claims:
        if claim.probability is not None:
            bins[bisect_right(_EDGES[1:-1], claim.probability)].append(claim)
    curve = []
    for place, members in sorted(bins.items()):
        stated = [claim.probability or 0.0 for claim in counted(members, as_of)]
        if stated:
            mean, hits = math.fsum(stated) / len(stated), frequency(members, as_of)
            curve.append(Bin(low=_EDGES[place], high=_EDGES[place + 1], stated=mean, hits=hits))
    return tuple(curve)


def _early(first: MadeClaim) -> bool:
    won = first.closed_on if first.outcome is DealState.WON else None
    return won is not None and first.close_date - won > EARLY
