"""Everything that is held on a person as one JSON document, written as it is read: memory stays flat."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from coach import __version__
from coach.store.exporting import SECTIONS, Row

SCHEMA = "coach.person_export/1"
_JSON = frozenset({"content", "difference"})
"""Columns whose text is JSON."""


async def document(person: str, workspace: str, rows: AsyncGenerator[Row, None]) -> AsyncGenerator[str, None]:
    """Write the document, a piece at a time.

    Args:
        person: Who.
        workspace: Where.
        rows: As `coach.store.exporting.held_on` reads them, in the order of `SECTIONS`.
    """
    head = {"schema": SCHEMA, "person": person, "workspace": workspace}
    head |= {"made_at": datetime.now(UTC).isoformat(), "version": __version__}
    at, before, comma = 0, f'{_text(head)[:-1]},\n"{SECTIONS[0]}":[', ""
    async with aclosing(rows):
        async for section, row in rows:
            here = SECTIONS.index(section)
            begun = before + (_empty(at, here) or comma)
            # With the first row: until that is read, nobody knows whether there will be a document.
            yield begun + "\n" + _text({name: _value(name, value) for name, value in row.items()})
            at, before, comma = here, "", ","
    yield before + _empty(at, len(SECTIONS) - 1) + "]}\n"


def _empty(at: int, to: int) -> str:
    """From one section to the beginning of another."""
    return "".join(f'],\n"{section}":[' for section in SECTIONS[at + 1 : to + 1])


def _value(name: str, value: Any) -> Any:  # noqa: ANN401  a column's value
    if name in _JSON and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date):  # a moment, too
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)
