"""Reads rows from a text, as a test writes them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from coach.domain.opportunity import Opportunity
from coach.pipeline.rows import Export, Mapping, Problem, open_export

AS_OF = date(2026, 10, 31)
EXPORTS = Path(__file__).parent / "exports"


class Taken(NamedTuple):
    """What came of a file."""

    export: Export
    opportunities: list[Opportunity]
    problems: list[Problem]
    deleted: int

    @property
    def told(self) -> list[tuple[int | None, str, bool]]:
        """Row, code, and whether the row went in."""
        return [(one.row, one.code.value, one.kept) for one in self.problems]


def take(
    content: bytes | str | Path, *, mapping: Mapping | None = None, zone: str = "UTC", known: Sequence[str] = ()
) -> Taken:
    """Read a file, the bytes of one, or its text in UTF-8."""
    if isinstance(content, Path):
        raw = content.read_bytes()
    else:
        raw = content.encode() if isinstance(content, str) else content
    export = open_export(io.BytesIO(raw), name="rows.csv", mapping=mapping)
    read = list(export.read(as_of=AS_OF, zone=ZoneInfo(zone), known_reps=known))
    return Taken(
        export,
        [one.opportunity for one in read if one.opportunity],
        [problem for one in read for problem in one.problems],
        sum(one.deleted for one in read),
    )


def sheet(rows: Sequence[dict[str, str]], delimiter: str = "\t") -> str:
    """Rows of a HubSpot export, each with an id of its own; a tab parts cells, so that commas are free."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    header = ["Record ID", "Deal Name", "Deal Stage", *columns]
    lines = [
        [str(number), f"Deal {number}", "Contract Sent", *(row.get(one, "") for one in columns)]
        for number, row in enumerate(rows, start=1)
    ]
    return "\n".join(delimiter.join(line) for line in [header, *lines])
