"""Notes, packets and conversations, a model that answers them well, and settings that reach the provider."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from coach.domain import Competency, Conversation, Deal, DealNote, RepPacket, SelfAssessment
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

_SHOWN = re.compile(r"^(NOTE|PACKET|TALK) (\w+)\n(.*?)\n\1 \2 ENDS$", re.DOTALL | re.MULTILINE)
_SENTENCE = re.compile(r"\w[^.]*")


def note(number: int = 0) -> DealNote:
    """A short note; no two are alike."""
    text = f"Bertrand countersigned purchase order {number} yesterday. I telephoned Ottoline about it"
    return DealNote(deal=Deal(name=f"Quillfeather {number}"), written_on=date(2026, 3, 2), note=text)


def packet(number: int = 0) -> RepPacket:
    """A short packet; no two are alike."""
    return RepPacket(
        rep="Ottoline",
        role=f"Account executive {number}",
        self_assessment=SelfAssessment(ratings={Competency.DISCOVERY: 5}, text="Discovery is my strong side."),
        ride_along=f"She showed slide {number} before anybody had spoken. The buyer named no cost",
    )


def talk(number: int = 0) -> Conversation:
    """A short conversation; no two are alike."""
    said = (
        f"Ruth: Did quote {number} go out?\nAnand: On Monday, to Mr Pell.\nRuth: I will ring Mr Pell about it myself.\n"
        "Anand: Fine."
    )
    return Conversation(setting="pipeline call", manager="Ruth", rep="Anand", transcript=said)


def shown(asked: Asked) -> str:
    """The text, or the stretch of it, that a request shows."""
    return _shown(asked)[3]


def _shown(asked: Asked) -> re.Match[str]:
    found = _SHOWN.search(asked.user)
    assert found, "the prompt has another form; see rubrics/*/prompt.md"
    return found


def answer(asked: Asked) -> str:
    """What a model should answer to a note, a packet or a conversation."""
    by_kind = {"NOTE": _statements, "PACKET": _signals, "TALK": _moves}
    return by_kind[_shown(asked)[1]](shown(asked))


def _statements(text: str) -> str:
    """A label for each sentence of the note."""
    statements = [
        {"quote": quote, "kind": "seller_action"}
        if quote.startswith("I ")
        else {"quote": quote, "kind": "buyer_action", "verifiable": True, "direction": "advances", "informs": "action"}
        for quote in _SENTENCE.findall(text)
    ]
    coverage = {"problem": "missing", "criteria": "missing", "action": "partial", "process": "missing"}
    return json.dumps({"statements": statements, "coverage": coverage, "suspected": []})


def _signals(text: str) -> str:
    """A signal for each sentence of the ride-along, or of what is left to read of it."""
    ride_along = text.rpartition("[ride-along]\n")[2]
    signals = [
        {"quote": quote, "signal": "done_wrong", "competency": "discovery"} for quote in _SENTENCE.findall(ride_along)
    ]
    finding = {"competency": "discovery", "gap": "skill", "sub_type": None, "self_view": "overrates"}
    findings = [finding | {"confidence": "high", "rival": "will"}]
    return json.dumps({"signals": signals, "findings": findings, "suspected": []})


def _moves(text: str) -> str:
    """A move for each question of the manager's and for each other line, and a rewrite of the last.

    The manager is called Ruth, or, where names are taken out, is the first person.
    """
    quotes = re.findall(r"^(?:Ruth|PERSON_1): (.+)$", text, re.MULTILINE)
    moves = [{"quote": quote, "move": "seller_question" if quote.endswith("?") else "takeover"} for quote in quotes]
    rewrites = [{"quote": quote, "instead": "What would you ask him yourself?"} for quote in quotes[-1:]]
    return json.dumps({"moves": moves, "rewrites": rewrites, "suspected": []})


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
