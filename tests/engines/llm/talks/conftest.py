"""The rubric that ships, and its prompt."""

from __future__ import annotations

import pytest

from coach.engines.llm.talks.task import TalkTask
from coach.rubrics import ManagerMoves, load


@pytest.fixture(scope="session")
def rubric() -> ManagerMoves:
    return load("manager_moves")


@pytest.fixture(scope="session")
def task(rubric: ManagerMoves) -> TalkTask:
    return TalkTask(rubric)
