"""Nothing that runs or reports an evaluation loads the judge."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["coach.evaluation.run", "coach.evaluation.report", "coach.cli"])
def test_the_judge_is_not_loaded(module: str) -> None:
    script = (
        f"import sys, {module}; print([name for name in sys.modules if name.startswith('coach.evaluation.judge.')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "[]\n" == done.stdout
