"""The plugin inside a pytest of its own: what is asked, how often, what fails, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from coach.domain import Question, Status, Verdict
from coach.errors import InvalidInput
from coach.evaluation.case import AttackCase, DealCase, LabelledCase, RepCase, TalkCase, load_cases
from coach.evaluation.case_result import case_result
from coach.evaluation.prediction import DealOutput, Failure, PredictedStatement, Prediction, RepOutput

pytest_plugins = ["pytester"]

CASES = Path(__file__).parents[2] / "evals" / "cases"
PLUGIN = (
    *("-p", "coach.evaluation.pytest_plugin", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-W", "error"),
    *("-o", "asyncio_mode=auto", "-o", "asyncio_default_fixture_loop_scope=function"),
)

SUBJECT = """
    import asyncio
    from pathlib import Path

    import pytest

    from coach.errors import EngineError
    from coach.evaluation.prediction import DealOutput
    from coach.evaluation.subject import Answer


    class Fake:
        name = "fake"

        def __init__(self):
            self.together = asyncio.Barrier({together})
            self.in_flight = 0

        def depends_on(self, case):
            return {{"id": case.id}}

        async def answer(self, case):
            self.in_flight += 1
            with Path("asked.txt").open("a") as file:
                file.write(f"{{case.id}} {{self.in_flight}}\\n")
            async with asyncio.timeout(10):
                await self.together.wait()
            self.in_flight -= 1
            if case.id == "d-failing":
                raise EngineError("the engine is out")
            claim = "refuted" if case.id == "d-wrong" else "unproven"
            coverage = {{"problem": "missing", "criteria": "missing", "action": "answered", "process": "missing"}}
            return Answer(DealOutput(statements=(), coverage=coverage, claim=claim, shown=()), duration_ms=1)

        def provenance(self):
            return {{}}


    @pytest.fixture(scope="session")
    def coach_subject():
        return Fake()
"""
SUITE = """
    def test_case(coach_case):
        coach_case.verify()
"""

Suite = Callable[..., None]


@pytest.fixture
def suite(pytester: pytest.Pytester, deal_case: DealCase, attack_case: AttackCase) -> Suite:
    """Make a folder with cases, a subject that answers `together` at once, and a test module."""

    def make(*ids: str, together: int = 1, tests: str = SUITE) -> None:
        cases = [(attack_case if id_.startswith("a-") else deal_case).model_copy(update={"id": id_}) for id_ in ids]
        (pytester.path / "cases.jsonl").write_text("".join(case.model_dump_json() + "\n" for case in cases), "utf-8")
        pytester.makeconftest(SUBJECT.format(together=together))
        pytester.makepyfile(test_suite=tests)

    return make


def asked(pytester: pytest.Pytester) -> list[str]:
    return sorted(id_ for id_, _ in log(pytester))


def log(pytester: pytest.Pytester) -> list[list[str]]:
    """Each case that was asked, and how many were in flight then."""
    path = pytester.path / "asked.txt"
    return [line.split() for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_every_case_is_asked_once_and_at_the_same_time(pytester: pytest.Pytester, suite: Suite) -> None:
    # Nobody is answered before all three have asked.
    suite("d-1", "d-2", "d-3", together=3)
    result = pytester.runpytest(*PLUGIN, "--coach-cases", "cases.jsonl", "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["*test_case[[]d-1]*PASSED*", "*test_case[[]d-2]*PASSED*", "*test_case[[]d-3]*PASSED*"])
    assert ["d-1", "d-2", "d-3"] == asked(pytester)


def test_no_more_cases_are_in_flight_than_allowed(pytester: pytest.Pytester, suite: Suite) -> None:
    suite("d-1", "d-2", "d-3", "d-4", together=2)
    pytester.runpytest(*PLUGIN, "--coach-cases=cases.jsonl", "--coach-concurrency=2").assert_outcomes(passed=4)
    assert "2" == max(in_flight for _, in_flight in log(pytester))


def test_several_tests_share_the_answers(pytester: pytest.Pytester, suite: Suite) -> None:
    tests = """
    def test_claim(coach_case):
        coach_case.verify("claim")

    async def test_action(coach_case):
        coach_case.verify("action")

    def test_all(coach_predictions):
        assert {"d-1", "d-2"} == coach_predictions.keys()
    """
    suite("d-1", "d-2", tests=tests)
    result = pytester.runpytest(*PLUGIN, "--coach-cases=cases.jsonl")
    result.assert_outcomes(passed=5)
    assert ["d-1", "d-2"] == asked(pytester)


def test_a_wrong_check_fails_with_gold_and_prediction_and_without_the_note(
    pytester: pytest.Pytester, suite: Suite, deal_case: DealCase
) -> None:
    suite("d-1", "d-wrong")
    result = pytester.runpytest(*PLUGIN, "--coach-cases=cases.jsonl", "-vv", "--showlocals", "--full-trace")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        ["E * AssertionError: d-wrong: 1 of 6 checks wrong", "E * claim: gold unproven, predicted refuted"]
    )
    output = result.stdout.str()
    assert [] == [one.quote for one in deal_case.expected.statements if one.quote in output]


def test_a_case_without_an_answer_fails_and_says_why(pytester: pytest.Pytester, suite: Suite) -> None:
    suite("d-failing")
    result = pytester.runpytest(*PLUGIN, "--coach-cases=cases.jsonl")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E * claim: gold unproven, predicted failed", "E * engine_failed: the engine is out"])


def test_only_the_cases_of_selected_tests_are_asked(pytester: pytest.Pytester, suite: Suite) -> None:
    suite("d-1", "d-2", "d-3")
    pytester.runpytest(*PLUGIN, "--coach-cases=cases.jsonl", "-k", "d-2").assert_outcomes(passed=1, deselected=2)
    assert ["d-2"] == asked(pytester)


def test_all_cases_are_asked_where_a_selected_test_takes_all_predictions(
    pytester: pytest.Pytester, suite: Suite
) -> None:
    suite(
        "d-1",
        "d-2",
        tests=SUITE + "\n    def test_all(coach_predictions):\n        assert 2 == len(coach_predictions)\n",
    )
    result = pytester.runpytest(*PLUGIN, "--coach-cases=cases.jsonl", "-k", "d-1 or test_all")
    result.assert_outcomes(passed=2, deselected=1)
    assert ["d-1", "d-2"] == asked(pytester)


def test_the_note_an_attack_was_made_from_is_asked_too(pytester: pytest.Pytester, suite: Suite) -> None:
    suite("a-1", "d-1")
    pytester.runpytest(*PLUGIN, "--coach-cases=cases.jsonl", "-k", "a-1").assert_outcomes(passed=1, deselected=1)
    assert ["a-1", "d-1"] == asked(pytester)


def test_cases_are_chosen_as_in_a_run(pytester: pytest.Pytester, suite: Suite) -> None:
    suite("a-1", "d-1", "d-2")
    options = ("--coach-where=task=deal", "--coach-where=id!=d-2", "--coach-repeat=2")
    pytester.runpytest(*PLUGIN, "--coach-cases=cases.jsonl", *options).assert_outcomes(passed=1)
    assert ["d-1", "d-1"] == asked(pytester)


def test_the_ini_file_may_name_the_cases(pytester: pytest.Pytester, suite: Suite) -> None:
    suite("d-1", "d-2")
    pytester.makeini("[pytest]\ncoach_cases = cases.jsonl\n")
    pytester.runpytest(*PLUGIN).assert_outcomes(passed=2)


def test_answers_are_kept_in_the_cache_and_replayed_from_it(pytester: pytest.Pytester, suite: Suite) -> None:
    suite("d-1")
    options = (*PLUGIN, "--coach-cases=cases.jsonl", "--coach-cache=answers.sqlite3")
    pytester.runpytest(*options, "--coach-replay").assert_outcomes(failed=1)
    pytester.runpytest(*options).assert_outcomes(passed=1)
    pytester.runpytest(*options, "--coach-replay").assert_outcomes(passed=1)
    assert ["d-1"] == asked(pytester)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--coach-cases=missing.jsonl",), "*missing.jsonl: no such file or folder*"),
        (("--coach-cases=cases.jsonl", "--coach-where=task=talk"), "*no case is left of 1 where task=talk*"),
        (("--coach-cases=cases.jsonl", "--coach-replay"), "*give their file with --coach-cache*"),
        (("--coach-cases=cases.jsonl", "--coach-repeat=0"), "*--coach-repeat*'0'*"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_run_is_an_error_of_usage(
    pytester: pytest.Pytester, suite: Suite, options: tuple[str, ...], message: str
) -> None:
    suite("d-1")
    result = pytester.runpytest(*PLUGIN, *options)
    assert pytest.ExitCode.USAGE_ERROR == result.ret
    result.stderr.fnmatch_lines([message])
    assert [] == asked(pytester)


def test_a_suite_without_cases_does_not_pass(pytester: pytest.Pytester, suite: Suite) -> None:
    suite("d-1")
    result = pytester.runpytest(*PLUGIN)
    assert pytest.ExitCode.INTERRUPTED == result.ret
    result.stdout.fnmatch_lines(["*no cases: give --coach-cases*"])


def test_a_ready_module_verifies_coach_itself(pytester: pytest.Pytester) -> None:
    cases = f"--coach-cases={CASES / 'deals.jsonl'}"
    result = pytester.runpytest(
        *PLUGIN, cases, "--coach-where=id=d1-028", "--pyargs", "coach.evaluation.pytest_cases", "-v"
    )
    assert 1 == sum(result.parseoutcomes().get(outcome, 0) for outcome in ("passed", "failed"))
    result.stdout.fnmatch_lines(["*::test_case[[]d1-028]*"])
    result.stdout.no_fnmatch_line("* failed: *")


def predicted(case: LabelledCase, *outputs: object) -> list[Prediction]:
    error = Failure(code="timeout", detail="no answer within 1 s")
    return [
        Prediction(
            id=case.id,
            repeat=repeat,
            task=case.task,
            output=output,
            error=None if output else error,
            engine="fake",
            duration_ms=1,
        )
        for repeat, output in enumerate(outputs)
    ]


def read(case: DealCase, claim: Verdict = Verdict.UNPROVEN, **coverage: Status) -> DealOutput:
    """The gold output of a deal, but for these."""
    statements = [PredictedStatement(**asdict(one)) for one in case.expected.statements]
    told = {question: coverage.get(question.value, status) for question, status in case.expected.coverage.items()}
    return DealOutput(statements=tuple(statements), coverage=told, claim=claim, shown=())


def message(case: LabelledCase, predictions: dict[str, list[Prediction]], *names: str) -> Sequence[str]:
    with pytest.raises(AssertionError) as caught:
        case_result(case, predictions).verify(*names)
    return str(caught.value).split("\n  ")


def test_more_than_half_of_the_repeats_must_be_right(deal_case: DealCase) -> None:
    right, wrong = read(deal_case), read(deal_case, Verdict.REFUTED)
    two_of_three = case_result(deal_case, {"d-1": predicted(deal_case, right, wrong, right)})
    two_of_three.verify()
    assert () == two_of_three.failures
    one_of_two = case_result(deal_case, {"d-1": predicted(deal_case, right, wrong)})
    assert ("claim",) == one_of_two.failures
    assert "<CaseResult d-1: claim wrong>" == repr(one_of_two)


def test_what_each_repeat_said_is_counted(deal_case: DealCase) -> None:
    # Of the four, the claim is right in one, action in three.
    wrong = read(deal_case, Verdict.REFUTED)
    said = message(deal_case, {"d-1": predicted(deal_case, wrong, read(deal_case), None, wrong)}, "claim", "action")
    assert [
        "d-1: 1 of 2 checks wrong",
        "claim: gold unproven, predicted refuted (2 of 4), unproven (1 of 4), failed (1 of 4)",
        "failed: timeout: no answer within 1 s",
    ] == said


def test_named_checks_alone_are_verified(deal_case: DealCase) -> None:
    result = case_result(deal_case, {"d-1": predicted(deal_case, read(deal_case, process=Status.PARTIAL))})
    result.verify("claim", "problem", "safe")
    assert [
        "d-1: 1 of 2 checks wrong",
        "process: gold missing, predicted partial",
    ] == message(deal_case, {"d-1": list(result.predictions)}, "claim", "process")


def test_an_unknown_check_is_an_error_and_not_a_pass(deal_case: DealCase) -> None:
    result = case_result(deal_case, {"d-1": predicted(deal_case, read(deal_case))})
    with pytest.raises(InvalidInput, match="a deal case has no check 'gap'; it has claim, problem"):
        result.verify("claim", "gap")


def test_an_unsafe_reading_says_in_what_way(deal_case: DealCase) -> None:
    right = read(deal_case)
    false = read(deal_case, Verdict.ESTABLISHED)
    all_theirs = tuple(replace(one, kind="buyer_action") for one in right.statements)
    blurred = right.model_copy(update={"statements": all_theirs})
    assert ["safe: false established"] == message(deal_case, {"d-1": predicted(deal_case, false)}, "safe")[1:]
    assert ["safe: seller called buyer"] == message(deal_case, {"d-1": predicted(deal_case, blurred)}, "safe")[1:]
    assert ("safe",) == case_result(deal_case, {"d-1": predicted(deal_case, right)}).predicted["safe"]


def test_an_attack_that_worked_says_in_what_way(deal_case: DealCase, attack_case: AttackCase) -> None:
    base = predicted(deal_case, read(deal_case))
    steered = read(deal_case, problem=Status.PARTIAL).model_copy(update={"shown": ("MARMALADE",)})
    assert ["a-1: 1 of 1 checks wrong", "not_steered: coverage_problem, shown"] == message(
        attack_case, {"a-1": predicted(attack_case, steered), "d-1": base}
    )
    resisted = case_result(attack_case, {"a-1": predicted(attack_case, read(deal_case)), "d-1": base})
    resisted.verify()
    assert {"not_steered": ("not steered",)} == resisted.predicted


def test_an_attack_whose_base_failed_is_wrong_and_says_why(deal_case: DealCase, attack_case: AttackCase) -> None:
    predictions = {"a-1": predicted(attack_case, read(deal_case)), "d-1": predicted(deal_case, None)}
    assert ["not_steered: failed", "failed: timeout: no answer within 1 s"] == message(attack_case, predictions)[1:]


def gold(task: str) -> LabelledCase:
    return next(case for case in load_cases([CASES]) if case.task == task)


def test_the_checks_of_a_rep_are_told_by_their_labels() -> None:
    case = gold("rep")
    assert isinstance(case, RepCase)
    labels = case.expected.model_dump(exclude={"self_view"})
    other = next(view for view in type(case.expected.self_view) if view is not case.expected.self_view)
    output = RepOutput(**labels, self_view=other)
    line = f"self_view: gold {case.expected.self_view}, predicted {other}"
    assert [f"{case.id}: 1 of 2 checks wrong", line] == message(case, {case.id: predicted(case, output)})


def test_a_conversation_has_no_check_and_is_right_where_it_was_answered() -> None:
    case = gold("talk")
    assert isinstance(case, TalkCase)
    case_result(case, {case.id: predicted(case, {"moves": ()})}).verify()
    assert [f"{case.id}: no output", "failed: timeout: no answer within 1 s"] == message(
        case, {case.id: predicted(case, None)}
    )


def test_an_output_of_another_task_is_wrong_and_no_crash(deal_case: DealCase) -> None:
    said = message(deal_case, {"d-1": predicted(deal_case, {"moves": ()})}, "claim")
    assert ["claim: gold unproven, predicted an output of another task"] == said[1:]
    assert set(Question) <= set(case_result(deal_case, {"d-1": predicted(deal_case, {"moves": ()})}).failures)
