"""What is said of a deal, an act and a step."""

from __future__ import annotations

from datetime import date

import pytest

from coach.domain import Direction, Kind, Status, Verdict
from coach.domain.commitment import Kept, Owner
from coach.domain.one_on_one import BuyerAct, CustomerMove, MovedDeal, OpenStep, Slip, StageMove
from coach.web.packs import labels
from coach.web.packs.claims import claim_lines, frequency
from coach.web.packs.figures import movement_counts, result_rows, team_name, without_amount
from coach.web.packs.wording import Most, Wording, long_day
from tests.web.packs.samples import commitment, deal, first_month, fullest, middle, new_hire
from tests.web.packs.samples import frequency as of

ISO, LONG = Wording(date.isoformat), Wording(long_day)


def moved(slip: Slip, before: date | None = date(2026, 11, 30)) -> MovedDeal:
    return MovedDeal(
        deal=deal("m", "Acme", close_date=date(2026, 12, 18)),
        stage=StageMove.FORWARD,
        stage_before="Discovery",
        close_date_before=before,
        slip=slip,
        customer=CustomerMove.NO_NOTE,
    )


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (labels.STATUS_MARKS, Status),
        (labels.STAGE_MOVES, StageMove),
        (labels.CUSTOMER_MOVES, CustomerMove),
        (labels.KEPT, Kept),
        (labels.KINDS, Kind),
        (labels.DIRECTIONS, Direction),
    ],
)
def test_every_value_has_a_word_of_its_own(words: dict[object, str], values: type) -> None:
    assert set(values) == set(words)  # type: ignore[call-overload]
    assert len(words) == len(set(words.values()))


def test_verdicts_are_said_as_in_a_review() -> None:
    assert ["ESTABLISHED", "UNPROVEN", "REFUTED", "NO CLAIM"] == [labels.verdict(one) for one in Verdict]
    assert "NO NOTE" == labels.verdict(None)


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ((0, 0, 0, 0), ""),
        ((0, 0, 2, 40), "pushed twice by 40 days in all, not since"),
        ((1, 18, 1, 18), "pushed once by 18 days from 2026-11-30"),
        ((1, 1, 3, 62), "pushed once by 1 day from 2026-11-30, 3 times by 62 days in all"),
    ],
)
def test_a_slip_is_said_with_how_often_and_how_far(slip: tuple[int, int, int, int], said: str) -> None:
    times, days, times_ever, days_ever = slip
    one = moved(Slip(times=times, days=days, times_ever=times_ever, days_ever=days_ever))
    assert said == ISO.slip(one)
    assert ", ".join(filter(None, ("closes 2026-12-18", said))) == ISO.moved_date(one)


def test_a_stage_is_said_with_the_one_before_where_it_is_another() -> None:
    one = moved(Slip(times=0, days=0, times_ever=0, days_ever=0))
    assert "moved forward: Discovery → Proposal" == ISO.stage(one)
    assert "moved forward: Proposal" == ISO.stage(one.model_copy(update={"stage_before": None}))


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (12, "closes 18 Dec 2026, in 12 days"),
        (1, "closes 18 Dec 2026, in 1 day"),
        (0, "closes 18 Dec 2026, today"),
        (-7, "was to close 18 Dec 2026, 7 days ago"),
    ],
)
def test_a_close_date_is_held_against_the_days_left(left: int, said: str) -> None:
    one = fullest().closing.deals[0]
    dated = one.deal.model_copy(update={"close_date": date(2026, 12, 18)})
    assert said == LONG.closes(one.model_copy(update={"deal": dated, "days_left": left}))


def test_an_act_is_said_with_its_grade_and_its_day_or_that_of_its_note() -> None:
    given = {"quote": "q", "direction": Direction.STALLS, "noted_on": date(2026, 11, 14), "review": "r"}
    act = BuyerAct(kind=Kind.BUYER_ACTION, grade=5, on=date(2026, 11, 12), **given)  # type: ignore[arg-type]
    assert "grade 5 · did ↓ · 12 Nov 2026" == LONG.act(act)
    said = BuyerAct(kind=Kind.BUYER_STATEMENT, grade=2, **given)  # type: ignore[arg-type]
    assert "grade 2 · said ↓ · note of 14 Nov 2026" == LONG.act(said)


def test_the_reps_odds_and_reason_are_the_reps_and_may_be_missing() -> None:
    late, good = middle().closing.deals
    assert "gives no probability: “Call Jon again” (the next step in the CRM)" == ISO.odds(late)
    expected = "puts it at 90 %: “Counsel is through, the order form is with Henrike” (the rep's note)"
    assert expected == ISO.odds(good)
    without = good.model_copy(update={"reason": None, "reason_from": None})
    assert "puts it at 90 %: no reason given" == ISO.odds(without)


def test_a_step_of_theirs_is_said_with_what_is_wrong_with_its_day() -> None:
    step = OpenStep(what="sign", by=date(2027, 1, 14), too_late=True)
    assert "by 2027-01-14, after the close date" == ISO.step_day(step)
    assert "by 2026-11-20, overdue" == ISO.step_day(OpenStep(what="sign", by=date(2026, 11, 20), overdue=True))
    assert "" == ISO.step_day(OpenStep(what="sign"))


def test_a_commitment_is_said_with_owner_proof_and_who_agreed() -> None:
    one = commitment(1, "call", kept=Kept.KEPT, proof="their mail", settled_on=date(2026, 11, 12))
    assert "kept 2026-11-12: their mail" == ISO.kept(one)
    assert "not kept" == ISO.kept(commitment(1, "call", kept=Kept.NOT_KEPT))
    assert "Ruth Abanda (manager)" == ISO.owner(Owner.MANAGER, middle())
    assert "Manager" == ISO.owner(Owner.MANAGER, new_hire())
    agreed = [
        ISO.agreed(commitment(1, "call", agreed_by_rep=rep, agreed_by_manager=manager))
        for rep in (True, False)
        for manager in (True, False)
    ]
    expected = ["agreed by both", "agreed by the rep only", "agreed by the manager only", "agreed by neither yet"]
    assert expected == agreed


def test_what_is_cut_from_a_closing_deal_is_told() -> None:
    one = fullest().closing.deals[0]
    assert "left out: 2 quotes, 2 open steps, 1 question" == ISO.not_shown(one, Most(1, 1, 1))
    assert "" == ISO.not_shown(one, Most(3, 3, 2))


def test_results_stand_rep_beside_team_in_three_periods() -> None:
    rows = {row.name: row.cells for row in result_rows(fullest().results)}
    expected = ("EUR 412,000", "EUR 3,104,500", "EUR 96,000", "EUR 803,000", "EUR 64,000", "EUR 288,000")
    assert expected == rows["Won revenue"]
    assert ("9, 20", "71, 149", "2, 6", "19, 44", "1, 3", "7, 12") == rows["Won, lost"]
    # 9 of 29 won; the sample's interval is 14 points below and 18 above.
    assert "31 % (17 to 49)" == rows["Win rate (95 % interval)"][0]
    assert ("74 days", "EUR 45,777.78") == (rows["Sales cycle"][0], rows["Average deal"][0])
    assert "North (7 reps)" == team_name(fullest().results)


def test_nothing_won_is_no_number() -> None:
    rows = {row.name: row.cells[0] for row in result_rows(new_hire().results)}
    assert ["nothing won", "0, 0", "nothing closed", "not known", "not known"] == list(rows.values())
    assert "Everybody (1 rep)" == team_name(new_hire().results)


def test_wins_without_an_amount_are_told() -> None:
    results = new_hire().results
    year = results.periods[0]
    rep = year.rep.model_copy(update={"wins": 3, "wins_without_amount": 2})
    periods = (year.model_copy(update={"rep": rep}), *results.periods[1:])
    said = without_amount(results.model_copy(update={"periods": periods}))
    assert "Without a known amount, so in neither revenue nor average deal: year to date rep 2 wins." == said
    assert "" == without_amount(results)


def test_a_changed_stage_is_counted_only_where_there_is_one() -> None:
    assert ("changed stage", 1) in movement_counts(fullest().pre_existing)
    assert "changed stage" not in dict(movement_counts(middle().pre_existing))


def test_claims_are_told_with_how_many_they_are_of() -> None:
    assert "12 of 14 (86 %, 60 to 96)" == frequency(of(12, 14, 0.6, 0.96))
    assert "3 of 4, too few to say" == frequency(of(3, 4))
    assert "none settled" == frequency(of(0, 0))
    lines = list(claim_lines(middle().ledger))
    assert "Brier score of the odds: 0.21 (0.16 to 0.27); 0 is perfect, even odds score 0.25." == lines[-1]
    assert any(
        "60 to 80 % given: 6 of 12 (50 %, 25 to 75); 80 to 100 % given: 5 of 7, too few to say" in one for one in lines
    )


def test_too_few_claims_have_no_score() -> None:
    lines = list(claim_lines(first_month().ledger))
    assert any("too few" in line.casefold() for line in lines)
    assert not any("Brier" in line for line in lines)
    assert ["No claim has been made yet."] == list(claim_lines(new_hire().ledger))
