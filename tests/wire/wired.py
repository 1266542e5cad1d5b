"""Notes, a model that answers them well, and settings that reach the provider."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from coach.domain import Deal, DealNote
from coach.settings import Settings
from coach.store import Store
from coach.testing.provider import Asked, Provider
from coach.wiring import Coach

OPENAI: Final = "openai/any-name"
ANTHROPIC: Final = "anthropic/claude-sonnet-4-5"
PROTOCOLS: Final = {"openai": OPENAI, "anthropic": ANTHROPIC}
KEY: Final = "sk-secret-of-the-test"
AT_ONCE: Final = int(os.environ.get("AT_ONCE", "20"))
"""Notes that are reviewed at the same time."""

_SHOWN = re.compile(r"^NOTE (\w+)\n(.*?)\nNOTE \1 ENDS$", re.DOTALL | re.MULTILINE)
_SENTENCE = re.compile(r"\w[^.]*")


def note(number: int = 0) -> DealNote:
    """A short note; no two are alike."""
    text = f"Bertrand countersigned purchase order {number} yesterday. I telephoned Ottoline about it"
    return DealNote(deal=Deal(name=f"Quillfeather {number}"), written_on=date(2026, 3, 2), note=text)


def shown(asked: Asked) -> str:
    """The note, or the stretch of it, that a request shows."""
    found = _SHOWN.search(asked.user)
    assert found, "the prompt has another form; see rubrics/buyer_evidence/prompt.md"
    return found[2]


def answer(asked: Asked) -> str:
    """What a model should answer: a label for each sentence of the note."""
    statements = [
        {"quote": quote, "kind": "seller_action"}
        if quote.startswith("I ")
        else {"quote": quote, "kind": "buyer_action", "verifiable": True, "direction": "advances", "informs": "action"}
        for quote in _SENTENCE.findall(shown(asked))
    ]
    coverage = {"problem": "missing", "criteria": "missing", "action": "partial", "process": "missing"}
    return json.dumps({"statements": statements, "coverage": coverage, "suspected": []})


def base_of(provider: Provider, model: str) -> str:
    """The provider's address for a model."""
    return provider.anthropic_base if model.startswith("anthropic/") else provider.openai_base


def settings(provider: Provider, folder: Path, model: str = OPENAI, **others: Any) -> Settings:
    """Settings by which a model is asked of the provider, with little patience; none is of the environment."""
    said: dict[str, Any] = {
        "engine": "llm",
        "model": model,
        "api_base": base_of(provider, model),
        "api_key": KEY,
        "data_dir": folder,
        "attempts": 2,
        "timeout_s": 5,
        "deadline_s": 9,
    }
    return Settings(_env_file=None, **(said | others))


def spent(coach: Coach) -> int:
    """Tokens that the ledger holds for today."""
    with Store(coach.settings.store) as store:
        return store.ledger.spent(datetime.now(UTC).date()).tokens


async def until(happened: Callable[[], bool]) -> None:
    """Wait for something that the provider, in another task or thread, does."""
    async with asyncio.timeout(5):
        while not happened():  # noqa: ASYNC110  it has no event to wait for
            await asyncio.sleep(0.005)
