"""`python -m tests.load`: many clients at once on the real service, mixed reads and writes; and with things failing."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tests.load.running import Plan, run


def main() -> None:
    """Run it, print what was measured, and exit 1 where a figure is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--requests", type=int, default=60_000)
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--postgres", action="store_true", help="keep records in a PostgreSQL server of its own")
    parser.add_argument(
        "--faults",
        action="store_true",
        help="a model's provider is down half of the time, and the database is restarted twice: with PostgreSQL its "
        "server, with SQLite the service itself, by kill -9",
    )
    asked = parser.parse_args()
    plan = Plan(requests=asked.requests, clients=asked.clients, postgres=asked.postgres, faults=asked.faults)
    result = asyncio.run(run(plan))
    sys.stdout.write(result.said())
    sys.exit(0 if result.passed else 1)


if __name__ == "__main__":
    main()
