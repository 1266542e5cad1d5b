"""Traces reach a collector, and what counts and traces is loaded by a service alone."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from coach.errors import NotFound
from coach.observed import observed, observer
from coach.wiring.telemetry import Telemetry, start_telemetry

_ONLY_SERVING = ("opentelemetry.sdk", "opentelemetry.exporter", "structlog", "prometheus_client")


class Collector(HTTPServer):
    """Keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Keeping)
        self.received: list[tuple[str, bytes]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Keeping(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.received.append((self.path, body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Not on stderr."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def telemetry(spans: InMemorySpanExporter) -> Iterator[Telemetry]:
    running = start_telemetry(exporter=spans)
    yield running
    running.close()


@pytest.mark.parametrize("end", ["", "/"])
def test_traces_are_sent_to_the_collector_that_is_set(collector: Collector, end: str) -> None:
    telemetry = start_telemetry(collector.address + end)
    with telemetry.observer.watching("read", {"engine": "local"}):
        pass
    telemetry.close()
    assert ["/v1/traces"] == [path for path, _ in collector.received]
    assert b"coach.read" in collector.received[0][1]


def test_where_nobody_watches_nothing_is_seen(spans: InMemorySpanExporter, telemetry: Telemetry) -> None:
    with observed("read", task="deal"):
        pass
    assert () == spans.get_finished_spans()
    assert b"coach_operation" not in telemetry.metrics()


@pytest.mark.parametrize(
    ("error", "told"), [(NotFound("nobody called quinceblossom"), "not_found"), (KeyError("quinceblossom"), "KeyError")]
)
def test_of_a_failure_the_code_or_the_type_is_told_and_the_error_goes_on(
    spans: InMemorySpanExporter, telemetry: Telemetry, error: Exception, told: str
) -> None:
    token = observer.set(telemetry.observer)
    try:
        with pytest.raises(type(error)), observed("store.read"):
            raise error
    finally:
        observer.reset(token)
    (span,) = spans.get_finished_spans()
    metrics = telemetry.metrics().decode()
    assert ("coach.store.read", {"error.type": told}) == (span.name, dict(span.attributes or {}))
    assert f'error_type="{told}",operation="store.read"' in metrics
    assert "quinceblossom" not in span.to_json() + metrics


@pytest.mark.parametrize(
    "program",
    [
        "import coach.api.app",
        "from coach.cli.main import cli; cli(['demo'], standalone_mode=False)",
        "from coach.cli.main import cli; cli(['deal', 'note.txt'], standalone_mode=False)",
    ],
)
def test_what_counts_and_traces_is_loaded_where_a_service_starts_alone(tmp_path: Path, program: str) -> None:
    (tmp_path / "note.txt").write_text("Dana's counsel sent redlines on Tuesday.", "utf-8")
    shown = f"\nimport json, sys; print(json.dumps([one for one in sys.modules if one.startswith({_ONLY_SERVING})]))"
    command = [sys.executable, "-c", program + shown]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
    assert [] == json.loads(ended.stdout.splitlines()[-1])
