"""Loads and checks rubric files; the data is the top-level `rubrics/`."""

from coach.rubrics.gaps import EvidenceGap
from coach.rubrics.loader import Rubrics, available, load, load_all, rubrics_dir
from coach.rubrics.manager_moves import ManagerMoves
from coach.rubrics.model import BankQuestion, BuyerEvidence, FocusText, Rubric
from coach.rubrics.problem import Problem
from coach.rubrics.skill_will import SkillWill

__all__ = [
    "BankQuestion",
    "BuyerEvidence",
    "EvidenceGap",
    "FocusText",
    "ManagerMoves",
    "Problem",
    "Rubric",
    "Rubrics",
    "SkillWill",
    "available",
    "load",
    "load_all",
    "rubrics_dir",
]
