"""One row becomes one opportunity, and what could not be taken as it stands is told beside it.

Rule: a value is read in the one way it can be, or left out; a row is left out where it is not known which deal it is,
or how that stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from coach.domain.opportunity import DealState, Opportunity
from coach.pipeline.rows.dates import read_day
from coach.pipeline.rows.fields import LONGEST, Cell, Field, letters
from coach.pipeline.rows.layout import Layout
from coach.pipeline.rows.money import read_money
from coach.pipeline.rows.numbers import read_share, share_of
from coach.pipeline.rows.problem import Code, Problem
from coach.pipeline.rows.records import record_of
from coach.pipeline.rows.row import Row, can_be_kept
from coach.pipeline.rows.states import is_deleted, stage_name, state_of
from coach.pipeline.rows.survey import Survey, spaced

_ID = re.compile(
    r"\d+|005[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?|\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?"
)
"""What is an owner's id: a number, a user of Salesforce, a GUID of Dynamics 365."""


class Read(NamedTuple):
    """What became of a row."""

    row: int
    opportunity: Opportunity | None
    """None where the row was left out."""
    problems: Sequence[Problem] = ()
    deleted: bool = False
    """Left out because the CRM has thrown the deal away."""
    record: str | None = None
    """The id of what was thrown away, where the row has one."""


class RowReader:
    """Reads the rows of one file."""

    def __init__(
        self, layout: Layout, survey: Survey, *, as_of: date, zone: ZoneInfo, known_reps: Sequence[str] = ()
    ) -> None:
        """Settle what the file leaves open.

        Args:
            layout: Which column says what.
            survey: What the rows show together.
            as_of: The day of the snapshot.
            zone: Where days are counted.
            known_reps: Names of reps that are known already.
        """
        self._layout = layout
        self._survey = survey
        self._as_of = as_of
        self._zone = zone
        self._close_reps = survey.reps.close()
        self._close_products = survey.products.close()
        self._close_known = survey.reps.close_to(known_reps)
        columns = layout.columns
        self._one_date = columns.get(Field.CLOSE_DATE) == columns.get(Field.CLOSED_ON)

    def read(self, row: int, values: Mapping[Field, Cell]) -> Read:
        """Read a row.

        Args:
            row: Its number.
            values: What it says.
        """
        if is_deleted(values):
            record = record_of(values, self._layout.crm, by_name=self._survey.by_name)
            return Read(row, None, (), deleted=True, record=record)
        one = Row(self._layout, row, values)
        record = self._record(one)
        state = None if record is None else self._state(one)
        if record is None or state is None:
            return Read(row, None, one.problems)
        stage = one.text(Field.STAGE)
        amount, currency = read_money(one, state, self._layout, self._survey)
        close_date, closed_on = self._ends(one, state)
        opportunity = Opportunity(
            crm=self._layout.crm,
            record=record,
            as_of=self._as_of,
            name=one.text(Field.NAME),
            account=one.text(Field.ACCOUNT),
            rep=self._rep(one),
            state=state,
            stage=stage,
            stage_rank=self._layout.rules.ranks.get(letters(stage_name(stage))) if stage else None,
            amount=amount,
            currency=currency,
            probability=self._probability(one),
            forecast_category=one.text(Field.FORECAST_CATEGORY),
            created_on=self._day(one, Field.CREATED_ON),
            close_date=close_date,
            closed_on=closed_on,
            next_step=one.text(Field.NEXT_STEP),
            product=self._product(one),
        )
        return Read(row, opportunity, one.problems)

    def _record(self, one: Row) -> str | None:
        by_name = self._survey.by_name
        record = record_of(one.values, self._layout.crm, by_name=by_name)
        field = Field.NAME if by_name else Field.RECORD
        if record is None:
            one.leave_out(field, Code.NO_ID)
        elif len(record) > LONGEST["record"]:
            one.leave_out(field, Code.TOO_LONG, record, longest=LONGEST["record"])
        elif not can_be_kept(record):
            one.leave_out(field, Code.BAD_CHARACTER)
        elif (same := self._survey.records.shared(record)) is None or (not same.differ and same.first == one.row):
            return record
        else:
            one.leave_out(field, Code.DUPLICATE_ID if same.differ else Code.SAME_ROW_TWICE, one.values.get(field))
        return None

    def _state(self, one: Row) -> DealState | None:
        state = state_of(one.values, self._layout.rules)
        if isinstance(state, DealState):
            return state
        field = next((each for each in (Field.STATE, Field.IS_WON, Field.STAGE) if each in one.values), Field.STAGE)
        one.leave_out(field, state, one.values.get(field))
        return None

    def _ends(self, one: Row, state: DealState) -> tuple[date | None, date | None]:
        """The day the deal is said to close by, and the day it closed."""
        if state is DealState.OPEN:
            close_date = self._day(one, Field.CLOSE_DATE)
            if Field.CLOSE_DATE not in one.values and Field.CLOSE_DATE in self._layout.columns:
                one.tell(Field.CLOSE_DATE, Code.NO_CLOSE_DATE)
            return close_date, None
        own = Field.WON_ON if state is DealState.WON else Field.LOST_ON
        field = own if own in one.values else Field.CLOSED_ON
        closed_on = self._day(one, field)
        if field not in one.values:
            one.tell(own if own in self._layout.columns else field, Code.NO_CLOSED_ON, state=state.value)
        return None if self._one_date else self._day(one, Field.CLOSE_DATE), closed_on

    def _day(self, one: Row, field: Field) -> date | None:
        value = one.values.get(field)
        if value is None:
            return None
        rules = self._layout.rules
        day = read_day(spaced(str(value)), self._survey.order(field), self._zone, rules.times_utc)
        if isinstance(day, Code):
            one.tell(field, day, value)
            return None
        return day

    def _probability(self, one: Row) -> float | None:
        value = one.values.get(Field.PROBABILITY)
        if value is None:
            return None
        text = spaced(str(value))
        scale = "percent" if text.endswith("%") else self._survey.scale
        number = read_share(text)
        share = number if isinstance(number, Code) else share_of(number, scale)
        if isinstance(share, Code):
            one.tell(Field.PROBABILITY, share, value, least=0, most=1 if scale == "fraction" else 100)
            return None
        return share

    def _rep(self, one: Row) -> str | None:
        if Field.REP not in self._layout.columns:
            return None
        if Field.REP not in one.values:
            one.tell(Field.REP, Code.NO_REP)
            return None
        value = str(one.values[Field.REP])
        if is_id(value):
            one.tell(Field.REP, Code.UNKNOWN_REP, value)
            return None
        for later, earlier in self._close_reps.get(one.row, ()):
            one.tell(Field.REP, Code.SPELT_TWO_WAYS, later.name, other=earlier.name, row=earlier.row)
        for seen, known in self._close_known.get(one.row, ()):
            one.tell(Field.REP, Code.LIKE_KNOWN_REP, seen.name, other=known)
        return one.text(Field.REP)

    def _product(self, one: Row) -> str | None:
        for later, earlier in self._close_products.get(one.row, ()):
            one.tell(Field.PRODUCT, Code.SPELT_TWO_WAYS, later.name, other=earlier.name, row=earlier.row)
        return one.text(Field.PRODUCT)


def is_id(owner: str) -> bool:
    """Whether an owner is an id rather than a name."""
    return _ID.fullmatch(owner) is not None
