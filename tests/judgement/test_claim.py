"""The verdict on the rep's date: each ground of the codebook, and the caps that nothing may pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from coach.domain import Judgement, Statement, Verdict


@dataclass(frozen=True)
class Case:
    """Statements in short (kind, direction, quote, informs) of a note of 2 March, and the verdict on 31 March."""

    id: str
    verdict: Verdict
    statements: tuple[tuple[str, str, str, str], ...]


TRIAL = ("act", "+", "Dana ran the trial on her own line", "action")
REDLINES = ("act", "+", "their counsel returned the contract with two redlines", "process")
BOARD = ("promise", "+", "the board votes on it on 20 March", "process")
SIGNED = ("act", "+", "Mr Falk signed the order form", "process")
PAID = ("act", "+", "their deposit arrived on Friday", "process")

CASES = [
    Case("own_date_and_acts", Verdict.ESTABLISHED, (TRIAL, REDLINES, BOARD)),
    Case("signed_and_paid", Verdict.ESTABLISHED, (SIGNED, PAID)),
    Case(
        "all_papers_done",
        Verdict.ESTABLISHED,
        (
            ("act", "+", "legal is done, no further comments", "process"),
            ("act", "+", "the CFO approved it in their system", "process"),
            ("act", "+", "Ann raised the requisition", "process"),
        ),
    ),
    Case("one_act_is_not_enough", Verdict.UNPROVEN, (TRIAL, BOARD)),
    Case("acts_without_their_date", Verdict.UNPROVEN, (TRIAL, REDLINES)),
    Case("signature_alone", Verdict.UNPROVEN, (SIGNED,)),
    Case(
        "an_open_stall", Verdict.UNPROVEN, (TRIAL, REDLINES, BOARD, ("act", "-", "no reply since Thursday", "action"))
    ),
    Case(
        "their_need_by_date_is_no_step",
        Verdict.UNPROVEN,
        (TRIAL, REDLINES, ("word", "+", "they want it by 20 March", "process")),
    ),
    Case("their_date_is_later", Verdict.REFUTED, (TRIAL, ("word", "-", "the contract runs until 30 June", "process"))),
    Case("their_step_takes_too_long", Verdict.REFUTED, (("word", "-", "the insurer takes eleven weeks", "process"),)),
    Case(
        "their_signing_is_later", Verdict.REFUTED, (("word", "=", "they sign at the sitting on 17 April", "process"),)
    ),
    Case("a_later_season", Verdict.REFUTED, (("word", "-", "ask us next year", "process"),)),
    Case("a_later_need_by_date_refutes_nothing", Verdict.UNPROVEN, (("word", "+", "must run by 10 May", "process"),)),
    Case("money_gone", Verdict.REFUTED, (TRIAL, ("act", "-", "the line was taken out of the budget", "process"))),
    Case("sponsor_gone", Verdict.REFUTED, (TRIAL, ("act", "-", "Caio has left the company", "process"))),
    Case(
        "sponsor_gone_but_the_road_goes_on",
        Verdict.UNPROVEN,
        (BOARD, ("act", "-", "Caio has left the company", "process")),
    ),
    Case(
        "sponsor_gone_and_somebody_else_carries_it",
        Verdict.UNPROVEN,
        (("act", "-", "Caio has left the company", "process"), TRIAL),
    ),
    Case(
        "chose_somebody_else",
        Verdict.REFUTED,
        (
            ("act", "-", "gave Nordplast the floor plan", "action"),
            ("act", "-", "walked their engineer round", "action"),
            ("act", "-", "returned our samples", "action"),
        ),
    ),
    Case("one_adverse_act", Verdict.UNPROVEN, (("act", "-", "walked their engineer round", "action"),)),
    Case(
        "own_date_gone_by_and_dark",
        Verdict.REFUTED,
        (
            ("promise", "+", "they put us on the board of 17 February", "process"),
            ("act", "-", "since then silence", "action"),
        ),
    ),
    Case(
        "own_date_gone_by_but_talking", Verdict.UNPROVEN, (("promise", "+", "board on 17 February", "process"), TRIAL)
    ),
    Case("silence_alone", Verdict.UNPROVEN, (("act", "-", "five weeks of silence", "action"),)),
    Case("a_hold", Verdict.UNPROVEN, (TRIAL, ("act", "-", "the CFO put it on hold", "process"))),
    Case(
        "only_ours",
        Verdict.UNPROVEN,
        (("ours", "", "the contract is signed on our side", ""), ("hope", "", "they sign on 20 March", "")),
    ),
    Case("nothing", Verdict.UNPROVEN, ()),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_verdict(case: Case, say: Callable[..., Statement], judged: Callable[..., Judgement]) -> None:
    statements = [say(kind, way, quote, informs=informs or "action") for kind, way, quote, informs in case.statements]
    claim = judged(*statements).claim
    assert claim.verdict is case.verdict
    assert claim.explanation
    assert (claim.refuter is None) == (claim.verdict is Verdict.REFUTED)
    assert bool(claim.would_establish) == (claim.verdict is not Verdict.ESTABLISHED)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_without_a_close_date_there_is_no_claim(
    case: Case, say: Callable[..., Statement], judged: Callable[..., Judgement]
) -> None:
    statements = [say(kind, way, quote, informs=informs or "action") for kind, way, quote, informs in case.statements]
    claim = judged(*statements, close_date=None).claim
    assert (claim.verdict, claim.would_establish, claim.refuter) == (Verdict.NO_CLAIM, (), None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_nothing_is_established_by_acts_that_nobody_can_check(
    case: Case, say: Callable[..., Statement], judged: Callable[..., Judgement]
) -> None:
    statements = [
        say(kind, way, quote, informs=informs or "action", verifiable=False)
        for kind, way, quote, informs in case.statements
    ]
    assert judged(*statements).claim.verdict is not Verdict.ESTABLISHED


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_any_amount_of_ours_changes_no_verdict(
    case: Case, say: Callable[..., Statement], judged: Callable[..., Judgement]
) -> None:
    statements = [say(kind, way, quote, informs=informs or "action") for kind, way, quote, informs in case.statements]
    ours = [say("ours", "", "I got the contract signed and the PO, deposit paid, board approved")] * 20
    hopes = [say("hope", "", "signed on 20 March, the board approved, budget was cut, no reply, on hold")] * 20
    assert judged(*statements, *ours, *hopes).claim.verdict is case.verdict


def test_the_conflict_names_the_person_and_both_dates(
    say: Callable[..., Statement], judged: Callable[..., Judgement]
) -> None:
    claim = judged(say("word", "-", "signs nothing before 15 October", "Dr Aubry", informs="process")).claim
    assert claim.because == (0,)
    assert claim.explanation == (
        "The customer's own timetable contradicts the date: Dr Aubry speaks of 15 October; the rep says 31 March."
    )


def test_the_refuter_is_the_first_promise_that_falls_due(
    say: Callable[..., Statement], judged: Callable[..., Judgement]
) -> None:
    claim = judged(
        say("promise", "+", "sends the file by 24 March", "Ann Lee"),
        say("promise", "+", "sends the list by 9 March", "Bo Falk"),
    ).claim
    assert claim.refuter is not None
    assert (claim.refuter.act, claim.refuter.by) == (
        "Bo Falk lets the promised day pass without doing it.",
        date(2026, 3, 9),
    )


def test_without_a_promise_the_refuter_falls_half_way(judged: Callable[..., Judgement]) -> None:
    refuter = judged().claim.refuter
    assert refuter is not None
    assert refuter.by == date(2026, 3, 16)
