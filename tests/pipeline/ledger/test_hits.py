"""How often claims came true: each rule by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coach.domain.judgement import Verdict
from coach.domain.opportunity import DealState
from coach.pipeline.ledger import read_ledger
from tests.pipeline.ledger.claims import AS_OF, DUE, MADE, claim, kept, missed

DAY = timedelta(days=1)


def test_twelve_of_fourteen_by_hand() -> None:
    claims = [kept(f"k{n}", verdict=Verdict.ESTABLISHED) for n in range(12)]
    claims += [missed(f"m{n}", verdict=Verdict.ESTABLISHED) for n in range(2)]
    (group,) = read_ledger("Ilse", claims, [], AS_OF).by_verdict
    assert (Verdict.ESTABLISHED, 12, 14, False) == (
        group.verdict,
        group.hits.true,
        group.hits.of,
        group.hits.too_few,
    )
    # z^2 = 3.8415: centre (12 + 1.9207) / (14 + 3.8415) = 0.7802; half width 1.96 * sqrt(12 * 2 / 14 + 0.9604) /
    # 17.8415 = 1.96 * 1.6354 / 17.8415 = 0.1797.
    assert pytest.approx((12 / 14, 0.6006, 0.9599), abs=1e-4) == (group.hits.share, group.hits.low, group.hits.high)


def test_a_deal_won_on_the_very_day_claimed_came_true_and_one_won_the_day_after_did_not() -> None:
    on_time = claim("a", outcome=DealState.WON, closed_on=DUE)
    late = claim("b", outcome=DealState.WON, closed_on=DUE + DAY)
    hits = read_ledger("Ilse", [on_time, late], [], AS_OF).all
    assert (1, 2, 0.5) == (hits.true, hits.of, hits.share)


def test_an_open_deal_is_settled_the_day_after_the_day_claimed() -> None:
    open_one = [missed("a")]
    assert (0, 0) == (read_ledger("Ilse", open_one, [], DUE).settled, read_ledger("Ilse", open_one, [], DUE).all.of)
    after = read_ledger("Ilse", open_one, [], DUE + DAY)
    assert (1, 0, 1) == (after.settled, after.all.true, after.all.of)


def test_a_lost_deal_settles_its_claim_before_the_day_claimed() -> None:
    lost = claim("a", outcome=DealState.LOST, closed_on=MADE + DAY)
    ledger = read_ledger("Ilse", [lost], [], MADE + DAY)
    assert (1, 0, 1) == (ledger.settled, ledger.all.true, ledger.all.of)


def test_an_outcome_of_a_later_day_is_not_known_yet() -> None:
    won_later = claim("a", outcome=DealState.WON, closed_on=DUE - DAY)
    lost_later = claim("b", outcome=DealState.LOST, closed_on=DUE - DAY)
    ledger = read_ledger("Ilse", [won_later, lost_later], [], DUE - 2 * DAY)
    assert (2, 0, 0) == (ledger.claims, ledger.settled, ledger.all.of)


def test_a_deal_that_was_won_too_late_and_after_the_day_of_reading_missed_all_the_same() -> None:
    too_late = claim("a", outcome=DealState.WON, closed_on=AS_OF + DAY)
    ledger = read_ledger("Ilse", [too_late], [], AS_OF)
    assert (1, 0, 1) == (ledger.settled, ledger.all.true, ledger.all.of)


def test_a_claim_of_a_later_day_does_not_count() -> None:
    claims = [claim("a", made_on=AS_OF), claim("b", made_on=AS_OF + DAY)]
    assert 1 == read_ledger("Ilse", claims, [], AS_OF).claims


def test_of_a_deal_won_on_an_unknown_day_nothing_is_settled() -> None:
    ledger = read_ledger("Ilse", [claim("a", outcome=DealState.WON)], [], AS_OF)
    assert (1, 0, 0) == (ledger.claims, ledger.settled, ledger.all.of)


def test_a_deal_counts_once_by_its_first_claim_of_the_verdict() -> None:
    won = {"outcome": DealState.WON, "closed_on": DUE}
    claims = [
        # Unproven first for a day too early, twice; then established, for the day that came true.
        claim("a", made_on=MADE, close_date=DUE - DAY, verdict=Verdict.UNPROVEN, grade=2, **won),
        claim("a", made_on=MADE + DAY, close_date=DUE, verdict=Verdict.UNPROVEN, grade=4, **won),
        claim("a", made_on=MADE + 2 * DAY, close_date=DUE, verdict=Verdict.ESTABLISHED, grade=4, **won),
    ]
    ledger = read_ledger("Ilse", list(reversed(claims)), [], AS_OF)
    assert (3, 3) == (ledger.claims, ledger.settled)
    assert (0, 1) == (ledger.all.true, ledger.all.of)
    verdicts = [(one.verdict, one.hits.true, one.hits.of) for one in ledger.by_verdict]
    assert [(Verdict.ESTABLISHED, 1, 1), (Verdict.UNPROVEN, 0, 1)] == verdicts
    assert [(4, 1, 1), (2, 0, 1)] == [(one.grade, one.hits.true, one.hits.of) for one in ledger.by_grade]


def test_of_two_claims_of_one_day_the_earlier_date_counts() -> None:
    won = {"outcome": DealState.WON, "closed_on": DUE}
    claims = [claim("a", close_date=DUE, **won), claim("a", close_date=DUE - DAY, **won)]
    hits = read_ledger("Ilse", claims, [], AS_OF).all
    assert (0, 1) == (hits.true, hits.of)


def test_a_deal_whose_first_claim_is_open_is_not_counted_by_a_later_one_that_missed() -> None:
    claims = [claim("a", close_date=AS_OF + DAY), claim("a", made_on=MADE + DAY, close_date=AS_OF - DAY)]
    ledger = read_ledger("Ilse", claims, [], AS_OF)
    assert (1, 0) == (ledger.settled, ledger.all.of)


def test_claims_without_a_note_stand_last_and_by_themselves() -> None:
    claims = [kept("a"), claim("b", verdict=Verdict.REFUTED, grade=0), missed("c")]
    ledger = read_ledger("Ilse", claims, [], AS_OF)
    assert [(Verdict.REFUTED, False, 0, 1), (None, True, 1, 2)] == [
        (one.verdict, one.without_note, one.hits.true, one.hits.of) for one in ledger.by_verdict
    ]
    assert [(0, False, 0, 1), (None, True, 1, 2)] == [
        (one.grade, one.without_note, one.hits.true, one.hits.of) for one in ledger.by_grade
    ]


@pytest.mark.parametrize(("deals", "too_few"), [(9, True), (10, False)])
def test_nine_deals_are_too_few_and_ten_are_not(deals: int, too_few: bool) -> None:
    hits = read_ledger("Ilse", [kept(str(n)) for n in range(deals)], [], AS_OF).all
    assert (deals, 1.0, too_few) == (hits.of, hits.share, hits.too_few)


def test_a_rep_without_claims_has_an_empty_ledger() -> None:
    ledger = read_ledger("Ilse", [], [], AS_OF)
    assert ("Ilse", AS_OF, 0, 0, 0, None, True) == (
        ledger.rep,
        ledger.as_of,
        ledger.claims,
        ledger.settled,
        ledger.all.of,
        ledger.all.share,
        ledger.all.too_few,
    )
    assert ((), (), ()) == (ledger.by_verdict, ledger.by_grade, ledger.evidence)
