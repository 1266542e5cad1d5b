"""Labelled cases: what they are, how they are read, and how some are chosen."""

from coach.evaluation.case.load import load_cases
from coach.evaluation.case.model import (
    AttackCase,
    Case,
    DealCase,
    DealExpectation,
    GoldMove,
    GoldStatement,
    LabelledCase,
    NoteCase,
    PacketCase,
    RepCase,
    RepExpectation,
    TalkCase,
    bases_of,
    input_sha256,
)
from coach.evaluation.case.select import select

__all__ = [
    "AttackCase",
    "Case",
    "DealCase",
    "DealExpectation",
    "GoldMove",
    "GoldStatement",
    "LabelledCase",
    "NoteCase",
    "PacketCase",
    "RepCase",
    "RepExpectation",
    "TalkCase",
    "bases_of",
    "input_sha256",
    "load_cases",
    "select",
]
