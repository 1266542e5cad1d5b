"""From signals to a diagnosis: the gap, its rival, what to do. Pure: the same signals give the same diagnosis."""

from coach.judgement.diagnosis.diagnosing import Diagnosed, diagnose

__all__ = ["Diagnosed", "diagnose"]
