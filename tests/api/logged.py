"""Logging as it was before a test configured it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from coach.wiring.logs import _TELLING


@pytest.fixture
def kept_logging() -> Iterator[None]:
    names = (
        "",
        "coach",
        "uvicorn",
        "uvicorn.error",
        "uvicorn.access",
        "sqlalchemy",
        "LiteLLM",
        *_TELLING,
        "opentelemetry",
    )
    before = {name: logging.getLogger(name) for name in names}
    state = {
        name: (logger.level, list(logger.handlers), logger.propagate, logger.disabled)
        for name, logger in before.items()
    }
    yield
    for name, logger in before.items():
        logger.level, logger.handlers[:], logger.propagate, logger.disabled = state[name]
        logger.setLevel(state[name][0])
