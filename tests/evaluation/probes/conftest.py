"""Cases with a given text, and subjects that answer by a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from coach.domain import DealNote, RepPacket
from coach.errors import EngineError
from coach.evaluation.case import Case, DealCase, RepCase
from coach.evaluation.prediction import DealOutput, Output, RepOutput
from coach.evaluation.subject import Answer

COVERAGE = {"problem": "missing", "criteria": "missing", "action": "missing", "process": "missing"}
DIAGNOSIS: dict[str, Any] = {
    "competency": "discovery",
    "gap": "skill",
    "sub_type": None,
    "self_view": "unclear",
    "key_quotes": [],
    "labels_without_behaviour": [],
    "prescription": "teach it",
}


class RuleSubject:
    """Answers by a rule from the case to an output; a case that the rule gives None for is a failure."""

    name = "rule"

    def __init__(self, rule: Callable[[Case], Output | None]) -> None:
        self._rule = rule
        self.asked: list[str] = []

    def depends_on(self, case: Case) -> Mapping[str, Any]:
        return {"input": case.input.model_dump(mode="json")}

    async def answer(self, case: Case) -> Answer:
        self.asked.append(case.id)
        output = self._rule(case)
        if output is None:
            raise EngineError("no rule for this")
        return Answer(output, 1.0)

    def provenance(self) -> Mapping[str, str | int]:
        return {"engine": self.name}


@pytest.fixture
def deal() -> Callable[..., DealCase]:
    """A deal case with a note; its labels play no part."""

    def make(note: str, case_id: str = "d-1", **fields: Any) -> DealCase:
        return DealCase(
            id=case_id,
            task="deal",
            split="dev",
            input=DealNote(written_on=date(2026, 3, 2), note=note, **fields),
            expected={"statements": [], "coverage": COVERAGE, "claim": "no_claim"},
        )

    return make


@pytest.fixture
def rep() -> Callable[..., RepCase]:
    """A rep case with a packet; its labels play no part."""

    def make(case_id: str = "r-1", **packet: Any) -> RepCase:
        fields: dict[str, Any] = {"rep": "Leopold Wachter", "tenure": "14 years", **packet}
        return RepCase(id=case_id, task="rep", split="dev", input=RepPacket(**fields), expected=DIAGNOSIS)

    return make


def reading(claim: str = "no_claim", statements: tuple[Any, ...] = (), **coverage: str) -> DealOutput:
    """A deal output."""
    return DealOutput(statements=statements, coverage={**COVERAGE, **coverage}, claim=claim, shown=())


def diagnosis(**fields: Any) -> RepOutput:
    """A rep output."""
    return RepOutput(**{**DIAGNOSIS, **fields})


@pytest.fixture
def read() -> Callable[..., DealOutput]:
    """Makes deal outputs."""
    return reading


@pytest.fixture
def diagnosed() -> Callable[..., RepOutput]:
    """Makes rep outputs."""
    return diagnosis


@pytest.fixture
def rule_subject() -> type[RuleSubject]:
    """The class of subjects that answer by a rule."""
    return RuleSubject
