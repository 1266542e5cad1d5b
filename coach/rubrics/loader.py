"""Reads a rubric's folder into its type; every problem names the file and the path inside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, overload

import yaml
from pydantic import ValidationError

from coach.errors import NotFound, RubricError
from coach.rubrics.families import FAMILIES, Family
from coach.rubrics.manager_moves import ManagerMoves
from coach.rubrics.model import BuyerEvidence, Rubric
from coach.rubrics.problem import Problem
from coach.rubrics.prompt import FILE as PROMPT
from coach.rubrics.prompt import read_prompt
from coach.rubrics.skill_will import SkillWill
from coach.rubrics.strict_yaml import parse

_PACKAGED = Path(__file__).parents[1] / "_rubrics"
_CHECKOUT = Path(__file__).parents[2] / "rubrics"


class Rubrics(NamedTuple):
    """The rubric of each task."""

    deal: BuyerEvidence
    rep: SkillWill
    talk: ManagerMoves


def rubrics_dir() -> Path:
    """The folder of rubrics: the wheel's own copy, else the checkout's."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def available(root: Path | None = None) -> tuple[str, ...]:
    """Ids of the rubrics there are, in order."""
    root = root or rubrics_dir()
    return tuple(sorted(path.parent.name for path in root.glob("*/rubric.yaml")))


def load_all(root: Path | None = None) -> Rubrics:
    """Load the rubric of each task.

    Raises:
        RubricError: as for `load`.
    """
    return Rubrics(load("buyer_evidence", root), load("skill_will", root), load("manager_moves", root))


@overload
def load(rubric_id: Literal["buyer_evidence"], root: Path | None = None) -> BuyerEvidence: ...
@overload
def load(rubric_id: Literal["skill_will"], root: Path | None = None) -> SkillWill: ...
@overload
def load(rubric_id: Literal["manager_moves"], root: Path | None = None) -> ManagerMoves: ...
@overload
def load(rubric_id: str, root: Path | None = None) -> Rubric: ...
def load(rubric_id: str, root: Path | None = None) -> Rubric:
    """Load one rubric.

    Raises:
        NotFound: no rubric has this id.
        RubricError: a file is missing or wrong; the message names the file and the path inside it.
    """
    return _loaded(rubric_id, root or rubrics_dir())


@lru_cache(maxsize=16)
def _loaded(rubric_id: str, root: Path) -> Rubric:
    if rubric_id not in available(root):
        raise NotFound(f"no rubric {rubric_id!r}; there are: {', '.join(available(root)) or 'none'}")
    rubric, problems = read(root / rubric_id)
    if rubric is None or problems:
        first, more = problems[0], len(problems) - 1
        message = first.message + (f" (and {more} more; `coach rubric check` lists all)" if more else "")
        raise RubricError(f"{rubric_id}/{first.file}", first.path, message)
    return rubric


def read(folder: Path) -> tuple[Rubric | None, list[Problem]]:
    """Read a rubric's folder: the rubric, if its fields could be read, and all that is wrong with it."""
    family = FAMILIES.get(folder.name)
    if family is None:
        return None, [Problem("rubric.yaml", "id", f"no rubric of this name is known; there are {', '.join(FAMILIES)}")]
    fields, files, problems = _fields(folder, family)
    if problems:
        return None, problems
    try:
        rubric = family.type.model_validate(fields)
    except ValidationError as error:
        return None, _located(error, family, files)
    if rubric.id != folder.name:
        problems.append(Problem("rubric.yaml", "id", f"must be the name of its folder, {folder.name!r}"))
    return rubric, problems + list(family.incoherences(rubric))


def _fields(folder: Path, family: Family) -> tuple[dict[str, Any], dict[str, str], list[Problem]]:
    """What the files hold, which file each field is of, and what is wrong with them as files."""
    problems: list[Problem] = []
    fields: dict[str, Any] = {}
    files: dict[str, str] = {}
    digest = hashlib.sha256()
    for name, field in family.files.items():
        try:
            raw = (folder / name).read_bytes()
            digest.update(name.encode() + b"\0" + raw + b"\0")
            content = _content(parse(raw), field)
            problems += [Problem(name, key, f"stands in {files[key]}, too") for key in content if key in fields]
            fields |= content
            files |= dict.fromkeys(content, name)
        except OSError as error:
            problems.append(Problem(name, "", f"cannot be read: {error.strerror}"))
        except UnicodeDecodeError:
            problems.append(Problem(name, "", "is not UTF-8"))
        except yaml.YAMLError as error:
            problems.append(_unreadable(name, error))
    try:
        fields["prompt"] = read_prompt((folder / PROMPT).read_bytes(), family.slots)
    except OSError as error:
        problems.append(Problem(PROMPT, "", f"cannot be read: {error.strerror}"))
    except ValueError as error:
        problems.append(Problem(PROMPT, "", str(error)))
    return fields | {"sha256": digest.hexdigest()}, files, problems


def _content(content: object, field: str | None) -> dict[str, Any]:
    if field is not None:
        return {field: content}
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise yaml.YAMLError("expected a mapping of names")
    return content


def _unreadable(name: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}" if mark else ""
    return Problem(name, where, f"not valid YAML: {getattr(error, 'problem', None) or error}")


def _located(error: ValidationError, family: Family, files: Mapping[str, str]) -> list[Problem]:
    problems = []
    for one in error.errors(include_url=False, include_input=False):
        loc = [str(part) for part in one["loc"]]
        own_file = bool(loc) and loc[0] in family.files.values()
        file = files.get(loc[0], "rubric.yaml") if loc else "rubric.yaml"
        problems.append(Problem(file, ".".join(loc[1:] if own_file else loc), one["msg"]))
    return problems
