"""Whether what an engine is sure of is right as often as it says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple, Protocol

from coach.domain.base import Frozen
from coach.errors import NotMeasured
from coach.evaluation.case import Case, DealCase, RepCase, TalkCase
from coach.evaluation.metrics.spans import Stretch, in_text_order, match
from coach.evaluation.prediction import DealOutput, Output, RepOutput, TalkOutput

_BINS = 10


class Sure(Stretch, Protocol):
    """A span with a label, and how sure its reader is of it."""

    @property
    def confidence(self) -> float | None:
        """The reader's own probability of being right, 0 to 1; None where it states none."""


class Point(NamedTuple):
    """One answer that came with a confidence."""

    confidence: float
    """The engine's own probability of being right, 0 to 1."""
    right: bool


class Bin(Frozen):
    """The answers whose confidence lies in one tenth."""

    low: float
    high: float
    """Above every confidence in it, but for 1.0, which is in the last."""
    n: int
    confidence: float | None
    """Their mean confidence; None of no answers."""
    accuracy: float | None
    """The share of them that is right; None of no answers."""


class Calibration(Frozen):
    """How well stated confidence keeps its word."""

    brier: float
    """0 (sure and right) to 1 (sure and wrong); 0.25 for a coin's fifty per cent."""
    ece: float
    """Expected calibration error, 0 to 1: how far confidence is from accuracy, averaged over answers by bin."""
    n: int
    bins: tuple[Bin, ...]
    """Ten, of equal width."""


def points(case: Case, output: Output | None) -> tuple[Point, ...]:
    """Pair each confidence that one run states with whether it was right; empty where it states none.

    A statement or move is right where it is matched to a gold one of the same label.
    """
    match case, output:
        case DealCase(), DealOutput():
            return span_points("kind", case.expected.statements, output.statements)
        case TalkCase(), TalkOutput():
            return span_points("move", case.expected.moves, output.moves)
        case RepCase(), RepOutput(confidence=float(confidence)):
            return (Point(confidence, output.gap is case.expected.gap),)
        case _:
            return ()


def calibrate(answers: Sequence[Point]) -> Calibration:
    """Measure calibration.

    Raises:
        NotMeasured: there is no answer that came with a confidence.

    Sources: Brier, Verification of forecasts, Monthly Weather Review 78 (1950), in its two-class form; Naeini et al.,
    Obtaining well calibrated probabilities using Bayesian binning, AAAI 2015, and Guo et al., On calibration of modern
    neural networks, ICML 2017, for the expected calibration error.
    """
    n = len(answers)
    if not n:
        raise NotMeasured("no answer came with a confidence, so calibration cannot be measured; ask for confidences")
    binned: list[list[Point]] = [[] for _ in range(_BINS)]
    for one in answers:
        binned[min(_BINS - 1, int(one.confidence * _BINS))].append(one)
    return Calibration(
        brier=math.fsum((one.confidence - one.right) ** 2 for one in answers) / n,
        ece=math.fsum(abs(math.fsum(one.confidence - one.right for one in held)) for held in binned) / n,
        n=n,
        bins=tuple(_bin(i, held) for i, held in enumerate(binned)),
    )


def span_points(name: str, gold: Sequence[Stretch], predicted: Sequence[Sure]) -> tuple[Point, ...]:
    """Pair the confidence of each span with whether it is matched to a gold one of the same label.

    Args:
        name: The attribute that holds the label.
        gold: Gold spans.
        predicted: What a reader found; empty where one states no confidence at all.
    """
    if all(one.confidence is None for one in predicted):
        return ()
    label = attrgetter(name)
    ordered = in_text_order(predicted)
    right = {p for g, p in match(gold, ordered) if label(gold[g]) == label(ordered[p])}
    return tuple(Point(one.confidence, p in right) for p, one in enumerate(ordered) if one.confidence is not None)


def _bin(place: int, held: Sequence[Point]) -> Bin:
    n = len(held)
    return Bin(
        low=place / _BINS,
        high=(place + 1) / _BINS,
        n=n,
        confidence=math.fsum(one.confidence for one in held) / n if n else None,
        accuracy=sum(one.right for one in held) / n if n else None,
    )
