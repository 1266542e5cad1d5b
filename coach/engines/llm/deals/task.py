"""Reading deal notes by a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coach.domain import DealNote, Kind, Label, Question, Status
from coach.domain.evidence import grade
from coach.engines.base import DealReading
from coach.engines.llm.deals.wire import FORM, BuyerEntry, Entry, coverage_of
from coach.engines.llm.task import Read, Task, as_json, named, numbered, one_line, quoted
from coach.rubrics import BuyerEvidence
from coach.rubrics.model import Example, ExampleStatement, QuestionRule
from coach.text.span import Span

_SELLERS = frozenset({Kind.SELLER_ACTION, Kind.SELLER_OPINION})


class DealTask(Task[DealNote, Entry, Label, DealReading]):
    """The statements of a deal note."""

    name = "deal_reading"
    form = FORM
    reading_type = DealReading

    def __init__(self, rubric: BuyerEvidence) -> None:
        super().__init__(rubric)
        self._rubric = rubric

    def text(self, given: DealNote) -> str:
        """The note."""
        return given.note

    def label(self, given: DealNote, entry: Entry, span: Span) -> Label:  # noqa: ARG002  every place is in the note
        """An entry as a label."""
        start, end = span
        if isinstance(entry, BuyerEntry):
            return Label(
                start=start,
                end=end,
                kind=entry.kind,
                verifiable=entry.verifiable,
                direction=entry.direction,
                informs=entry.informs,
            )
        return Label(start=start, end=end, kind=entry.kind)

    def strength(self, label: Label) -> int:
        """Its grade."""
        return grade(label)

    def reading(self, given: DealNote, read: Read[Label], made: Mapping[str, Any]) -> DealReading:  # noqa: ARG002
        """The labels, and how far the model thinks that the questions are answered."""
        # Of a part, what a model thinks is of that part; the rules judge the whole.
        coverage = coverage_of(read.besides[0]) if len(read.besides) == 1 else None
        return DealReading(**made, labels=read.labels, coverage=coverage, suspected=read.suspected)

    def _slots(self) -> dict[str, str]:
        rubric = self._rubric
        return {
            **self._ids(),
            "kinds": "\n".join(f"- {kind.id}: {kind.is_} {quoted(kind.examples)}" for kind in rubric.kinds),
            "rules": numbered(rubric.rules),
            "questions": "\n".join(map(_question, rubric.questions)),
            "examples": "\n\n".join(map(_example, rubric.examples)),
        }

    def _ids(self) -> dict[str, str]:
        return {"kind_ids": named(kind.id for kind in self._rubric.kinds)}

    def _about(self, given: DealNote) -> dict[str, str]:
        return {
            "deal": " · ".join(_deal(given)) or "nothing known",
            "written_on": f"{given.written_on.isoformat()}, a {given.written_on:%A}",
        }


def _question(question: QuestionRule) -> str:
    levels = " ".join(f"{status.capitalize()}: {question.levels[status]}" for status in Status)
    return f"- {question.id}: {question.ask} {levels}"


def _deal(note: DealNote) -> Iterator[str]:
    deal = note.deal
    for value in (deal.name, deal.amount, deal.stage):
        if value and value.strip():
            yield one_line(value)
    if deal.close_date:
        yield f"the rep says it closes by {deal.close_date.isoformat()}"


def _example(example: Example) -> str:
    answer = {
        "statements": [_entry(one) for one in example.statements],
        "coverage": {question.value: example.coverage[question].value for question in Question},
        "suspected": [],
    }
    return f"Note:\n{example.note}\nAnswer:\n{as_json(answer)}"


def _entry(statement: ExampleStatement) -> dict[str, object]:
    entry: dict[str, object] = {"quote": statement.quote, "kind": statement.kind.value}
    if statement.kind in _SELLERS:
        return entry
    assert statement.direction and statement.informs  # noqa: S101, PT018  a rubric with a half label does not load
    return entry | {
        "verifiable": statement.verifiable,
        "direction": statement.direction.value,
        "informs": statement.informs.value,
    }
