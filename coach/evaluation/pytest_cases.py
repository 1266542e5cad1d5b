"""The plugin's tests, ready to collect: every check of every case must be right.

pytest -p coach.evaluation.pytest_plugin --coach-cases evals/cases --pyargs coach.evaluation.pytest_cases
"""

from __future__ import annotations

from coach.evaluation.case_result import CaseResult


def test_case(coach_case: CaseResult) -> None:
    """Every check of the case is right."""
    coach_case.verify()
