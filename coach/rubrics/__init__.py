"""Loads and checks rubric files; the data is the top-level `rubrics/`."""

from coach.rubrics.coherence import Problem
from coach.rubrics.gaps import EvidenceGap
from coach.rubrics.loader import available, load, rubrics_dir
from coach.rubrics.model import BankQuestion, BuyerEvidence, FocusText

__all__ = ["BankQuestion", "BuyerEvidence", "EvidenceGap", "FocusText", "Problem", "available", "load", "rubrics_dir"]
