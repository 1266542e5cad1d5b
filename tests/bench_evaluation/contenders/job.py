"""What a contender is told to do."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Job(NamedTuple):
    """One run of every case."""

    cases: str
    """File of cases."""
    answers: str
    """File of answers, for who answers by itself."""
    base: str
    """Address of the stub."""
    out: str
    """Folder for what is kept of the run."""
    cache: str | None
    """File of earlier answers."""

    def read_cases(self) -> list[dict[str, Any]]:
        """The cases as they stand, for who checks nothing."""
        with open(self.cases, encoding="utf-8") as file:  # noqa: PTH123  pathlib would be part of the floor
            return [json.loads(line) for line in file]
