"""Fairness and robustness probes: change what must not matter, ask again, and list which verdicts flip."""

from coach.evaluation.probes.catalogue import choose_probes
from coach.evaluation.probes.probe import Probe
from coach.evaluation.probes.render import render_probes
from coach.evaluation.probes.run import run_probes

__all__ = [
    "Probe",
    "choose_probes",
    "render_probes",
    "run_probes",
]
