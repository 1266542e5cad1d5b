"""`predictions.jsonl`: one line a case and repeat, appended as soon as it is known.

A run that is killed loses only what was in flight: every line that is whole counts, and a torn last line is cut off.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from coach.errors import InvalidInput
from coach.evaluation.prediction import Prediction

NAME = "predictions.jsonl"


class Journal:
    """The predictions of one run folder, open for appending; nobody else may append at the same time."""

    def __init__(self, folder: Path) -> None:
        """Open or start the journal of a folder.

        Raises:
            InvalidInput: another run is writing to the folder.
            OSError: the folder cannot be written to.
        """
        self._path = folder / NAME
        self._file = self._path.open("a+b", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise InvalidInput(f"{folder}: another run is writing to it; wait for it, or give another --out") from None
        self._file.seek(0)
        content = self._file.read()
        whole = content.rfind(b"\n") + 1
        self._file.truncate(whole)
        self.found = _parse(content[:whole].decode("utf-8", "replace").split("\n"))
        """What an earlier run left, by key; failures are not kept, they are tried again."""

    def append(self, prediction: Prediction) -> None:
        """Write a line, unless it is there already; it is with the operating system when this returns."""
        if prediction.key in self.found:
            return
        self._file.write(prediction.model_dump_json().encode() + b"\n")

    def settle(self, predictions: Iterable[Prediction]) -> None:
        """Replace the journal by exactly these lines, all at once; what nobody asks for any more goes."""
        settled = self._path.with_suffix(".tmp")
        with settled.open("wb") as file:
            file.writelines(one.model_dump_json().encode() + b"\n" for one in predictions)
        settled.replace(self._path)

    def close(self) -> None:
        """Let others write to the folder."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_predictions(folder: Path) -> list[Prediction]:
    """Read the predictions of a run folder.

    Raises:
        InvalidInput: there are none, or a line is not a prediction.
    """
    path = folder / NAME
    try:
        lines = path.read_text("utf-8").split("\n")
    except (FileNotFoundError, NotADirectoryError):
        raise InvalidInput(f"{folder}: no {NAME} in it; give a folder that `coach eval run` wrote") from None
    except UnicodeDecodeError:
        raise InvalidInput(f"{path}: not UTF-8") from None
    predictions = []
    for number, line in enumerate(lines, start=1):
        if line:
            try:
                predictions.append(Prediction.model_validate_json(line))
            except ValidationError as error:
                first = error.errors(include_url=False, include_input=False)[0]
                at = ".".join(str(part) for part in first["loc"])
                raise InvalidInput(f"{path}:{number}: at {at or 'the line'}: {first['msg']}") from None
    return predictions


def _parse(lines: Iterable[str]) -> dict[str, Prediction]:
    found = {}
    for line in lines:
        try:
            prediction = Prediction.model_validate_json(line)
        except ValidationError:
            continue  # of another version, or damaged: it is asked again
        if prediction.key and prediction.error is None:
            found[prediction.key] = prediction
    return found
