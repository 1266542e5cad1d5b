"""`predictions.jsonl`: one line a case and repeat, appended as soon as it is known.

A run that is killed loses only what was in flight: every line that is whole counts, and a torn last line is cut off.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from coach.evaluation.files import read_lines, write_whole
from coach.evaluation.prediction import Prediction

NAME = "predictions.jsonl"


class Journal:
    """The predictions of one run folder, open for appending; the folder is `held` by whoever opens it."""

    def __init__(self, folder: Path) -> None:
        """Open or start the journal of a folder.

        Raises:
            OSError: the folder cannot be written to.
        """
        self._path = folder / NAME
        self._file = self._path.open("a+b", buffering=0)
        self._file.seek(0)
        content = self._file.read()
        whole = content.rfind(b"\n") + 1
        self._file.truncate(whole)
        # What this run wrote, from the first line on; nothing can be said of a file that had lines before.
        self._order: list[tuple[str, int]] | None = [] if not whole else None
        self.found = _parse(content[:whole].decode("utf-8", "replace").split("\n"))
        """What an earlier run left, by key; failures are not kept, they are tried again."""

    def append(self, prediction: Prediction, line: str) -> None:
        """Write a prediction's line; it is with the system when this returns."""
        self._file.write(line.encode() + b"\n")
        if self._order is not None:
            self._order.append((prediction.id, prediction.repeat))

    def settle(self, predictions: Iterable[Prediction]) -> None:
        """Leave exactly these lines, in their order; all at once, where they are not what was written already."""
        predictions = list(predictions)
        if self._order != [(one.id, one.repeat) for one in predictions]:
            write_whole(self._path, (one.model_dump_json() + "\n" for one in predictions))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_predictions(folder: Path) -> list[Prediction]:
    """Read the predictions of a run folder; of one that was killed, all lines that are whole.

    Raises:
        InvalidInput: there are none, or a line is not a prediction.
    """
    path = folder / NAME
    return [one for _, one in read_lines(path, Prediction, may_be_torn=True)]


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
