"""A roster: who the reps are, whom they work for, and what they are to win.

Rule: a rep may have several rows, one for each quota; what an earlier row says of the rep holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from coach.domain.opportunity import Quota, Rep, folded
from coach.errors import InvalidInput
from coach.pipeline.rows.currencies import read_currency
from coach.pipeline.rows.dates import DateEvidence, DateOrder, read_day
from coach.pipeline.rows.dictionary import dictionary
from coach.pipeline.rows.export import open_source
from coach.pipeline.rows.fields import LONGEST, Cell, PersonField, same_header
from coach.pipeline.rows.mapping import Mapping as MappingFile
from coach.pipeline.rows.money import amount_and_unit
from coach.pipeline.rows.numbers import DecimalEvidence, DecimalMark, kept_amount
from coach.pipeline.rows.problem import Code, Problem, left_out, problem
from coach.pipeline.rows.row import can_be_kept
from coach.pipeline.rows.survey import spaced
from coach.pipeline.rows.text_file import CP1252, TextFile

_DAYS = (PersonField.STARTED_ON, PersonField.QUOTA_FIRST, PersonField.QUOTA_LAST)
_UTC = ZoneInfo("UTC")

_Values = dict[PersonField, Cell]


class ReadPerson(NamedTuple):
    """What became of a row of a roster."""

    row: int
    rep: Rep | None
    """As the first row of this rep has them; None where the row was left out."""
    quota: Quota | None
    problems: Sequence[Problem] = ()


class Roster:
    """A roster, ready to be read; iterating it reads its rows."""

    def __init__(self, file: BinaryIO, name: str, mapping: MappingFile | None) -> None:
        """Find out what its columns say, and what their values show together."""
        text = TextFile(file, name)
        self._source = open_source(text)
        self._nothing = dictionary().nothing
        self._columns = _columns(self._source.headers, mapping)
        if PersonField.REP not in self._columns or len(self._columns) < 2:
            raise InvalidInput(
                f"{name} is not a roster: it needs a column of names of reps, and one of team, manager, started on or "
                "quota; name them in a mapping file"
            )
        self.columns: Mapping[str, str] = {field.value: header for field, header in self._columns.items()}
        """Which header says which field."""
        self.notices = (problem(None, None, Code.READ_AS_CP1252),) if text.encoding == CP1252 else ()
        self._currency = mapping.currency if mapping else None
        days = {field: DateEvidence() for field in _DAYS}
        amounts = DecimalEvidence()
        self.rows = 0
        for _row, values in self._each():
            self.rows += 1
            for field, shown in days.items():
                shown.add(spaced(str(values.get(field, ""))))
            amounts.add(spaced(str(values.get(PersonField.QUOTA, ""))))
        said = mapping.date_order if mapping else None
        self._orders: dict[PersonField, DateOrder | None] = {one: said or shown.order for one, shown in days.items()}
        self._mark: DecimalMark | None = (mapping.decimal if mapping else None) or amounts.mark

    def __iter__(self) -> Iterator[ReadPerson]:
        """Read the rows."""
        first: dict[str, Rep] = {}
        quotas: dict[tuple[str, date, date], Quota] = {}
        for row, values in self._each():
            problems: list[Problem] = []
            name = self._text(row, PersonField.REP, values, problems)
            if name is None:
                problems.append(left_out(problem(row, self._columns[PersonField.REP], Code.NO_REP)))
                yield ReadPerson(row, None, None, problems)
                continue
            rep = Rep(
                name=name,
                team=self._text(row, PersonField.TEAM, values, problems),
                manager=self._text(row, PersonField.MANAGER, values, problems),
                started_on=self._day(row, PersonField.STARTED_ON, values, problems),
            )
            earlier = first.setdefault(folded(name), rep)
            problems.extend(self._differences(row, earlier, rep))
            quota = self._quota(row, earlier.name, values, problems)
            if quota and (before := quotas.setdefault((quota.rep, quota.first, quota.last), quota)) is not quota:
                if (before.amount, before.currency) != (quota.amount, quota.currency):
                    words = {"what": "quota of these days"}
                    problems.append(
                        problem(row, self._columns[PersonField.QUOTA], Code.DIFFERS, values[PersonField.QUOTA], words)
                    )
                quota = None
            yield ReadPerson(row, earlier, quota, problems)

    def _each(self) -> Iterator[tuple[int, _Values]]:
        places = {header: index for index, header in enumerate(self._source.headers)}
        for row, cells in self._source.rows():
            values: _Values = {}
            for field, header in self._columns.items():
                cell: Cell = None
                if isinstance(cells, dict):
                    cell = cells.get(header)
                elif cells is not None and places[header] < len(cells):
                    cell = cells[places[header]]
                text = cell.strip() if isinstance(cell, str) else cell
                if text is not None and text not in self._nothing:
                    values[field] = text
            yield row, values

    def _text(self, row: int, field: PersonField, values: _Values, problems: list[Problem]) -> str | None:
        text = str(values.get(field, ""))
        if len(text) > LONGEST[field]:
            problems.append(problem(row, self._columns[field], Code.TOO_LONG, text, words={"longest": LONGEST[field]}))
            return None
        if not can_be_kept(text):
            problems.append(problem(row, self._columns[field], Code.BAD_CHARACTER))
            return None
        return text or None

    def _day(self, row: int, field: PersonField, values: _Values, problems: list[Problem]) -> date | None:
        if field not in values:
            return None
        day = read_day(spaced(str(values[field])), self._orders[field], _UTC, False)  # noqa: FBT003  as its cache has it
        if isinstance(day, Code):
            problems.append(problem(row, self._columns[field], day, values[field]))
            return None
        return day

    def _quota(self, row: int, rep: str, values: _Values, problems: list[Problem]) -> Quota | None:
        if PersonField.QUOTA not in values:
            return None
        amount, currency = self._amount(row, values, problems)
        first = self._day(row, PersonField.QUOTA_FIRST, values, problems)
        last = self._day(row, PersonField.QUOTA_LAST, values, problems)
        if first is None or last is None or last < first:
            problems.append(problem(row, self._columns[PersonField.QUOTA], Code.NO_QUOTA_PERIOD))
            return None
        if amount is None:
            return None
        return Quota(rep=rep, first=first, last=last, amount=amount, currency=currency)

    def _amount(self, row: int, values: _Values, problems: list[Problem]) -> tuple[Decimal | None, str | None]:
        """The quota, and its currency: that of its column, else what stands beside it, else the one that was said."""
        value = values[PersonField.QUOTA]
        amount, unit = amount_and_unit(value, self._mark)
        named = values.get(PersonField.CURRENCY) or unit
        currency = read_currency(spaced(str(named))) if named else self._currency
        if currency is Code.UNCLEAR_CURRENCY and self._currency:
            currency = self._currency
        if isinstance(currency, Code):
            problems.append(problem(row, self._columns.get(PersonField.CURRENCY), currency, named))
            currency = None
        kept = amount if isinstance(amount, Code) else kept_amount(amount)
        if not isinstance(kept, Code) and kept[0] < 0:
            kept = Code.NEGATIVE_AMOUNT
        if isinstance(kept, Code):
            problems.append(problem(row, self._columns[PersonField.QUOTA], kept, value))
            return None, currency
        return kept[0], currency

    def _differences(self, row: int, earlier: Rep, rep: Rep) -> Iterator[Problem]:
        for field in (PersonField.TEAM, PersonField.MANAGER, PersonField.STARTED_ON):
            before, now = getattr(earlier, field), getattr(rep, field)
            if now is not None and now != before:
                what = field.value.replace("_", " ")
                yield problem(row, self._columns[field], Code.DIFFERS, now, words={"what": what})


def open_roster(file: BinaryIO, *, name: str, mapping: MappingFile | None = None) -> Roster:
    """Open a roster, and go through it once.

    Args:
        file: Open, seekable; it must stay open until the rows are read, and is not closed.
        name: What to call it in messages.
        mapping: What the user says of it.

    Raises:
        UnsupportedFormat: it is not CSV or JSON.
        InvalidInput: it is empty or damaged, or has no columns of a roster.
    """
    return Roster(file, name, mapping)


def _columns(headers: Sequence[str], mapping: MappingFile | None) -> dict[PersonField, str]:
    there = {same_header(header): header for header in headers}
    columns = {}
    for field, names in dictionary().people.items():
        found = next((there[one] for one in names if one in there), None)
        if found is not None:
            columns[field] = found
    for said, header in (mapping.columns if mapping else {}).items():
        if said in set(PersonField):
            if same_header(header) not in there:
                raise InvalidInput(f"the roster has no column {header!r}, which the mapping names for {said}")
            columns[PersonField(said)] = there[same_header(header)]
    return columns
