"""Runs of the evaluation, from the folders that `coach eval run` wrote: their reports, and never a text of a case.

What is damaged or somebody else's is listed with what is wrong; one such folder hides none of the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.domain.eval_run import EvalRun, EvalRunFigures, EvalRunPage, Fault, Made, Metrics, Name
from coach.domain.measured import Spending
from coach.errors import NotFound, TooLarge
from coach.store.run_folders import MANIFEST, REPORT, RunFolder, read_file, run_folder, run_folders

_SAID = {
    Fault.UNFINISHED: "its report is not written yet",
    Fault.UNREADABLE: "its report cannot be read",
    Fault.TOO_LARGE: "its report is too large",
    Fault.FOREIGN: "what is there is no report that this version reads",
}


class _Headed(BaseModel):
    """What is read of a report for the list; whatever else it holds is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    schema_: Literal["coach.eval_report/1"] = Field(alias="schema")
    metrics: Metrics
    spending: Spending
    errors: dict[str, Any]
    provenance: Made


class _Whole(_Headed):
    slices: dict[Name, Metrics] = Field(max_length=500)
    attacks: dict[str, Any]


class _Manifest(BaseModel):
    inputs: dict[str, str]


_ReportT = TypeVar("_ReportT", bound=_Headed)


def _whole(folder: Path, run: RunFolder) -> _Whole:
    return _Whole.model_validate_json(read_file(folder, run, REPORT))


@lru_cache(maxsize=200)
def _head(folder: Path, run: RunFolder) -> _Headed:
    """Kept, as a list is asked for again and again; `run` says when the report was written."""
    return _Headed.model_validate_json(read_file(folder, run, REPORT))


def list_runs(folder: Path, *, after: int = 0, most: int = 20) -> EvalRunPage:
    """List the runs, that with the latest report first.

    Args:
        folder: Where the folders of runs are; it need not be there.
        after: How many to leave out.
        most: How many to list.

    Raises:
        StoreError: the folder cannot be read.
    """
    found = run_folders(folder)
    runs = tuple(_listed(folder, run) for run in found[after : after + most])
    return EvalRunPage(runs=runs, after=after + most if len(found) > after + most else None)


def read_run(folder: Path, name: str) -> EvalRunFigures:
    """Read a run's figures.

    Raises:
        NotFound: there is no such run, or its report cannot be shown; the detail says why.
        StoreError: the folder cannot be read.
    """
    run = run_folder(folder, name)
    if run is None:
        raise NotFound("there is no eval run of this name")
    report = _report(_whole, folder, run)
    if isinstance(report, Fault):
        raise NotFound(f"this eval run cannot be shown: {_SAID[report]}")
    return EvalRunFigures(
        **_in_short(run, report),
        metrics=report.metrics,
        slices=report.slices,
        attacks_worked=len(report.attacks),
        asked_sha256=_asked(folder, run),
    )


def _listed(folder: Path, run: RunFolder) -> EvalRun:
    report = _report(_head, folder, run)
    if isinstance(report, Fault):
        return EvalRun(
            name=run.name, written_at=run.written_at, fault=report, cases=None, failed=None, made={}, spending=None
        )
    return EvalRun(**_in_short(run, report))


def _report(read: Callable[[Path, RunFolder], _ReportT], folder: Path, run: RunFolder) -> _ReportT | Fault:
    try:
        return read(folder, run)
    except FileNotFoundError:
        return Fault.UNFINISHED
    except OSError:
        return Fault.UNREADABLE
    except TooLarge:
        return Fault.TOO_LARGE
    except ValidationError:
        return Fault.FOREIGN


def _in_short(run: RunFolder, report: _Headed) -> dict[str, Any]:
    """The fields of `EvalRun`."""
    return {
        "name": run.name,
        "written_at": run.written_at,
        "fault": None,
        "cases": max((one.n for one in report.metrics.values()), default=0),
        "failed": len(report.errors),
        "made": report.provenance,
        "spending": report.spending,
    }


def _asked(folder: Path, run: RunFolder) -> str | None:
    """Hash of what the cases of a run ask, in whatever order; None where its manifest cannot be read."""
    try:
        inputs = _Manifest.model_validate_json(read_file(folder, run, MANIFEST)).inputs
    except (OSError, TooLarge, ValidationError):
        return None
    return hashlib.sha256("\n".join(sorted(inputs.values())).encode()).hexdigest()
