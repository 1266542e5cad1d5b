"""How long `GET /v1/cards/{crm}/{record}` takes, asked over HTTP with a key, the audit log's entry included.

    python -m tests.bench_cards [--reviews 5000] [--asks 500] [--postgres URL]

Half of the deals have a review, of a real note; the cards are asked one after the other, as a sidebar does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.settings import Settings
from coach.store.database import Database
from coach.store.records import Records
from coach.wiring import build
from coach.wiring.entrance import opened
from tests.bench_pipeline.data import AS_OF, CRM, Size, deals, known, record, roster
from tests.bench_pipeline.loading import scratch
from tests.bench_pipeline.notes import Note, of_deal, put_all, read_note
from tests.web.conftest import serving

_BATCH = 1000
_MOST_MS = 50
_WARM = 20


def main() -> None:
    """Measure, and print a table; it always exits 0, as a figure is no failure."""
    options = _options()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n", flush=True)
    note = read_note()
    with tempfile.TemporaryDirectory() as folder:
        _measure("SQLite", Path(folder), None, note, options)
    if options.postgres:
        with scratch(options.postgres) as url, tempfile.TemporaryDirectory() as folder:
            _measure("PostgreSQL", Path(folder), url, note, options)


def _measure(what: str, folder: Path, url: str | None, note: Note, options: argparse.Namespace) -> None:
    settings = Settings(_env_file=None, data_dir=folder, engine="local", encoder=False, database_url=url)
    size = Size(opportunities=2 * options.reviews, team=10, snapshots=2)
    asyncio.run(_fill(Records(Database(url or settings.store)), size, note))
    keys = asyncio.run(_keys(settings))
    with serving(create_app(build(settings))) as address:
        for role, key in keys.items():
            began = time.process_time()
            took, reviewed = _ask(address, key, size, options.asks)
            cpu_ms = (time.process_time() - began) * 1000 / (options.asks + _WARM)
            print(
                f"{what}, {options.reviews} reviews of {size.opportunities} deals, {role}, {len(took)} cards", end=", "
            )
            print(f"{reviewed} of them with a review:")
            for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("longest", 1.0)):
                measured = took[min(len(took) - 1, round(share * len(took)) - 1)]
                met = f"< {_MOST_MS} ms, {'met' if measured < _MOST_MS else 'missed'}" if name == "p99" else ""
                print(f"  {name:<10} {measured:>7.2f} ms  {met}".rstrip(), flush=True)
            print(f"  {'CPU':<10} {cpu_ms:>7.2f} ms  a request, the one who asks included", flush=True)


def _ask(address: str, key: str, size: Size, asks: int) -> tuple[Sequence[float], int]:
    """How long each card took, in ms and in order, and how many had a review."""
    took, reviewed = [], 0
    with httpx.Client(base_url=address, headers={"authorization": f"Bearer {key}"}) as client:
        for number in range(-_WARM, asks):
            # A golden-ratio walk meets other deals each time, whatever the number of asks.
            chosen = round(abs(number) * 0.618033988749895 % 1 * (size.opportunities - 1)) + 1
            started = time.perf_counter()
            answer = client.get(f"/v1/cards/{CRM}/{record(chosen)}")
            if number >= 0 and answer.status_code == 200:
                took.append((time.perf_counter() - started) * 1000)
                reviewed += json.loads(answer.content)["state"] == "reviewed"
    return sorted(took), reviewed


async def _keys(settings: Settings) -> dict[str, str]:
    async with opened(settings, "main") as ring:
        return {
            "an admin": (await ring.create("admin", Role.ADMIN)).shown,
            "a manager, of all cards those of the team": (
                await ring.create("manager", Role.MANAGER, person="Manager 1")
            ).shown,
        }


async def _fill(records: Records, size: Size, note: Note) -> None:
    await records.people.put(*roster(size))
    every = list(deals(size))
    for day in size.days:
        rows = list(known(every, day))
        async with records.opportunities.importing(crm=CRM, as_of=day, source="export.csv", sha256="0" * 64) as writer:
            for start in range(0, len(rows), _BATCH):
                await writer.write(rows[start : start + _BATCH])
    reviewed = [one for one in every if one.number % 2 == 0 and one.created_on <= AS_OF]
    for start in range(0, len(reviewed), _BATCH):
        some = reviewed[start : start + _BATCH]
        await put_all(records.database, [of_deal(note, one.number, one.rep) for one in some])
    await records.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench_cards", description=__doc__)
    parser.add_argument("--reviews", type=int, default=5000, help="reviews that are kept (default: %(default)s)")
    parser.add_argument("--asks", type=int, default=500, help="cards that are asked for (default: %(default)s)")
    parser.add_argument("--postgres", help="a server, such as postgresql://postgres@127.0.0.1/postgres")
    return parser.parse_args()


if __name__ == "__main__":
    main()
