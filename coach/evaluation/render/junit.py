"""A run as JUnit XML, which every CI server reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from coach.evaluation.case import LabelledCase
from coach.evaluation.prediction import Predictions
from coach.evaluation.render.judged import JudgedCase, judge_cases
from coach.evaluation.report import Report

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML document may hold, however they are written."""


class _Problem(NamedTuple):
    """Why a test did not pass."""

    element: str
    """`failure` or `error`."""
    attributes: str
    """As XML, with a space before each."""


def render_junit(report: Report, cases: Sequence[LabelledCase], predictions: Predictions) -> str:
    """One test a case and check; a case without a check has the test `ran`.

    Of several repeats, more than half must be right. A check is an error rather than a failure where repeats that
    have no output alone keep it from passing: then the provider is to blame, or the network, and not the reading.
    """
    return "".join(junit_parts(report, judge_cases(cases, predictions)))


def junit_parts(report: Report, judged: Sequence[JudgedCase]) -> Iterator[str]:
    """Give the same, test by test."""
    outcomes = [(one, {name: _problem(one, name) for name in one.right or ("ran",)}) for one in judged]
    counts = Counter(problem and problem.element for _, tests in outcomes for problem in tests.values())
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<testsuite name="coach eval" tests="{counts.total()}"'
    yield f' failures="{counts["failure"]}" errors="{counts["error"]}">\n  <properties>\n'
    for key, value in report.provenance.items():
        yield f"    <property name={_quoted(key)} value={_quoted(str(value))} />\n"
    yield "  </properties>\n"
    for one, tests in outcomes:
        case, seconds = _quoted(one.case.id), f"{one.seconds / len(tests):.4f}"
        for name, problem in tests.items():
            inside = f">\n    <{problem.element}{problem.attributes} />\n  </testcase>" if problem else " />"
            yield f'  <testcase classname={case} name="{name}" time="{seconds}"{inside}\n'
    yield "</testsuite>\n"


def _problem(judged: JudgedCase, name: str) -> _Problem | None:
    repeats, failed = len(judged.trials), len(judged.failures)
    right = judged.right.get(name, repeats - failed)
    if 2 * right > repeats:
        return None
    if 2 * (right + failed) > repeats:
        failure = judged.failures[0]
        return _Problem("error", f" type={_quoted(failure.code)} message={_quoted(failure.detail)}")
    must = "must pass: " if name in judged.case.must_pass else ""
    often = f" in {repeats - right} of {repeats} repeats" if repeats > 1 else ""
    return _Problem("failure", f' message="{must}{name} differs from the label{often}"')


def _quoted(value: str) -> str:
    """An attribute's value in its quotes; a line break in it is spelt out, or a reader takes it for a space."""
    clean = escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value))
    return '"' + clean.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;") + '"'
