"""What the engine adds to a call of a model: `python -m tests.bench_engine`, from the checkout.

Two programs put the same calls, fifty at once, to a provider that takes 200 ms: a bare loop over `litellm.acompletion`,
and the whole review: the note made safe, prompted, asked, proved, judged, booked and kept. Each runs in a process of
its own, in turns, so that a machine whose speed drifts does not matter; of each the mean time of a call is taken, less
the 200 ms.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from coach.domain import DealNote
from coach.engines.llm import Target
from coach.engines.llm.client import _litellm
from coach.samples import sample
from coach.settings import Settings
from coach.testing.provider import Provider
from coach.wiring import build

CALLS = 500
AT_ONCE = 50
LATENCY_S = 0.2
ROUNDS = 3
MODEL = "openai/gpt-4o-mini"


def _buyer(quote: str, kind: str, informs: str) -> dict[str, object]:
    return {
        "quote": quote,
        "kind": f"buyer_{kind}",
        "verifiable": True,
        "direction": "advances",
        "informs": informs,
    }


ANSWER = json.dumps(
    {
        "statements": [
            {"quote": "Marion is really excited", "kind": "seller_opinion"},
            {"quote": "I sent the proposal, followed up twice", "kind": "seller_action"},
            _buyer(
                "Marion Okafor (operations director) said the spreadsheet rosters cost them", "statement", "problem"
            ),
            _buyer("Pete Lindqvist in their IT asked for our security questionnaire", "action", "action"),
            _buyer("sent it back on Friday with six comments", "action", "action"),
            _buyer("He told me single sign-on and a UK data centre are must-haves for him", "statement", "criteria"),
            _buyer("anything over £50k goes to their board", "statement", "process"),
            _buyer("She agreed to present it there herself", "commitment", "process"),
            _buyer("Their finance manager hasn't replied to our pricing email since 6 May", "action", "action"),
            {"quote": "Should be a done deal by the 30th", "kind": "seller_opinion"},
        ],
        "coverage": {"problem": "partial", "criteria": "partial", "action": "answered", "process": "partial"},
        "suspected": [],
    }
)


def main() -> None:
    """Run both in turns and print what each adds to the provider's time."""
    added: dict[str, list[float]] = {"bare": [], "review": []}
    with Provider(ANSWER, latency_s=LATENCY_S) as provider:
        for _ in range(ROUNDS):
            for name, times in added.items():
                command = [sys.executable, "-m", "tests.bench_engine", name, provider.openai_base]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                times.append(float(done.stdout) - LATENCY_S)
    bare, review = (statistics.median(times) * 1000 for times in added.values())
    print(f"{CALLS} calls, {AT_ONCE} at once, a provider of {LATENCY_S * 1000:.0f} ms; medians of {ROUNDS}")
    print(f"added to a call: bare loop {bare:.0f} ms, review {review:.0f} ms; ratio {review / bare:.2f}")


async def _mean_s(ask: Callable[[DealNote], Awaitable[object]]) -> float:
    """The mean time of a call, in seconds."""
    notes = [sample().model_copy(update={"note": f"{sample().note}\nCall {number}."}) for number in range(CALLS)]
    await ask(notes.pop())  # what is loaded at the first call
    taken = []

    async def work() -> None:
        while notes:
            note = notes.pop()
            started = time.perf_counter()
            await ask(note)
            taken.append(time.perf_counter() - started)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return statistics.mean(taken)


async def _bare(base: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        engine = build(_settings(base, Path(folder)), measured=True).engine
    (call,) = engine.calls("deal", sample())  # type: ignore[attr-defined]
    litellm = _litellm()
    target = Target(model=MODEL)
    parameters = engine._client._parameters(litellm, target, call)  # type: ignore[attr-defined]

    async def ask(note: DealNote) -> object:
        return await litellm.acompletion(
            model=MODEL,
            messages=[
                {"role": "system", "content": call.system},
                {"role": "user", "content": call.user + note.note[-9:]},
            ],
            api_base=base,
            api_key="none",
            timeout=60,
            max_retries=0,
            **parameters,
        )

    return await _mean_s(ask)


async def _review(base: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        coach = build(_settings(base, Path(folder)), serving=True)
        await coach.start()
        mean_s = await _mean_s(coach.review_deal)
        await coach.close()
    return mean_s


def _settings(base: str, folder: Path) -> Settings:
    return Settings(model=MODEL, api_base=base, api_key="none", data_dir=folder)  # type: ignore[arg-type]


if __name__ == "__main__":
    if len(sys.argv) == 3:  # one of the two programs
        print(asyncio.run({"bare": _bare, "review": _review}[sys.argv[1]](sys.argv[2])))
    else:
        main()
