"""Which column of a file says what, and by which rules its values are read.

Rule: what the user says goes before what a CRM documents, and that before what the values show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.errors import InvalidInput
from coach.pipeline.rows.dates import DateOrder
from coach.pipeline.rows.dictionary import Crm, dictionary
from coach.pipeline.rows.fields import Cell, Field, letters, same_header
from coach.pipeline.rows.mapping import Mapping
from coach.pipeline.rows.numbers import DecimalMark
from coach.pipeline.rows.problem import Code, Problem, problem

_TEXT_COLUMNS = frozenset(
    {Field.RECORD, Field.NAME, Field.ACCOUNT, Field.REP, Field.STAGE, Field.STATE, Field.CURRENCY, Field.NEXT_STEP}
)
"""Fields for which a second column may stand in where the first has nothing; the values of one column of days or
amounts say nothing of how another writes them."""


@dataclass(frozen=True, slots=True)
class Rules:
    """By what the values are read; None where that is left to them."""

    date_order: DateOrder | None = None
    decimal: DecimalMark | None = None
    currency: str | None = None
    times_utc: bool = False
    probability: str | None = None
    ranks: MappingOf[str, int] = field(default_factory=dict)
    """Places of stages, by their letters."""
    won: frozenset[str] = frozenset()
    """Stages that close a deal, and words of a state column, by their letters."""
    lost: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns and rules of one file."""

    crm: str
    columns: MappingOf[Field, tuple[str, ...]]
    """Headers as the file has them; the first that has a value holds."""
    rules: Rules
    problems: tuple[Problem, ...] = ()

    def header(self, field_: Field) -> str | None:
        """The column that says something, for a message."""
        headers = self.columns.get(field_)
        return headers[0] if headers else None

    def cells_at(self, headers: Sequence[str]) -> tuple[tuple[Field, int], ...]:
        """Where in a row of CSV the fields stand; of several columns of one field, the best comes last."""
        place = {header: index for index, header in reversed(list(enumerate(headers)))}
        return tuple((one, place[header]) for one, names in self.columns.items() for header in reversed(names))

    def keys(self) -> tuple[tuple[Field, str], ...]:
        """By which keys a record of JSON has the fields; of several, the best comes last."""
        return tuple((one, header) for one, names in self.columns.items() for header in reversed(names))


def lay_out(headers: Sequence[str], mapping: Mapping | None, *, is_json: bool, name: str) -> Layout | None:
    """Find out what the columns of a file say.

    Args:
        headers: As the file has them.
        mapping: What the user says, if anything.
        is_json: Whether it is JSON.
        name: The file's, for messages.

    Returns:
        None where no mapping is given and no CRM is recognised.

    Raises:
        InvalidInput: the mapping names a column that the file has not.
    """
    known = dictionary()
    crm = known.crms.get(mapping.crm) if mapping else known.recognise(headers)
    if crm is None and mapping is None:
        return None
    columns = dict(crm.columns(headers)) if crm else {}
    if mapping:
        columns.update(_said(headers, mapping, name))
    columns = {one: found if is_json or one in _TEXT_COLUMNS else found[:1] for one, found in columns.items()}
    columns, problems = _without_doubles(columns, headers)
    # Every name the file has must be one of the interface; `Amount` is called so in both.
    is_api = crm is not None and all(one in crm.api_names for found in columns.values() for one in found)
    return Layout(
        crm=mapping.crm if mapping else crm.name if crm else "",
        columns=columns,
        rules=_rules(crm, mapping, is_api=is_api),
        problems=problems,
    )


def _said(headers: Sequence[str], mapping: Mapping, name: str) -> dict[Field, tuple[str, ...]]:
    there = {same_header(header): header for header in headers}
    said: dict[Field, tuple[str, ...]] = {}
    for one, header in mapping.columns.items():
        if one not in set(Field):
            continue
        if same_header(header) not in there:
            raise InvalidInput(f"{name} has no column {header!r}, which the mapping names for {one}")
        said[Field(one)] = (there[same_header(header)],)
    return said


def _without_doubles(
    columns: MappingOf[Field, tuple[str, ...]], headers: Sequence[str]
) -> tuple[dict[Field, tuple[str, ...]], tuple[Problem, ...]]:
    """The columns without those whose header stands twice, of which nobody can say which is meant."""
    counts = Counter(map(same_header, headers))
    doubled = dict.fromkeys(one for found in columns.values() for one in found if counts[same_header(one)] > 1)
    single = {one: tuple(name for name in found if name not in doubled) for one, found in columns.items()}
    return (
        {one: found for one, found in single.items() if found},
        tuple(problem(None, one, Code.DOUBLE_COLUMN) for one in doubled),
    )


def _rules(crm: Crm | None, mapping: Mapping | None, *, is_api: bool) -> Rules:
    stages = mapping.stages if mapping and mapping.stages else crm.stages if crm else ()
    won = mapping.won if mapping and mapping.won else crm.won if crm else ()
    lost = mapping.lost if mapping and mapping.lost else crm.lost if crm else ()
    decimal: str | None = crm.api_decimal if crm and is_api else None
    return Rules(
        date_order=mapping.date_order if mapping else None,
        decimal=(mapping.decimal if mapping else None) or ("point" if decimal == "point" else None),
        currency=mapping.currency if mapping else None,
        times_utc=bool(crm and is_api and crm.api_times_utc),
        probability=(mapping.probability if mapping else None) or (crm.probability if crm else None),
        ranks={letters(stage): rank for rank, stage in enumerate(stages)},
        won=frozenset(map(letters, won)),
        lost=frozenset(map(letters, lost)),
    )


def values_of(cells: Sequence[Cell], places: Sequence[tuple[Field, int]], nothing: frozenset[str]) -> dict[Field, Cell]:
    """What a row of CSV says, field by field, without what is empty."""
    values: dict[Field, Cell] = {}
    for one, index in places:
        cell = cells[index]
        if cell and (text := cell.strip() if isinstance(cell, str) else cell) not in nothing:
            values[one] = text
    return values


def values_in(
    record: MappingOf[str, Cell], keys: Sequence[tuple[Field, str]], nothing: frozenset[str]
) -> dict[Field, Cell]:
    """What a record of JSON says, field by field, without what is empty."""
    values: dict[Field, Cell] = {}
    for one, key in keys:
        cell = record.get(key)
        text = cell.strip() if isinstance(cell, str) else cell
        if text is not None and text not in nothing:
            values[one] = text
    return values
