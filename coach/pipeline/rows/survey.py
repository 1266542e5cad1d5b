"""The first time through a file: what its values show together, before any of them is read.

Rule: of a row, two hashes and its number are kept, 20 bytes in all, and nothing else grows with the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from coach.pipeline.rows.dates import DateEvidence, DateOrder
from coach.pipeline.rows.fields import AMOUNTS, DAYS, Cell, Field
from coach.pipeline.rows.layout import Layout
from coach.pipeline.rows.numbers import DecimalEvidence, DecimalMark, ShareEvidence
from coach.pipeline.rows.records import Records, record_of
from coach.pipeline.rows.spelling import Names

_LONGEST_READ = 200
"""Characters; readers of values remember what they read."""


class Survey:
    """What the rows of a file show together."""

    def __init__(self, layout: Layout) -> None:
        self.rows = 0
        self.filled: Counter[Field] = Counter()
        """How many rows have a value, by field."""
        self.records = Records()
        self.reps = Names()
        self.products = Names()
        self.by_name = Field.RECORD not in layout.columns
        self._layout = layout
        self._days = {one: DateEvidence() for one in DAYS if one in layout.columns}
        self._amounts = {one: DecimalEvidence() for one in AMOUNTS if one in layout.columns}
        self._share = ShareEvidence()

    def add(self, row: int, values: Mapping[Field, Cell], content: str) -> None:
        """Take in a row.

        Args:
            row: Its number.
            values: What it says.
            content: All of it as one text.
        """
        self.filled.update(values.keys())
        record = record_of(values, self._layout.crm, by_name=self.by_name)
        if record is not None:
            self.records.add(record, content, row)
        for one, days in self._days.items():
            if isinstance(value := values.get(one), str):
                days.add(spaced(value))
        for one, amounts in self._amounts.items():
            if isinstance(value := values.get(one), str):
                amounts.add(spaced(value))
        if Field.PROBABILITY in values:
            self._share.add(spaced(str(values[Field.PROBABILITY])))
        if isinstance(value := values.get(Field.REP), str):
            self.reps.add(value, row)
        if isinstance(value := values.get(Field.PRODUCT), str):
            self.products.add(value, row)

    def order(self, field: Field) -> DateOrder | None:
        """The order of day and month in a column, where it is settled."""
        return self._layout.rules.date_order or (self._days[field].order if field in self._days else None)

    def mark(self, field: Field) -> DecimalMark | None:
        """The decimal mark of a column, where it is settled."""
        return self._layout.rules.decimal or (self._amounts[field].mark if field in self._amounts else None)

    @property
    def scale(self) -> str | None:
        """Whether probabilities are percentages or fractions, where it is settled."""
        return self._layout.rules.probability or self._share.scale


def spaced(text: str) -> str:
    """A text with single spaces for blanks of any kind, cut where no day, number or currency goes on."""
    return " ".join(text.split())[:_LONGEST_READ]
