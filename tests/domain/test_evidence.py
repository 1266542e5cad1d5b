"""The codebook's words as types: grades, centres, and what a label must and must not have."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from coach.domain import Centre, Direction, Kind, Label, Question, Statement

ADVANCES, STALLS, NEUTRAL = Direction.ADVANCES, Direction.STALLS, Direction.NEUTRAL


@pytest.mark.parametrize(
    ("kind", "verifiable", "direction", "expected"),
    [
        (Kind.BUYER_ACTION, True, ADVANCES, 5),
        (Kind.BUYER_ACTION, True, STALLS, 5),
        (Kind.BUYER_ACTION, False, ADVANCES, 4),
        (Kind.BUYER_ACTION, False, STALLS, 4),
        (Kind.BUYER_ACTION, True, NEUTRAL, 2),
        (Kind.BUYER_COMMITMENT, True, ADVANCES, 3),
        (Kind.BUYER_COMMITMENT, False, ADVANCES, 2),
        (Kind.BUYER_STATEMENT, True, ADVANCES, 2),
        (Kind.BUYER_STATEMENT, False, NEUTRAL, 2),
        (Kind.SELLER_ACTION, None, None, 1),
        (Kind.SELLER_OPINION, None, None, 0),
    ],
)
def test_the_grade_is_the_codebooks(
    kind: Kind, verifiable: bool | None, direction: Direction | None, expected: int
) -> None:
    informs = Question.ACTION if kind.centre is Centre.BUYER else None
    statement = Statement(
        start=0, end=4, quote="some", kind=kind, verifiable=verifiable, direction=direction, informs=informs
    )
    assert expected == statement.grade


@pytest.mark.parametrize("kind", list(Kind))
def test_only_buyer_centred_labels_have_attributes(kind: Kind) -> None:
    attributes = {"verifiable": True, "direction": ADVANCES, "informs": Question.ACTION}
    wrong = {} if kind.centre is Centre.BUYER else attributes
    with pytest.raises(ValidationError, match="belong to buyer-centred kinds"):
        Label(start=0, end=4, kind=kind, **wrong)


def test_a_span_has_a_length_and_a_type_refuses_the_unknown() -> None:
    with pytest.raises(ValidationError, match="end must come after start"):
        Label(start=4, end=4, kind=Kind.SELLER_ACTION)
    with pytest.raises(ValidationError, match="extra"):
        Label(start=0, end=4, kind=Kind.SELLER_ACTION, mood="good")


def test_a_statement_has_the_fields_of_contract_3() -> None:
    statement = Statement(start=0, end=4, quote="some", kind=Kind.SELLER_OPINION)
    contract = {"quote", "start", "end", "kind", "centre", "verifiable", "direction", "informs", "grade", "who", "when"}
    assert contract <= set(statement.model_dump())
