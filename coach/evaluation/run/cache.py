"""Answers by content: the same question of the same engine is asked once, whichever run asks it.

The key holds the repeat's number, so that repeats are never served from one answer; a failure is never kept.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError

from coach.errors import InvalidInput
from coach.evaluation.prediction import Prediction

_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID"


def answer_key(depends_on: Mapping[str, Any], repeat: int) -> str:
    """Hash everything an answer depends on, and which repeat it is."""
    canonical = json.dumps([depends_on, repeat], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class AnswerCache:
    """A SQLite file of answers; several runs may use it at once."""

    def __init__(self, path: Path) -> None:
        """Open or create the file.

        Raises:
            InvalidInput: the file is not a cache, or cannot be made.
        """
        self._path = path
        with self._usable():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            with self._usable():
                self._db.execute("PRAGMA journal_mode = WAL")
                # A process may be killed at any time; only a power cut could cost the last answers, and not the file.
                self._db.execute("PRAGMA synchronous = NORMAL")
                # In KiB: an answer is read or written once, so that a large page cache holds what nobody asks for.
                self._db.execute("PRAGMA cache_size = -200")
                self._db.execute(_SCHEMA)
        except InvalidInput:
            self._db.close()
            raise

    def get(self, key: str) -> Prediction | None:
        """The answer that was kept under this key, if one was and this version can read it.

        Raises:
            InvalidInput: the file cannot be read any more.
        """
        with self._usable():
            row = self._db.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
        try:
            return Prediction.model_validate_json(row[0]) if row else None
        except ValidationError:
            return None

    def put(self, prediction: Prediction, line: str) -> None:
        """Keep an answer, as JSON in `line`, under its key; a failure is left out.

        Raises:
            InvalidInput: the file cannot be written to.
        """
        if prediction.error is None and prediction.key:
            with self._usable():
                self._db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (prediction.key, line))

    @contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise InvalidInput(
                f"{self._path}: cannot be used as the cache of answers: {error}; mend it, or run with --no-cache"
            ) from None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
