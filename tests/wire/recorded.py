"""Recorded exchanges with a provider: replayed without one, and renewed by `RECORD=1 pytest tests/wire -k cassette`.

A cassette holds what matters of an exchange and nothing else: no key, no host, no header but those that are read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
import vcr
from vcr.cassette import Cassette
from vcr.record_mode import RecordMode
from vcr.request import Request

from coach.errors import EngineError
from coach.testing.provider import Provider
from tests.wire.wired import base_of

RECORD: Final = bool(os.environ.get("RECORD"))
CASSETTES: Final = Path(__file__).parent / "cassettes"
NOBODY: Final = "http://127.0.0.1:9"
"""Where a replay would ask, did it ask."""
AGAIN: Final = "RECORD=1 pytest tests/wire -k cassette"

_HOST: Final = "http://provider.invalid"
_KEPT_OF_REQUEST: Final = {"content-type"}
_KEPT_OF_RESPONSE: Final = {"content-type", "retry-after"}


@contextmanager
def cassette(name: str) -> Iterator[Cassette]:
    """Replay a cassette, or record it anew; where it does not hold what is asked, the test says what to do."""
    path = CASSETTES / f"{name}.yaml"
    if RECORD:
        path.unlink(missing_ok=True)
    try:
        with _RECORDER.use_cassette(str(path), record_mode=RecordMode.ALL if RECORD else RecordMode.NONE) as held:
            yield held
    except EngineError as error:
        if "record it again" not in error.detail:
            raise
        pytest.fail(f"{path.name} does not hold what is asked now, so the prompt has changed; record it again: {AGAIN}")
    if not RECORD:
        assert held.all_played, f"{path.name} holds exchanges that are not asked any more; record it again: {AGAIN}"


def address(provider: Provider, model: str) -> str:
    """Where a model is asked: at the provider while recording, and at nobody's in a replay."""
    base = base_of(provider, model)
    return base if RECORD else base.replace(provider.url, NOBODY)


def _without_host_and_secrets(request: Request) -> Request:
    parts = urlsplit(request.uri)
    request.uri = _HOST + parts.path
    request.headers = {name: value for name, value in request.headers.items() if name.lower() in _KEPT_OF_REQUEST}
    if request.body:
        request.body = json.dumps(_with_hash_of_system(json.loads(request.body)), ensure_ascii=False).encode()
    return request


def _with_hash_of_system(body: dict[str, Any]) -> dict[str, Any]:
    """A request's body with the hash of the part that never changes, which matches as surely, and is short."""
    messages = [
        message | {"content": _hash(message["content"])} if message["role"] == "system" else message
        for message in body.get("messages", [])
    ]
    return body | {"messages": messages} | ({"system": _hash(body["system"])} if "system" in body else {})


def _hash(content: object) -> str:
    if isinstance(content, str) and content.startswith("sha256:"):
        return content  # read back from a cassette
    return f"sha256:{hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()}"


def _with_few_headers(response: dict[str, Any]) -> dict[str, Any]:
    headers = {name.lower(): value for name, value in response["headers"].items()}
    kept = {name: value for name, value in headers.items() if name in _KEPT_OF_RESPONSE}
    return response | {"headers": kept}


_RECORDER: Final = vcr.VCR(
    match_on=("method", "path", "body"),
    before_record_request=_without_host_and_secrets,
    before_record_response=_with_few_headers,
    decode_compressed_response=True,
)
