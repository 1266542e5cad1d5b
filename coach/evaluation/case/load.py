"""Reads cases from files, folders and globs; an error names the file, the line and the field, never a text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from coach.errors import InvalidInput
from coach.evaluation.case.model import CASE, LabelledCase

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
    return tuple(cases.values())


def parse_case(fields: Any, where: str) -> LabelledCase:  # noqa: ANN401  what a file held, of any shape
    """Check one case.

    Raises:
        InvalidInput: it is none; the message says at which field, after `where`.
    """
    try:
        return CASE.validate_python(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        # The first part is the task that chose the type.
        at = ".".join(str(part) for part in first["loc"][1:]) or "the case"
        raise InvalidInput(f"{where}: at {at}: {first['msg'].removeprefix('Value error, ')}") from None


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES and file.is_file())
        elif path.is_file():
            yield path
        elif matches := sorted(_matches(path)):
            yield from matches
        else:
            raise InvalidInput(f"{path}: no such file or folder")


def _matches(pattern: Path) -> Iterator[Path]:
    root = Path(pattern.anchor or ".")
    relative = str(pattern.relative_to(pattern.anchor)) if pattern.anchor else str(pattern)
    return (path for path in root.glob(relative) if path.is_file())


def entries(path: Path) -> Iterator[tuple[str, Any]]:
    """What a file holds, each with where it stands.

    Raises:
        InvalidInput: the file is not UTF-8, or not JSON or YAML, as its name says.
    """
    if path.suffix in {".yaml", ".yml"}:
        yield from _documents(path, _yaml(path))
    elif path.suffix == ".json":
        yield from _documents(path, _json(_text(path), str(path)))
    else:
        # Not splitlines(): a note may hold U+2028, which JSON allows inside a string.
        for number, line in enumerate(_text(path).split("\n"), start=1):
            if line.strip():
                yield f"{path}:{number}", _json(line, f"{path}:{number}")


def _documents(path: Path, content: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  what a file held
    if not isinstance(content, list):
        yield str(path), content
        return
    for place, fields in enumerate(content, start=1):
        yield f"{path}, case {place}", fields


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise InvalidInput(f"{path}: not UTF-8") from None


def _json(text: str, where: str) -> Any:  # noqa: ANN401  JSON of any shape
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidInput(f"{where}: not JSON: {error.msg} at column {error.colno}") from None


def _yaml(path: Path) -> Any:  # noqa: ANN401  YAML of any shape
    import yaml  # noqa: PLC0415  most case files are JSON, and a run's start-up is a figure we keep

    class _Loader(yaml.SafeLoader):
        """Dates stay strings, as JSON has them; pydantic reads them."""

    _Loader.yaml_implicit_resolvers = {
        first: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    try:
        return yaml.load(_text(path), _Loader)  # noqa: S506  a safe loader, with dates left alone
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 1}" if mark else ""
        raise InvalidInput(f"{path}: not YAML: {getattr(error, 'problem', None) or 'unreadable'}{line}") from None
