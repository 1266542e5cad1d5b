"""The harness over a lean client that is never asked, as every answer is in the cache."""

from __future__ import annotations

from tests.bench_evaluation.contenders.ours_aiohttp import run

__all__ = ["NEEDS", "run"]

NEEDS = ()
