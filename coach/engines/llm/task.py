"""A task that models are asked: how its prompt is rendered, what form its answers have, and what they come to."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from pydantic import JsonValue

from coach.domain import Notice, PromptRef, Usage
from coach.domain.base import Frozen
from coach.engines.base import Reading
from coach.engines.llm.form import EntryT, Form, Wrong
from coach.engines.llm.placing import LabelT
from coach.rubrics import Rubric
from coach.text.span import Span

GivenT = TypeVar("GivenT", bound=Frozen)
ReadingT = TypeVar("ReadingT", bound=Reading)

_LONGEST = 400
"""Characters of a wrong entry that are sent back."""


class Read(NamedTuple, Generic[LabelT]):
    """What a model's answers to one text came to."""

    labels: tuple[LabelT, ...]
    besides: tuple[Mapping[str, Any], ...]
    """The whole object of each answer: several where the text was read in parts, and each speaks of its part."""
    suspected: tuple[Span, ...]
    dropped: int
    notices: tuple[Notice, ...]
    parameters: dict[str, JsonValue] | None
    usage: Usage | None
    cost_usd: float | None


class Task(ABC, Generic[GivenT, EntryT, LabelT, ReadingT]):
    """One task: its prompt, its form, and what an answer comes to."""

    name: ClassVar[str]
    """Of the answer's schema."""
    form: Form[EntryT]
    reading_type: type[ReadingT]
    chars_a_token: ClassVar[float] = 1.5
    """Characters of a text for each token of room in the answer: labels of a note take a token for every three."""

    def __init__(self, rubric: Rubric) -> None:
        """Prepare.

        Args:
            rubric: What the prompt is rendered from.
        """
        self._prompt = rubric.prompt
        self._rubric_id = rubric.id

    @cached_property
    def system(self) -> str:
        """What is the same for every text."""
        return self._prompt.filled("system", self._slots())

    @cached_property
    def sha256(self) -> str:
        """Of everything that is said to a model besides the text at hand."""
        parts = (self.system, self._prompt.user, self._prompt.repair)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    @cached_property
    def prompt(self) -> PromptRef:
        """Which prompt it is."""
        return PromptRef(id=self._rubric_id, version=self._prompt.version, sha256=self.sha256)

    def user(self, given: GivenT, shown: Span) -> str:
        """The text at hand, or a stretch of it."""
        text = self.text(given)
        data = {"boundary": boundary(text), "note": text[shown.start : shown.end]}
        return self._prompt.filled("user", {**self._about(given), **data})

    def repair(self, given: GivenT, wrong: Iterable[Wrong], near: Sequence[Span]) -> str:
        """What is asked of entries that cannot be used: each with what is wrong, and where in the text it may stand."""
        text = self.text(given)
        return self._prompt.filled(
            "repair",
            {
                **self._ids(),
                "wrong": "\n".join(f"{_harmless(one.entry)} — {one.why}" for one in wrong),
                "boundary": boundary(text),
                "note": "\n".join(text[start:end] for start, end in sorted(set(near))),
            },
        )

    @abstractmethod
    def text(self, given: GivenT) -> str:
        """The text that is read, in which every place is counted."""

    @abstractmethod
    def label(self, given: GivenT, entry: EntryT, span: Span) -> LabelT | str:
        """An entry at its place as a label, or why it is none."""

    def strength(self, label: LabelT) -> int:  # noqa: ARG002  of most tasks no label proves more than another
        """How much a label proves; of two over the same words, the one that proves less stands."""
        return 0

    @abstractmethod
    def reading(self, given: GivenT, read: Read[LabelT], made: Mapping[str, Any]) -> ReadingT:
        """What was read, as the protocol of engines has it.

        Args:
            given: What was to be read.
            read: What the answers came to.
            made: The fields that every reading has.
        """

    @abstractmethod
    def _slots(self) -> dict[str, str]:
        """What the rubric fills into the part that never changes."""

    @abstractmethod
    def _ids(self) -> dict[str, str]:
        """Lists of names that an entry may have, as slots."""

    @abstractmethod
    def _about(self, given: GivenT) -> dict[str, str]:
        """What is said of a text before it, as slots."""


def boundary(text: str) -> str:
    """What stands around a text, and cannot stand in it: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def named(ids: Iterable[str]) -> str:
    """A list of names, as a prompt has it."""
    return ", ".join(f'"{one}"' for one in ids)


def numbered(rules: Iterable[str]) -> str:
    """Rules, a line each."""
    return "\n".join(f"{number}. {rule}" for number, rule in enumerate(rules, start=1))


def quoted(examples: Iterable[str]) -> str:
    """Examples, one after the other."""
    return " ".join(f"«{example}»" for example in examples)


def one_line(value: str) -> str:
    """What somebody typed into a field, on one line."""
    return " ".join(value.split())


def as_json(content: object) -> str:
    """JSON as people read it."""
    return json.dumps(content, ensure_ascii=False)


def _harmless(entry: object) -> str:
    """What a model wrote, to be sent back: its words may be the note's, and hold half of a surrogate pair."""
    return as_json(entry)[:_LONGEST].encode("utf-8", "replace").decode()
