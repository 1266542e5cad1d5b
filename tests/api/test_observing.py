"""Request ids, log lines, metrics, traces, readiness, and the dashboard that is made of these."""

from __future__ import annotations

import asyncio
import gc
import json
import re
import warnings
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.domain import DealNote
from coach.domain.identity import Role, Scope
from coach.errors import StoreError
from coach.settings import Settings
from coach.wiring import build
from coach.wiring.logs import configure_logs
from coach.wiring.telemetry import start_telemetry
from tests.api.logged import kept_logging
from tests.api.test_identity import NOTE, TALK, Installation, fill

DASHBOARD = Path("coach/dashboards/grafana.json")
__all__ = ["kept_logging"]


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def installation(tmp_path: Path, spans: InMemorySpanExporter) -> Iterator[Installation]:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False)
    telemetry = start_telemetry(exporter=spans)
    with TestClient(
        create_app(build(settings), telemetry), raise_server_exceptions=False, base_url="http://localhost"
    ) as client:
        yield Installation(client, settings)
    telemetry.close()


@pytest.mark.parametrize("given", ["abcd1234", "A-b_c.9" * 9, "0" * 64])
def test_a_request_keeps_the_id_that_it_came_with(installation: Installation, given: str) -> None:
    assert (
        given[:64]
        == installation.ask(None, "GET", "/healthz", headers={"x-request-id": given[:64]}).headers["x-request-id"]
    )


@pytest.mark.parametrize("given", ["short", "a" * 65, "with space in it", "line\tbreak-in-it", ""])
def test_what_is_no_id_is_replaced_by_one(installation: Installation, given: str) -> None:
    named = [
        installation.ask(None, "GET", path, headers={"x-request-id": given}).headers["x-request-id"]
        for path in ("/healthz", "/v1/none", "/static/none")
    ]
    assert 3 == len(set(named))
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in named)


@pytest.mark.usefixtures("kept_logging")
def test_each_request_has_a_line_with_its_route_and_not_its_path(installation: Installation) -> None:
    stream = StringIO()
    configure_logs("json", "info", stream)
    headers = {"x-request-id": "abcd1234"}
    installation.ask(None, "GET", "/v1/deal-reviews/dr_0123456789abcdef?x=quinceblossom", headers=headers)
    line = json.loads(stream.getvalue().splitlines()[-1])
    assert {
        "event": "request",
        "level": "info",
        "logger": "coach.requests",
        "method": "GET",
        "code": "not_found",
        "request_id": "abcd1234",
        "route": "/v1/deal-reviews/{id}",
        "status": 404,
    } == {name: value for name, value in line.items() if name not in {"ms", "timestamp", "trace_id"}}
    assert "quinceblossom" not in stream.getvalue()


@pytest.mark.usefixtures("kept_logging")
def test_of_an_exception_the_log_has_the_type_alone() -> None:
    import logging  # noqa: PLC0415

    stream = StringIO()
    configure_logs("json", "debug", stream)
    try:
        int("quinceblossom")
    except ValueError:
        logging.getLogger("coach.x").exception("it failed")
    line = json.loads(stream.getvalue())
    assert ("it failed", "ValueError") == (line["event"], line["exception"])
    assert "quinceblossom" not in stream.getvalue()


@pytest.mark.usefixtures("kept_logging")
def test_of_a_warning_the_log_has_the_kind_and_the_place() -> None:
    stream = StringIO()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        configure_logs("json", "info", stream)
        warnings.warn("the value 'quinceblossom' is odd", UserWarning, stacklevel=1)
    line = json.loads(stream.getvalue())
    assert ("coach.warnings", "warning") == (line["logger"], line["level"])
    assert re.fullmatch(r"UserWarning at test_observing.py:\d+", line["event"])


@pytest.mark.usefixtures("kept_logging")
def test_of_what_nobody_foresaw_the_log_and_the_trace_have_the_type(
    installation: Installation, spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(_: object, note: DealNote) -> None:
        raise LookupError(note.note)

    stream = StringIO()
    configure_logs("json", "debug", stream)
    monkeypatch.setattr("coach.engines.local.LocalEngine.read_deal", failing)
    answer = installation.ask(None, "POST", "/v1/deal-reviews", json={"note": "quinceblossom"})
    finished = spans.get_finished_spans()
    traced = "".join(one.to_json() for one in finished)
    assert (500, "internal_error") == (answer.status_code, answer.json()["code"])
    failed = {one.name: (one.attributes or {}).get("error.type") for one in finished if not one.status.is_ok}
    assert {"coach.read": "LookupError", "POST /v1/deal-reviews": "500"}.items() <= failed.items()
    assert "LookupError" in stream.getvalue()
    assert "quinceblossom" not in stream.getvalue() + traced + answer.text


@pytest.mark.usefixtures("kept_logging")
def test_text_for_people_is_a_setting() -> None:
    import logging  # noqa: PLC0415

    stream = StringIO()
    configure_logs("text", "warning", stream)
    logging.getLogger("coach.x").info("not this")
    logging.getLogger("coach.x").warning("this")
    assert "this" in stream.getvalue()
    assert "not this" not in stream.getvalue()


def busy(installation: Installation) -> str:
    """Some of everything; the admin's key."""
    key = installation.key(Role.ADMIN)
    fill(lambda *given, **more: installation.ask(key, *given, **more))
    installation.ask(None, "GET", "/v1/rubrics")
    installation.ask(key, "GET", "/v1/none")
    return key


def test_metrics_are_for_who_may_see_them(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.wiring.entrance._LOOKS_AGAIN_S", 0)
    assert 200 == installation.ask(None, "GET", "/metrics").status_code
    key = installation.key(Role.SERVICE, scopes=[Scope.OBSERVE])
    assert 401 == installation.ask(None, "GET", "/metrics").status_code
    answer = installation.ask(key, "GET", "/metrics")
    assert (200, "text/plain; version=0.0.4; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    assert 403 == installation.ask(installation.key(Role.REP, person="Ilse"), "GET", "/metrics").status_code


def test_what_was_done_is_counted(installation: Installation) -> None:
    text = installation.ask(busy(installation), "GET", "/metrics").text
    lines = {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in text.splitlines() if line[0] != "#"}

    def count(name: str, **labels: str) -> float:
        wanted = {f'{label}="{value}"' for label, value in labels.items()}
        return sum(
            value
            for line, value in lines.items()
            if line.startswith(f"{name}{{") and all(one in line for one in wanted)
        )

    assert 2 == count("coach_reviews_total", task="deal", engine="local", degraded="false")
    assert 1 == count("coach_reviews_total", task="talk")
    assert 2 == count("coach_review_duration_seconds_count", task="deal")
    assert 1 == count("coach_requests_refused_total", status="401", code="not_authenticated")
    assert 2 == count("coach_operation_duration_seconds_count", operation="read", task="deal", engine="local")
    # What takes 5 ms and what takes 50 ms can be told apart.
    assert {"0.005", "0.05", "0.5"} < set(re.findall(r'coach_review_duration_seconds_bucket{.*le="([\d.]+)"', text))
    assert 2 == count("coach_imported_rows_total", went_in="true")
    assert 2 == count("http_server_request_duration_seconds_count", http_route="/v1/deal-reviews")


def measured(dashboard: Path) -> set[str]:
    """The metrics that a dashboard asks for."""
    panels: list[dict[str, Any]] = json.loads(dashboard.read_text("utf-8"))["panels"]
    return {
        name.removesuffix("_bucket").removesuffix("_count")
        for panel in panels
        for target in panel["targets"]
        for name in re.findall(r"\b(?:coach|http|process)_\w+", re.sub(r"\([\w, ]+\) \(", "(", target["expr"]))
        if name not in {"http_route", "http_response_status_code"}
    }


def test_every_metric_of_the_dashboard_is_there(installation: Installation) -> None:
    text = installation.ask(busy(installation), "GET", "/metrics").text
    exported = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
    asked = measured(DASHBOARD)
    # Only a model's calls are counted by these; `tests/wire/test_canary.py` makes some.
    of_models = {"coach_model_calls_total", "coach_model_tokens_total", "coach_model_cost_total"}
    of_models |= {"coach_redactions_total", "coach_points_dropped_total"}
    assert len(asked) >= 14
    assert asked - of_models <= exported
    assert of_models < asked


def test_traces_have_routes_and_no_paths(installation: Installation, spans: InMemorySpanExporter) -> None:
    key = installation.key(Role.ADMIN)
    installation.ask(key, "GET", "/v1/claims?rep=quinceblossom")
    finished = spans.get_finished_spans()
    server = next(one for one in finished if (one.attributes or {}).get("http.route") == "/v1/claims")
    assert "GET /v1/claims" == server.name
    assert "quinceblossom" not in "".join(one.to_json() for one in finished)
    assert "(left out)" == (server.attributes or {})["url.path"]


def test_a_name_for_this_machine_that_a_caller_makes_up_is_not_in_a_trace(
    installation: Installation, spans: InMemorySpanExporter
) -> None:
    installation.ask(None, "GET", "/healthz", headers={"host": "quinceblossom.example"})
    assert spans.get_finished_spans()
    assert "quinceblossom" not in "".join(one.to_json() for one in spans.get_finished_spans())


@pytest.mark.parametrize(
    ("path", "body", "parts"),
    [
        ("deal-reviews", {"note": NOTE}, {"coach.read": ("deal", "local"), "coach.judge": ("deal", None)}),
        ("diagnoses", {"rep": "I", "manager_observation": NOTE}, {"coach.read": ("rep", "local")}),
        ("manager-reviews", {"manager": "Ruth", "transcript": TALK}, {"coach.read": ("talk", "local")}),
    ],
)
def test_a_trace_shows_the_parts_of_the_work(
    installation: Installation, spans: InMemorySpanExporter, path: str, body: object, parts: dict[str, object]
) -> None:
    assert 200 == installation.ask(None, "POST", f"/v1/{path}", json=body).status_code
    finished = spans.get_finished_spans()
    seen = {
        one.name: ((one.attributes or {}).get("task"), (one.attributes or {}).get("engine"))
        for one in finished
        if one.name.startswith("coach.")
    }
    assert parts.items() <= seen.items()
    assert {"coach.store.write"} <= seen.keys()
    assert 1 == len({one.context.trace_id for one in finished if one.context is not None})


def test_ready_says_what_is_there(installation: Installation) -> None:
    answer = installation.ask(None, "GET", "/readyz")
    assert (200, "ready") == (answer.status_code, answer.json()["status"])
    assert {"service": "up", "engine": "loaded", "store": "answers"} == {
        one["name"]: one["detail"] for one in answer.json()["checks"]
    }


def test_ready_says_what_is_not(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(_: object) -> bool:
        raise StoreError("postgresql://user:secret@host cannot be used")

    with monkeypatch.context() as broken_store:
        broken_store.setattr("coach.store.keys.Keys.any", broken)
        answer = installation.ask(None, "GET", "/readyz")
    assert (503, "not_ready") == (answer.status_code, answer.json()["status"])
    assert {"store": "store_failed"} == {
        one["name"]: one["detail"] for one in answer.json()["checks"] if not one["ready"]
    }
    assert "secret" not in answer.text
    installation.client.app.state.stopping.begun.set()  # type: ignore[attr-defined]
    stopping = installation.ask(None, "GET", "/readyz")
    assert (503, ["stopping"]) == (
        stopping.status_code,
        [one["detail"] for one in stopping.json()["checks"] if not one["ready"]],
    )


def test_a_data_folder_that_cannot_be_written_is_not_ready(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 200 == installation.ask(None, "GET", "/readyz").status_code
    monkeypatch.setattr("coach.wiring.coach.os.access", lambda *_: False)
    answer = installation.ask(None, "GET", "/readyz")
    assert 503 == answer.status_code
    assert {"store": "the data folder cannot be written"} == {
        one["name"]: one["detail"] for one in answer.json()["checks"] if not one["ready"]
    }


def test_a_store_that_hangs_is_not_ready(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hanging(_: object) -> bool:
        await asyncio.Event().wait()
        return True

    monkeypatch.setattr("coach.store.keys.Keys.any", hanging)
    monkeypatch.setattr("coach.wiring.coach._PROMPTLY_S", 0.05)
    answer = installation.ask(None, "GET", "/readyz")
    assert (503, ["no answer within 0 s"]) == (
        answer.status_code,
        [one["detail"] for one in answer.json()["checks"] if not one["ready"]],
    )


@pytest.mark.usefixtures("kept_logging")
async def test_of_a_task_that_failed_unasked_the_type_alone_is_logged() -> None:
    stream = StringIO()
    configure_logs("json", "debug", stream)

    async def fails() -> None:
        raise LookupError("quinceblossom")

    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    del task
    gc.collect()
    await asyncio.sleep(0)
    (line,) = [json.loads(one) for one in stream.getvalue().splitlines()]
    assert ("Task exception was never retrieved", "LookupError") == (line["event"], line["exception"])
    assert "quinceblossom" not in stream.getvalue()
