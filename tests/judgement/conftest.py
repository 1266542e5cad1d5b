"""Hand-made statements and a way to judge them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from coach.domain import Deal, Direction, Judgement, Kind, Question, Statement
from coach.judgement import judge
from coach.judgement.cues import matcher
from coach.judgement.reading import Reading
from coach.rubrics import BuyerEvidence, load

WRITTEN_ON = date(2026, 3, 2)
CLOSE_DATE = date(2026, 3, 31)
_DIRECTIONS = {"+": Direction.ADVANCES, "-": Direction.STALLS, "=": Direction.NEUTRAL}

Say = Callable[..., Statement]


@pytest.fixture(scope="session")
def rubric() -> BuyerEvidence:
    return load("buyer_evidence")


@pytest.fixture(scope="session")
def say() -> Say:
    """A statement in short: `say("act", "+", "signed the NDA", "Dana", informs="process", verifiable=True)`."""
    kinds = {
        "act": Kind.BUYER_ACTION,
        "promise": Kind.BUYER_COMMITMENT,
        "word": Kind.BUYER_STATEMENT,
        "ours": Kind.SELLER_ACTION,
        "hope": Kind.SELLER_OPINION,
    }

    def make(
        kind: str,
        direction: str,
        quote: str,
        who: str | None = None,
        *,
        informs: str = "action",
        verifiable: bool = True,
    ) -> Statement:
        if kind in {"ours", "hope"}:
            return Statement(start=0, end=len(quote), kind=kinds[kind], quote=quote, who=who)
        return Statement(
            start=0,
            end=len(quote),
            kind=kinds[kind],
            verifiable=verifiable,
            direction=_DIRECTIONS[direction],
            informs=Question(informs),
            quote=quote,
            who=who,
        )

    return make


@pytest.fixture(scope="session")
def judged(rubric: BuyerEvidence) -> Callable[..., Judgement]:
    def run(*statements: Statement, close_date: date | None = CLOSE_DATE, name: str | None = None) -> Judgement:
        return judge(statements, Deal(name=name, close_date=close_date), WRITTEN_ON, rubric)

    return run


@pytest.fixture(scope="session")
def read(rubric: BuyerEvidence) -> Callable[..., Reading]:
    def run(*statements: Statement, close_date: date | None = CLOSE_DATE) -> Reading:
        return Reading.of(statements, Deal(close_date=close_date), WRITTEN_ON, matcher(rubric.cues))

    return run
