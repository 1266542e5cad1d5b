"""Answers, right and spoiled, in both protocols, whole and in pieces."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from coach.errors import InvalidInput
from coach.testing.provider import Fault, Injection, Provider

Post = Callable[..., Awaitable[httpx2.Response]]
REFUSAL = "I'm sorry, but I can't help with that."


def half(content: str) -> str:
    return content[: len(content) // 2]


def twice(content: str) -> str:
    statements = json.loads(content)["statements"]
    return json.dumps({"statements": statements * 2})


def other_kind(content: str) -> str:
    return content.replace("buyer_action", "buyer_dance")


def not_said(content: str) -> str:
    return content.replace("Dana", "Zoe")


SPOILED = {
    Fault.TRUNCATED_JSON: (Fault.TRUNCATED_JSON, half),
    Fault.PROSE: (Fault.PROSE, "Here is the JSON:\n\n```json\n{}\n```\n\nAnything else I can help with?".format),
    Fault.WRONG_SCHEMA: (Fault.WRONG_SCHEMA, lambda _: '{"result": {"text": "of another shape"}}'),
    Fault.WRONG_ENUM: (Fault.WRONG_ENUM.of(spoil=other_kind), other_kind),
    Fault.INVENTED: (Fault.INVENTED.of(spoil=not_said), not_said),
    Fault.DUPLICATE: (Fault.DUPLICATE.of(spoil=twice), twice),
}


def events(answer: httpx2.Response) -> list[tuple[str | None, Any]]:
    """Name and data of every event of a stream."""
    assert "text/event-stream" == answer.headers["content-type"]
    made = []
    for block in answer.text.removesuffix("\n\n").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        made.append((fields.get("event"), fields["data"] if fields["data"] == "[DONE]" else json.loads(fields["data"])))
    return made


async def test_openai_whole(post: Post, content: str) -> None:
    answer = await post("openai")
    told = answer.json()
    assert (200, "application/json") == (answer.status_code, answer.headers["content-type"])
    assert ("chatcmpl-00000001", "chat.completion", "any") == (told["id"], told["object"], told["model"])
    message = {"role": "assistant", "content": content, "refusal": None}
    assert [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}] == told["choices"]
    assert {
        "prompt_tokens": 100,
        "completion_tokens": 20,
        "total_tokens": 120,
        "prompt_tokens_details": {"cached_tokens": 60},
        "completion_tokens_details": {"reasoning_tokens": 0},
    } == told["usage"]


async def test_anthropic_whole(post: Post, content: str) -> None:
    told = (await post("anthropic")).json()
    assert {
        "id": "msg_00000001",
        "type": "message",
        "role": "assistant",
        "model": "any",
        "content": [{"type": "text", "text": content}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {
            "input_tokens": 40,
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 60,
            "output_tokens": 20,
        },
    } == told


@pytest.mark.parametrize("wanted", [False, True])
async def test_openai_in_pieces_with_tokens_for_who_asks(post: Post, content: str, wanted: bool) -> None:
    answer = await post("openai", stream=True, stream_options={"include_usage": wanted})
    *chunks, done = [data for _, data in events(answer)]
    assert "[DONE]" == done
    assert {"chat.completion.chunk"} == {chunk["object"] for chunk in chunks}
    choices = [chunk["choices"][0] for chunk in chunks if chunk["choices"]]
    assert content == "".join(choice["delta"].get("content", "") for choice in choices)
    assert len(choices) > 3
    assert [None] * (len(choices) - 1) + ["stop"] == [choice["finish_reason"] for choice in choices]
    assert wanted == (chunks[-1].get("usage", {}).get("prompt_tokens") == 100) == (not chunks[-1]["choices"])


async def test_anthropic_in_pieces(post: Post, content: str) -> None:
    told = events(await post("anthropic", stream=True))
    assert all(name == data["type"] for name, data in told)
    deltas = [data["delta"] for name, data in told if name == "content_block_delta"]
    assert content == "".join(delta["text"] for delta in deltas)
    names = [name for name, _ in told if name != "content_block_delta"]
    blocks = ["content_block_start", "ping", "content_block_stop"]
    assert ["message_start", *blocks, "message_delta", "message_stop"] == names
    assert 60 == told[0][1]["message"]["usage"]["cache_read_input_tokens"]
    assert ("end_turn", 20) == (told[-2][1]["delta"]["stop_reason"], told[-2][1]["usage"]["output_tokens"])


@pytest.mark.parametrize("stream", [False, True])
async def test_anthropic_calls_the_tool_that_the_request_insists_on(post: Post, content: str, stream: bool) -> None:
    answer = await post("anthropic", stream=stream, tool_choice={"type": "tool", "name": "json"})
    if stream:
        told = [data for _, data in events(answer)]
        starts = next(data["content_block"] for data in told if data["type"] == "content_block_start")
        pieces = [data["delta"]["partial_json"] for data in told if data["type"] == "content_block_delta"]
        kind, name, made, reason = starts["type"], starts["name"], "".join(pieces), told[-2]["delta"]["stop_reason"]
    else:
        (block,) = answer.json()["content"]
        kind, name, made = block["type"], block["name"], json.dumps(block["input"])
        reason = answer.json()["stop_reason"]
    assert ("tool_use", "json", json.loads(content), "tool_use") == (kind, name, json.loads(made), reason)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
@pytest.mark.parametrize("fault", SPOILED)
async def test_spoiled_content_says_that_it_is_whole(
    provider: Provider, post: Post, content: str, fault: Fault, protocol: str, stream: bool
) -> None:
    injected, expected = SPOILED[fault]
    provider.script(injected)
    assert (expected(content), "stop") == _said(await post(protocol, stream=stream), protocol, stream)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("protocol", "fault", "expected", "ending"),
    [
        ("openai", Fault.TRUNCATED, "half", "length"),
        ("anthropic", Fault.TRUNCATED, "half", "max_tokens"),
        ("openai", Fault.TRUNCATED.of(spoil=lambda _: '{"a'), '{"a', "length"),
        ("openai", Fault.EMPTY, "", "stop"),
        ("anthropic", Fault.EMPTY, "", "stop"),
        ("openai", Fault.CONTENT_FILTER, "", "content_filter"),
        ("openai", Fault.REFUSAL, None, "stop"),
        ("anthropic", Fault.REFUSAL, "", "refusal"),
    ],
)
async def test_an_answer_that_ends_otherwise_says_so(
    provider: Provider,
    post: Post,
    content: str,
    protocol: str,
    fault: Fault | Injection,
    expected: str | None,
    ending: str,
    stream: bool,
) -> None:
    provider.script(fault)
    answer = await post(protocol, stream=stream)
    if expected is None:
        expected = "" if stream else None
        assert REFUSAL in answer.text
    assert (half(content) if expected == "half" else expected, ending) == _said(answer, protocol, stream)


async def test_tokens_are_counted_at_four_characters_where_not_given() -> None:
    async with Provider("x" * 41) as provider, httpx2.AsyncClient() as client:
        request = {"model": "any", "messages": [{"role": "user", "content": [{"type": "text", "text": "y" * 81}]}]}
        usage = (await client.post(f"{provider.openai_base}/chat/completions", json=request)).json()["usage"]
    assert (21, 11, 0) == (
        usage["prompt_tokens"],
        usage["completion_tokens"],
        usage["prompt_tokens_details"]["cached_tokens"],
    )


@pytest.mark.parametrize("fault", [Fault.WRONG_ENUM, Fault.INVENTED, Fault.DUPLICATE])
def test_a_fault_that_needs_to_be_told_how_says_so(fault: Fault) -> None:
    with pytest.raises(InvalidInput) as refused:
        Provider().script(fault)
    assert f"fault {fault} needs to be told how: Fault.{fault.name}.of(spoil=...)" == refused.value.detail


def _said(answer: httpx2.Response, protocol: str, stream: bool) -> tuple[str | None, str]:
    """Content and ending, `end_turn` called `stop`."""
    assert 200 == answer.status_code
    told = [data for _, data in events(answer)] if stream else answer.json()
    if protocol == "openai" and stream:
        choices = [chunk["choices"][0] for chunk in told[:-1]]
        return "".join(each["delta"].get("content", "") for each in choices), choices[-1]["finish_reason"]
    if protocol == "openai":
        choice = told["choices"][0]
        return choice["message"]["content"], choice["finish_reason"]
    if stream:
        text = "".join(data["delta"]["text"] for data in told if data["type"] == "content_block_delta")
        reason = told[-2]["delta"]["stop_reason"]
    else:
        text, reason = "".join(block["text"] for block in told["content"]), told["stop_reason"]
    return text, "stop" if reason == "end_turn" else reason
