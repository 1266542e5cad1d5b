"""Chooses cases by `tag=…`, `split=…`, `task=…`, `id=…`, `cluster=…` or a named slice; `!=` excludes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from coach.errors import InvalidInput
from coach.evaluation.case.model import Case

SomeCase = TypeVar("SomeCase", bound=Case)


def select(cases: Sequence[SomeCase], conditions: Iterable[str]) -> tuple[SomeCase, ...]:
    """Keep the cases that meet every condition, in their order.

    Raises:
        InvalidInput: a condition is not `name=value` or `name!=value`, or no case is left.
    """
    chosen = tuple(cases)
    conditions = tuple(conditions)
    for condition in conditions:
        name, equals, value = condition.partition("=")
        wanted = not name.endswith("!")
        name = name.removesuffix("!")
        if not equals or not name or name.endswith("!"):
            raise InvalidInput(f"--where {condition}: write name=value, such as tag=short or task=deal")
        chosen = tuple(case for case in chosen if (value in _values(case, name)) is wanted)
    if not chosen:
        raise InvalidInput(f"no case is left of {len(cases)} where {' and '.join(conditions)}")
    return chosen


def _values(case: Case, name: str) -> tuple[str, ...]:
    match name:
        case "tag":
            return case.tags
        case "task" | "split" | "id":
            return (getattr(case, name),)
        case "cluster":
            return (case.group,)
        case _:
            return (case.slices[name],) if name in case.slices else ()
