"""Answers from a file of the Batch API's responses are given by the provider to the notes that they are of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coach.domain import DealNote
from coach.errors import EngineError, InvalidInput
from coach.evaluation.case import DealCase
from coach.testing.provider import Provider
from coach.wiring import build
from tests.wire.answers import answering
from tests.wire.wired import PROTOCOLS, note, settings

COVERAGE = dict.fromkeys(("problem", "criteria", "action", "process"), "missing")


CASES = [
    DealCase(
        id=f"case-{number}",
        task="deal",
        split="dev",
        input=note(number),
        expected={"statements": (), "coverage": COVERAGE, "claim": "no_claim"},
    )
    for number in (1, 2)
]


def responses(folder: Path, **contents: str | None) -> Path:
    def line(id_: str, content: str | None) -> dict[str, Any]:
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
        return {"custom_id": id_, "response": {"status_code": 200, "body": {"choices": [choice]}}}

    path = folder / "responses.jsonl"
    path.write_text("".join(json.dumps(line(id_, content)) + "\n" for id_, content in contents.items()))
    return path


def labelling(quote: str) -> str:
    entry = {"quote": quote, "kind": "seller_action"}
    return json.dumps({"statements": [entry], "coverage": COVERAGE, "suspected": []})


async def quotes(provider: Provider, folder: Path, model: str, one: DealNote) -> list[str]:
    coach = build(settings(provider, folder, model, fallback=False, attempts=1))
    try:
        return [statement.quote for statement in (await coach.review_deal(one)).statements]
    finally:
        await coach.close()


@pytest.mark.parametrize("model", PROTOCOLS.values(), ids=PROTOCOLS)
async def test_each_note_gets_the_answer_that_is_its_own(tmp_path: Path, model: str) -> None:
    given = {
        "case-1#0": labelling("purchase order 1"),
        "case-2#0": labelling("purchase order 2"),
        "case-1#1": labelling("yesterday"),
    }
    async with Provider(answering(responses(tmp_path, **given), CASES)) as provider:
        for number in (1, 2):
            assert [f"purchase order {number}"] == await quotes(provider, tmp_path, model, note(number))


async def test_a_repair_mends_nothing_and_what_is_not_in_the_file_is_no_answer(tmp_path: Path) -> None:
    given = {"case-1#0": labelling("Bertrand countersigned order 1 yesterday")}
    async with Provider(answering(responses(tmp_path, **given), CASES)) as provider:
        assert [] == await quotes(provider, tmp_path, "openai/any-name", note(1))
        assert 2 == provider.received
        with pytest.raises(EngineError):
            await quotes(provider, tmp_path, "openai/any-name", note(2))


@pytest.mark.parametrize("given", [{"case-9#0": "x"}, {"case-1#0": None}])
def test_a_response_of_no_case_or_without_text_is_refused_by_its_line(
    tmp_path: Path, given: dict[str, str | None]
) -> None:
    with pytest.raises(InvalidInput, match=r"responses\.jsonl.*1"):
        answering(responses(tmp_path, **given), CASES)
