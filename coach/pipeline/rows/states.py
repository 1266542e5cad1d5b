"""Whether a deal is open, won or lost, by the columns of its CRM.

Rule: everything the row says of it must agree; a row that contradicts itself says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from coach.domain.opportunity import DealState
from coach.pipeline.rows.dictionary import dictionary
from coach.pipeline.rows.fields import LONGEST, Cell, Field, letters
from coach.pipeline.rows.layout import Rules
from coach.pipeline.rows.problem import Code

_ALL = frozenset(DealState)
_OPEN, _WON, _LOST = (frozenset({state}) for state in (DealState.OPEN, DealState.WON, DealState.LOST))
_FLAGS = ((Field.IS_WON, _WON), (Field.IS_LOST, _LOST), (Field.IS_CLOSED, _WON | _LOST))
STATE_COLUMNS: tuple[Field, ...] = (Field.STATE, Field.IS_WON, Field.IS_LOST, Field.IS_CLOSED)
_ENDS = ("won", "lost", "closed")
"""A stage with one of these in its name is an end, and it is not said which."""


def is_deleted(values: Mapping[Field, Cell]) -> bool:
    """Whether the CRM has thrown the deal away."""
    if Field.DELETED in values and truth(values[Field.DELETED]):
        return True
    return dictionary().states.get(str(values.get(Field.STATE)).casefold()) == "deleted"


def state_of(values: Mapping[Field, Cell], rules: Rules) -> DealState | Code:
    """How a deal stands.

    Args:
        values: What its row says.
        rules: The stages that close a deal.

    Returns:
        `CONTRADICTORY_STATE` where two columns do not agree, `UNCLEAR_STATE` where one of them cannot be read, or
        where the row says only that the deal is at an end.
    """
    left = _ALL
    for field, states in _FLAGS:
        if field in values:
            answer = truth(values[field])
            if answer is None:
                return Code.UNCLEAR_STATE
            left &= states if answer else _ALL - states
    if Field.STATE in values:
        said = _said(str(values[Field.STATE])[: LONGEST["stage"]], rules)
        if said is None:
            return Code.UNCLEAR_STATE
        left &= said
    stage = letters(stage_name(str(values.get(Field.STAGE, ""))[: LONGEST["stage"]]))
    left &= _WON if stage in rules.won else _LOST if stage in rules.lost else _ALL
    return _only(left, stage, rules)


def truth(value: Cell) -> bool | None:
    """What a box that is ticked or not says; None where it cannot be read."""
    return value if isinstance(value, bool) else dictionary().truth.get(str(value).casefold())


def stage_name(stage: str) -> str:
    """A stage without the name of its pipeline, which HubSpot writes behind it in brackets."""
    return stage[: stage.rindex("(")].strip() if stage.endswith(")") and stage.find("(") > 0 else stage


def _said(word: str, rules: Rules) -> frozenset[DealState] | None:
    key = letters(word)
    if key in rules.won:
        return _WON
    if key in rules.lost:
        return _LOST
    state = dictionary().states.get(word.casefold())
    return None if state in {None, "deleted"} else frozenset({DealState(str(state))})


def _only(left: frozenset[DealState], stage: str, rules: Rules) -> DealState | Code:
    if not left:
        return Code.CONTRADICTORY_STATE
    if len(left) == 1:
        return next(iter(left))
    is_end = stage not in rules.ranks and any(end in stage for end in _ENDS)
    return Code.UNCLEAR_STATE if is_end or DealState.OPEN not in left else DealState.OPEN
