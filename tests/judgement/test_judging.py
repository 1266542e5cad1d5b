"""What holds for every judgement, whatever the statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.domain import Deal, Direction, Judgement, Kind, Question, Statement, Verdict
from coach.judgement import judge
from coach.rubrics import BuyerEvidence, load
from coach.rubrics.forbidden import is_forbidden

RUBRIC = load("buyer_evidence")
_WORDS = st.sampled_from(
    [
        *("signed the contract", "PO raised", "deposit paid", "board votes", "approved", "wants SSO", "took a card"),
        *("no reply since 3 March", "budget was cut", "on hold", "has left", "costs them 5k a week", "they love us"),
        *("by 20 March", "not before 15 October", "next year", "eleven weeks", "29 February 2028"),
        *("31/12/9999", "1.1.0001", "\u202e🎉", "$ ${who} {0} %s"),
    ]
)
_QUOTES = st.lists(_WORDS, min_size=1, max_size=4).map(", ".join) | st.text(min_size=1, max_size=60)
_PEOPLE = (
    st.none()
    | st.sampled_from(["Dana", "Mr Okonjo", "the CFO", "next step", "Confidence Level", "$who", "\x00"])
    | st.text(max_size=50)
)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    kind = draw(st.sampled_from(Kind))
    buyer = kind.centre == "buyer"
    quote = draw(_QUOTES)
    return Statement(
        start=0,
        end=len(quote),
        kind=kind,
        verifiable=draw(st.booleans()) if buyer else None,
        direction=draw(st.sampled_from(Direction)) if buyer else None,
        informs=draw(st.sampled_from(Question)) if buyer else None,
        quote=quote,
        who=draw(_PEOPLE),
        when=draw(st.sampled_from([None, "2026-03-20", "2026-99-99", "0000-00-00"])),
    )


_DEALS = st.builds(
    Deal,
    name=st.none() | st.text(max_size=60),
    close_date=st.none() | st.dates() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
_DAYS = st.dates() | st.dates(date(2026, 1, 1), date(2026, 12, 31))


def shown(judgement: Judgement) -> list[str]:
    """Every question that a judgement asks."""
    return [ask.ask for ask in judgement.questions] + [
        ask for question in Question for ask in judgement.coverage[question].ask
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(statements(), max_size=12), _DEALS, _DAYS, st.integers(1, 12))
def test_any_statements_give_a_judgement_within_its_caps(
    given_statements: list[Statement], deal: Deal, written_on: date, fiscal_year_start: int
) -> None:
    judgement = judge(given_statements, deal, written_on, RUBRIC, fiscal_year_start=fiscal_year_start)
    assert judgement == judge(given_statements, deal, written_on, RUBRIC, fiscal_year_start=fiscal_year_start)
    assert len(judgement.questions) <= 5
    assert not [ask for ask in shown(judgement) if is_forbidden(ask)]
    assert judgement.balance.buyer + judgement.balance.seller == len(given_statements)
    assert (judgement.claim.verdict is Verdict.NO_CLAIM) == (deal.close_date is None)
    indexes = {
        *judgement.claim.because,
        *(index for ask in judgement.questions for index in ask.because),
        *(index for question in Question for index in judgement.coverage[question].because),
    }
    assert indexes <= set(range(len(given_statements)))
    if judgement.claim.verdict is Verdict.ESTABLISHED:
        proofs = [
            one
            for one in given_statements
            if one.kind is Kind.BUYER_ACTION and one.verifiable and one.direction is Direction.ADVANCES
        ]
        assert len(proofs) >= 2
        assert not [one for one in given_statements if one.direction is Direction.STALLS]


def test_no_statements_at_all(judged: Callable[..., Judgement]) -> None:
    judgement = judged()
    assert {judgement.coverage[question].status.value for question in Question} == {"missing"}
    assert judgement.claim.verdict is Verdict.UNPROVEN


@pytest.mark.parametrize("written_on", [date.min, date.max, date(2026, 3, 2)])
@pytest.mark.parametrize("close_date", [date.min, date.max, None])
def test_absurd_dates_are_judged_all_the_same(
    written_on: date, close_date: date | None, say: Callable[..., Statement], rubric: BuyerEvidence
) -> None:
    told = [
        say("word", "-", "not before 5 May, in eleven weeks, next year", informs="process"),
        say("promise", "+", "board on Friday"),
    ]
    judgement = judge(told, Deal(close_date=close_date), written_on, rubric)
    assert judgement.claim.close_date == close_date


def test_hundreds_of_statements_are_judged(say: Callable[..., Statement], judged: Callable[..., Judgement]) -> None:
    judgement = judged(*[say("act", "+", f"Dana ran test {number} on 20 March", "Dana") for number in range(500)])
    assert judgement.balance.buyer == 500
    assert judgement.coverage.action.because == tuple(range(500))
