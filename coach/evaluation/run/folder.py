"""The folder that a run writes, and reading one back: its cases, its predictions, and how they were made.

Everything else in it, every report, can be made again from these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from coach.domain.base import Frozen
from coach.errors import InvalidInput
from coach.evaluation.case import Case, LabelledCase, bases_of, input_sha256, load_cases
from coach.evaluation.files import read_text, write_whole
from coach.evaluation.prediction import Prediction, Predictions
from coach.evaluation.run.journal import NAME as PREDICTIONS
from coach.evaluation.run.journal import read_predictions

MANIFEST = "run.json"
REPORTS = ("report.json", "report.md", "report.html", "junit.xml")
CASES = "cases.jsonl"


class Manifest(Frozen):
    """What a run was made of."""

    schema_: Literal["coach.eval_run/1"] = Field(default="coach.eval_run/1", alias="schema")
    repeat: int = Field(ge=1)
    provenance: dict[str, str | int]
    inputs: dict[str, str]
    """Hash of what each case asks, by case id: runs are compared where these are the same."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run, read back."""

    folder: Path
    manifest: Manifest
    cases: tuple[LabelledCase, ...]
    predictions: Predictions


def start_run(
    folder: Path,
    cases: Sequence[LabelledCase],
    repeat: int,
    provenance: Mapping[str, str | int],
    *,
    overwrite: bool = False,
) -> None:
    """Write what is known of a run before its first answer, into a folder that is `held`.

    Raises:
        InvalidInput: the folder holds answers of another run, and `overwrite` is not set.
        OSError: the folder cannot be written to.
    """
    manifest = Manifest(
        repeat=repeat, provenance=dict(provenance), inputs={case.id: input_sha256(case) for case in cases}
    )
    if (folder / MANIFEST).exists():
        other = _unlike(folder, manifest)
        if other and not overwrite:
            raise InvalidInput(
                f"{folder} holds another run ({', '.join(other)}); give another --out, or --overwrite to replace it"
            )
        if other:
            # Before the new manifest is there: answers of the old run must never pass for answers of this one.
            for name in (PREDICTIONS, *REPORTS):
                (folder / name).unlink(missing_ok=True)
    write_whole(folder / MANIFEST, manifest.model_dump_json(by_alias=True, indent=1) + "\n")
    keep_cases(folder, cases)


def keep_cases(folder: Path, cases: Sequence[Case]) -> None:
    """Write the cases of a run beside its answers.

    Raises:
        OSError: the folder cannot be written to.
    """
    write_whole(folder / CASES, (case.model_dump_json() + "\n" for case in cases))


def _unlike(folder: Path, new: Manifest) -> list[str]:
    """In what a run differs from the one that a folder holds, whose answers it would not keep."""
    try:
        old = _manifest(folder)
    except InvalidInput:
        return ["one that cannot be read"]
    names = sorted(old.provenance.keys() | new.provenance.keys())
    unlike = [f"other {name}" for name in names if old.provenance.get(name) != new.provenance.get(name)]
    if any(new.inputs.get(id_) != asked for id_, asked in old.inputs.items()):
        unlike.append("other cases")
    if old.repeat > new.repeat:
        unlike.append("more repeats")
    return unlike


def open_run(folder: Path, cases: Sequence[LabelledCase] | None = None) -> Run:
    """Read a run back.

    Args:
        folder: What `coach eval run` wrote; of a baseline, the manifest and the predictions are enough.
        cases: Its cases, where the folder does not hold them, or where their labels have changed since.

    Raises:
        InvalidInput: the folder is no run, holds no cases and none were given, or the cases given are not the ones
            that were asked.
    """
    manifest = _manifest(folder)
    if cases is None:
        if not (folder / CASES).is_file():
            raise InvalidInput(f"{folder}: it does not hold its cases; give them with --cases")
        cases = load_cases([folder / CASES])
    asked = {case.id: case for case in cases if manifest.inputs.get(case.id) == input_sha256(case)}
    if other := sorted(manifest.inputs.keys() - asked.keys()):
        raise InvalidInput(
            f"{folder}: {len(other)} of its cases are missing, or ask something else now: {name_some(other)}"
        )
    known = {*asked, *(base.id for base in bases_of(tuple(asked.values())))}
    predictions = by_case(one for one in read_predictions(folder) if one.id in known)
    return Run(folder, manifest, tuple(asked.values()), predictions)


def open_baseline(folder: Path) -> Run:
    """Read back what a run predicted, and what it was asked; its cases are taken from the run it is compared with.

    Raises:
        InvalidInput: the folder is no run.
    """
    return Run(folder, _manifest(folder), (), by_case(read_predictions(folder)))


def by_case(predictions: Iterable[Prediction]) -> Predictions:
    """Predictions by case, in the order of the repeats; of several for one repeat, the last."""
    grouped: dict[str, dict[int, Prediction]] = {}
    for one in predictions:
        grouped.setdefault(one.id, {})[one.repeat] = one
    return {id_: [repeats[number] for number in sorted(repeats)] for id_, repeats in grouped.items()}


def name_some(ids: Sequence[str]) -> str:
    """Name the first few of many ids."""
    return ", ".join(ids[:3]) + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    if not path.is_file():
        raise InvalidInput(f"{folder}: no {MANIFEST} in it; give a folder that `coach eval run` wrote")
    try:
        return Manifest.model_validate_json(read_text(path))
    except ValidationError:
        raise InvalidInput(f"{path}: not the record of a run; run it again, with --overwrite") from None
