"""A suite by files in the format of OpenAI's Batch API: requests out, responses in, judged as if just given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coach.engines.llm import LlmEngine
from coach.errors import InvalidInput
from coach.evaluation.batch import export_batch, import_batch
from coach.evaluation.case import AttackCase, DealCase, LabelledCase, RepCase
from coach.evaluation.prediction import DealOutput, Prediction, RepOutput
from coach.settings import Settings
from coach.wiring import Coach, build

ANSWER = {
    "statements": [
        {
            "quote": "Dana signed the order",
            "kind": "buyer_action",
            "verifiable": True,
            "direction": "advances",
            "informs": "action",
        },
        {"quote": "I sent a deck", "kind": "seller_action"},
        {"quote": "They love us", "kind": "seller_opinion"},
    ],
    "suspected": [],
}


@pytest.fixture
def coach() -> Coach:
    return build(Settings(engine="llm", model="openai/a-model"), measured=True)


@pytest.fixture
def engine(coach: Coach) -> LlmEngine:
    assert isinstance(coach.engine, LlmEngine)
    return coach.engine


def response(custom_id: str, content: str | None, **choice: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": content, "refusal": choice.pop("refusal", None)}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "prompt_tokens_details": {"cached_tokens": 80}}
    body = {"model": "a-model-2026", "choices": [{"index": 0, "message": message, **choice}], "usage": usage}
    return {"custom_id": custom_id, "response": {"status_code": 200, "body": body}, "error": None}


def write(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


async def imported(
    cases: list[LabelledCase], coach: Coach, engine: LlmEngine, path: Path, *lines: dict[str, Any]
) -> dict[str, list[Prediction]]:
    predictions, _ = await import_batch(cases, coach, engine, write(path, *lines))
    return {id_: list(repeats) for id_, repeats in predictions.items()}


def test_a_request_is_what_a_batch_takes(deal_case: DealCase, coach: Coach, engine: LlmEngine, tmp_path: Path) -> None:
    path = tmp_path / "requests.jsonl"
    assert 2 == export_batch([deal_case], coach, engine, path, repeat=2)
    first, second = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    assert [f"{deal_case.id}#0", f"{deal_case.id}#1"] == [first["custom_id"], second["custom_id"]]
    assert ("POST", "/v1/chat/completions") == (first["method"], first["url"])
    body = first["body"]
    assert body == second["body"]
    assert {"model", "messages", "max_tokens", "temperature", "response_format"} == set(body)
    assert "a-model" == body["model"]
    assert ["system", "user"] == [message["role"] for message in body["messages"]]
    assert "Dana signed the order. I sent a deck." in body["messages"][1]["content"]
    assert body["response_format"]["json_schema"]["strict"] is True


def test_the_base_note_of_an_attack_is_asked_too(
    attack_case: AttackCase, coach: Coach, engine: LlmEngine, tmp_path: Path
) -> None:
    path = tmp_path / "requests.jsonl"
    export_batch([attack_case], coach, engine, path)
    ids = [json.loads(line)["custom_id"] for line in path.read_text("utf-8").splitlines()]
    assert [f"{attack_case.id}#0", f"{attack_case.expected.base}#0"] == ids


async def test_an_answer_becomes_a_prediction(
    deal_case: DealCase, coach: Coach, engine: LlmEngine, tmp_path: Path
) -> None:
    line = response(f"{deal_case.id}#0", json.dumps(ANSWER))
    predictions, model = await import_batch([deal_case], coach, engine, write(tmp_path / "r.jsonl", line))
    assert "a-model-2026" == model
    (prediction,) = predictions[deal_case.id]
    assert isinstance(prediction.output, DealOutput)
    assert [gold.quote for gold in deal_case.expected.statements] == [one.quote for one in prediction.output.statements]
    assert ("llm", None) == (prediction.engine, prediction.error)
    assert prediction.usage is not None
    assert (100, 20, 80) == (
        prediction.usage.prompt_tokens,
        prediction.usage.completion_tokens,
        prediction.usage.cached_tokens,
    )


@pytest.mark.parametrize("counted", [{"prompt_tokens": -1}, {"completion_tokens": -1}, {"prompt_tokens": 10**30}])
async def test_an_answer_that_miscounts_its_tokens_is_an_answer(
    deal_case: DealCase, coach: Coach, engine: LlmEngine, tmp_path: Path, counted: dict[str, int]
) -> None:
    line = response(f"{deal_case.id}#0", json.dumps(ANSWER))
    line["response"]["body"]["usage"] |= counted
    ((prediction,),) = (await imported([deal_case], coach, engine, tmp_path / "r.jsonl", line)).values()
    assert isinstance(prediction.output, DealOutput)
    assert prediction.usage is None or prediction.usage.prompt_tokens == 10**30


async def test_an_entry_that_cannot_be_used_is_left_out_and_said(
    deal_case: DealCase, coach: Coach, engine: LlmEngine, tmp_path: Path
) -> None:
    spoilt = {"statements": [*ANSWER["statements"], {"quote": "they paid", "kind": "seller_action"}], "suspected": []}
    lines = [response(f"{deal_case.id}#0", json.dumps(spoilt))]
    ((prediction,),) = (await imported([deal_case], coach, engine, tmp_path / "r.jsonl", *lines)).values()
    assert isinstance(prediction.output, DealOutput)
    assert 3 == len(prediction.output.statements)
    assert any("1 point of the model's answer was left out" in text for text in prediction.output.shown)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"response": None, "error": {"code": "batch_expired"}}, "no_response"),
        ({"response": {"status_code": 500, "body": {}}, "error": None}, "no_response"),
        (response("", None, refusal="no"), "answer_refused"),
        (response("", None), "bad_answer"),
        (response("", "I would say three statements."), "bad_answer"),
        (response("", '{"statements": [{"quote": "Dana"', finish_reason="length"), "answer_truncated"),
    ],
)
async def test_a_case_without_an_answer_fails_with_its_reason(
    deal_case: DealCase, coach: Coach, engine: LlmEngine, tmp_path: Path, line: dict[str, Any], code: str
) -> None:
    line = {**line, "custom_id": f"{deal_case.id}#0"}
    ((prediction,),) = (await imported([deal_case], coach, engine, tmp_path / "r.jsonl", line)).values()
    assert prediction.error is not None
    assert (code, None) == (prediction.error.code, prediction.output)


async def test_a_case_that_no_line_answers_fails(
    deal_case: DealCase, coach: Coach, engine: LlmEngine, tmp_path: Path
) -> None:
    ((prediction,),) = (await imported([deal_case], coach, engine, tmp_path / "r.jsonl")).values()
    assert prediction.error is not None
    assert "no_response" == prediction.error.code


@pytest.mark.parametrize("ids", [["another#0"], ["{id}"], ["{id}#x"], ["{id}#0", "{id}#0"]])
async def test_a_line_that_answers_what_was_not_asked_or_twice_is_refused_by_its_place(
    deal_case: DealCase, coach: Coach, engine: LlmEngine, tmp_path: Path, ids: list[str]
) -> None:
    lines = [response(id_.format(id=deal_case.id), json.dumps(ANSWER)) for id_ in ids]
    with pytest.raises(InvalidInput, match=rf"r\.jsonl.*{len(lines)}"):
        await imported([deal_case], coach, engine, tmp_path / "r.jsonl", *lines)


async def test_a_packet_is_asked_and_answered_like_a_note(
    rep_case: RepCase, coach: Coach, engine: LlmEngine, tmp_path: Path
) -> None:
    requests = tmp_path / "requests.jsonl"
    assert 1 == export_batch([rep_case], coach, engine, requests)
    (said,) = requests.read_text("utf-8").splitlines()
    assert rep_case.input.self_assessment.text in json.loads(said)["body"]["messages"][1]["content"]
    ((quote, _),) = [(text, field) for field, text in rep_case.input.fields()][:1]
    signals = [{"quote": quote, "signal": "avoided", "competency": "prospecting"}] * 2
    finding = {"competency": "prospecting", "gap": "will", "self_view": "overrates", "confidence": "high"}
    line = response(f"{rep_case.id}#0", json.dumps({"signals": signals, "findings": [finding]}))
    ((prediction,),) = (await imported([rep_case], coach, engine, tmp_path / "r.jsonl", line)).values()
    assert isinstance(prediction.output, RepOutput)
    # One occasion is not enough for will, whatever a model says.
    assert ("prospecting", "insufficient_evidence") == (prediction.output.competency, prediction.output.gap)
    assert quote.startswith(prediction.output.key_quotes[0])


def test_a_note_that_is_read_in_parts_is_named(
    deal_case: DealCase, coach: Coach, engine: LlmEngine, tmp_path: Path
) -> None:
    long = deal_case.input.model_copy(update={"note": "Dana signed the order. " * 1000})
    case = deal_case.model_copy(update={"input": long})
    with pytest.raises(InvalidInput, match="parts"):
        export_batch([case], coach, engine, tmp_path / "requests.jsonl")
