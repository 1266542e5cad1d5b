"""Texts with the verdict that a reader gave them: what a judge is calibrated against. Each is whole without any run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from coach.domain.base import Frozen
from coach.errors import InvalidInput
from coach.evaluation.files import read_lines
from coach.evaluation.judge.criteria import Criteria
from coach.evaluation.judge.item import Item, Passage, make_item
from coach.evaluation.judge.verdict import JudgeVerdict


class JudgeLabel(Frozen):
    """One line of `labels.jsonl`."""

    id: str = Field(min_length=1, max_length=200)
    criterion: str
    text: str = Field(min_length=1)
    context: str
    verdict: JudgeVerdict
    labelled_by: str = Field(min_length=1)
    """Who gave the verdict: the judge is never better known than this reader is."""

    @property
    def group(self) -> str:
        """What the label is resampled with: the labels of one context go together."""
        return hashlib.sha256(self.context.encode()).hexdigest()[:12]


def load_labels(path: Path) -> tuple[JudgeLabel, ...]:
    """Read a file of labels.

    Raises:
        InvalidInput: the file cannot be read, a line is no label, an id comes twice, or there is no label at all.
    """
    labels: dict[str, JudgeLabel] = {}
    for where, label in read_lines(path, JudgeLabel):
        if label.id in labels:
            raise InvalidInput(f"{where}: the id {label.id!r} comes twice")
        labels[label.id] = label
    if not labels:
        raise InvalidInput(f"{path}: holds no label")
    return tuple(labels.values())


def labelled_items(labels: Sequence[JudgeLabel], criteria: Criteria) -> tuple[Item, ...]:
    """The labelled texts as items to be judged.

    Raises:
        InvalidInput: a label is for a criterion that there is not.
    """
    for label in labels:
        if label.criterion not in criteria.criteria:
            known = ", ".join(criteria.criteria)
            raise InvalidInput(f"label {label.id!r}: no criterion {label.criterion!r}; there are: {known}")
    return tuple(
        make_item(
            label.id, criteria.criteria[label.criterion], criteria, Passage(label.text, label.context, label.group)
        )
        for label in labels
    )
