"""What a reader thinks counts where the statements bear it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from coach.domain import Deal, Judgement, Question, Statement, Status
from coach.judgement import judge
from coach.rubrics import BuyerEvidence
from tests.judgement.conftest import CLOSE_DATE, WRITTEN_ON, Say

Think = Callable[..., Judgement]


@pytest.fixture
def thought(rubric: BuyerEvidence) -> Think:
    """Judges statements as a reader with these opinions."""

    def run(*statements: Statement, **opinion: str) -> Judgement:
        return judge(
            statements,
            Deal(close_date=CLOSE_DATE),
            WRITTEN_ON,
            rubric,
            opinion={Question(question): Status(status) for question, status in opinion.items()},
        )

    return run


def some(say: Say, question: str) -> list[Statement]:
    """A statement about a question in words that the rules make no answer of."""
    return [say("ours", "", "sent the deck"), say("word", "=", "it is all rather tangled", "Dana", informs=question)]


@pytest.mark.parametrize("question", ["problem", "criteria", "process"])
@pytest.mark.parametrize("status", ["answered", "partial"])
def test_a_readers_status_counts_where_the_customer_spoke_of_it(
    thought: Think, say: Say, question: str, status: str
) -> None:
    answer = thought(*some(say, question), **{question: status}).coverage[Question(question)]
    assert (status, (1,)) == (answer.status, answer.because)


def test_what_the_rules_found_is_shown_for_a_readers_other_status(
    thought: Think, judged: Callable[..., Judgement], say: Say
) -> None:
    told = [say("word", "=", "month-end close costs them nine days", "Dana", informs="problem")]
    assert Status.ANSWERED is judged(*told).coverage.problem.status
    answer = thought(*told, problem="partial").coverage.problem
    assert (Status.PARTIAL, (0,)) == (answer.status, answer.because)


@pytest.mark.parametrize("question", ["problem", "criteria", "process"])
def test_a_reader_may_think_that_what_was_said_answers_nothing(thought: Think, say: Say, question: str) -> None:
    told = [
        say("word", "=", "month-end close costs them nine days", "Dana", informs="problem"),
        say("word", "=", "wants a bigger phone number", "Dana", informs="criteria"),
        say("word", "=", "the board votes on 20 March", "Dana", informs="process"),
    ]
    assert Status.MISSING is not thought(*told).coverage[Question(question)].status
    answer = thought(*told, **{question: "missing"}).coverage[Question(question)]
    assert (Status.MISSING, ()) == (answer.status, answer.because)


@pytest.mark.parametrize("question", ["problem", "criteria", "process"])
@pytest.mark.parametrize("status", ["answered", "partial"])
def test_what_no_statement_supports_a_reader_cannot_have(thought: Think, say: Say, question: str, status: str) -> None:
    told = [say("ours", "", "sent the deck"), say("act", "+", "Dana ran two batches herself", "Dana")]
    answer = thought(*told, **{question: status}).coverage[Question(question)]
    assert (Status.MISSING, ()) == (answer.status, answer.because)


def test_what_we_read_into_the_customer_makes_a_problem_partial_and_never_answered(thought: Think, say: Say) -> None:
    told = [say("hope", "", "price will not matter")]
    assert Status.MISSING is thought(*told).coverage.problem.status
    partial = thought(*told, problem="partial").coverage.problem
    assert (Status.PARTIAL, (0,)) == (partial.status, partial.because)
    assert Status.MISSING is thought(*told, problem="answered").coverage.problem.status


def test_answered_needs_a_statement_of_the_customers_also_where_the_rules_found_ours(thought: Think, say: Say) -> None:
    told = [say("hope", "", "they must be losing money on returns")]
    answer = thought(*told, problem="answered").coverage.problem
    assert (Status.PARTIAL, (0,)) == (answer.status, answer.because)


def test_what_we_believe_supports_no_other_question(thought: Think, say: Say) -> None:
    coverage = thought(say("hope", "", "they love us"), criteria="partial", process="partial").coverage
    assert (Status.MISSING, Status.MISSING) == (coverage.criteria.status, coverage.process.status)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize(
    ("told", "follows"),
    [
        ([("act", "+", "Dana ran two batches herself", "Dana")], Status.ANSWERED),
        ([("act", "-", "no reply from Dana since Monday", "Dana")], Status.MISSING),
    ],
)
def test_whether_the_customer_acted_follows_from_the_statements_alone(
    thought: Think, say: Say, told: Sequence[tuple[str, ...]], follows: Status, status: Status
) -> None:
    statements = [say(*one) for one in told]
    assert follows is thought(*statements, action=status.value).coverage.action.status
    assert thought(*statements) == thought(*statements, action=status.value)


def test_a_weak_act_may_be_called_a_trifle_and_never_more_than_it_is(thought: Think, say: Say) -> None:
    promise = say("promise", "+", "Dana will send the list", "Dana")
    said = {status: thought(promise, action=status.value).coverage.action.status for status in Status}
    assert {
        Status.ANSWERED: Status.PARTIAL,
        Status.PARTIAL: Status.PARTIAL,
        Status.MISSING: Status.MISSING,
    } == said


def test_a_question_that_the_reader_leaves_out_stays_as_the_rules_have_it(
    thought: Think, judged: Callable[..., Judgement], say: Say
) -> None:
    told = [*some(say, "process"), say("word", "=", "it costs them 5k a week", "Dana", informs="problem")]
    assert judged(*told) == thought(*told)
    ours, theirs = judged(*told).coverage, thought(*told, process="answered").coverage
    assert Status.ANSWERED is theirs.process.status is not ours.process.status
    assert [ours[one] for one in Question if one is not Question.PROCESS] == [
        theirs[one] for one in Question if one is not Question.PROCESS
    ]


@pytest.mark.parametrize("question", ["problem", "criteria", "process"])
def test_what_to_ask_follows_the_status_that_the_reader_gives(thought: Think, say: Say, question: str) -> None:
    told = some(say, question)
    answered = thought(*told, **{question: "answered"}).coverage[Question(question)]
    partial = thought(*told, **{question: "partial"}).coverage[Question(question)]
    missing = thought(*told, **{question: "missing"}).coverage[Question(question)]
    assert () == answered.ask
    assert partial.ask
    assert missing.ask
    assert partial.ask != missing.ask
