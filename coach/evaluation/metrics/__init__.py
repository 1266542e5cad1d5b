"""Metrics: each case is tallied once; every figure comes from a sum of tallies, so that a bootstrap only adds."""

from coach.evaluation.metrics.attack import steered
from coach.evaluation.metrics.deal import deal_metrics, tally_deal
from coach.evaluation.metrics.interval import Metric, measure

__all__ = ["Metric", "deal_metrics", "measure", "steered", "tally_deal"]
