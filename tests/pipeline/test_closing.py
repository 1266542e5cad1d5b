"""Part 4: which deals are in, what is said of each, and in which order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coach.domain.evidence import Kind
from coach.domain.judgement import Status, Verdict
from coach.domain.money import Money
from coach.domain.one_on_one import ClosingDeal, OpenStep
from coach.domain.opportunity import DealState, Opportunity
from coach.pipeline import closing_wording as wording
from coach.pipeline.closing import DealEvidence, closing_deals
from coach.rubrics.forbidden import is_forbidden
from tests.pipeline.made import TODAY, act, coverage, day, deal, eur, known

KEY = ("hubspot", "1")


def only(opportunity: Opportunity | None = None, evidence: DealEvidence | None = None) -> ClosingDeal:
    found = closing_deals([opportunity or deal("1")], TODAY, {KEY: evidence} if evidence else {})
    assert len(found.deals) == 1
    return found.deals[0]


@pytest.mark.parametrize(("days", "expected"), [(-400, 1), (-1, 1), (0, 1), (30, 1), (31, 0), (None, 0)])
def test_the_window_is_thirty_days_with_both_ends_and_all_that_has_gone_by(days: int, expected: int) -> None:
    assert expected == closing_deals([deal("1", days)], TODAY, {}).count


@pytest.mark.parametrize("days", [-1, 0, 30])
def test_days_left_are_counted_to_the_close_date(days: int) -> None:
    assert days == only(deal("1", days)).days_left


@pytest.mark.parametrize("state", [DealState.WON, DealState.LOST])
def test_a_deal_that_is_won_or_lost_does_not_close(state: DealState) -> None:
    assert 0 == closing_deals([deal("1", state=state)], TODAY, {}).count


def test_nothing_closes_where_there_are_no_deals() -> None:
    found = closing_deals([], TODAY, {})

    assert (0, (), (), ()) == (found.count, found.deals, found.amounts, found.at_risk)


def test_sums_are_per_currency_and_the_commonest_comes_first() -> None:
    now = [
        deal("1", amount=1000, currency="USD", probability=0.5),
        deal("2", amount=100, probability=0.1),
        deal("3", amount=200),
        deal("4", amount=None),
    ]

    found = closing_deals(now, TODAY, {})

    assert 4 == found.count
    assert (eur(300), eur(1000, "USD")) == found.amounts
    # 100 x 0.1 + 200; 1000 x 0.5
    assert (eur(210), eur(500, "USD")) == found.at_risk


def test_without_a_note_that_is_said_and_the_four_questions_are_asked() -> None:
    one = only(deal("1", probability=0.35, amount="64000"))

    assert (None, None, None) == (one.verdict, one.coverage, one.noted_on)
    assert "No note was reviewed, so nothing is known of what the customer did." == one.explanation
    assert tuple(wording.QUESTIONS.values()) == one.questions
    assert eur(22400) == one.at_risk


def test_no_question_of_ours_is_a_forbidden_one() -> None:
    asked = [*wording.QUESTIONS.values(), wording.gone_by(3)]

    assert [] == [one for one in asked if is_forbidden(one)]


@pytest.mark.parametrize(
    ("verdict", "probability", "amount", "expected"),
    [
        (Verdict.UNPROVEN, 0.9, 1000, eur(900)),
        (Verdict.REFUTED, 0.9, 1000, eur(900)),
        (Verdict.NO_CLAIM, None, 1000, eur(1000)),
        (Verdict.ESTABLISHED, 0.9, 1000, eur(0)),
        (Verdict.ESTABLISHED, 0.9, None, None),
        (Verdict.UNPROVEN, 0.9, None, None),
        (Verdict.UNPROVEN, 0.0, 1000, eur(0)),
        # 0.25 x 0.1 is 0.025: half a cent goes to the even one.
        (Verdict.UNPROVEN, 0.1, "0.25", eur("0.02")),
    ],
)
def test_at_risk_is_what_the_forecast_counts_on_and_nothing_bears_out(
    verdict: Verdict, probability: float | None, amount: str | int | None, expected: Money | None
) -> None:
    one = only(deal("1", amount=amount, probability=probability), known(verdict))

    assert expected == one.at_risk


def test_the_reason_is_the_notes_before_the_next_step_of_the_crm() -> None:
    stepped = deal("1", next_step="Send the offer")

    assert ("They love it", "note") == read(only(stepped, known(reason="They love it")))
    assert ("Send the offer", "next_step") == read(only(stepped, known(reason=" ")))
    assert ("Send the offer", "next_step") == read(only(stepped))
    assert (None, None) == read(only(deal("1", next_step=" ")))


def read(one: ClosingDeal) -> tuple[str | None, str | None]:
    return one.reason, one.reason_from


def test_evidence_is_the_customers_alone_the_strongest_first_then_the_latest() -> None:
    acts = (
        act("ours", 5, day(-1), Kind.SELLER_ACTION),
        act("old", 5, day(-20)),
        act("word", 2, day(-4)),
        act("late", 5, day(-5)),
    )

    assert ["late", "old", "word"] == [one.quote for one in only(evidence=known(acts=acts)).evidence]


def test_open_steps_are_promises_by_their_day_and_then_what_the_claim_lacks() -> None:
    promises = (("no day", None), ("board", day(11)), ("papers", day(-1)), ("call", TODAY), ("board", day(11)))

    steps = only(deal("1", 10), known(would_establish=("They sign.",), commitments=promises)).open_steps

    assert (
        OpenStep(what="papers", by=day(-1), overdue=True),
        OpenStep(what="call", by=TODAY),
        OpenStep(what="board", by=day(11), too_late=True),
        OpenStep(what="no day"),
        OpenStep(what="They sign."),
    ) == steps


def test_a_promise_for_the_close_date_itself_is_not_too_late() -> None:
    assert not only(deal("1", 10), known(commitments=(("board", day(10)),))).open_steps[0].too_late


def test_open_questions_would_improve_the_odds_and_are_no_open_steps() -> None:
    lacking = coverage(criteria=Status.PARTIAL, process=Status.MISSING)

    one = only(evidence=known(would_establish=("They name a day.",), coverage=lacking))
    assert ("Each person there whose yes is needed says by what they will choose.",) == one.would_improve

    one = only(evidence=known(coverage=lacking))
    assert 2 == len(one.would_improve)


def test_an_established_claim_needs_nothing_more() -> None:
    lacking = coverage(criteria=Status.MISSING)

    one = only(evidence=known(Verdict.ESTABLISHED, coverage=lacking))

    assert (Verdict.ESTABLISHED, (), ()) == (one.verdict, one.would_improve, one.open_steps)


def test_a_close_date_that_went_by_is_asked_about_first() -> None:
    one = only(deal("1", -1), known(questions=("What did Ann do?",)))

    assert (wording.gone_by(1), "What did Ann do?") == one.questions
    assert "went by 1 day ago" in one.questions[0]


def test_the_most_at_risk_come_first_currency_by_currency() -> None:
    now = [
        deal("no amount", amount=None),
        deal("dollars", amount=9000, currency="USD"),
        deal("certain", amount=5000),
        deal("small", amount=100),
        deal("large", amount=1000, probability=0.5),
    ]

    found = closing_deals(now, TODAY, {("hubspot", "certain"): known(Verdict.ESTABLISHED)})

    # At risk: EUR 500, EUR 100, USD 9,000; then nothing at risk; then no amount.
    assert ["large", "small", "dollars", "certain", "no amount"] == [one.deal.record for one in found.deals]


def test_of_equals_the_overdue_come_first_then_the_nearer_date_then_the_name() -> None:
    now = [deal("b", 3), deal("c", 2), deal("a", 3), deal("late", -1), deal("later", -9)]

    found = closing_deals(now, TODAY, {})

    assert ["later", "late", "c", "a", "b"] == [one.deal.record for one in found.deals]


def test_a_day_long_ago_is_no_error() -> None:
    one = only(deal("1", None, close_date=date(1990, 1, 1), amount=Decimal("0.01")))

    assert eur("0.01") == one.at_risk
