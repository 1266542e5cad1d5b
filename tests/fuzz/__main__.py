"""`python -m tests.fuzz`: hostile inputs for everything that takes untrusted bytes or text.

Each must be taken, or refused by one of Coach's own errors that gives nothing of it away, in time and within memory.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from tests.fuzz.oracle import Finding, Target, tried
from tests.fuzz.running import Tally, run
from tests.fuzz.targets.every import BY_NAME, TARGETS


def main() -> None:
    """Try inputs, or one again; exit 1 where something is wrong with any."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many, in all")
    parser.add_argument("--seconds", type=float, default=7200, help="after which nothing more is begun")
    parser.add_argument(
        "--only", metavar="NAME", default="", help=f"targets with this in their name: {', '.join(BY_NAME)}"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--each", type=float, default=10, metavar="SECONDS", help="that an input may take")
    parser.add_argument("--out", type=Path, default=Path("fuzz-findings"), help="folder for inputs that fail")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="try an input that failed again")
    asked = parser.parse_args()
    if asked.replay:
        sys.exit(_again(asked.replay, asked.each))
    targets = [target for target in TARGETS if asked.only in target.name]
    if not targets:
        parser.error(f"no target has {asked.only!r} in its name")
    began = time.monotonic()
    tally = Tally()
    kept: set[tuple[str, str]] = set()
    for tally in run(
        targets, asked.inputs, seed=asked.seed, jobs=asked.jobs, each_s=asked.each, ends_in_s=asked.seconds
    ):
        done = sum(tally.inputs.values())
        _say(f"{done} inputs in {time.monotonic() - began:.0f} s, {len(tally.findings)} findings", file=sys.stderr)
        _keep([one for kind, one in tally.findings.items() if kind not in kept], asked.out)
        kept.update(tally.findings)
    _report(targets, tally)
    _say(f"{sum(tally.inputs.values())} inputs, {len(tally.findings) or 'no'} findings")
    sys.exit(1 if tally.findings or sum(tally.inputs.values()) < asked.inputs else 0)


def _say(line: str, file: object = None) -> None:
    print(line, file=file or sys.stdout, flush=True)  # type: ignore[arg-type]


def _report(targets: Iterable[Target], tally: Tally) -> None:
    for target in targets:
        count, seconds = tally.inputs[target.name], tally.seconds[target.name]
        _say(f"{target.name:18} {count:8} inputs {seconds / max(count, 1) * 1000:8.2f} ms each")


def _keep(findings: Iterable[Finding], folder: Path) -> None:
    for one in findings:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{one.target}-{hashlib.sha256(one.raw).hexdigest()[:12]}"
        file.write_bytes(one.raw)
        _say(f"{file}: {one.what}")


def _again(file: Path, each_s: float) -> int:
    target = BY_NAME[file.name.rpartition("-")[0]]
    found = tried(target, file.read_bytes(), each_s)
    _say(found.what if found else "nothing is wrong with it")
    return int(found is not None)


if __name__ == "__main__":
    main()
