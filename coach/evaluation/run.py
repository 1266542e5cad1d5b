"""Runs cases through Coach and writes what came of it to a folder (Contract 2)."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from coach.errors import InvalidInput
from coach.evaluation.case import AttackCase, Case
from coach.evaluation.junit import Outcomes, render_junit
from coach.evaluation.metrics.outcome import outcomes
from coach.evaluation.prediction import Prediction, predict
from coach.evaluation.render import render_html, render_markdown
from coach.evaluation.report import Report, build_report
from coach.wiring import Coach

Progress = Callable[[int, int], None]
"""Told how many cases are done, of how many."""


async def run_cases(cases: Sequence[Case], coach: Coach, out: Path, progress: Progress | None = None) -> Report:
    """Run every case, and write `predictions.jsonl`, `report.json`, `.md`, `.html` and `junit.xml` into `out`.

    The base note of an attack is run too, where it is not among the cases.

    Raises:
        InvalidInput: `out` cannot be written to.
    """
    todo = [*cases, *_bases(cases)]
    predictions: dict[str, Prediction] = {}
    try:
        out.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240  nothing else runs in this loop
        with (out / "predictions.jsonl").open("w", encoding="utf-8", newline="\n") as lines:
            for case in todo:
                predictions[case.id] = await predict(case, coach)
                lines.write(predictions[case.id].model_dump_json() + "\n")
                if progress:
                    progress(len(predictions), len(todo))
        report = build_report(cases, predictions, provenance(cases, coach))
        write_report(report, out)
        (out / "junit.xml").write_text(render_junit(_outcomes(cases, predictions), predictions), "utf-8")
    except OSError as error:
        raise InvalidInput(f"cannot write to {out}: {os.strerror(error.errno or 0)}") from None
    return report


def write_report(report: Report, out: Path) -> None:
    """Write `report.json`, `report.md` and `report.html`."""
    (out / "report.json").write_text(report.model_dump_json(by_alias=True, indent=2) + "\n", "utf-8")
    (out / "report.md").write_text(render_markdown(report), "utf-8")
    (out / "report.html").write_text(render_html(report), "utf-8")


def provenance(cases: Iterable[Case], coach: Coach) -> Mapping[str, str | int]:
    """What a run depends on."""
    digest = hashlib.sha256()
    for case in cases:
        digest.update(json.dumps(case.model_dump(mode="json"), sort_keys=True).encode())
    return {
        "engine": coach.engine.name,
        "engine_version": coach.engine.version,
        "rubric": coach.rubric.id,
        "rubric_version": coach.rubric.version,
        "rubric_sha256": coach.rubric.sha256,
        "cases_sha256": digest.hexdigest(),
    }


def _outcomes(cases: Sequence[Case], predictions: Mapping[str, Prediction]) -> Outcomes:
    outputs = {id_: prediction.output for id_, prediction in predictions.items()}
    return {
        case.id: outcomes(case, outputs[case.id], outputs[case.expected.base] if isinstance(case, AttackCase) else None)
        for case in cases
    }


def _bases(cases: Sequence[Case]) -> list[Case]:
    known = {case.id for case in cases}
    bases = {case.expected.base: case.base() for case in cases if isinstance(case, AttackCase)}
    return [base for id_, base in bases.items() if id_ not in known]
