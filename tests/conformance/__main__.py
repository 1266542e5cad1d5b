"""`python -m tests.conformance`: the running service against its own OpenAPI document, by schemathesis."""

from __future__ import annotations

import argparse
import sys

from tests.conformance.checking import conforms


def main() -> None:
    """Run as many cases as are asked for; exit 1 where one fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000, help="the fewest cases to generate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", metavar="URL", help="an empty database to keep records in, instead of SQLite")
    asked = parser.parse_args()
    result = conforms(asked.cases, seed=asked.seed, database_url=asked.postgres)
    sys.stdout.write(result.said)
    sys.stdout.write(
        f"\n{result.cases} cases, {'no failure' if result.passed else 'FAILED'}; {asked.cases} asked for\n"
    )
    sys.exit(0 if result.passed and result.cases >= asked.cases else 1)


if __name__ == "__main__":
    main()
