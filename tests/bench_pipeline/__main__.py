"""Runs the bench and prints its table with targets; it always exits 0, as a figure is no failure."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from coach.store.database import Database
from coach.store.records import Records
from tests.bench_pipeline import __doc__ as about
from tests.bench_pipeline import imports, packs
from tests.bench_pipeline.data import Size
from tests.bench_pipeline.loading import scratch
from tests.bench_pipeline.notes import Note, read_note

_MONTH, _SINGLE, _IMPORT = "month", "single", "import"
_SMALL = 10_000
_FEW = 20_000
_STEADY_MB = 10
"""By how much more an import of five times the rows may grow and still be called flat."""


class Line(NamedTuple):
    """One figure; no target where it only explains another."""

    what: str
    measured: float
    unit: str
    most: float | None = None


def main() -> None:
    """Measure what was asked for."""
    options = _options()
    chosen: list[str] = options.only or [_MONTH, _SINGLE, _IMPORT]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n", flush=True)
    note = read_note()
    if _MONTH in chosen:
        _print(_months(options.postgres, note))
    if _SINGLE in chosen and options.postgres:
        _print(_singles(options, note))
    if _IMPORT in chosen:
        _print(_imports(options.postgres, options.rows))


def _months(server: str | None, note: Note) -> Iterator[Line]:
    what = f"{packs.MONTH.reps} packs, {packs.MONTH.opportunities} opportunities, {packs.MONTH.snapshots} snapshots"
    with tempfile.TemporaryDirectory() as folder:
        yield from _of_month(f"{what}, SQLite", packs.month(Records(Database(Path(folder) / "coach.sqlite3")), note))
    if server:
        with scratch(server) as url:
            yield from _of_month(f"{what}, PostgreSQL", packs.month(Records(Database(url)), note))


def _of_month(what: str, took: packs.Packs) -> Iterator[Line]:
    yield Line(what, sum(took.prepared_s) + took.written_s, "s", 10)
    yield Line("  of that, to fit two pages and to HTML", took.written_s, "s")
    yield Line("  new and closing deals in them", took.deals, "")


def _singles(options: argparse.Namespace, note: Note) -> Iterator[Line]:
    p95: list[float] = []
    for opportunities in (_SMALL, options.large):
        with scratch(options.postgres) as url:
            size = Size(opportunities, team=10, snapshots=options.snapshots)
            took, loaded_s = packs.single(url, size, note, 40)
        what = f"one pack, {opportunities} opportunities, {size.reps} reps, {size.snapshots} snapshots, PostgreSQL"
        p95.append(took.percentile(0.95))
        yield Line(f"{what}: p50", took.percentile(0.5) * 1000, "ms")
        yield Line(f"{what}: p95", p95[-1] * 1000, "ms", 300 if opportunities == options.large else None)
        yield Line("  to load them", loaded_s, "s")
    yield Line(f"p95 at {options.large} over that at {_SMALL}", p95[1] / p95[0], "x", 2)


def _imports(server: str | None, rows: int) -> Iterator[Line]:
    for name in ("SQLite", *(["PostgreSQL"] if server else [])):
        grown: list[float] = []
        for count in (_FEW, rows):
            took = _imported(count, server if name == "PostgreSQL" else None)
            grown.append(took.grown_mb)
            what = f"import of {count} rows of 20 columns, {took.kept} kept, {name}"
            yield Line(what, took.wall_s, "s", 60 if count == rows else None)
            yield Line("  growth of the peak of memory", took.grown_mb, "MB")
        yield Line(f"  more growth at {rows} rows than at {_FEW}", grown[1] - grown[0], "MB", _STEADY_MB)


def _imported(rows: int, server: str | None) -> imports.Imported:
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.csv"
        imports.write_export(rows, export)
        if server is None:
            return imports.measure(export, rows, Path(folder), None)
        with scratch(server) as url:
            return imports.measure(export, rows, Path(folder), url)


def _print(lines: Iterator[Line]) -> None:
    for one in lines:
        target = ""
        if one.most is not None:
            target = f"<= {one.most:g} {one.unit}, {'met' if one.measured <= one.most else 'missed'}"
        print(f"{one.what:<90} {one.measured:>9.4g} {one.unit:<3} {target}".rstrip(), flush=True)
    print()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench_pipeline", description=about)
    parser.add_argument("--postgres", help="a server, such as postgresql://postgres@127.0.0.1/postgres")
    parser.add_argument("--large", type=int, default=1_000_000, help="opportunities (default: %(default)s)")
    parser.add_argument("--snapshots", type=int, default=2, help="monthly ones, of single packs (default: %(default)s)")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the import (default: %(default)s)")
    parser.add_argument(
        "--only", action="append", choices=[_MONTH, _SINGLE, _IMPORT], help="measure this; may be repeated"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
