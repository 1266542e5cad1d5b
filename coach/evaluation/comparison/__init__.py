"""Two runs compared: flips first, paired tests, whom it touches, and a gate that is never green on nothing."""

from coach.evaluation.comparison.changes import Change, changes
from coach.evaluation.comparison.compare import MAX_FAILED, Comparison, Flip, compare, name_of
from coach.evaluation.comparison.difference import MARGIN, Difference, differences
from coach.evaluation.comparison.pairs import Pair, pair_runs
from coach.evaluation.comparison.simulate import render_simulations, simulate_gate

__all__ = [
    "MARGIN",
    "MAX_FAILED",
    "Change",
    "Comparison",
    "Difference",
    "Flip",
    "Pair",
    "changes",
    "compare",
    "differences",
    "name_of",
    "pair_runs",
    "render_simulations",
    "simulate_gate",
]
