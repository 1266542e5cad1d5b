"""The fuzzer sees what it is there to see, and makes the same inputs again."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from coach.errors import InvalidInput
from tests.fuzz.mutation import CANARY, LONGEST, Mutator
from tests.fuzz.oracle import Finding, Target, smaller, tried
from tests.fuzz.running import made, tasks
from tests.fuzz.targets.every import TARGETS

_ROOT = Path(__file__).parents[2]


def _fragile(raw: bytes) -> None:
    if b"crash" in raw:
        raise KeyError(1)
    if b"leak" in raw:
        raise InvalidInput(f"cannot read {raw.decode()}")
    if b"hang" in raw:
        time.sleep(5)
    if b"half" in raw:
        raise InvalidInput("\ud800")
    if b"refuse" in raw:
        raise InvalidInput("cannot be read")


LARGE = Target("large", 1, lambda random: Mutator(random).one_of([b"seed" * 100]), bytes)
FRAGILE = Target("fragile", 1, lambda random: random.randbytes(9), _fragile)


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"crash", "KeyError at test_oracle.py:"),
        (f"leak {CANARY}".encode(), "gives the input away: InvalidInput"),
        (b"hang", "not done in 0.05 s"),
        (b"half", "a message that cannot be written"),
    ],
)
def test_what_is_wrong_is_a_finding(raw: bytes, what: str) -> None:
    found = tried(FRAGILE, raw, 0.05)
    assert found is not None
    assert found.what.startswith(what)


@pytest.mark.parametrize("raw", [b"fine", b"refuse", b"leak nothing of it"])
def test_an_answer_or_an_error_of_ours_is_none(raw: bytes) -> None:
    assert tried(FRAGILE, raw, 5) is None


def test_an_input_is_made_smaller_while_it_fails_alike() -> None:
    found = tried(FRAGILE, b"a" * 500 + b"crash" + b"b" * 300, 5)
    assert found is not None
    assert Finding("fragile", found.what, b"crash") == smaller(FRAGILE, found, 5)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_the_same_seed_makes_the_same_input(target: Target) -> None:
    some = [made(target, 3, number) for number in range(20)]
    assert some == [made(target, 3, number) for number in range(20)]
    assert len(set(some)) > 10


def test_inputs_are_bounded() -> None:
    assert LONGEST >= max(len(made(LARGE, 1, number)) for number in range(2000))


def test_every_target_has_its_share_of_a_run_and_all_of_them_come_to_it() -> None:
    given = tasks(TARGETS, 100_000, 1)
    assert {target.name for target in TARGETS} == {task.target for task in given}
    assert 100_000 <= sum(task.stop - task.start for task in given) < 100_100


def test_the_command_tries_keeps_and_says(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.fuzz",
        "--inputs",
        "400",
        "--only",
        "cell",
        "--jobs",
        "1",
        "--out",
        tmp_path,
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=_ROOT)
    assert (0, "400 inputs, no findings") == (ended.returncode, ended.stdout.splitlines()[-1])
    (tmp_path / "cell-0").write_bytes(b"EUR 5")
    command[3:] = ["--replay", tmp_path / "cell-0"]
    again = subprocess.run(command, capture_output=True, text=True, check=False, cwd=_ROOT)
    assert (0, "nothing is wrong with it\n") == (again.returncode, again.stdout)
