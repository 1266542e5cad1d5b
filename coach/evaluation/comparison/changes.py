"""Whom a change touches: which reps and deals get another verdict, from what to what, and which words made it so.

Works on any two sets of outputs over the same inputs: two runs, or stored reviews replayed under another rubric.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from coach.domain.base import Frozen
from coach.evaluation.case import AttackCase, Case, PacketCase, RepCase, TalkCase
from coach.evaluation.metrics.spans import match
from coach.evaluation.prediction import DealOutput, Output, PredictedStatement, RepOutput

_ATTRIBUTES = ("kind", "verifiable", "direction", "informs")
_DIAGNOSIS = ("competency", "gap", "sub_type", "self_view", "abstained")


class Change(Frozen):
    """One deal or rep whose verdict is another one now."""

    case: str
    who: str
    """The deal's or the rep's name, as the case has it."""
    what: tuple[str, ...]
    """Each verdict that changed, such as `claim: refuted → unproven`."""
    why: tuple[str, ...]
    """What the reader saw differently, by its words."""


Outputs = Mapping[str, Sequence[Output | None]]
"""By case, in the order of the repeats."""


def changes(cases: Sequence[Case], before: Outputs, after: Outputs) -> tuple[Change, ...]:
    """Every case whose verdict changed in more than half of its repeats, in the order of the cases.

    A repeat without an output on either side says nothing; of several that changed, the first is shown.
    """
    found = []
    for case in cases:
        pairs = zip(before.get(case.id, ()), after.get(case.id, ()), strict=False)
        compared = [_compared(old, new) for old, new in pairs if old and new]
        changed = [one for one in compared if one.what]
        if 2 * len(changed) > len(compared):
            what, why = changed[0]
            found.append(Change(case=case.id, who=who(case), what=what, why=why))
    return tuple(found)


class _Compared(NamedTuple):
    what: tuple[str, ...]
    why: tuple[str, ...]


def _compared(old: Output, new: Output) -> _Compared:
    if isinstance(old, DealOutput) and isinstance(new, DealOutput):
        return _Compared(tuple(_verdicts(old, new)), tuple(_statements(old, new)))
    if isinstance(old, RepOutput) and isinstance(new, RepOutput):
        return _Compared(tuple(_fields(old, new, _DIAGNOSIS)), tuple(_quotes(old, new)))
    return _Compared((), ())


def who(case: Case) -> str:
    """The person or deal that a case is about; its id where it names none."""
    match case:
        case RepCase() | PacketCase():
            return case.input.rep
        case TalkCase():
            return case.input.manager
        case AttackCase():
            return f"{case.input.deal.name or case.expected.base} (attacked)"
        case _:
            return case.input.deal.name or case.id


def _verdicts(old: DealOutput, new: DealOutput) -> Iterator[str]:
    if old.claim is not new.claim:
        yield f"claim: {old.claim} → {new.claim}"
    for question, status in old.coverage.items():
        if status is not new.coverage[question]:
            yield f"{question}: {status} → {new.coverage[question]}"


def _statements(old: DealOutput, new: DealOutput) -> Iterator[str]:
    pairs = match(old.statements, new.statements)
    for before, after in ((old.statements[i], new.statements[j]) for i, j in pairs):
        changed = list(_fields(before, after, _ATTRIBUTES))
        if changed:
            yield f"«{after.quote}» {', '.join(changed)}"
    yield from _unpaired(old.statements, {i for i, _ in pairs}, "no longer seen")
    yield from _unpaired(new.statements, {j for _, j in pairs}, "newly seen")


def _unpaired(statements: Sequence[PredictedStatement], paired: set[int], what: str) -> Iterator[str]:
    for place, one in enumerate(statements):
        if place not in paired:
            yield f"«{one.quote}» {what} ({one.kind})"


def _quotes(old: RepOutput, new: RepOutput) -> Iterator[str]:
    yield from (f"«{quote}» no longer quoted" for quote in old.key_quotes if quote not in new.key_quotes)
    yield from (f"«{quote}» newly quoted" for quote in new.key_quotes if quote not in old.key_quotes)


def _fields(old: object, new: object, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield f"{name}: {_word(before)} → {_word(after)}"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)
