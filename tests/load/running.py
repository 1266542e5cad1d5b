"""Asks the service, as many clients at once, measures, and checks in the end that nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import select

from coach.store.database import Database
from coach.store.tables import corrections
from coach.testing.provider import Fault, Provider
from tests.load.mix import Ask, Known, deals, next_ask, note, rosters
from tests.load.serving import Postgres, Service, postgres
from tests.wire.wired import answer

_GROWTH = 0.1
"""How much more memory than after warm-up is taken for a leak."""
_WARM_UP = 0.15
_LOOKS = 0.05
"""Of all requests, after how many memory is looked at again."""
_PATIENCE_S = 120
"""How long a client tries again what failed while things were down."""


@dataclass(frozen=True)
class Plan:
    """What to run."""

    requests: int
    clients: int
    postgres: bool = False
    faults: bool = False


@dataclass
class Result:
    """What came of it."""

    plan: Plan
    errors: Counter[str] = field(default_factory=Counter)
    passing: Counter[str] = field(default_factory=Counter)
    """Failures that were to be expected while something was down, and that a later try made good."""
    seconds: dict[str, list[float]] = field(default_factory=dict)
    wall_s: float = 0
    memory: list[int] = field(default_factory=list)
    """After warm-up, now and then, and in the end."""
    lost: list[str] = field(default_factory=list)
    acknowledged: int = 0
    degraded: int = 0
    not_kept: int = 0
    """Reviews that were answered, and said in so many words that they could not be kept."""
    restarts: int = 0

    def missing(self, acknowledged: set[Any], there: set[Any]) -> None:
        """Count what was acknowledged, and what of it is not there."""
        self.acknowledged += len(acknowledged)
        self.lost += sorted(map(str, acknowledged - there))

    @property
    def growth(self) -> float:
        """Of memory, from after warm-up to the end."""
        return self.memory[-1] / self.memory[0] - 1 if len(self.memory) > 1 else 0.0

    @property
    def passed(self) -> bool:
        """Whether every figure is reached; with faults, a service that was killed has no memory to compare."""
        small = self.growth < _GROWTH or (self.plan.faults and not self.plan.postgres)
        return not self.errors and not self.lost and small

    def said(self) -> str:
        """All of it, for people."""
        every = sorted(one for some in self.seconds.values() for one in some)
        lines = [
            f"{len(every):,} requests by {self.plan.clients} clients in {self.wall_s:.0f} s "
            f"({len(every) / self.wall_s:.0f} a second), {'PostgreSQL' if self.plan.postgres else 'SQLite'}",
            f"all: p50 {_at(every, 0.5):.0f} ms, p95 {_at(every, 0.95):.0f} ms, p99 {_at(every, 0.99):.0f} ms",
        ]
        lines += [
            f"  {kind:<8} {len(some):>6}  p50 {_at(sorted(some), 0.5):>6.0f} ms  p99 {_at(sorted(some), 0.99):>6.0f} ms"
            for kind, some in sorted(self.seconds.items())
        ]
        lines.append(f"errors: {sum(self.errors.values())} {dict(self.errors) or ''}")
        if self.plan.faults:
            lines.append(
                f"restarts: {self.restarts}; tried again: {dict(self.passing)}; degraded reviews: {self.degraded}; "
                f"said not to be kept: {self.not_kept}"
            )
        lines.append(f"acknowledged and read back: {self.acknowledged:,}; lost: {len(self.lost)} {self.lost[:5] or ''}")
        if len(self.memory) > 1:
            first, *between, last = (f"{one / 1e6:.0f}" for one in self.memory)
            lines.append(f"memory: {first} MB after warm-up, {last} MB in the end, growth {self.growth:.1%}")
            lines.append(f"  in between: {' '.join(between)}")
        return "\n".join(lines) + f"\n{'passed' if self.passed else 'MISSED'}\n"


async def run(plan: Plan) -> Result:
    """Run a plan on a service of its own."""
    result = Result(plan)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="coach-load-")))
        settings = {"COACH_RATE_LIMIT": "off", "COACH_ENGINE": "local", "COACH_WAITING": str(plan.clients * 2)}
        database = stack.enter_context(postgres(folder / "postgres")) if plan.postgres else None
        if database is not None:
            settings["COACH_DATABASE_URL"] = database.url
        async with AsyncExitStack() as later:
            provider = await later.enter_async_context(Provider(answer)) if plan.faults else None
            if provider is not None:
                settings |= {
                    "COACH_ENGINE": "llm",
                    "COACH_MODEL": "openai/any-name",
                    "COACH_API_BASE": provider.openai_base,
                    "COACH_API_KEY": "sk-none",
                    "COACH_TIMEOUT_S": "5",
                    "COACH_DEADLINE_S": "8",
                    "COACH_ATTEMPTS": "2",
                }
            service = Service(folder, settings)
            if database is not None:
                await asyncio.to_thread(service.coach, "db", "upgrade")
            service.key = (await asyncio.to_thread(service.coach, "keys", "create")).strip()
            await asyncio.to_thread(service.start)
            stack.callback(service.kill)
            await _load(plan, result, service, database, provider)
    return result


async def _load(
    plan: Plan, result: Result, service: Service, database: Postgres | None, provider: Provider | None
) -> None:
    known = Known()
    timeout = aiohttp.ClientTimeout(total=60)
    headers = {"authorization": f"Bearer {service.key}"}
    async with aiohttp.ClientSession(
        service.address, headers=headers, timeout=timeout, connector=aiohttp.TCPConnector(limit=plan.clients)
    ) as session:
        for path, body in (("/v1/people", rosters()), ("/v1/opportunities?as_of=2026-03-01", deals())):
            async with session.post(path, data=body.encode(), headers={"content-type": "text/csv"}) as taken:
                assert taken.status == 200, await taken.text()
        numbers = iter(range(plan.requests))
        done = 0

        async def client(seed: int) -> None:
            nonlocal done
            chance = random.Random(seed)  # noqa: S311  a mix, and no secret
            for number in numbers:
                await _ask(session, next_ask(chance, number, known), known, result)
                done += 1

        async def watch() -> None:
            while done < plan.requests * _WARM_UP:  # noqa: ASYNC110  a count, and no event
                await asyncio.sleep(0.05)
            result.memory.append(service.memory())
            if provider is not None:
                await _trouble(plan, result, service, database, provider, lambda: done / plan.requests)
                return
            while done < plan.requests:
                if done / plan.requests > _WARM_UP + _LOOKS * len(result.memory):
                    result.memory.append(service.memory())
                await asyncio.sleep(0.05)

        began = time.perf_counter()
        await asyncio.gather(watch(), *(client(seed) for seed in range(plan.clients)))
        result.wall_s = time.perf_counter() - began
        result.memory.append(service.memory())
        await _read_back(session, service.database, known, result)


async def _ask(session: aiohttp.ClientSession, asked: Ask, known: Known, result: Result) -> None:
    ends_at = time.perf_counter() + (_PATIENCE_S if result.plan.faults else 0)
    body = None if asked.body is None else json.dumps(asked.body).encode()
    headers = {} if body is None else {"content-type": "application/json"}
    while True:
        began = time.perf_counter()
        try:
            async with session.request(asked.method, asked.path, data=body, headers=headers) as answer_:
                content = await answer_.read()
                status = answer_.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            status, content = 0, type(error).__name__.encode()
        if status == 200:
            result.seconds.setdefault(asked.kind, []).append((time.perf_counter() - began) * 1000)
            parsed: Any = json.loads(content) if asked.method == "POST" else None
            if parsed is not None:
                notices = {one["code"] for one in parsed.get("notices", ())}
                if "not_kept" not in notices:
                    note(known, asked, parsed)
                result.degraded += "degraded" in notices
                result.not_kept += "not_kept" in notices
            return
        failed = f"{asked.kind} {status or content.decode()}"
        # A restart may undo what was not acknowledged yet; whatever was, is looked for in the end.
        if time.perf_counter() > ends_at or status not in {0, 500, 502, 503, 504}:
            result.errors[failed] += 1
            return
        result.passing[failed] += 1
        await asyncio.sleep(0.3)


async def _trouble(
    plan: Plan,
    result: Result,
    service: Service,
    database: Postgres | None,
    provider: Provider,
    share: Callable[[], float],
) -> None:
    """The provider is down half of the time; the database, or the service itself, is killed twice."""
    down = False
    turns = [0.35, 0.7]
    while share() < 1:
        down = not down
        provider.always(Fault.UNAVAILABLE if down else None)
        for _ in range(20):
            if turns and share() > turns[0]:
                turns.pop(0)
                result.restarts += 1
                await asyncio.to_thread(_restart, service, database)
            if share() >= 1:
                break
            await asyncio.sleep(0.1)
    provider.always(None)
    del plan


def _restart(service: Service, database: Postgres | None) -> None:
    if database is not None:
        database.restart()
    else:
        service.kill()
        service.start()


async def _read_back(session: aiohttp.ClientSession, database: str, known: Known, result: Result) -> None:
    """Look for everything that was acknowledged."""
    at_once = asyncio.Semaphore(20)

    async def found(path: str) -> Any:
        async with at_once, session.get(path) as answer_:
            return await answer_.json() if answer_.status == 200 else {}

    async def review(id_: str) -> None:
        there = (await found(f"/v1/deal-reviews/{id_}")).get("id")
        result.missing({f"review {id_}"}, {f"review {there}"})

    async def replies(id_: str) -> None:
        there = (await found(f"/v1/reviews/{id_}/replies")).get("replies", ())
        result.missing(known.replies[id_], {one["text"] for one in there})

    async def steps(rep: str) -> None:
        there = (await found(f"/v1/commitments?rep={rep}&as_of=2026-03-05")).get("commitments", ())
        result.missing(known.held[rep], {(one["agreed_on"], one["what"]) for one in there})

    await asyncio.gather(*map(review, known.reviews), *map(replies, known.replies), *map(steps, known.held))
    # No answer of the service tells of corrections.
    kept = Database(database)
    async with kept.reading() as connection:
        result.missing(known.corrections, set(await connection.scalars(select(corrections.c.why))))
    await kept.close()


def _at(some: list[float], share: float) -> float:
    return some[min(len(some) - 1, int(len(some) * share))] if some else 0.0
