"""An export of a CRM, opened: what it is, what it lacks, and its rows one by one.

Rule: the file is read three times from its start: for how its text is encoded, for what its values show together, and
for its rows. Never is more of it in memory than a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import BinaryIO
from zoneinfo import ZoneInfo

from coach.errors import InvalidInput
from coach.pipeline.rows.delimited import Delimited
from coach.pipeline.rows.dictionary import dictionary
from coach.pipeline.rows.fields import Cell, Field
from coach.pipeline.rows.layout import Layout, lay_out, values_in, values_of
from coach.pipeline.rows.mapping import Mapping as MappingFile
from coach.pipeline.rows.objects import Objects
from coach.pipeline.rows.problem import Code, Problem, left_out, problem
from coach.pipeline.rows.proposing import proposal_text, propose_mapping
from coach.pipeline.rows.reading import Read, RowReader, is_id
from coach.pipeline.rows.states import STATE_COLUMNS
from coach.pipeline.rows.survey import Survey
from coach.pipeline.rows.text_file import CP1252, TextFile

UTC = ZoneInfo("UTC")
_LACKED = {
    Field.REP: "rep",
    Field.STAGE: "stage",
    Field.AMOUNT: "amount",
    Field.CURRENCY: "currency",
    Field.PROBABILITY: "probability",
    Field.FORECAST_CATEGORY: "forecast category",
    Field.CREATED_ON: "created on",
    Field.CLOSE_DATE: "close date",
    Field.NEXT_STEP: "next step",
    Field.PRODUCT: "product",
}
_NEVER_THERE = ("stage history", "quota")
"""An export of deals says how they stand on one day, and nothing of what reps are to win."""


class Unrecognised(InvalidInput):
    """A file whose columns are not those of a known CRM.

    Attributes:
        proposal: A mapping file to look over, as YAML.
    """

    code = "not_recognised"

    def __init__(self, detail: str, proposal: str) -> None:
        super().__init__(detail)
        self.proposal = proposal


class Export:
    """An export, ready to be read."""

    def __init__(self, source: Delimited | Objects, text: TextFile, layout: Layout) -> None:
        """Go through the file once."""
        self._source = source
        self._layout = layout
        self._places = () if isinstance(source, Objects) else layout.cells_at(source.headers)
        self._nothing = dictionary().nothing
        self._survey = self._surveyed()
        self.crm = layout.crm
        self.columns: Mapping[str, str] = {field.value: names[0] for field, names in layout.columns.items()}
        """Which header says which field."""
        self.rows = self._survey.rows
        self.notices = tuple(self._told(text))
        """What is to be said of the file as a whole."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What the source does not have, in no row."""
        filled = self._survey.filled
        lacked = [name for field, name in _LACKED.items() if not filled[field]]
        if self._layout.rules.currency and "currency" in lacked:
            lacked.remove("currency")
        return (*lacked, *_NEVER_THERE)

    def new_reps(self, known: Sequence[str]) -> tuple[str, ...]:
        """Owners of deals in the file, by name, who are not among the known reps."""
        return tuple(name for name in self._survey.reps.new(known) if not is_id(name))

    def read(self, *, as_of: date, zone: ZoneInfo = UTC, known_reps: Sequence[str] = ()) -> Iterator[Read]:
        """Read the rows.

        Args:
            as_of: The day that they are of.
            zone: Where days are counted.
            known_reps: Names of reps that are known already.

        Raises:
            InvalidInput: the JSON breaks off, or a cell does not end.
        """
        reader = RowReader(self._layout, self._survey, as_of=as_of, zone=zone, known_reps=known_reps)
        for row, values, _content, wrong in self._each():
            yield Read(row, None, [wrong]) if wrong else reader.read(row, values)

    def _surveyed(self) -> Survey:
        survey = Survey(self._layout)
        for row, values, content, wrong in self._each():
            survey.rows += 1
            if wrong is None:
                survey.add(row, values, content)
        return survey

    def _each(self) -> Iterator[tuple[int, dict[Field, Cell], str, Problem | None]]:
        return self._records() if isinstance(self._source, Objects) else self._cells(self._source)

    def _cells(self, source: Delimited) -> Iterator[tuple[int, dict[Field, Cell], str, Problem | None]]:
        expected = len(source.headers)
        for row, cells in source.rows():
            if len(cells) == expected:
                yield row, values_of(cells, self._places, self._nothing), "\x1f".join(cells), None
            else:
                counts = {"there": len(cells), "expected": expected}
                wrong = left_out(problem(row, None, Code.WRONG_CELL_COUNT, words=counts))
                yield row, {}, "", wrong

    def _records(self) -> Iterator[tuple[int, dict[Field, Cell], str, Problem | None]]:
        keys = self._layout.keys()
        for row, record in self._source.rows():
            if isinstance(record, dict):
                content = "\x1f".join(f"{key}={record[key]}" for key in sorted(record))
                yield row, values_in(record, keys, self._nothing), content, None
            else:
                yield row, {}, "", left_out(problem(row, None, Code.NOT_A_RECORD))

    def _told(self, text: TextFile) -> Iterator[Problem]:
        yield from self._layout.problems
        if text.encoding == CP1252:
            yield problem(None, None, Code.READ_AS_CP1252)
        if isinstance(self._source, Objects) and self._source.has_more_pages:
            yield problem(None, None, Code.MORE_PAGES)
        if self._survey.by_name:
            yield problem(None, None, Code.NO_ID_COLUMN)
        if not any(field in self._layout.columns for field in STATE_COLUMNS):
            yield problem(None, self._layout.header(Field.STAGE), Code.STATE_BY_STAGE)


def open_export(file: BinaryIO, *, name: str, mapping: MappingFile | None = None) -> Export:
    """Open an export, find out what it is, and go through it once.

    Args:
        file: Open, seekable; it must stay open until the rows are read, and is not closed.
        name: What to call it in messages.
        mapping: What the user says of it.

    Raises:
        Unrecognised: no mapping is given, and the columns are not those of a known CRM.
        UnsupportedFormat: it is not CSV or JSON.
        InvalidInput: it is empty or damaged, has neither ids nor names of deals, or lacks a column that the mapping
            names.
    """
    text = TextFile(file, name)
    source = open_source(text)
    layout = lay_out(source.headers, mapping, is_json=source.is_json, name=name)
    if layout is None:
        raise _unrecognised(source, name)
    if Field.RECORD not in layout.columns and Field.NAME not in layout.columns:
        raise InvalidInput(f"{name} has no column of ids, nor of names, to know the deals by; name one in a mapping")
    return Export(source, text, layout)


def open_source(text: TextFile) -> Delimited | Objects:
    """The rows of a file: JSON where it begins as JSON does, else CSV."""
    with text.opened() as lines:
        start = lines.read(64).lstrip("\ufeff \t\r\n")[:1]
    return Objects(text) if start in {"{", "["} else Delimited(text)


def proposal_of(file: BinaryIO, *, name: str) -> str:
    """A mapping file for an export, proposed by its columns, for the user to look over.

    Raises:
        UnsupportedFormat: it is not CSV or JSON.
        InvalidInput: it is empty or damaged.
    """
    return _proposal(open_source(TextFile(file, name)))


def _proposal(source: Delimited | Objects) -> str:
    return proposal_text(propose_mapping(source.headers, source.samples))


def _unrecognised(source: Delimited | Objects, name: str) -> Unrecognised:
    return Unrecognised(
        f"{name}: these are not the columns of HubSpot, Salesforce, Pipedrive or Dynamics 365; a mapping file must say "
        "what they are",
        _proposal(source),
    )
