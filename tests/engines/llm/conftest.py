"""The rubric that ships, and its prompt."""

from __future__ import annotations

import pytest

from coach.engines.llm.deals.task import DealTask
from coach.rubrics import BuyerEvidence, Rubrics, load, load_all


@pytest.fixture(scope="session")
def rubric() -> BuyerEvidence:
    return load("buyer_evidence")


@pytest.fixture(scope="session")
def prompt(rubric: BuyerEvidence) -> DealTask:
    return DealTask(rubric)


@pytest.fixture(scope="session")
def rubrics() -> Rubrics:
    return load_all()
