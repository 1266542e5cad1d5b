"""Times the import of an export, and how much memory it takes, in a process of its own."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from tests.bench_pipeline.data import AS_OF, Size, deals, opportunity

_HEADER = (
    "Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Amount,Amount Currency,Probability (%),"
    "Forecast Category,Created Date,Close Date,Next Step,Product Name,Won,Closed,Type,Lead Source,Region,"
    "Industry,Quarter"
)
_ROOT = Path(__file__).parents[2]


class Imported(NamedTuple):
    """What an import took."""

    rows: int
    kept: int
    wall_s: float
    grown_mb: float
    """How far the peak of the process's memory is above that before the import."""


def write_export(rows: int, path: Path) -> None:
    """Write an export of 20 columns as Salesforce names them."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER.split(","))
        for one in deals(Size(rows, 10, 1)):
            row = opportunity(one, AS_OF)
            close = row.closed_on or row.close_date or AS_OF + timedelta(days=30)
            odds = round(100 * (row.probability or 0))
            won, closed = row.state.value == "won", row.state.value != "open"
            writer.writerow([
                row.record, row.name, row.account, row.rep, row.stage, f"{one.amount}.00", row.currency, odds,
                "Pipeline", row.created_on, close, row.next_step, row.product, won, closed, "New Business",
                "Web", "EMEA", "Machinery", "Q4-2026",
            ])  # fmt: skip


def measure(export: Path, rows: int, store: Path, url: str | None) -> Imported:
    """Import an export into an empty store.

    Raises:
        SystemExit: it failed.
    """
    command = [sys.executable, "-m", "tests.bench_pipeline.imports", str(export), str(store), *([url] if url else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=_ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"the import of {rows} rows ended with {done.returncode}")
    kept, wall_s, grown_mb = json.loads(done.stdout.splitlines()[-1])
    return Imported(rows, kept, wall_s, grown_mb)


async def _import(export: Path, folder: Path, url: str | None) -> tuple[int, float, float]:
    from coach.service.importing import Source  # noqa: PLC0415  only in the process that is measured
    from coach.settings import Settings  # noqa: PLC0415
    from coach.wiring import build  # noqa: PLC0415

    coach = build(Settings(_env_file=None, data_dir=folder, database_url=url))
    # The libraries and the tables are there, so that what grows is the import's.
    await coach.pipeline.records.people.reps()
    before = _peak_mb()
    started = time.perf_counter()
    with export.open("rb") as file:
        report = await coach.pipeline.import_opportunities(Source(file=file, name=export.name), AS_OF)
    wall_s = time.perf_counter() - started
    await coach.close()
    return report.kept, wall_s, _peak_mb() - before


def _peak_mb() -> float:
    # Not what getrusage says: that begins with the memory of the process that started this one.
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    os.environ.pop("COACH_DATABASE_URL", None)
    print(json.dumps(asyncio.run(_import(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if sys.argv[3:] else None))))
