"""What made a result: enough to make it again, and the id that follows from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from coach.domain import Provenance, RubricRef
from coach.domain.base import Frozen
from coach.engines.base import Reading, Request
from coach.rubrics import Rubric


def provenance(reading: Reading, rubric: Rubric, duration_ms: float) -> Provenance:
    """Who read, by which rubric and prompt, and what it cost.

    Args:
        reading: What was read.
        rubric: What it was judged by.
        duration_ms: How long reading and judging took, in milliseconds.
    """
    request = reading.request
    return Provenance(
        engine=reading.engine,
        engine_version=reading.engine_version,
        model=request.model,
        rubric=RubricRef(id=rubric.id, version=rubric.version, sha256=rubric.sha256),
        prompt_sha256=request.prompt.sha256 if request.prompt else None,
        prompt=request.prompt,
        parameters=reading.parameters,
        dropped=reading.dropped,
        usage=reading.usage,
        cost_usd=reading.cost_usd,
        duration_ms=round(duration_ms, 3),
        sent=reading.sent,
        cached=reading.cached,
    )


def depends_on(given: Frozen, rubric: Rubric, engine: tuple[str, str], request: Request) -> dict[str, Any]:
    """What every result depends on: the input, the rubric, the engine with its version, and what a model is asked."""
    return {
        "input": given.model_dump(mode="json"),
        "rubric": [rubric.id, rubric.version, rubric.sha256],
        "engine": list(engine),
        "request": request.model_dump(),
    }


def review_id(prefix: str, depends: Mapping[str, Any]) -> str:
    """A hash of everything a result depends on: the same input has the same id and the same answer."""
    canonical = json.dumps(depends, sort_keys=True, separators=(",", ":"))
    return f"{prefix}_{hashlib.sha256(canonical.encode()).hexdigest()[:24]}"
