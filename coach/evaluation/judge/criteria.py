"""What the judge is asked, and how: read from `criteria.yaml` and `prompt.md`, which are data.

A judge is known by the hash of both: figures made with other wording are figures of another judge.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from enum import StrEnum
from pathlib import Path
from string import Template
from typing import Annotated

import yaml
from pydantic import Field, ValidationError

from coach.domain.base import Frozen, first_problem
from coach.errors import InvalidInput
from coach.rubrics.strict_yaml import parse

SLOTS = frozenset(
    {
        *("what", "asks", "yes_means", "yes_examples", "no_means", "no_examples"),
        *("context_is", "context", "text", "boundary"),
    }
)
"""The slots of `prompt.md`; it has each of them and no other."""

Text = Annotated[str, Field(min_length=1)]


class Prose(StrEnum):
    """What is judged."""

    QUESTION = "question"
    PRESCRIPTION = "prescription"

    @property
    def context_is(self) -> str:
        """What it is judged beside."""
        return "note" if self is Prose.QUESTION else "diagnosis"


class Meaning(Frozen):
    """When one of the two verdicts is the right one."""

    means: Text
    examples: tuple[Text, Text]


class Criterion(Frozen):
    """One question about one kind of prose, to be answered `yes` or `no`."""

    id: str = Field(pattern="^[a-z_]+$")
    applies_to: Prose
    asks: Text
    when_yes: Meaning
    when_no: Meaning


class _File(Frozen):
    version: int = Field(ge=1)
    changed: Text
    criteria: tuple[Criterion, ...] = Field(min_length=1)


class Criteria(Frozen):
    """All that the judge is told beside the data."""

    version: int
    criteria: dict[str, Criterion]
    """By id, in the order of the file."""
    prompt: str
    """The text of `prompt.md`, with its slots."""
    sha256: str
    """Hash of both files."""


def load_criteria(folder: Path) -> Criteria:
    """Read `criteria.yaml` and `prompt.md` of a folder.

    Raises:
        InvalidInput: a file is missing or wrong; the message names the file and the place in it.
    """
    path, prompt_path = folder / "criteria.yaml", folder / "prompt.md"
    try:
        raw, prompt = path.read_bytes(), prompt_path.read_bytes()
        file = _File.model_validate(parse(raw))
        text = prompt.decode("utf-8")
    except OSError as error:
        raise InvalidInput(f"{error.filename}: cannot be read; the judge needs {path.name} and prompt.md") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{folder}: {path.name} must be YAML and both files UTF-8: {error}") from None
    except ValidationError as error:
        raise InvalidInput(f"{path}: {first_problem(error)}") from None
    twice = [id_ for id_, times in Counter(one.id for one in file.criteria).items() if times > 1]
    if twice:
        raise InvalidInput(f"{path}: criteria come twice: {', '.join(twice)}")
    _check_slots(prompt_path, text)
    return Criteria(
        version=file.version,
        criteria={one.id: one for one in file.criteria},
        prompt=text,
        sha256=hashlib.sha256(raw + b"\0" + prompt).hexdigest(),
    )


def _check_slots(path: Path, text: str) -> None:
    template = Template(text)
    if not template.is_valid():
        raise InvalidInput(f"{path}: a $ must begin a slot such as ${{text}}; write $$ for the sign itself")
    found = frozenset(template.get_identifiers())
    for what, names in (("lacks", SLOTS - found), ("has unknown", found - SLOTS)):
        if names:
            raise InvalidInput(f"{path}: {what} slots: {', '.join(sorted(names))}")
