"""Reads files of one JSON value a line; an error names the file and the line, never a text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from coach.errors import InvalidInput

ModelT = TypeVar("ModelT", bound=BaseModel)


def read_lines(path: Path, model: type[ModelT]) -> Iterator[tuple[str, ModelT]]:
    """Read a file line by line, each with where it stands.

    Raises:
        InvalidInput: the file cannot be read, or a line is not what it should be.
    """
    try:
        # Not splitlines(): a note may hold U+2028, which JSON allows inside a string.
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise InvalidInput(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InvalidInput(f"{path}: not UTF-8") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield f"{path}:{number}", model.model_validate_json(line)
            except ValidationError as error:
                first = error.errors(include_url=False, include_input=False)[0]
                at = ".".join(str(part) for part in first["loc"]) or "the line"
                raise InvalidInput(f"{path}:{number}: at {at}: {first['msg']}") from None
