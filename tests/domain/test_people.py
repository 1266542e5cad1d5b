"""Types of what is said of reps and managers: what they refuse, and what is counted from what."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from coach.domain import Competency, Impression, Move, MoveBalance, MoveLabel, RepPacket, SelfAssessment, SignalLabel

SIGNAL: dict[str, Any] = {"field": "ride_along", "start": 0, "end": 4, "signal": "avoided", "competency": "discovery"}


@pytest.mark.parametrize(
    "change", [{"end": 0}, {"start": 4}, {"start": -1}, {"competency": "charm"}, {"score": 3}], ids=str
)
def test_a_signal_is_of_some_words_and_of_a_competency_that_there_is(change: dict[str, Any]) -> None:
    assert 4 == SignalLabel.model_validate(SIGNAL).end
    with pytest.raises(ValidationError):
        SignalLabel.model_validate(SIGNAL | change)


def test_a_move_is_of_some_words() -> None:
    with pytest.raises(ValidationError, match="end must come after start"):
        MoveLabel(start=4, end=4, move=Move.TELL)


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_a_confidence_is_a_probability(confidence: float) -> None:
    with pytest.raises(ValidationError):
        Impression(competency=Competency.DISCOVERY, gap="skill", confidence=confidence)  # type: ignore[arg-type]


@pytest.mark.parametrize("rating", [0, 6])
def test_a_rating_is_from_one_to_five(rating: int) -> None:
    with pytest.raises(ValidationError):
        SelfAssessment(ratings={Competency.DISCOVERY: rating})


def test_the_texts_of_a_packet_are_those_with_words_under_their_names() -> None:
    packet = RepPacket(
        rep="Ilse",
        self_assessment=SelfAssessment(text="Fine."),
        manager_observation="",
        ride_along=" \n",
        deal_notes=("", "Lost."),
    )
    assert [("self_assessment", "Fine."), ("deal_notes.1", "Lost.")] == list(packet.fields())
    assert ["Fine.", "Lost."] == list(packet.texts())


@pytest.mark.parametrize("move", Move)
def test_a_move_is_asked_told_or_neither(move: Move) -> None:
    balance = MoveBalance.of({move: 2}, manager_words=0, other_words=0)
    asked = {Move.BUYER_QUESTION, Move.SELLER_QUESTION, Move.COACHING_QUESTION}
    told = {Move.TELL, Move.TAKEOVER, Move.JUDGEMENT}
    assert (2 * (move in asked), 2 * (move in told)) == (balance.asked, balance.told)
    own = {name: count for name, count in balance.model_dump().items() if name not in {"asked", "told"} and count}
    assert [2] == list(own.values())
