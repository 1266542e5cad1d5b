"""A short run of `python -m tests.conformance`."""

from __future__ import annotations

from tests.conformance.checking import conforms


def test_the_service_is_as_its_document_says() -> None:
    result = conforms(60)
    assert result.passed, result.said[-4000:]
    assert result.cases >= 60
