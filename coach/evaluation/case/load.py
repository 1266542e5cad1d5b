"""Reads cases from files, folders and globs; an error names the file, the line and the field, never a text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from coach.domain.base import first_problem
from coach.errors import InvalidInput
from coach.evaluation.case.model import CASE, TASKS, AttackCase, DealCase, LabelledCase
from coach.evaluation.files import numbered_lines, read_text

_SUFFIXES = (".jsonl", ".json", ".yaml", ".yml")


def load_cases(paths: Iterable[Path]) -> tuple[LabelledCase, ...]:
    """Load every case of the given files, of the case files in the given folders, and of what a glob matches.

    A `.jsonl` file has one case a line; a `.json` or `.yaml` file has one case, or a list of them.

    Raises:
        InvalidInput: a path is missing, something is not a case, an id comes twice, or there is no case at all.
    """
    cases: dict[str, LabelledCase] = {}
    for path in dict.fromkeys(_files(paths)):
        for where, fields in entries(path):
            case = parse_case(fields, where)
            if case.id in cases:
                raise InvalidInput(f"{where}: the id {case.id!r} comes twice")
            cases[case.id] = case
    if not cases:
        raise InvalidInput(f"no cases found; give {', '.join(_SUFFIXES)} files, or folders that hold some")
    _check_bases(cases)
    return tuple(cases.values())


def _check_bases(cases: Mapping[str, LabelledCase]) -> None:
    """Refuse an attack that is not its base note with a text inserted: it could only be compared with another note."""
    bases = {id_: case.input for id_, case in cases.items() if isinstance(case, DealCase)}
    for case in cases.values():
        if isinstance(case, AttackCase):
            base = case.base()
            if base.id == case.id or bases.setdefault(base.id, base.input) != base.input:
                raise InvalidInput(
                    f"the attack {case.id!r} is not the note of its base {base.id!r} with a text inserted"
                )


def parse_case(fields: Any, where: str) -> LabelledCase:  # noqa: ANN401  what a file held, of any shape
    """Check one case.

    Raises:
        InvalidInput: it is none; the message says at which field, after `where`.
    """
    try:
        return CASE.validate_python(fields)
    except ValidationError as error:
        if not isinstance(fields, dict) or fields.get("task") not in TASKS:
            raise InvalidInput(f"{where}: not a case: task must be one of {', '.join(TASKS)}") from None
        # The first part of a place is the task that chose the type.
        raise InvalidInput(f"{where}: {first_problem(error, whole='the case', skip=1)}") from None


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.iterdir() if _may_hold_cases(file))
        elif path.is_file():
            yield path
        elif matches := sorted(_matches(path)):
            yield from matches
        else:
            raise InvalidInput(f"{path}: no such file or folder")


def _may_hold_cases(file: Path) -> bool:
    return file.suffix in _SUFFIXES and file.is_file() and not file.name.endswith(".schema.json")


def _matches(pattern: Path) -> Iterator[Path]:
    root = Path(pattern.anchor or ".")
    relative = str(pattern.relative_to(pattern.anchor)) if pattern.anchor else str(pattern)
    try:
        return iter([path for path in root.glob(relative) if path.is_file()])
    except ValueError as error:
        raise InvalidInput(f"{pattern}: not a pattern of files: {error}") from None


def entries(path: Path) -> Iterator[tuple[str, Any]]:
    """What a file holds, each with where it stands.

    Raises:
        InvalidInput: the file cannot be read, is not JSON or YAML, as its name says, or names a field twice.
    """
    if path.suffix == ".jsonl":
        for number, line in numbered_lines(path):
            yield f"{path}:{number}", _json(line, f"{path}:{number}")
        return
    text = read_text(path)
    content = _json(text, str(path)) if path.suffix == ".json" else _yaml(text, path)
    if isinstance(content, list):
        yield from ((f"{path}, case {place}", fields) for place, fields in enumerate(content, start=1))
    else:
        yield str(path), content


def _json(text: str, where: str) -> Any:  # noqa: ANN401  JSON of any shape
    try:
        return json.loads(text, object_pairs_hook=_no_field_twice)
    except json.JSONDecodeError as error:
        raise InvalidInput(f"{where}: not JSON: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{where}: {error}") from None


def _no_field_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the field {next(name for name in names if names.count(name) > 1)!r} stands twice")
    return fields


def _yaml(text: str, path: Path) -> Any:  # noqa: ANN401  YAML of any shape
    import yaml  # noqa: PLC0415  most case files are JSON, and a run's start-up is a figure we keep

    from coach.rubrics.strict_yaml import parse  # noqa: PLC0415  it imports YAML

    try:
        return parse(text.encode())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 1}" if mark else ""
        raise InvalidInput(f"{path}: not YAML: {getattr(error, 'problem', None) or 'unreadable'}{line}") from None
