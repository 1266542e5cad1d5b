"""Runs one contender: `python -m tests.bench_evaluation.contenders NAME [JOB]`; without a job it only starts up."""

from __future__ import annotations

import asyncio
import json
import sys
from importlib import import_module

from tests.bench_evaluation.contenders.job import Job

contender = import_module(f"{__package__}.{sys.argv[1].replace('-', '_')}")
if len(sys.argv) > 2:
    print(f"{asyncio.run(contender.run(Job(**json.loads(sys.argv[2])))):.3f}")
else:
    for needed in contender.NEEDS:
        import_module(needed)
