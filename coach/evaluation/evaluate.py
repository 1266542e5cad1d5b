"""One evaluation, from cases to the folder of Contract 2: predictions first, reports after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from coach.evaluation.case import LabelledCase, bases_of
from coach.evaluation.files import held, writing_to
from coach.evaluation.prediction import Predictions
from coach.evaluation.render import write_report
from coach.evaluation.report import Report, build_report
from coach.evaluation.run import (
    AnswerCache,
    Journal,
    Run,
    Runner,
    RunOptions,
    keep_cases,
    show_progress,
    start_run,
)
from coach.evaluation.subject import Subject


async def evaluate(  # noqa: PLR0913  each is a choice of the caller's
    cases: Sequence[LabelledCase],
    subject: Subject,
    out: Path,
    *,
    options: RunOptions | None = None,
    cache: AnswerCache | None = None,
    overwrite: bool = False,
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
        overwrite: Replace another run that `out` holds.

    Raises:
        InvalidInput: `out` cannot be written to, holds another run, or another run is writing to it.
    """
    options = options or RunOptions()
    made = subject.provenance()
    todo = [*cases, *bases_of(cases)]
    with held(out), writing_to(out):
        start_run(out, cases, options.repeat, made, overwrite=overwrite)
        with Journal(out) as journal, show_progress(len(todo) * options.repeat) as progress:
            predictions = await Runner(subject, options, journal, cache, progress).run(todo)
            journal.settle(chain.from_iterable(predictions.values()))
        return _reported(cases, predictions, made, out, options.repeat)


def keep_run(
    cases: Sequence[LabelledCase], predictions: Predictions, provenance: Mapping[str, str | int], out: Path
) -> Report:
    """Write predictions that were made elsewhere as a run of their own, with its reports; it replaces another one.

    Raises:
        InvalidInput: `out` cannot be written to.
    """
    repeat = max(map(len, predictions.values()), default=1)
    with held(out), writing_to(out):
        start_run(out, cases, repeat, provenance, overwrite=True)
        with Journal(out) as journal:
            journal.settle(chain.from_iterable(predictions.values()))
        return _reported(cases, predictions, provenance, out, repeat)


def rescore(run: Run) -> Report:
    """Compute the figures of a run again from its stored outputs, and write its reports and its cases again.

    Raises:
        InvalidInput: the run's folder cannot be written to.
    """
    with held(run.folder), writing_to(run.folder):
        keep_cases(run.folder, run.cases)
        return _reported(run.cases, run.predictions, run.manifest.provenance, run.folder, run.manifest.repeat)


def _reported(
    cases: Sequence[LabelledCase],
    predictions: Predictions,
    provenance: Mapping[str, str | int],
    out: Path,
    repeat: int,
) -> Report:
    report = build_report(cases, predictions, provenance, repeat=repeat)
    write_report(report, cases, predictions, out)
    return report
