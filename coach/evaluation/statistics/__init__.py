"""Statistics of the harness: intervals, paired tests and power, pure Python; nothing here knows what a case is."""

from coach.evaluation.statistics.bootstrap import cluster_bootstrap, paired_bootstrap, total
from coach.evaluation.statistics.holm import holm
from coach.evaluation.statistics.mcnemar import cluster_mcnemar
from coach.evaluation.statistics.paired import tango
from coach.evaluation.statistics.power import smallest_detectable_drop
from coach.evaluation.statistics.wilson import Z95, Interval, clustered_wilson, design_effect, wilson

__all__ = [
    "Z95",
    "Interval",
    "cluster_bootstrap",
    "cluster_mcnemar",
    "clustered_wilson",
    "design_effect",
    "holm",
    "paired_bootstrap",
    "smallest_detectable_drop",
    "tango",
    "total",
    "wilson",
]
