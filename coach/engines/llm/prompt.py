"""Renders the prompt of a rubric: what never changes first, the note last, as data.

Rule: around a note stands a hash of its own text, which it cannot hold, so that no line of a note can end it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from coach.domain import DealNote, Kind, Question, Status
from coach.engines.llm.wire import Wrong
from coach.rubrics import BuyerEvidence
from coach.rubrics.model import Example, ExampleStatement, QuestionRule
from coach.text.span import Span

_LONGEST = 400
"""Characters of a wrong entry that are sent back."""
_SELLERS = frozenset({Kind.SELLER_ACTION, Kind.SELLER_OPINION})


class DealPrompt:
    """The prompt by which a model reads deal notes."""

    def __init__(self, rubric: BuyerEvidence) -> None:
        self._rubric = rubric
        self._prompt = rubric.prompt

    @cached_property
    def system(self) -> str:
        """What is the same for every note."""
        rubric = self._rubric
        return self._prompt.filled(
            "system",
            {
                "kinds": "\n".join(f"- {kind.id}: {kind.is_} {_quoted(kind.examples)}" for kind in rubric.kinds),
                "kind_ids": self._kind_ids,
                "rules": "\n".join(f"{number}. {rule}" for number, rule in enumerate(rubric.rules, start=1)),
                "questions": "\n".join(map(_question, rubric.questions)),
                "examples": "\n\n".join(map(_example, rubric.examples)),
            },
        )

    @cached_property
    def sha256(self) -> str:
        """Of everything that is said to a model besides the note at hand."""
        parts = (self.system, self._prompt.user, self._prompt.repair)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def user(self, note: DealNote, shown: Span) -> str:
        """The note at hand, or a stretch of it."""
        return self._prompt.filled(
            "user",
            {
                "deal": " · ".join(_deal(note)) or "nothing known",
                "written_on": f"{note.written_on.isoformat()}, a {note.written_on:%A}",
                "boundary": boundary(note.note),
                "note": note.note[shown.start : shown.end],
            },
        )

    def repair(self, note: DealNote, wrong: Iterable[Wrong], near: Sequence[Span]) -> str:
        """What is asked of entries that cannot be used: each with what is wrong, and where in the note it may stand."""
        return self._prompt.filled(
            "repair",
            {
                "kind_ids": self._kind_ids,
                "wrong": "\n".join(f"{_harmless(one.entry)} — {one.why}" for one in wrong),
                "boundary": boundary(note.note),
                "note": "\n".join(note.note[start:end] for start, end in sorted(set(near))),
            },
        )

    @cached_property
    def _kind_ids(self) -> str:
        return ", ".join(f'"{kind.id}"' for kind in self._rubric.kinds)


def boundary(text: str) -> str:
    """What stands around a note, and cannot stand in it: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _quoted(examples: Sequence[str]) -> str:
    return " ".join(f"«{example}»" for example in examples)


def _question(question: QuestionRule) -> str:
    levels = " ".join(f"{status.capitalize()}: {question.levels[status]}" for status in Status)
    return f"- {question.id}: {question.ask} {levels}"


def _deal(note: DealNote) -> Iterator[str]:
    deal = note.deal
    for value in (deal.name, deal.amount, deal.stage):
        if value and value.strip():
            yield " ".join(value.split())
    if deal.close_date:
        yield f"the rep says it closes by {deal.close_date.isoformat()}"


def _harmless(entry: object) -> str:
    """What a model wrote, to be sent back: its words may be the note's, and hold half of a surrogate pair."""
    return json.dumps(entry, ensure_ascii=False)[:_LONGEST].encode("utf-8", "replace").decode()


def _example(example: Example) -> str:
    answer = {
        "statements": [_entry(one) for one in example.statements],
        "coverage": {question.value: example.coverage[question].value for question in Question},
        "suspected": [],
    }
    return f"Note:\n{example.note}\nAnswer:\n{json.dumps(answer, ensure_ascii=False)}"


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
