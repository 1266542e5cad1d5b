"""`python -m coach.testing.provider`: prints the address, then answers until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from coach.testing.provider.provider import Provider


async def _run(provider: Provider) -> None:
    stopped = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopped.set)
    async with provider:
        sys.stdout.write(f"{provider.url}\n")
        sys.stdout.flush()
        await stopped.wait()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(
        prog="python -m coach.testing.provider",
        description="A test double of a model provider. A model called ANY@FAULT or ANY@FAULT=SECONDS fails so.",
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="before every answer")
    parser.add_argument("--answer", type=Path, metavar="FILE", help="a text file: the content of every answer")
    options = parser.parse_args()
    content = options.answer.read_text() if options.answer else '{"statements": []}'
    asyncio.run(_run(Provider(content, latency_s=options.latency, port=options.port, keep=False)))


main()
