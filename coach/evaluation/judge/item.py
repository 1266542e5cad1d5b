"""What is put before the judge: every question and prescription of a run, once for each criterion that applies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coach.domain import Gap
from coach.domain.base import Frozen
from coach.evaluation.case import AttackCase, Case, DealCase, NoteCase
from coach.evaluation.judge.criteria import Criteria, Criterion, Prose
from coach.evaluation.judge.prompt import render
from coach.evaluation.judge.verdict import Judged, Reply
from coach.evaluation.prediction import DealOutput, Output, Predictions, RepOutput


class Item(Frozen):
    """One text to be judged by one criterion."""

    id: str
    """Of a run: `<case>#<repeat>:<place>:<criterion>`, where the place is `shown.<index>` or `prescription`."""
    criterion: str
    group: str
    """What the item is resampled with: the group of its case."""
    text: str
    context: str
    """What the text is judged beside: the note, or the diagnosis that a prescription belongs to."""
    prompt: str
    """All that the judge is given."""

    @property
    def prompt_sha256(self) -> str:
        """Hash of the prompt: two items that ask the same have the same."""
        return hashlib.sha256(self.prompt.encode()).hexdigest()

    def judged(self, reply: Reply) -> Judged:
        """The item with what came of it."""
        return Judged(
            id=self.id,
            criterion=self.criterion,
            group=self.group,
            text=self.text,
            prompt_sha256=self.prompt_sha256,
            **reply._asdict(),
        )


class Passage(NamedTuple):
    """A text to judge, what it is judged beside, and what it is resampled with."""

    text: str
    context: str
    group: str


def items_of(cases: Sequence[Case], predictions: Predictions, criteria: Criteria) -> tuple[Item, ...]:
    """Every item of a run, in the order of its cases, repeats and criteria.

    Of `shown`, which mixes all that the feedback says, the strings that end in a question mark are the questions; one
    that is shown twice is judged once. A prescription that is no more than the name of a gap is no prose, and is left
    out. A run without either has no items.
    """
    return tuple(
        make_item(f"{case.id}#{prediction.repeat}:{place}:{criterion.id}", criterion, criteria, passage)
        for case in cases
        for prediction in predictions.get(case.id, ())
        for place, prose, passage in _passages(case, prediction.output)
        for criterion in criteria.criteria.values()
        if criterion.applies_to is prose
    )


def make_item(id_: str, criterion: Criterion, criteria: Criteria, passage: Passage) -> Item:
    """An item with its prompt."""
    prompt = render(criteria, criterion, passage.text, passage.context)
    return Item(id=id_, criterion=criterion.id, prompt=prompt, **passage._asdict())


def asked_once(items: Sequence[Item]) -> dict[str, Item]:
    """The first item of each prompt, by the prompt's hash: what is asked twice is put to the judge once."""
    first: dict[str, Item] = {}
    for item in items:
        first.setdefault(item.prompt_sha256, item)
    return first


def _passages(case: Case, output: Output | None) -> Iterator[tuple[str, Prose, Passage]]:
    if isinstance(output, DealOutput) and isinstance(case, DealCase | AttackCase | NoteCase):
        for text in dict.fromkeys(output.shown):
            if text.rstrip().endswith("?"):
                place = f"shown.{output.shown.index(text)}"
                yield place, Prose.QUESTION, Passage(text, case.input.note, case.group)
    elif isinstance(output, RepOutput) and output.prescription not in list(Gap):
        yield "prescription", Prose.PRESCRIPTION, Passage(output.prescription, _diagnosis(output), case.group)


def _diagnosis(output: RepOutput) -> str:
    lines = [f"gap: {output.gap}", f"competency: {output.competency}", f"self-view: {output.self_view}", "key quotes:"]
    return "\n".join([*lines, *(f'- "{quote}"' for quote in output.key_quotes)])
