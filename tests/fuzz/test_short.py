"""A short run of `python -m tests.fuzz`, in this process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fuzz.oracle import Target, tried
from tests.fuzz.running import made
from tests.fuzz.targets.every import TARGETS, close

_INPUTS = 3000
_WHOLE = sum(target.share for target in TARGETS)


@pytest.fixture(scope="module", autouse=True)
def _closed() -> Iterator[None]:
    yield
    close()


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_hostile_inputs_are_taken_or_refused_by_an_error_of_ours(target: Target) -> None:
    tried(target, made(target, 0, 0), 120)  # what loads at first use is no fault of an input's
    found = [tried(target, made(target, 0, number), 30) for number in range(_INPUTS * target.share // _WHOLE)]
    assert [] == [(one.what, one.raw) for one in found if one]
