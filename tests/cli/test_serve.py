"""The service as a process: stopped, it finishes what it has begun."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

JSON = {"content-type": "application/json"}
NOTE = "Dana's counsel sent redlines on Tuesday. " * 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def service(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = free_port()
    environment = os.environ | {"COACH_DATA_DIR": str(tmp_path / "data"), "COACH_ENCODER": "off"}
    environment |= getattr(request, "param", {})
    command = [sys.executable, "-m", "coach.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        address = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=address) as client:
            for _ in range(400):
                try:
                    client.get("/healthz")
                    break
                except httpx.TransportError:
                    assert process.poll() is None
                    time.sleep(0.05)
        try:
            yield process, address
        finally:
            process.kill()


def test_a_service_that_is_stopped_finishes_what_it_has_begun(service: tuple[subprocess.Popen[str], str]) -> None:
    process, address = service
    statuses: list[int] = []
    sending = threading.Event()

    def slowly() -> Iterator[bytes]:
        yield b'{"note": "'
        sending.set()
        time.sleep(0.5)
        yield NOTE.encode() + b'"}'

    def ask() -> None:
        statuses.append(
            httpx.post(f"{address}/v1/deal-reviews", content=slowly(), headers=JSON, timeout=30).status_code
        )

    asking = threading.Thread(target=ask)
    asking.start()
    assert sending.wait(10)
    time.sleep(0.2)
    process.send_signal(signal.SIGTERM)
    asking.join(30)
    assert [200] == statuses
    assert 0 == process.wait(15)
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{address}/healthz")
    assert not re.search("Traceback|Error", process.stderr.read() if process.stderr else "")


@pytest.mark.parametrize("service", [{"COACH_SHUTDOWN_S": "1"}], indirect=True)
def test_what_does_not_end_in_time_is_answered_that_the_service_is_being_stopped(
    service: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = service
    port = int(address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        head = "POST /v1/deal-reviews HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        connection.sendall(f'{head}Content-Length: 100\r\n\r\n{{"note": "'.encode())
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        answer = _all_of(connection)
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b'"overloaded"' in answer
    assert b"is being stopped" in answer
    assert 0 == process.wait(15)


@pytest.mark.parametrize(
    "sent", [b"quinceblossom\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n"]
)
def test_what_is_no_http_is_answered_by_a_problem(service: tuple[subprocess.Popen[str], str], sent: bytes) -> None:
    process, address = service
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=20) as connection:
        connection.sendall(sent)
        head, _, body = _all_of(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"content-type: application/problem+json" in head
    assert "bad_request" == json.loads(body)["code"]
    process.send_signal(signal.SIGINT)
    assert 0 == process.wait(15)


@pytest.mark.parametrize("service", [{"COACH_OTLP_ENDPOINT": "http://127.0.0.1:9"}], indirect=True)
def test_every_line_of_its_log_is_json_and_a_collector_that_is_away_holds_nothing_up(
    service: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = service
    assert 404 == httpx.get(f"{address}/v1/deal-reviews/dr_0123456789abcdef?x=quinceblossom").status_code
    assert "http_server_request_duration_seconds_count" in httpx.get(f"{address}/metrics").text
    process.send_signal(signal.SIGTERM)
    assert 0 == process.wait(15)
    first, *lines = (process.stderr.read() if process.stderr else "").splitlines()
    told = [json.loads(line) for line in lines]
    assert first.startswith("Coach on http://127.0.0.1:")
    assert [("/v1/deal-reviews/{id}", 404, "not_found"), ("/metrics", 200, None)] == [
        (one["route"], one["status"], one.get("code"))
        for one in told
        if one["logger"] == "coach.requests" and one["route"] != "/healthz"
    ]
    assert all(re.fullmatch("[0-9a-f]{32}", one["trace_id"]) for one in told if one["logger"] == "coach.requests")
    assert "uvicorn.error" in {one["logger"] for one in told}
    assert "quinceblossom" not in "".join(lines)


def _all_of(connection: socket.socket) -> bytes:
    received = b""
    while part := connection.recv(65536):
        received += part
    return received
