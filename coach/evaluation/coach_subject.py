"""Coach itself as the subject of an evaluation."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import coach
from coach.engines.base import TaskName
from coach.evaluation.case import Case, DealCase, PacketCase, RepCase, TalkCase
from coach.evaluation.outputs import deal_output, output_of, rep_output, talk_output
from coach.evaluation.prediction import DealOutput, Output
from coach.evaluation.subject import Answer
from coach.rubrics import Rubric
from coach.wiring import Coach

DAY = date(2026, 1, 1)
"""The day on which packets and conversations are read: it dates what is prescribed, and changes nothing that is held
against labels."""
_LAYERS = ("domain", "text", "rubrics", "engines", "judgement", "service", "wiring")
"""What an answer is made by."""


class CoachSubject:
    """Coach itself, as wired."""

    def __init__(self, wired: Coach) -> None:
        self._coach = wired

    @property
    def name(self) -> str:
        """The engine's name."""
        return self._coach.engine.name

    def depends_on(self, case: Case) -> Mapping[str, Any]:
        """What the answer to a case depends on, the code that reads and judges included."""
        if isinstance(case, RepCase | PacketCase):
            depends = self._coach.diagnosis_depends_on(case.input, DAY)
        elif isinstance(case, TalkCase):
            depends = self._coach.talk_depends_on(case.input, DAY)
        else:
            depends = self._coach.review_depends_on(case.input)
        return {**depends, "code": code_sha256()}

    async def answer(self, case: Case) -> Answer:
        """Review the case's note, diagnose its packet, or review its conversation."""
        output: Output
        if isinstance(case, RepCase | PacketCase):
            diagnosis = await self._coach.diagnose_rep(case.input, DAY)
            made, output = diagnosis.provenance, rep_output(diagnosis)
        elif isinstance(case, TalkCase):
            mirror = await self._coach.review_manager(case.input, DAY)
            made, output = mirror.provenance, talk_output(mirror)
        else:
            review = await self._coach.review_deal(case.input)
            made, output = review.provenance, output_of(review)
        return Answer(output, made.duration_ms, made.usage, made.cost_usd)

    def provenance(self) -> Mapping[str, str | int]:
        """Engine, rubrics and their versions; those of rep packets and conversations with `rep_` and `talk_` before."""
        engine = self._coach.engine
        request = engine.request()
        trained_on = getattr(engine, "trained_on", None)
        return {
            "engine": engine.name,
            **self._of_task("deal", self._coach.rubrics.deal, ""),
            **self._of_task("rep", self._coach.rubrics.rep, "rep_"),
            **self._of_task("talk", self._coach.rubrics.talk, "talk_"),
            "code_sha256": code_sha256(),
            "fiscal_year_start": self._coach.settings.fiscal_year_start,
            **({"trained_on": trained_on} if trained_on else {}),
            **({"model": request.model} if request.model else {}),
            **({f"asked_{name}": str(value) for name, value in request.parameters.items() if value is not None}),
        }

    def _of_task(self, task: TaskName, rubric: Rubric, before: str) -> dict[str, str | int]:
        prompt = self._coach.engine.request(task).prompt
        made: dict[str, str | int] = {
            "engine_version": self._coach.engine.version_of(task),
            "rubric": rubric.id,
            "rubric_version": rubric.version,
            "rubric_sha256": rubric.sha256,
            **({"prompt_version": prompt.version, "prompt_sha256": prompt.sha256} if prompt else {}),
        }
        return {before + name: value for name, value in made.items()}


@cache
def code_sha256() -> str:
    """Hash of the code that reads and judges, and of its data.

    A rule that was changed without a new version must not find old answers in a cache.
    """
    root = Path(coach.__file__).parent
    digest = hashlib.sha256()
    files = [path for layer in _LAYERS for path in (root / layer).rglob("*") if path.is_file()]
    for path in sorted(path for path in files if path.parent.name != "__pycache__"):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def judged_from_gold(case: DealCase, wired: Coach) -> DealOutput:
    """What the rules make of the gold statements: the measure of judgement alone, with reading taken as perfect."""
    statements, judgement = wired.judge_labels(case.input, [gold.label() for gold in case.expected.statements])
    return deal_output(statements, judgement, [])
