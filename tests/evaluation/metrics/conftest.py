"""Readings of the small hand-made cases, and a rep packet and a conversation to read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coach.domain import Centre, Kind, Move, Question, RepPacket, SelfAssessment, Status, Verdict
from coach.evaluation.case import DealCase, RepCase, TalkCase
from coach.evaluation.prediction import DealOutput, PredictedMove, PredictedStatement, RepOutput, TalkOutput

SELF_TEXT = "I dial all day. Nobody picks up. I never learned to open a call."
RIDE_ALONG = "Read the script aloud. Hung up on twice."
TRANSCRIPT = "What did Dana do? Send the quote. You are no closer."


@pytest.fixture
def statement() -> Callable[..., PredictedStatement]:
    """Make a statement of a note as a good reader would."""

    def make(note: str, quote: str, kind: Kind, confidence: float | None = None) -> PredictedStatement:
        buyer = kind.centre is Centre.BUYER
        start = note.index(quote)
        return PredictedStatement(
            quote=quote,
            start=start,
            end=start + len(quote),
            kind=kind,
            verifiable=True if buyer else None,
            direction="advances" if buyer else None,
            informs="action" if buyer else None,
            confidence=confidence,
        )

    return make


@pytest.fixture
def output(statement: Callable[..., PredictedStatement]) -> Callable[..., DealOutput]:
    """Make a reading of a deal case from quotes and their kinds; the coverage is right."""

    def make(case: DealCase, *statements: tuple[str, Kind], claim: Verdict = Verdict.UNPROVEN) -> DealOutput:
        coverage = dict.fromkeys(Question, Status.MISSING) | {Question.ACTION: Status.ANSWERED}
        found = tuple(statement(case.input.note, quote, kind) for quote, kind in statements)
        return DealOutput(statements=found, coverage=coverage, claim=claim, shown=())

    return make


@pytest.fixture
def rep_case() -> RepCase:
    """A rep who was never shown how: a skill gap, with two key quotes and a label."""
    return RepCase(
        id="r-1",
        task="rep",
        split="dev",
        input=RepPacket(
            rep="Ada",
            self_assessment=SelfAssessment(text=SELF_TEXT),
            manager_observation="She is lazy.",
            ride_along=RIDE_ALONG,
        ),
        expected={
            "competency": "prospecting",
            "gap": "skill",
            "sub_type": None,
            "self_view": "accurate",
            "key_quotes": ["I never learned to open a call", "Read the script aloud"],
            "labels_without_behaviour": ["She is lazy"],
            "prescription": "skill",
        },
    )


@pytest.fixture
def diagnosis(rep_case: RepCase) -> RepOutput:
    """The right diagnosis of that rep."""
    return RepOutput.model_validate(rep_case.expected.model_dump())


@pytest.fixture
def talk_case() -> TalkCase:
    """Three moves: a buyer question, an order and a label."""
    moves = [("What did Dana do?", "buyer_question"), ("Send the quote.", "tell"), ("You are no closer.", "judgement")]
    return TalkCase(
        id="t-1",
        task="talk",
        split="dev",
        input={"manager": "Mo", "rep": "Ada", "transcript": TRANSCRIPT},
        expected={"moves": [{"quote": quote, "move": move} for quote, move in moves]},
    )


@pytest.fixture
def talk() -> Callable[..., TalkOutput]:
    """Make a reading of that conversation from quotes and their moves."""

    def make(*moves: tuple[str, Move], confidence: float | None = None) -> TalkOutput:
        starts = [TRANSCRIPT.index(quote) for quote, _ in moves]
        return TalkOutput(
            moves=tuple(
                PredictedMove(quote=quote, start=start, end=start + len(quote), move=move, confidence=confidence)
                for start, (quote, move) in zip(starts, moves, strict=True)
            )
        )

    return make
