"""The rubrics that there are: of each its type, its files, the slots of its prompt, and what must hold in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from coach.rubrics import coherence, manager_moves, skill_will
from coach.rubrics.model import BuyerEvidence, Rubric
from coach.rubrics.problem import Problem
from coach.rubrics.prompt import Slots


class Family(NamedTuple):
    """How a rubric is laid out."""

    type: type[Rubric]
    files: Mapping[str, str | None]
    """Each file, and the field it fills; None where it fills the top."""
    slots: Slots
    incoherences: Callable[[Any], Iterator[Problem]]


FAMILIES: Mapping[str, Family] = {
    "buyer_evidence": Family(
        BuyerEvidence,
        {"rubric.yaml": None, "lexicon.yaml": "lexicon", "cues.yaml": "cues", "examples.yaml": "examples"},
        {
            "system": frozenset({"kinds", "kind_ids", "rules", "questions", "examples"}),
            "user": frozenset({"deal", "written_on", "boundary", "note"}),
            "repair": frozenset({"kind_ids", "wrong", "boundary", "note"}),
        },
        coherence.incoherences,
    ),
    "skill_will": Family(
        skill_will.SkillWill,
        {"rubric.yaml": None, "remedies.yaml": None, "cues.yaml": "cues", "examples.yaml": "examples"},
        skill_will.PROMPT_SLOTS,
        skill_will.incoherences,
    ),
    "manager_moves": Family(
        manager_moves.ManagerMoves,
        {"rubric.yaml": None, "examples.yaml": "examples"},
        manager_moves.PROMPT_SLOTS,
        manager_moves.incoherences,
    ),
}
