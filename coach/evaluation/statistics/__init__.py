"""Statistics of the harness: intervals, paired tests and power, pure Python; nothing here knows what a case is."""

from coach.evaluation.statistics.bootstrap import PairedDifference, cluster_bootstrap, paired_bootstrap, total
from coach.evaluation.statistics.holm import holm
from coach.evaluation.statistics.mcnemar import cluster_mcnemar, mcnemar
from coach.evaluation.statistics.paired import tango
from coach.evaluation.statistics.power import detection_power, smallest_detectable_drop
from coach.evaluation.statistics.wilson import Interval, design_effect, wilson

__all__ = [
    "Interval",
    "PairedDifference",
    "cluster_bootstrap",
    "cluster_mcnemar",
    "design_effect",
    "detection_power",
    "holm",
    "mcnemar",
    "paired_bootstrap",
    "smallest_detectable_drop",
    "tango",
    "total",
    "wilson",
]
