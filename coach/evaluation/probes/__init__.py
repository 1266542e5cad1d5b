"""Fairness and robustness probes: change what must not matter, ask again, and list which verdicts flip."""

from coach.evaluation.probes.catalogue import PROBES, choose_probes
from coach.evaluation.probes.probe import Probe, Variant
from coach.evaluation.probes.render import render_probes
from coach.evaluation.probes.report import ProbeReport, ProbeResult
from coach.evaluation.probes.run import run_probes

__all__ = [
    "PROBES",
    "Probe",
    "ProbeReport",
    "ProbeResult",
    "Variant",
    "choose_probes",
    "render_probes",
    "run_probes",
]
