"""A mapping for a source that is not known, proposed by the names of its columns.

Rule: it is a proposal: nothing is read by it until the user gives it back as their own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from coach.pipeline.rows.dates import read_day
from coach.pipeline.rows.dictionary import dictionary
from coach.pipeline.rows.fields import AMOUNTS, DAYS, Cell, Field, same_header
from coach.pipeline.rows.numbers import taken_apart
from coach.pipeline.rows.problem import Code
from coach.pipeline.rows.survey import spaced

_UTC = ZoneInfo("UTC")
_LIKE = 85
"""Of 100, by rapidfuzz; below, a header is no sign."""
_SYNONYM, _LIKENESS = 0.95, 0.8
"""How sure a name that is known makes, and the likest of names that are not."""


class Proposed(NamedTuple):
    """A column, what it may say, and how sure that is."""

    field: Field
    header: str
    sure: float
    """0 to 1."""
    values_fit: bool | None
    """Whether the values look like it; None where they could be anything."""


def propose_mapping(
    headers: Sequence[str], samples: Sequence[Sequence[str] | Mapping[str, Cell]]
) -> tuple[Proposed, ...]:
    """What the columns may say, field by field; each column once, and none where nothing speaks for one.

    Args:
        headers: As the file has them.
        samples: Some rows: cells in the order of the headers, or records by their keys.
    """
    fits = []
    for place, header in enumerate(headers):
        values = [spaced(str(cell)) for cell in _column(place, header, samples) if cell not in {None, ""}]
        for field, sure in _by_name(header).items():
            values_fit = _values_fit(field, values)
            fits.append(Proposed(field, header, round(sure * (0.5 if values_fit is False else 1), 2), values_fit))
    chosen: dict[Field, Proposed] = {}
    taken: set[str] = set()
    for one in sorted(fits, key=lambda fit: -fit.sure):
        if one.field not in chosen and one.header not in taken:
            chosen[one.field] = one
            taken.add(one.header)
    return tuple(chosen[field] for field in Field if field in chosen)


def proposal_text(proposal: Sequence[Proposed]) -> str:
    """The proposal as a mapping file in YAML, with how sure each line is, and what else can be said."""
    lines = [
        "# A proposal: check every line, take out what is wrong, and give the file with --mapping.",
        "crm: other",
        "columns:" if proposal else "columns: {}",
    ]
    for one in proposal:
        doubt = "; its values do not look like it" if one.values_fit is False else ""
        # A string of JSON is one of YAML, whatever the header holds.
        lines.append(f"  {one.field}: {json.dumps(one.header)}  # {one.sure:.0%} sure{doubt}")
    return "\n".join((*lines, *_OPEN_QUESTIONS)) + "\n"


_OPEN_QUESTIONS = (
    "# date_order: day_first      # or month_first, year_first: where 03/04/2026 could be two days",
    "# decimal: point             # or comma: where 1.234 could be two amounts",
    "# currency: EUR              # of amounts that name none",
    "# probability: percent       # or fraction",
    "# stages: [first, second]    # in order",
    "# won: [stages that are won]",
    "# lost: [stages that are lost]",
)


def _by_name(header: str) -> dict[Field, float]:
    """Which fields a header may mean, and how sure that is."""
    known = dictionary()
    name = same_header(header)
    sure: dict[Field, float] = {}
    for field in known.synonyms:
        names = {*known.synonyms[field], *(one for crm in known.crms.values() for one in crm.names.get(field, ()))}
        if name in names:
            sure[field] = _SYNONYM
        elif best := process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=_LIKE):
            sure[field] = _LIKENESS * best[1] / 100
    return sure


def _column(place: int, header: str, samples: Sequence[Sequence[str] | Mapping[str, Cell]]) -> list[Cell]:
    return [
        sample.get(header) if isinstance(sample, Mapping) else sample[place] if place < len(sample) else None
        for sample in samples
    ]


def _values_fit(field: Field, values: Sequence[str]) -> bool | None:
    if not values or field not in {*DAYS, *AMOUNTS, Field.PROBABILITY}:
        return None
    if field in DAYS:
        return all(_is_day(value) for value in values)
    return all(taken_apart(value) is not None and not _is_day(value) for value in values)


def _is_day(value: str) -> bool:
    day = read_day(value, None, _UTC, False)  # noqa: FBT003  as its cache has it
    return day is Code.UNCLEAR_DATE or not isinstance(day, Code)
