"""The command as a process of its own: it reaches nothing but the provider, reads no `.env`, and leaves no noise."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from coach.testing.provider import Fault, Provider
from tests.wire.wired import ANTHROPIC, KEY, OPENAI, PROTOCOLS, base_of, note

GUARDED = """
import json, os, sys
from pathlib import Path

def refuse(event, arguments):
    far = event == "socket.connect" and arguments[1][0] != "127.0.0.1"
    if far or event == "socket.getaddrinfo" and arguments[0] not in ("127.0.0.1", "localhost", None):
        # Said aloud and for good: a library may catch an exception and go on.
        os.write(2, f"reached for {arguments}\\n".encode())
        os._exit(99)

sys.addaudithook(refuse)
from coach.cli import main
sys.argv = ["coach", *sys.argv[2:]]
try:
    main()
finally:
    facts = {"leaked": "MY_LEAK" in os.environ, "litellm": "litellm" in sys.modules}
    Path("facts.json").write_text(json.dumps(facts))
"""
both_protocols = pytest.mark.parametrize("model", PROTOCOLS.values(), ids=PROTOCOLS)


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str
    facts: dict[str, bool]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with a note, and with a `.env` that is none of a library's business."""
    (tmp_path / ".env").write_text("MY_LEAK=1\n")
    (tmp_path / "note.txt").write_text(note().note)
    return tmp_path


async def coach(folder: Path, *arguments: str, **environment: str) -> Ended:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        GUARDED,
        "coach",
        *arguments,
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])} | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    facts: dict[str, bool] = json.loads((folder / "facts.json").read_text()) if process.returncode != 99 else {}
    return Ended(process.returncode or 0, out.decode(), err.decode(), facts)


def reaching(provider: Provider, model: str) -> dict[str, str]:
    return {"COACH_API_BASE": base_of(provider, model), "COACH_API_KEY": KEY, "COACH_ATTEMPTS": "1"}


@both_protocols
async def test_a_review_by_a_model_reaches_nothing_else_and_leaves_no_noise(
    folder: Path, provider: Provider, model: str
) -> None:
    ended = await coach(folder, "deal", "note.txt", "--model", model, "--json", **reaching(provider, model))
    assert (0, "", {"leaked": False, "litellm": True}) == (ended.code, ended.err, ended.facts)
    review: dict[str, Any] = json.loads(ended.out)
    assert ("llm", model) == (review["provenance"]["engine"], review["provenance"]["model"])
    assert 1 == provider.received


@pytest.mark.parametrize("arguments", [["demo"], ["deal", "note.txt", "--engine", "local"]])
async def test_what_the_embedded_engine_reads_does_not_load_litellm(folder: Path, arguments: list[str]) -> None:
    ended = await coach(folder, *arguments)
    assert (0, "", {"leaked": False, "litellm": False}) == (ended.code, ended.err, ended.facts)
    assert ended.out


async def test_where_the_provider_fails_the_embedded_engine_reads_and_says_so(folder: Path, provider: Provider) -> None:
    provider.always(Fault.AUTH)
    ended = await coach(folder, "deal", "note.txt", "--model", OPENAI, "--json", **reaching(provider, OPENAI))
    assert (0, "") == (ended.code, ended.err)
    review = json.loads(ended.out)
    assert ("local", ["degraded"]) == (
        review["provenance"]["engine"],
        [notice["code"] for notice in review["notices"]],
    )
    assert "(not_authorised)" in review["notices"][0]["text"]


@pytest.mark.parametrize(("model", "fault"), [(OPENAI, Fault.AUTH), (ANTHROPIC, Fault.SERVER_ERROR)], ids=PROTOCOLS)
async def test_without_a_stand_in_a_failing_provider_is_status_3_and_one_line(
    folder: Path, provider: Provider, model: str, fault: Fault
) -> None:
    provider.always(fault)
    ended = await coach(folder, "deal", "note.txt", "--model", model, "--no-fallback", **reaching(provider, model))
    assert (3, "", 1) == (ended.code, ended.out, ended.err.count("\n"))
    assert model in ended.err
    assert "Ottoline" not in ended.err
    assert KEY not in ended.err
