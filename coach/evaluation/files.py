"""The harness's files: an error names file and line, and never a text; a file is written whole or not at all."""

from __future__ import annotations

import codecs
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from coach.domain.base import first_problem
from coach.errors import InvalidInput

ModelT = TypeVar("ModelT", bound=BaseModel)


def read_text(path: Path) -> str:
    """Read a file.

    Raises:
        InvalidInput: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(f"{path}: not UTF-8") from None
    except OSError as error:
        raise InvalidInput(f"{path}: cannot be read: {os.strerror(error.errno or 0)}") from None


def numbered_lines(path: Path, *, may_be_torn: bool = False) -> Iterator[tuple[int, str]]:
    """The lines of a file that hold something, with their numbers from 1; read one by one, as a run may have thousands.

    Args:
        path: The file.
        may_be_torn: Leave out a last line without its end, which whoever wrote the file was killed in.

    Raises:
        InvalidInput: the file cannot be read, or is not UTF-8.
    """
    try:
        # In bytes a line ends at a line feed and nowhere else: a note may hold U+2028, which JSON allows in a string.
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                text = line.removeprefix(codecs.BOM_UTF8).decode("utf-8")
                if text.strip() and not (may_be_torn and not line.endswith(b"\n")):
                    yield number, text
    except UnicodeDecodeError:
        raise InvalidInput(f"{path}: not UTF-8") from None
    except OSError as error:
        raise InvalidInput(f"{path}: cannot be read: {os.strerror(error.errno or 0)}") from None


def read_lines(path: Path, model: type[ModelT], *, may_be_torn: bool = False) -> Iterator[tuple[str, ModelT]]:
    """Read a file of one JSON value a line, each with where it stands.

    Args:
        path: The file.
        model: What a line should be.
        may_be_torn: As for `numbered_lines`.

    Raises:
        InvalidInput: the file cannot be read, or a line is not what it should be.
    """
    for number, line in numbered_lines(path, may_be_torn=may_be_torn):
        try:
            yield f"{path}:{number}", model.model_validate_json(line)
        except ValidationError as error:
            raise InvalidInput(f"{path}:{number}: {first_problem(error, whole='the line')}") from None


def write_whole(path: Path, parts: str | Iterable[str]) -> None:
    """Write a file, all at once: whoever reads it meanwhile, or after a crash, finds the old one or the new one.

    Raises:
        OSError: it cannot be written.
    """
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines([parts] if isinstance(parts, str) else parts)
    new.replace(path)


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turn what the system refuses while `path` is written into an error of the user's.

    Raises:
        InvalidInput: `path` cannot be written to.
    """
    try:
        yield
    except OSError as error:
        raise InvalidInput(f"cannot write to {path}: {os.strerror(error.errno or 0)}") from None


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make a folder and keep everybody else from writing a run into it.

    Raises:
        InvalidInput: another run is writing to the folder, or it cannot be written to.
    """
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        try:
            _lock(handle, folder)
            yield
        finally:
            os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InvalidInput(f"{folder}: another run is writing to it; wait for it, or give another --out") from None
