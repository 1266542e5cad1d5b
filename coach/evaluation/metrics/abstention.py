"""How right an engine would be if it kept silent where it is least sure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from coach.domain.base import Frozen
from coach.evaluation.metrics.calibration import Point

_TENTHS = (10, 9, 8, 7, 6, 5)


class AtCoverage(Frozen):
    """Accuracy on the answers that are kept."""

    coverage: float
    """The share of answers that were to be kept, above 0 to 1."""
    accuracy: float
    """The share of those kept that is right."""
    n: int
    """Answers kept; more than asked for where several are equally sure, since they are kept together."""
    threshold: float
    """The least confidence that is kept."""


def accuracy_at_coverage(answers: Sequence[Point]) -> tuple[AtCoverage, ...]:
    """Keep the most confident 100 %, 90 %, … 50 % of the answers, and say how right each lot is.

    Empty without an answer that came with a confidence.

    Source: El-Yaniv and Wiener, On the foundations of noise-free selective classification, JMLR 11 (2010).
    """
    ordered = _most_sure_first(answers)
    return tuple(_keep(ordered, tenths) for tenths in _TENTHS) if ordered else ()


def _most_sure_first(answers: Iterable[Point]) -> list[Point]:
    return sorted(answers, key=attrgetter("confidence"), reverse=True)


def _keep(ordered: Sequence[Point], tenths: int) -> AtCoverage:
    # In whole numbers: 0.7 times ten answers is a shade above seven.
    least = ordered[-(-tenths * len(ordered) // 10) - 1].confidence
    kept = [one.right for one in ordered if one.confidence >= least]
    return AtCoverage(coverage=tenths / 10, accuracy=sum(kept) / len(kept), n=len(kept), threshold=least)
