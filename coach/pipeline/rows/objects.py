"""Records of JSON: an array, an array inside an answer of a CRM's interface, or one object a line.

Rule: one record is in memory at a time; nothing of the rest of the file is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from coach.errors import InvalidInput
from coach.pipeline.rows.fields import Cell
from coach.pipeline.rows.json_reader import DECODER, LONGEST_RECORD, SPACE, JsonReader
from coach.pipeline.rows.text_file import CP1252, TextFile

_LOOKED_AT = 20
"""Records kept as samples."""
_MOST_KEYS = 5000
_DEEPEST = 3

Record = dict[str, Cell]


class Objects:
    """A file of JSON; records are counted from 1."""

    is_json = True
    delimiter = ""
    header_row = 0

    def __init__(self, text: TextFile) -> None:
        """Find out where the records are, and what keys they have, which reads the file once.

        An interface leaves out what a record does not have, so that a key may come late.

        Raises:
            InvalidInput: not JSON in UTF-8 or UTF-16, or no records in it.
        """
        if text.encoding == CP1252:
            raise InvalidInput(f"{text.name} is not UTF-8; save it as UTF-8 again")
        self._text = text
        self.has_more_pages = False
        self._by_line = not self._has_list()
        self.samples: list[Record] = []
        keys: dict[str, None] = {}
        for _, record in self.rows():
            if record is not None:
                if len(self.samples) < _LOOKED_AT:
                    self.samples.append(record)
                if len(keys) < _MOST_KEYS:
                    keys.update(dict.fromkeys(record))
        self.headers = list(keys)
        if not self.headers:
            raise InvalidInput(f"{text.name} holds no records: no list of objects was found in it")

    def rows(self) -> Iterator[tuple[int, Record | None]]:
        """Every record and its number; None in place of what is none.

        Raises:
            InvalidInput: the JSON breaks off or is wrong; the message says at which record.
        """
        found = self._lines() if self._by_line else self._elements()
        for number, value in enumerate(found, start=1):
            yield number, flat(value) if isinstance(value, dict) else None

    def _has_list(self) -> bool:
        with self._reading() as reader:
            return reader.to_list()

    def _elements(self) -> Iterator[object]:
        with self._reading() as reader:
            reader.to_list()
            yield from reader.elements()
            self.has_more_pages = reader.says_more_pages()

    def _lines(self) -> Iterator[object]:
        with self._text.opened() as lines:
            while line := lines.readline(LONGEST_RECORD + 1):
                if len(line) > LONGEST_RECORD:
                    raise InvalidInput(f"{self._text.name} is not a list of records in JSON, nor one record a line")
                if line.strip(SPACE):
                    try:
                        yield DECODER.decode(line.strip(SPACE))
                    except (ValueError, RecursionError):
                        yield None

    @contextmanager
    def _reading(self) -> Iterator[JsonReader]:
        with self._text.opened() as text:
            yield JsonReader(text, self._text.name)


def flat(value: dict[str, object], prefix: str = "", depth: int = 1) -> Record:
    """An object as one level: what is nested has the names of its way, parted by dots; lists are left out.

    `properties`, in which HubSpot has a deal's values, is no part of a name.
    """
    record: Record = {}
    for key, inner in value.items():
        if isinstance(inner, dict):
            if depth < _DEEPEST:
                inside = prefix if key == "properties" else f"{prefix}{key}."
                record.update(flat(inner, inside, depth + 1))
        elif inner is None or isinstance(inner, (str, int, Decimal)):
            record[prefix + key] = inner
    return record
