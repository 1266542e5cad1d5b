"""Replies by content: the same prompt is put to the same judge once, whichever run puts it. A failure is never kept."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Self

from coach.errors import InvalidInput

_SCHEMA = "CREATE TABLE IF NOT EXISTS judge_replies (key TEXT PRIMARY KEY, reply TEXT NOT NULL) WITHOUT ROWID"


class ReplyCache:
    """A SQLite file of replies, which may be the one that holds the answers of runs."""

    def __init__(self, path: Path) -> None:
        """Open or create the file.

        Raises:
            InvalidInput: the file is not a cache, or cannot be made.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise InvalidInput(f"{path}: cannot be used as the cache of replies: {error}") from None

    def get(self, judge: str, prompt: str) -> str | None:
        """What this judge replied to this prompt, if it was kept."""
        row = self._db.execute("SELECT reply FROM judge_replies WHERE key = ?", (_key(judge, prompt),)).fetchone()
        return row[0] if row else None

    def put(self, judge: str, prompt: str, reply: str) -> None:
        """Keep a reply, whatever it says: to ask until one likes the answer is no measurement."""
        self._db.execute("INSERT OR REPLACE INTO judge_replies VALUES (?, ?)", (_key(judge, prompt), reply))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _key(judge: str, prompt: str) -> str:
    return hashlib.sha256(json.dumps([judge, prompt]).encode()).hexdigest()
