"""The rubric that ships, and its prompt."""

from __future__ import annotations

import pytest

from coach.engines.llm.packets.task import PacketTask
from coach.rubrics import SkillWill, load


@pytest.fixture(scope="session")
def rubric() -> SkillWill:
    return load("skill_will")


@pytest.fixture(scope="session")
def task(rubric: SkillWill) -> PacketTask:
    return PacketTask(rubric)
