"""One evaluation, from cases to the folder of Contract 2: predictions first, reports after."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from coach.errors import InvalidInput
from coach.evaluation.case import LabelledCase, bases_of
from coach.evaluation.prediction import Predictions
from coach.evaluation.render import write_report
from coach.evaluation.report import Report, build_report
from coach.evaluation.run.cache import AnswerCache
from coach.evaluation.run.folder import start_folder
from coach.evaluation.run.journal import Journal
from coach.evaluation.run.progress import show_progress
from coach.evaluation.run.runner import Runner, RunOptions
from coach.evaluation.subject import Subject


async def evaluate(  # noqa: PLR0913  each is a choice of the caller's
    cases: Sequence[LabelledCase],
    subject: Subject,
    out: Path,
    *,
    options: RunOptions | None = None,
    cache: AnswerCache | None = None,
    provenance: Mapping[str, str | int] | None = None,
) -> Report:
    """Run every case and write `predictions.jsonl`, `report.json`, `.md`, `.html` and `junit.xml` into `out`.

    The base note of an attack is run too, where it is not among the cases. Run again with the same `out`, it goes on
    where the last run stopped.

    Args:
        cases: What to ask.
        subject: Who answers.
        out: Folder to write into.
        options: How to run.
        cache: Answers of earlier runs.
        provenance: What to record beside what the subject says of itself.

    Raises:
        InvalidInput: `out` cannot be written to, or another run is writing to it.
    """
    options = options or RunOptions()
    made = {**subject.provenance(), **(provenance or {})}
    todo = [*cases, *bases_of(cases)]
    try:
        start_folder(out, cases, options.repeat, made)
        with Journal(out) as journal, show_progress(len(todo) * options.repeat) as progress:
            predictions = await Runner(subject, options, journal, cache, progress).run(todo)
            journal.settle(chain.from_iterable(predictions.values()))
        return _reported(cases, predictions, made, out)
    except OSError as error:
        raise InvalidInput(f"cannot write to {out}: {os.strerror(error.errno or 0)}") from None


def keep_run(
    cases: Sequence[LabelledCase], predictions: Predictions, provenance: Mapping[str, str | int], out: Path
) -> Report:
    """Write predictions that were made elsewhere as a run of their own, with its reports.

    Raises:
        InvalidInput: `out` cannot be written to.
    """
    repeat = max(len(repeats) for repeats in predictions.values())
    try:
        start_folder(out, cases, repeat, provenance)
        with Journal(out) as journal:
            journal.settle(chain.from_iterable(predictions.values()))
        return _reported(cases, predictions, provenance, out)
    except OSError as error:
        raise InvalidInput(f"cannot write to {out}: {os.strerror(error.errno or 0)}") from None


def _reported(
    cases: Sequence[LabelledCase], predictions: Predictions, provenance: Mapping[str, str | int], out: Path
) -> Report:
    report = build_report(cases, predictions, provenance)
    write_report(report, cases, predictions, out)
    return report
