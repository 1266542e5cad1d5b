"""Requests out, responses in, in the format of OpenAI's Batch API."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.errors import InvalidInput
from coach.evaluation.judge import Item, export_requests, import_responses
from coach.evaluation.judge.verdict import JudgeVerdict, Unscored

Make = Callable[..., Item]
YES = '{"verdict": "yes", "reason": "so"}'


def exported(items: list[Item], path: Path) -> list[dict[str, Any]]:
    export_requests(items, "a-model", path)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def completion(content: str | None, **choice: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": content, "refusal": choice.pop("refusal", None)}
    body = {"id": "c-1", "model": "a-model", "choices": [{"index": 0, "message": message, **choice}], "usage": {}}
    return {"response": {"status_code": 200, "request_id": "r-1", "body": body}, "error": None}


def write(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def test_a_request_is_what_a_batch_takes(item: Make, tmp_path: Path) -> None:
    one = item("d-1#0:shown.2:specific")
    (request,) = exported([one], tmp_path / "requests.jsonl")
    assert {
        "custom_id": f"d-1#0:shown.2:specific@{one.prompt_sha256[:12]}",
        "method": "POST",
        "url": "/v1/chat/completions",
        "body": {
            "model": "a-model",
            "messages": [{"role": "user", "content": one.prompt}],
            "temperature": 0,
            "max_tokens": 200,
        },
    } == request


def test_what_is_exported_comes_back_in_any_order(item: Make, tmp_path: Path) -> None:
    items = [item("a", "Who, Zoë?"), item("b", "What?\u2028"), item("c", "When?")]
    requests = exported(items, tmp_path / "requests.jsonl")
    said = {request["custom_id"]: verdict for request, verdict in zip(requests, ("yes", "no", "maybe"), strict=True)}
    lines = [{"custom_id": id_, **completion(json.dumps({"verdict": said[id_]}))} for id_ in reversed(said)]
    judged = import_responses(items, write(tmp_path / "responses.jsonl", *lines))
    assert [("a", "yes", None), ("b", "no", None), ("c", None, "off_menu")] == [
        (one.id, one.verdict, one.unscored) for one in judged
    ]


def test_the_same_prompt_is_requested_once_and_answers_all_who_ask_it(item: Make, tmp_path: Path) -> None:
    items = [item("a"), item("b")]
    assert 1 == export_requests(items, "a-model", tmp_path / "requests.jsonl")
    (request,) = exported(items, tmp_path / "requests.jsonl")
    path = write(tmp_path / "responses.jsonl", {"custom_id": request["custom_id"], **completion(YES)})
    assert [("a", "yes"), ("b", "yes")] == [(one.id, one.verdict) for one in import_responses(items, path)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        pytest.param(completion("I would rather not."), Unscored.UNPARSABLE, id="prose"),
        pytest.param(completion(None), Unscored.UNPARSABLE, id="no content"),
        pytest.param(completion(None, refusal="I can't help with that."), Unscored.REFUSED, id="refusal"),
        pytest.param(completion(YES, finish_reason="content_filter"), Unscored.REFUSED, id="filtered"),
        pytest.param({"response": None, "error": {"code": "batch_expired"}}, Unscored.FAILED, id="expired"),
        pytest.param({"response": {"status_code": 429, "body": {"error": {}}}}, Unscored.FAILED, id="status"),
        pytest.param({"response": {"status_code": 200, "body": {"choices": []}}}, Unscored.FAILED, id="no choice"),
        pytest.param({"response": {"status_code": 200, "body": {}}}, Unscored.FAILED, id="no choices"),
        pytest.param({}, Unscored.FAILED, id="nothing"),
    ],
)
def test_a_response_without_a_verdict_is_unscored(item: Make, tmp_path: Path, line: dict[str, Any], why: str) -> None:
    (request,) = exported([item("a")], tmp_path / "requests.jsonl")
    path = write(tmp_path / "responses.jsonl", {"custom_id": request["custom_id"], **line})
    (one,) = import_responses([item("a")], path)
    assert (None, why) == (one.verdict, one.unscored)


def test_an_item_that_nothing_answers_is_missing(item: Make, tmp_path: Path) -> None:
    items = [item("a", "Who?"), item("b", "What?")]
    request, _ = exported(items, tmp_path / "requests.jsonl")
    path = write(tmp_path / "responses.jsonl", {"custom_id": request["custom_id"], **completion(YES)})
    answered, missing = import_responses(items, path)
    assert (JudgeVerdict.YES, Unscored.MISSING) == (answered.verdict, missing.unscored)


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        pytest.param(["KNOWN", "z"], "responses.jsonl:2: nothing was asked under the custom_id 'z'", id="unknown"),
        pytest.param(["a"], "responses.jsonl:1: nothing was asked", id="without the hash"),
        pytest.param(["KNOWN", "KNOWN"], "responses.jsonl:2: .* comes twice", id="twice"),
    ],
)
def test_a_line_that_answers_nothing_or_a_second_time_is_named(
    item: Make, tmp_path: Path, ids: list[str], message: str
) -> None:
    (request,) = exported([item("a")], tmp_path / "requests.jsonl")
    lines = [{"custom_id": request["custom_id"] if id_ == "KNOWN" else id_, **completion(YES)} for id_ in ids]
    with pytest.raises(InvalidInput, match=message):
        import_responses([item("a")], write(tmp_path / "responses.jsonl", *lines))


def test_responses_to_a_prompt_that_has_changed_since_are_refused(item: Make, tmp_path: Path) -> None:
    (request,) = exported([item("a", "Who?")], tmp_path / "requests.jsonl")
    path = write(tmp_path / "responses.jsonl", {"custom_id": request["custom_id"], **completion(YES)})
    with pytest.raises(InvalidInput, match="same criteria"):
        import_responses([item("a", "Who else?")], path)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"{", "responses.jsonl:1: at the line"), (b'\n{"id": 1}', r":2: at custom_id"), (b"\xff", "not UTF-8")],
)
def test_what_is_no_response_is_named_by_its_line(item: Make, tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "responses.jsonl").write_bytes(content)
    with pytest.raises(InvalidInput, match=message):
        import_responses([item("a")], tmp_path / "responses.jsonl")


def test_files_that_cannot_be_read_or_written_are_named(item: Make, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="none: cannot be read"):
        import_responses([item("a")], tmp_path / "none")
    with pytest.raises(InvalidInput, match="cannot write to"):
        export_requests([item("a")], "a-model", tmp_path)
