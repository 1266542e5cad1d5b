"""Labelled cases as pytest tests: one fixture asks them all at once, then there is one test a case.

Opt in by `-p coach.evaluation.pytest_plugin`, or by `pytest_plugins = ["coach.evaluation.pytest_plugin"]` in the
top-level `conftest.py`; nobody else pays for it. With `--coach-cases evals/cases`, this is a suite:

    def test_case(coach_case):
        coach_case.verify("claim")

Only the cases of selected tests are asked (`-k`, `--lf`). Define a session fixture `coach_subject` to evaluate
anything but Coach itself. Under pytest-xdist every worker asks every selected case: leave `-n` out, for the cases are
asked concurrently anyway. A test that must hold over many cases belongs in `coach eval gate`, which knows about chance.
"""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.evaluation.case import LabelledCase, bases_of, load_cases, select
from coach.evaluation.case_result import CaseResult, case_result
from coach.evaluation.coach_subject import CoachSubject
from coach.evaluation.prediction import Predictions
from coach.evaluation.run import AnswerCache, Runner, RunOptions
from coach.evaluation.subject import Subject
from coach.wiring import build

__all__ = ["CaseResult"]

_CASES: pytest.StashKey[dict[str, LabelledCase]] = pytest.StashKey()
_DEFAULT = RunOptions()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, named as those of `coach eval run`."""
    parser.addini("coach_cases", "Labelled cases, where --coach-cases is not given.", type="paths")
    group = parser.getgroup("coach", "labelled cases")
    group.addoption(
        "--coach-cases", action="append", type=Path, metavar="PATH", help="A file, folder or glob; may be repeated."
    )
    group.addoption(
        "--coach-where", action="append", default=[], metavar="NAME=VALUE", help="Only such cases; may be repeated."
    )
    group.addoption("--coach-concurrency", type=_count, default=_DEFAULT.concurrency, help="Cases asked at once.")
    group.addoption("--coach-repeat", type=_count, default=_DEFAULT.repeat, help="Times each case is asked.")
    group.addoption("--coach-replay", action="store_true", help="Ask nobody: only answers in --coach-cache.")
    group.addoption("--coach-cache", type=Path, metavar="PATH", help="SQLite file of answers, used and added to.")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def pytest_configure(config: pytest.Config) -> None:
    """Load the cases before anything is collected, so that a bad path is an error of usage.

    Raises:
        pytest.UsageError: there are no such cases, or a replay has nothing to answer from.
    """
    if config.getoption("coach_replay") and not config.getoption("coach_cache"):
        raise pytest.UsageError("--coach-replay answers from recorded answers: give their file with --coach-cache")
    paths = config.getoption("coach_cases") or config.getini("coach_cases")
    try:
        cases = select(load_cases(paths), config.getoption("coach_where")) if paths else ()
    except CoachError as error:
        raise pytest.UsageError(error.detail) from None
    config.stash[_CASES] = {case.id: case for case in cases}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test a case of every test that takes `coach_case`.

    Raises:
        pytest.Collector.CollectError: no cases were given; a suite of none must not pass.
    """
    cases = metafunc.config.stash[_CASES]
    if "coach_predictions" in metafunc.fixturenames and not cases:
        raise pytest.Collector.CollectError("no cases: give --coach-cases, or coach_cases in the ini file")
    if "coach_case" in metafunc.fixturenames:
        metafunc.parametrize("coach_case", tuple(cases), indirect=True)


@pytest.fixture(scope="session")
def coach_subject() -> Subject:
    """Who answers: Coach, as the environment sets it up. Override it to evaluate anything else."""
    return CoachSubject(build(measured=True))


@pytest.fixture(scope="session")
def coach_predictions(request: pytest.FixtureRequest, coach_subject: Subject) -> Predictions:
    """What the subject answered, by case id; every case that a selected test needs is asked, concurrently and once."""
    config = request.config
    options = RunOptions(
        repeat=config.getoption("coach_repeat"),
        concurrency=config.getoption("coach_concurrency"),
        replay=config.getoption("coach_replay"),
    )
    cases = _needed(request.session)
    # The same engine's reading of the note that an attack was made from is what it is judged against.
    asked = [*cases, *bases_of(cases)]
    path = config.getoption("coach_cache")
    with AnswerCache(path) if path else nullcontext() as cache:
        return asyncio.run(Runner(coach_subject, options, cache=cache).run(asked))


@pytest.fixture
def coach_case(request: pytest.FixtureRequest, coach_predictions: Predictions) -> CaseResult:
    """What came of the test's case."""
    return case_result(request.config.stash[_CASES][request.param], coach_predictions)


def _needed(session: pytest.Session) -> tuple[LabelledCase, ...]:
    """The cases of the selected tests; all of them, where a test takes all predictions."""
    cases = session.config.stash[_CASES]
    wanted: set[str] = set()
    for item in session.items:
        if "coach_predictions" in getattr(item, "fixturenames", ()):
            params = item.callspec.params if hasattr(item, "callspec") else {}
            wanted |= {params["coach_case"]} if "coach_case" in params else cases.keys()
    return tuple(case for id_, case in cases.items() if id_ in wanted)
