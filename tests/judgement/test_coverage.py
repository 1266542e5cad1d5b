"""The four buyer questions, line by line of the codebook's table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from coach.domain import Judgement, Question, Statement, Status


@dataclass(frozen=True)
class Case:
    """Statements in short, and the status that one question must have."""

    id: str
    question: str
    status: str
    statements: tuple[tuple[str, ...], ...]
    verifiable: bool = True


CASES = [
    Case(
        "problem_with_impact",
        "problem",
        "answered",
        (("word", "=", "month-end close costs them nine days", "problem"),),
    ),
    Case("problem_with_money", "problem", "answered", (("word", "=", "spoilage ran to $18,600 in July", "problem"),)),
    Case("problem_without_impact", "problem", "partial", (("word", "=", "labels fall off in the freezer", "problem"),)),
    Case(
        "hearsay_has_no_impact",
        "problem",
        "partial",
        (("word", "=", "it costs them a fortune", "problem"),),
        verifiable=False,
    ),
    Case("problem_in_our_reading", "problem", "partial", (("hope", "", "they must be losing money on returns", ""),)),
    Case(
        "our_worry_is_no_problem_of_theirs", "problem", "missing", (("hope", "", "I am worried about the price", ""),)
    ),
    Case("no_problem", "problem", "missing", (("ours", "", "sent the deck", ""),)),
    Case(
        "criteria_of_each",
        "criteria",
        "answered",
        (
            ("word", "=", "Ann wants under four hours", "criteria"),
            ("word", "=", "Bo: no cloud, otherwise no deal", "criteria"),
        ),
    ),
    Case("one_criterion", "criteria", "partial", (("word", "=", "wants a bigger phone number", "criteria"),)),
    Case(
        "criteria_without_owner",
        "criteria",
        "partial",
        (("word", "=", "must have SSO", "criteria"), ("word", "=", "must run on premises", "criteria")),
        verifiable=False,
    ),
    Case(
        "somebody_unheard",
        "criteria",
        "partial",
        (
            ("word", "=", "Ann wants under four hours", "criteria"),
            ("word", "=", "Bo needs it in writing", "criteria"),
            ("ours", "", "never met the CFO", ""),
        ),
    ),
    Case("praise_is_no_criterion", "criteria", "missing", (("word", "=", "called it lovely", "criteria"),)),
    Case("no_criteria", "criteria", "missing", (("hope", "", "price will not matter", ""),)),
    Case("verifiable_act", "action", "answered", (("act", "+", "Dana ran two batches herself", "action"),)),
    Case("unverifiable_act", "action", "partial", (("act", "+", "budget is approved", "process"),), verifiable=False),
    Case("only_a_promise", "action", "partial", (("promise", "+", "Dana will send the list", "action"),)),
    Case("adverse_act", "action", "partial", (("act", "-", "Dana cancelled the workshop", "action"),)),
    Case("silence", "action", "missing", (("act", "-", "no reply from Dana since Monday", "action"),)),
    Case("undone_task", "action", "missing", (("act", "-", "the file has not arrived", "action"),)),
    Case("trifle", "action", "missing", (("act", "=", "she took a brochure", "action"),)),
    Case(
        "only_ours", "action", "missing", (("ours", "", "demoed to nine people", ""), ("hope", "", "they love it", ""))
    ),
    Case(
        "date_and_steps",
        "process",
        "answered",
        (
            ("promise", "+", "the committee sits on 20 March", "process"),
            ("word", "=", "then legal reads it", "process"),
        ),
    ),
    Case("date_alone", "process", "partial", (("word", "+", "they need it in by 20 March", "process"),)),
    Case("steps_alone", "process", "partial", (("word", "=", "procurement, then the board", "process"),)),
    Case("bare_signer", "process", "missing", (("word", "=", "Mr Kroll decides with her", "process"),)),
    Case("our_date", "process", "missing", (("hope", "", "closing 31 March", ""),)),
    Case("put_off", "process", "missing", (("word", "-", "next week, she said", "process"),)),
    Case("away", "process", "missing", (("word", "=", "Ann is away until the 11th", "process"),)),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_status(case: Case, say: Callable[..., Statement], judged: Callable[..., Judgement]) -> None:
    statements = [
        say(kind, direction, quote, informs=informs or "action", verifiable=case.verifiable)
        for kind, direction, quote, informs in case.statements
    ]
    assert judged(*statements).coverage[Question(case.question)].status == case.status


def test_the_answer_points_at_the_statements_it_rests_on(
    say: Callable[..., Statement], judged: Callable[..., Judgement]
) -> None:
    judgement = judged(
        say("ours", "", "demo"), say("act", "+", "Dana ran two batches", "Dana"), say("hope", "", "nice")
    )
    assert judgement.coverage.action.because == (1,)


def test_an_answered_question_asks_nothing_and_an_open_one_asks(
    say: Callable[..., Statement], judged: Callable[..., Judgement]
) -> None:
    coverage = judged(say("act", "+", "Dana ran two batches", "Dana")).coverage
    assert coverage.action.ask == ()
    assert all(coverage[question].ask for question in Question if coverage[question].status is not Status.ANSWERED)


def test_a_named_decider_without_criteria_leaves_them_partial(
    say: Callable[..., Statement], judged: Callable[..., Judgement]
) -> None:
    judgement = judged(
        say("word", "=", "wants under four hours", "Ann Lee", informs="criteria"),
        say("word", "=", "needs it in writing", "Ann Lee", informs="criteria"),
        say("word", "=", "Bo Falk signs", "Bo Falk", informs="process"),
    )
    assert judgement.coverage.criteria.status is Status.PARTIAL
    assert any("Bo Falk" in ask.ask for ask in judgement.questions)
