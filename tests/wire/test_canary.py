"""After a noisy run nothing that anybody wrote is in a log, an error, a metric or a trace."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import httpx2
import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.domain import DealReview
from coach.domain.identity import Role
from coach.testing.provider import Fault, Provider
from coach.wiring import build
from coach.wiring.logs import configure_logs
from coach.wiring.telemetry import start_telemetry
from tests.api.logged import kept_logging
from tests.api.test_identity import Installation
from tests.api.test_observing import DASHBOARD, measured
from tests.wire.wired import answer as answered
from tests.wire.wired import settings

__all__ = ["kept_logging"]
PRICED = "openai/gpt-4o-mini"
"""A model whose price is known, so that its cost is counted."""
CANARY = "quinceblossom"
"""In every text that is sent, in words that differ."""
SPOILT = (Fault.WRONG_ENUM, Fault.DUPLICATE)
FAULTS = [
    *(Fault.RATE_LIMITED, Fault.QUOTA, Fault.SERVER_ERROR, Fault.BAD_GATEWAY, Fault.UNAVAILABLE, Fault.OVERLOADED),
    *(Fault.AUTH, Fault.PERMISSION, Fault.NOT_FOUND, Fault.BAD_REQUEST, Fault.CONTEXT_TOO_LONG, Fault.RESET),
    *(Fault.CONTENT_POLICY, Fault.CUT, Fault.TRUNCATED, Fault.TRUNCATED_JSON, Fault.REFUSAL, Fault.EMPTY),
    Fault.PROSE,
    Fault.WRONG_SCHEMA.of(spoil=lambda _: f'{{"{CANARY}": ["{CANARY}"]}}'),
    *(fault.of(spoil=lambda content: content.replace('"kind": "', f'"kind": "{CANARY}')) for fault in SPOILT),
    Fault.INVENTED.of(spoil=lambda content: content.replace('"quote": "', f'"quote": "{CANARY} invented ')),
    Fault.HANG,
]


def word(number: int) -> str:
    return f"{CANARY}{number}"


NOTE = f"{word(1)} signed on Friday. I called {word(2)}@{word(3)}.example, +44 20 7946 0958."
DEAL = {"name": word(4), "stage": word(5), "amount": word(6), "people": [word(7)]}
GOOD = {"deal": DEAL, "rep": word(8), "note": NOTE, "written_on": "2026-03-02"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider(answered) as running:
        yield running


def noise(installation: Installation, provider: Provider) -> list[str]:
    """Everything that may go well or wrong; the bodies of what went wrong."""
    failed: list[str] = []
    key = installation.key(Role.ADMIN)

    def ask(method: str, path: str, *, key: str | None = key, **given: object) -> httpx2.Response:
        answer: httpx2.Response = installation.ask(key, method, path, **given)
        if answer.status_code >= 400:
            failed.append(f"{answer.text} {dict(answer.headers)}")
        return answer

    reviews(ask, provider)
    others(ask)
    addresses(ask)
    # So often in a row that it is left alone.
    provider.always(Fault.UNAVAILABLE)
    for number in range(7):
        ask("POST", "/v1/deal-reviews", json=GOOD | {"note": f"{NOTE} {CANARY} {number}"})
    return failed


def reviews(ask: Callable[..., httpx2.Response], provider: Provider) -> None:
    review = ask("POST", "/v1/deal-reviews", json=GOOD).json()["id"]
    ask("POST", "/v1/deal-reviews/stream", json=GOOD)
    ask("POST", "/v1/deal-reviews/outgoing", json=GOOD)
    for number, fault in enumerate(FAULTS):
        provider.always(fault)
        ask("POST", "/v1/deal-reviews", json=GOOD | {"note": f"{NOTE} {number}"})
    provider.always(None)
    for wrong in (
        GOOD | {"note": ""},
        GOOD | {"note": f"\x00{CANARY}"},
        GOOD | {"note": CANARY * 50_000},
        GOOD | {"written_on": CANARY},
        GOOD | {"rep": [CANARY]},
        GOOD | {word(9): word(10)},
        GOOD | {"record": {"crm": CANARY * 9, "record": CANARY}},
        [CANARY],
        CANARY,
    ):
        ask("POST", "/v1/deal-reviews", json=wrong)
    for body in (f'{{"note": "{CANARY}', f'{{"note": "\ud800{CANARY}"}}', CANARY):
        for kind in ("application/json", f"text/{CANARY}"):
            sent = body.encode("utf-8", "surrogatepass")
            ask("POST", "/v1/deal-reviews", content=sent, headers={"content-type": kind})
    ask("POST", "/v1/deal-reviews", content=CANARY.encode() * 200_000, headers={"content-type": "application/json"})
    for one in (review, "dr_0123456789abcdef"):
        reply = {"text": f"{word(33)} sent us the signed order form on Friday.", "written_on": "2026-03-09"}
        feedback = {"right": False, "why": word(32), "label": {"kind": CANARY}}
        ask("POST", f"/v1/findings/{one}.0/feedback", json=feedback)
        ask("POST", f"/v1/findings/{one}.0/feedback", json={"right": False, "why": word(32)})
        ask("POST", f"/v1/reviews/{one}/reply", json=reply)
        ask("GET", f"/v1/reviews/{one}/replies")


def others(ask: Callable[..., httpx2.Response]) -> None:
    ask("POST", "/v1/diagnoses", json={"rep": word(11), "manager_observation": f"She promised {word(12)} and did not."})
    ask("POST", "/v1/diagnoses", json={"rep": word(11), "results": {word(13): [word(14)]}})
    who = CANARY.title()
    talk = f"{who}: Did it go out?\nAnand: On Monday, {word(16)}.\n{who}: Send it to {word(17)}."
    said = {"manager": who, "transcript": talk, "held_on": "2026-03-02"}
    assert 200 == ask("POST", "/v1/manager-reviews", json=said).status_code
    ask("POST", "/v1/manager-reviews", json=said | {"manager": word(15)})
    csv = {"content-type": "text/csv"}
    rows = (
        "Record ID,Deal Name,Deal owner,Deal Stage,Amount,Close Date,Create Date\n"
        f"1,{word(18)},{word(19)},{word(20)},{word(21)},{word(22)},2026-01-10\n1,{word(18)},,,,,\n{word(23)}\n"
        f"2,{word(18)},{word(8)},{word(20)},5000,2026-03-31,2026-01-10\n"
    )
    report = ask("POST", f"/v1/opportunities?name={word(24)}", content=rows, headers=csv).json()
    assert (1, 3) == (report["kept"], report["left_out"])
    ask("POST", "/v1/opportunities", content=f"{word(25)},{word(26)}\n{word(27)},1\n", headers=csv)
    ask("POST", f"/v1/people?mapping={word(28)}", content=f"rep,manager\n{word(8)},{word(29)}\n", headers=csv)
    ask("POST", "/v1/one-on-ones/held", json={"rep": word(8), "steps": [{"what": word(30), "owner": CANARY}]})
    step = {"what": word(30), "owner": "rep", "due_on": "2026-03-09"}
    assert 200 == ask("POST", "/v1/one-on-ones/held", json={"rep": word(8), "steps": [step]}).status_code
    for rep in (word(8), word(31)):
        ask("POST", "/v1/one-on-ones", json={"rep": rep, "as_of": "2026-03-03"})
        ask("GET", f"/v1/one-on-ones/document?rep={rep}&as_of=2026-03-03")
        assert 200 == ask("POST", "/v1/privacy/exports", json={"person": rep}).status_code
        assert 200 == ask("POST", "/v1/privacy/erasures", json={"person": rep, "dry_run": True}).status_code


def addresses(ask: Callable[..., httpx2.Response]) -> None:
    for path in (
        f"/v1/{CANARY}",
        f"/v1/deal-reviews/{CANARY}",
        f"/v1/deal-reviews?before={CANARY}",
        f"/v1/claims?rep={word(8)}&as_of={CANARY}",
        f"/v1/one-on-ones/held/{CANARY}?rep={CANARY}",
        f"/static/{CANARY}",
        f"/{CANARY}",
        f"/login?next=/{CANARY}&why={CANARY}",
    ):
        ask("GET", path)
        ask("DELETE", path)
    ask("PATCH", f"/v1/commitments/{CANARY}", json={"outcome": CANARY})
    for path in ("people", "privacy/exports", "privacy/erasures"):
        ask("POST", f"/v1/{path}", json={"person": word(34), "why": word(35)})
    ask("GET", "/v1/rubrics", key=f"ck_main_{CANARY}")
    ask("GET", "/v1/rubrics", headers={"x-request-id": f"{CANARY} {CANARY}", "idempotency-key": CANARY})
    ask("POST", "/page/packet?name=a.yaml", content=f"rep: [{CANARY}".encode())
    ask("POST", f"/page/text?name={CANARY}.docx", content=CANARY.encode())
    for name in ("host", "user-agent", "cookie", "origin", "referer", "x-forwarded-for", "traceparent", "baggage"):
        ask("GET", "/v1/rubrics", headers={name: f"{CANARY}.example"})
    traced = {"traceparent": f"00-{'a' * 32}-{'b' * 16}-01", "tracestate": f"{CANARY} {CANARY}"}
    ask("GET", "/v1/rubrics", headers=traced)
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("coach.api.deal_reviews.ran", unforeseen)
        ask("POST", "/v1/deal-reviews", json=GOOD)


def unforeseen(_: object, review: DealReview) -> None:
    raise LookupError(f"{CANARY} {review.deal.name}")


@pytest.mark.usefixtures("kept_logging")
@pytest.mark.parametrize("level", ["debug", "info"])
def test_after_a_noisy_run_no_word_of_it_is_in_a_log_an_error_a_metric_or_a_trace(
    provider: Provider, tmp_path: Path, capfd: pytest.CaptureFixture[str], level: str
) -> None:
    stream, spans = StringIO(), InMemorySpanExporter()
    configure_logs("json", level, stream)
    logging.getLogger().setLevel(level.upper())
    telemetry = start_telemetry(exporter=spans)
    impatient = {"attempts": 1, "timeout_s": 1, "deadline_s": 2}
    given = settings(provider, tmp_path / "data", PRICED, rate_limit="off", encoder=False, **impatient)
    with TestClient(
        create_app(build(given), telemetry), raise_server_exceptions=False, base_url="http://localhost"
    ) as client:
        installation = Installation(client, given)
        failed = noise(installation, provider)
        key = installation.key(Role.ADMIN)
        metrics = installation.ask(key, "GET", "/metrics").text
        ready = installation.ask(None, "GET", "/readyz").text
        audit = installation.ask(key, "GET", "/v1/audit?limit=500").text
    telemetry.close()
    out, err = capfd.readouterr()
    traces = "".join(one.to_json() for one in spans.get_finished_spans())
    assert len(failed) > 40
    assert 'degraded="true"' in metrics
    assert "reviewDeal" in audit
    assert 1 == stream.getvalue().count("unexpected")
    assert {"coach.read", "coach.judge", "coach.call", "coach.store.write"} <= set(
        re.findall(r"coach\.[a-z.]+", traces)
    )
    codes = set(re.findall(r'coach_operation_duration_seconds_count{engine="",error_type="(\w+)",', metrics))
    assert {"rate_limited", "quota_exhausted", "not_authorised", "provider_timeout", "circuit_open"} <= codes
    assert re.search(r"^coach_model_circuits_open{.*} 1.0$", metrics, re.MULTILINE)
    assert measured(DASHBOARD) <= set(re.findall(r"^# TYPE (\S+)", metrics, re.MULTILINE))
    seen = {"log": stream.getvalue(), "errors": "".join(failed), "metrics": metrics, "traces": traces, "audit": audit}
    seen |= {"ready": ready}
    assert {} == {
        name: text[max(0, text.casefold().index(CANARY) - 200) :][:260]
        for name, text in (seen | {"stdout": out, "stderr": err}).items()
        if CANARY in text.casefold()
    }
