"""Everything that takes untrusted input, and how it is tried."""

from __future__ import annotations

from tests.fuzz.oracle import Target
from tests.fuzz.targets import answers, files, requests, texts

TARGETS: tuple[Target, ...] = (*files.TARGETS, *texts.TARGETS, *answers.TARGETS, *requests.TARGETS)
BY_NAME = {target.name: target for target in TARGETS}


def close() -> None:
    """Close what targets have opened in this process."""
    answers.close()
    files.close()
    requests.close()
