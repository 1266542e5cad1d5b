"""A row that is being read, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping

from coach.pipeline.rows.fields import LONGEST, Cell, Field
from coach.pipeline.rows.layout import Layout
from coach.pipeline.rows.problem import Code, Problem, left_out, problem


class Row:
    """What a row says, field by field."""

    __slots__ = ("_layout", "problems", "row", "values")

    def __init__(self, layout: Layout, row: int, values: Mapping[Field, Cell]) -> None:
        self._layout = layout
        self.row = row
        self.values = values
        self.problems: list[Problem] = []

    def text(self, field: Field) -> str | None:
        """A text, unless it is too long or cannot be kept."""
        value = self.values.get(field)
        if value is None:
            return None
        text = str(value)
        if len(text) > LONGEST[field]:
            self.tell(field, Code.TOO_LONG, text, longest=LONGEST[field])
            return None
        if not can_be_kept(text):
            self.tell(field, Code.BAD_CHARACTER)
            return None
        return text

    def tell(self, field: Field, code: Code, value: object = None, **words: object) -> None:
        """Tell what could not be taken; the row goes in."""
        self.problems.append(problem(self.row, self._layout.header(field), code, value, words=words))

    def leave_out(self, field: Field, code: Code, value: object = None, **words: object) -> None:
        """Tell why the row does not go in."""
        self.problems.append(left_out(problem(self.row, self._layout.header(field), code, value, words=words)))


def can_be_kept(text: str) -> bool:
    """Whether a store can hold a text: no NUL, and no half of a pair of code units."""
    return "\0" not in text and (text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text))
