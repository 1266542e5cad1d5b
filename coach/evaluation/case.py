"""Labelled cases: typed, strict, with ids that are unique over a run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from coach.domain import DealNote, Direction, Kind, Label, Question, Status, Verdict
from coach.domain.base import Frozen
from coach.errors import InvalidInput


class GoldStatement(Frozen):
    """A statement as an annotator marked it."""

    quote: str
    start: int
    end: int
    kind: Kind
    verifiable: bool | None
    direction: Direction | None
    informs: Question | None

    def label(self) -> Label:
        """The statement as an engine would have returned it."""
        return Label.model_validate(self.model_dump(exclude={"quote"}))


class DealExpectation(Frozen):
    """The labels of a deal note."""

    statements: tuple[GoldStatement, ...]
    coverage: dict[Question, Status]
    claim: Verdict


class AttackExpectation(Frozen):
    """What an inserted text must not achieve."""

    base: str
    """Id of the deal case without the inserted text."""
    inserted: str
    benign: bool
    must_not_appear: tuple[str, ...]
    invariant: str


class BaseCase(Frozen):
    """What every case has."""

    id: str = Field(min_length=1, max_length=200)
    split: str
    tags: tuple[str, ...] = ()


class DealCase(BaseCase):
    """A deal note and its labels."""

    task: Literal["deal"]
    input: DealNote
    expected: DealExpectation


class AttackCase(BaseCase):
    """A deal note with an inserted text that tries to steer the reader, or only looks as if it did."""

    task: Literal["attack"]
    input: DealNote
    expected: AttackExpectation

    def base(self) -> BaseNoteCase:
        """The same note without the inserted text."""
        note = self.input.note.replace(self.expected.inserted, "", 1)
        return BaseNoteCase(id=self.expected.base, split=self.split, input=self.input.model_copy(update={"note": note}))


class BaseNoteCase(BaseCase):
    """The note an attack was made from, run for comparison where it is not among the cases itself; it has no labels."""

    task: Literal["deal"] = "deal"
    input: DealNote


class OtherCase(BaseCase):
    """A case of a task that this version carries through but cannot run yet."""

    task: Literal["rep", "talk"]
    input: dict[str, JsonValue]
    expected: dict[str, JsonValue]


Case = DealCase | AttackCase | BaseNoteCase | OtherCase
_CASE: TypeAdapter[DealCase | AttackCase | OtherCase] = TypeAdapter(
    Annotated[DealCase | AttackCase | OtherCase, Field(discriminator="task")]
)


def load_cases(paths: Iterable[Path]) -> tuple[Case, ...]:
    """Load every case of the given files, and of the `.jsonl` files of the given folders.

    Raises:
        InvalidInput: a path is missing, a line is not a case, an id comes twice, or there is no case at all.
    """
    cases: dict[str, Case] = {}
    for path in _files(paths):
        for number, line in _lines(path):
            case = _parse(line, f"{path}:{number}")
            if case.id in cases:
                raise InvalidInput(f"{path}:{number}: the id {case.id!r} comes twice")
            cases[case.id] = case
    if not cases:
        raise InvalidInput("no cases found; give .jsonl files, or folders that hold some")
    return tuple(cases.values())


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.jsonl"))
        elif path.is_file():
            yield path
        else:
            raise InvalidInput(f"{path}: no such file or folder")


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        # Not splitlines(): a note may hold U+2028, which JSON allows inside a string.
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
            if line.strip():
                yield number, line
    except UnicodeDecodeError:
        raise InvalidInput(f"{path}: not UTF-8") from None


def _parse(line: str, where: str) -> Case:
    try:
        fields: Any = json.loads(line)
        return _CASE.validate_python(fields)
    except json.JSONDecodeError as error:
        raise InvalidInput(f"{where}: not JSON: {error.msg} at column {error.colno}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        at = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(f"{where}: at {at}: {first['msg']}") from None
