"""What a manager reads of the claim ledger, word by word."""

from __future__ import annotations

import re
from datetime import date, timedelta

from coach.domain.claims import MadeClaim
from coach.domain.judgement import Verdict
from coach.domain.one_on_one import ClaimLedger
from coach.domain.opportunity import DealState
from coach.pipeline.ledger import read_ledger, sentences
from tests.pipeline.ledger.claims import AS_OF, DUE, both, claim, kept, missed


def _some(prefix: str, wins: int, losses: int, odds: float | None, verdict: Verdict | None) -> list[MadeClaim]:
    return [kept(f"{prefix}k{n}", odds, verdict) for n in range(wins)] + [
        missed(f"{prefix}m{n}", odds, verdict) for n in range(losses)
    ]


def _read(claims: list[MadeClaim], notes: list[tuple[date, int, int]] | None = None) -> ClaimLedger:
    return read_ledger("Ilse Brandt", claims, notes or [], AS_OF)


def test_a_full_ledger_in_six_sentences() -> None:
    claims = _some("e", 12, 2, 0.9, Verdict.ESTABLISHED) + _some("u", 5, 15, 0.8, Verdict.UNPROVEN)
    claims += [*_some("r", 0, 3, 0.5, Verdict.REFUTED), claim("open", close_date=AS_OF)]
    ledger = _read(claims, [(date(2026, 5, 2), 10, 30), (date(2026, 6, 2), 2, 8), (date(2026, 7, 2), 12, 18)])
    odds = ledger.optimism
    # Odds 14 * 0.9 + 20 * 0.8 + 3 * 0.5 = 30.1 less 17 that came true: 13.1 / 37 = 0.354.
    low, high = (round(100 * end) for end in both(odds.bias_low, odds.bias_high))
    assert (
        "38 claims so far, 37 of them settled: 17 of 37 deals were won by the day first claimed (46 %, 31 to 62).",
        "Where the customer's acts established the day claimed, 12 of 14 deals were won by it (86 %, 60 to 96).",
        "Where the customer's acts left the day claimed unproven, 5 of 20 deals were won by it (25 %, 11 to 47).",
        "Where the customer's acts refuted the day claimed, 0 of 3 deals were won by it; too few to say.",
        f"The odds given run 35 points above what came true ({low} to {high}): optimistic.",
        "In the notes of 2026-07 12 of 30 statements (40 %) are the customer's; in the months before, 12 of 50 (24 %).",
    ) == sentences(ledger)
    assert 0 < low < 35 < high


def test_an_empty_ledger_in_three_sentences() -> None:
    assert (
        "No claim has been made yet.",
        "No claim that gave odds is settled.",
        "No note has a statement to count.",
    ) == sentences(_read([]))


def test_claims_that_are_all_open() -> None:
    first, *_ = sentences(_read([claim("a", close_date=AS_OF)]))
    assert "1 claim so far, none of them settled." == first


def test_too_few_claims_to_say() -> None:
    assert (
        "4 claims so far, 4 of them settled: 1 of 4 deals was won by the day first claimed; too few to say.",
        "Too few settled claims with odds to say how they compare with what came true (4 deals).",
        "In the notes of 2026-07 1 of 4 statements (25 %) is the customer's.",
    ) == sentences(_read(_some("a", 1, 3, 0.9, None), [(date(2026, 7, 2), 1, 3)]))


def test_odds_below_what_came_true_and_deals_won_early() -> None:
    early = [
        claim(f"early{n}", probability=0.2, outcome=DealState.WON, closed_on=DUE - timedelta(days=40)) for n in range(2)
    ]
    _, said, _ = sentences(_read(_some("a", 13, 5, 0.2, None) + early))
    # 0.2 less 15 of 20: 55 points; the end nearer to 0 first.
    found = re.fullmatch(
        r"The odds given run 55 points below what came true \((\d+) to (\d+)\): sandbagging\. "
        r"2 deals were won over 30 days before the day first claimed\.",
        said,
    )
    assert found
    assert 0 < int(found[1]) < 55 < int(found[2])


def test_odds_that_show_no_leaning() -> None:
    _, said, _ = sentences(_read(_some("a", 10, 0, 0.9, None)))
    assert (
        "The odds given run 10 points below what came true, and anything from 10 below to 21 above fits: "
        "no leaning shown." == said
    )


def test_a_single_point_and_an_end_at_nothing_are_worded_so() -> None:
    _, said, _ = sentences(_read(_some("a", 10, 10, 0.51, None)))
    assert said.startswith("The odds given run 1 point above what came true, and anything from ")
    _, said, _ = sentences(_read(_some("a", 10, 0, 1.0, None)))
    assert (
        "The odds given run 0 points above what came true, and anything from 0 to 31 above fits: no leaning shown."
        == said
    )


def test_no_sentence_names_the_person() -> None:
    said = " ".join(sentences(_read(_some("a", 12, 5, 0.9, Verdict.UNPROVEN), [(date(2026, 7, 2), 1, 3)])))
    assert "unproven" in said
    assert not re.search(r"Ilse|Brandt|\brep\b|score|rank", said)
