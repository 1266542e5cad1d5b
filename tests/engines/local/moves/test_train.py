"""Training, end to end on a few conversations: repeatable, and it learns what it is shown."""

from __future__ import annotations

from pathlib import Path

from coach.domain import Move, MoveLabel
from coach.engines.local.moves import MoveReader
from coach.engines.local.moves.train import LabelledTalk, fit
from coach.evaluation.case import TalkCase, load_cases
from coach.evaluation.metrics.spans import match
from coach.text.conversation import turns
from coach.text.span import Span

CASES = Path(__file__).parents[4] / "evals" / "cases" / "talks.jsonl"


def some_talks(count: int) -> list[LabelledTalk]:
    return [labelled(case) for case in load_cases([CASES])[:count] if isinstance(case, TalkCase)]


def labelled(case: TalkCase) -> LabelledTalk:
    talk, manager = case.input.transcript, case.input.manager
    spans = [Span(one.start, one.end) for one in turns(talk) if one.speaker == manager]
    gold = [MoveLabel(start=one.start, end=one.end, move=one.move) for one in case.expected.moves]
    return LabelledTalk(talk, spans, gold)


def test_training_is_repeatable_and_learns_its_conversations() -> None:
    talks = some_talks(8)
    raw = fit(talks, seed=7)
    assert raw == fit(talks, seed=7)
    reader = MoveReader(raw)
    right = of = 0
    for one in talks:
        read = reader.read(one.text, one.spans)
        of += len(one.moves)
        right += sum(one.moves[gold].move is read[found].move for gold, found in match(one.moves, read))
    assert right / of > 0.9


def test_a_reader_of_few_conversations_reads_another() -> None:
    talks = some_talks(12)
    asked = "Ola: Who decides on their side? What did the buyer say?\n"
    text = (
        asked + "Sam: The plant manager. He wants a trial.\nOla: What does he want to see in the trial?\nSam: No idea."
    )
    end = text.index("\nSam: No idea")
    spans = [Span(5, len(asked) - 1), Span(text.index("What does he"), end)]
    read = MoveReader(fit(talks, seed=7)).read(text, spans)
    assert [Move.BUYER_QUESTION] * 3 == [one.move for one in read]


def test_a_conversation_without_moves_or_turns_trains_all_the_same() -> None:
    talks = [*some_talks(3), LabelledTalk("", (), ()), LabelledTalk("A: Hello.\nB: Hi.", (Span(3, 9),), ())]
    assert MoveReader(fit(talks, seed=7)).conversations == 5
