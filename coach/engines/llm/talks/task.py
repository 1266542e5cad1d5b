"""Reading a manager's conversation by a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from coach.domain import Conversation, MoveLabel
from coach.engines.base import Rewrite, TalkReading
from coach.engines.llm.talks.wire import FORM, MoveEntry, rewrites_of
from coach.engines.llm.task import Read, Task, as_json, named, numbered, one_line, quoted
from coach.rubrics import ManagerMoves
from coach.rubrics.manager_moves import TalkExample
from coach.text.ground import normalise
from coach.text.span import Span


class TalkTask(Task[Conversation, MoveEntry, MoveLabel, TalkReading]):
    """The manager's moves in a conversation."""

    name = "talk_reading"
    form = FORM
    reading_type = TalkReading

    def __init__(self, rubric: ManagerMoves) -> None:
        super().__init__(rubric)
        self._rubric = rubric

    def text(self, given: Conversation) -> str:
        """The transcript."""
        return given.transcript

    def label(self, given: Conversation, entry: MoveEntry, span: Span) -> MoveLabel:  # noqa: ARG002
        """An entry as a label; whether the manager said it is for whoever knows the turns."""
        return MoveLabel(start=span.start, end=span.end, move=entry.move)

    def reading(self, given: Conversation, read: Read[MoveLabel], made: Mapping[str, Any]) -> TalkReading:
        """The moves, and what a leader would have asked instead of some."""
        rewrites = tuple(_rewrites(given.transcript, read))
        return TalkReading(**made, moves=read.labels, rewrites=rewrites, suspected=read.suspected)

    def _slots(self) -> dict[str, str]:
        rubric = self._rubric
        return {
            "moves": "\n".join(f"- {one.id}: {one.is_} {quoted(one.examples)}" for one in rubric.moves),
            "move_ids": named(one.id for one in rubric.moves),
            "rules": numbered(rubric.rules),
            "examples": "\n\n".join(map(_example, rubric.examples)),
        }

    def _ids(self) -> dict[str, str]:
        return {"move_ids": named(one.id for one in self._rubric.moves)}

    def _about(self, given: Conversation) -> dict[str, str]:
        return {
            "setting": one_line(given.setting) or "not given",
            "manager": one_line(given.manager),
            "rep": one_line(given.rep) or "not named",
        }


def _rewrites(text: str, read: Read[MoveLabel]) -> Iterator[Rewrite]:
    """Those that are of a move that was read: the one that has most words in common with the quote."""
    moves = [(normalise(text[label.start : label.end]), label) for label in read.labels]
    for one in chain.from_iterable(map(rewrites_of, read.besides)):
        quote = normalise(one.quote)
        of_these = [(min(len(words), len(quote)), label) for words, label in moves if words in quote or quote in words]
        if quote and of_these and one.instead.strip():
            _, label = max(of_these, key=lambda found: found[0])
            yield Rewrite(start=label.start, end=label.end, ask=one_line(one.instead))


def _example(example: TalkExample) -> str:
    answer = {
        "moves": [one.model_dump(mode="json") for one in example.moves],
        "rewrites": [one.model_dump(mode="json") for one in example.rewrites],
        "suspected": [],
    }
    return (
        f"Setting: {example.setting}\nManager: {example.manager}\nRep: {example.rep}\n{example.transcript}\n"
        f"Answer:\n{as_json(answer)}"
    )
