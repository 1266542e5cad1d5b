"""Rows of CSV: commas, semicolons or tabs, cells in quotes that may hold line ends."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice

from coach.errors import InvalidInput
from coach.pipeline.rows.text_file import TextFile

_DELIMITERS = (",", ";", "\t")
_LOOKED_AT = 20
"""Rows by which the delimiter is found."""
_LONGEST_LINE_OF_EXCEL = 8


class Delimited:
    """A file of CSV; rows are counted as a spreadsheet counts them, from 1."""

    is_json = False

    def __init__(self, text: TextFile) -> None:
        """Find the delimiter and the header.

        Raises:
            InvalidInput: there is no header, or a cell does not end.
        """
        self._text = text
        self.delimiter, self._says_delimiter = self._sniff()
        records = self._records()
        self.header_row, self.headers = next(records, (0, []))
        if not self.headers:
            raise InvalidInput(f"{text.name} has no header")
        self.samples = [cells for _, cells in islice(records, _LOOKED_AT) if len(cells) == len(self.headers)]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row after the header that holds anything, and its number.

        Raises:
            InvalidInput: a cell does not end.
        """
        records = self._records()
        next(records, None)
        return records

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        with self._text.opened() as lines:
            if self._says_delimiter:
                next(lines)
            reader = csv.reader(lines, delimiter=self.delimiter)
            number = 1 if self._says_delimiter else 0
            try:
                for cells in reader:
                    number += 1
                    if cells and (len(cells) > 1 or cells[0].strip()):
                        yield number, cells
            except csv.Error:
                raise InvalidInput(
                    f"{self._text.name}: row {number + 1} has a cell that does not end within "
                    f"{csv.field_size_limit():,} characters; look for a quotation mark that is not closed"
                ) from None

    def _sniff(self) -> tuple[str, bool]:
        """The delimiter, and whether a first line says it, as Excel writes `sep=;`."""
        with self._text.opened() as lines:
            first = lines.readline(_LONGEST_LINE_OF_EXCEL).strip()
        if len(first) == 5 and first.lower().startswith("sep="):
            return first[4], True
        fits = {delimiter: self._fit(delimiter) for delimiter in _DELIMITERS}
        return max(fits, key=lambda delimiter: fits[delimiter]), False

    def _fit(self, delimiter: str) -> tuple[int, int]:
        """How many rows have as many cells as the header, and how many that are; more than one, or nothing fits."""
        with self._text.opened() as lines:
            try:
                counts = [len(cells) for cells in islice(csv.reader(lines, delimiter=delimiter), _LOOKED_AT) if cells]
            except csv.Error:
                return 0, 0
        if not counts or counts[0] < 2:
            return 0, 0
        return counts.count(counts[0]), counts[0]
