"""The rubric that ships, and its prompt."""

from __future__ import annotations

import pytest

from coach.engines.llm.prompt import DealPrompt
from coach.rubrics import BuyerEvidence, load


@pytest.fixture(scope="session")
def rubric() -> BuyerEvidence:
    return load("buyer_evidence")


@pytest.fixture(scope="session")
def prompt(rubric: BuyerEvidence) -> DealPrompt:
    return DealPrompt(rubric)
