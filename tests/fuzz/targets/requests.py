"""What comes over HTTP: bodies of every address that takes one, keys, cookies and other headers."""

from __future__ import annotations

import asyncio
import json
import tempfile
from contextlib import AsyncExitStack
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from fastapi import FastAPI

from coach.api.app import create_app
from coach.service.keys import workspace_of
from coach.service.sessions import Session, Sessions
from coach.settings import Settings
from coach.store.secret import Secret
from coach.wiring import build
from tests.fuzz import seeds
from tests.fuzz.mutation import CANARY, Mutator
from tests.fuzz.oracle import Target

_STEP = {"what": f"Call Dana. {CANARY}", "owner": "rep", "due_on": "2026-03-09", "deal": "Vale Buses"}
_DEAL = {
    "deal": {"name": "Vale Buses", "amount": "EUR 60k", "stage": "Proposal", "close_date": "2026-03-31"},
    "rep": "Ilse Brandt",
    "record": {"crm": "hubspot", "record": "71"},
    "written_on": "2026-03-02",
    "note": f"Dana's counsel sent redlines on Tuesday. {CANARY}",
}
_REVIEW = "dr_0123456789abcdef"
_BODIES: dict[str, Any] = {
    "POST /v1/deal-reviews": _DEAL,
    "POST /v1/deal-reviews/outgoing": _DEAL,
    "POST /v1/deal-reviews/stream": _DEAL,
    "POST /v1/diagnoses": seeds.PACKET | {"as_of": "2026-03-03"},
    "POST /v1/manager-reviews": {"manager": "Ruth", "transcript": seeds.TALKS[0].decode(), "held_on": "2026-03-03"},
    "POST /v1/one-on-ones": {"rep": "Ilse Brandt", "as_of": "2026-03-03"},
    "POST /v1/one-on-ones/held": {"rep": "Ilse Brandt", "held_on": "2026-03-03", "steps": [_STEP]},
    f"POST /v1/findings/{_REVIEW}.0/feedback": {"right": False, "should_be": {"kind": "seller_action"}, "why": CANARY},
    f"POST /v1/reviews/{_REVIEW}/reply": {"text": f"She signed. {CANARY}", "written_on": "2026-03-03"},
    "PATCH /v1/commitments/1": {"kept": "kept", "proof": CANARY, "agreed_by_rep": True},
    "PATCH /v1/workspace": {"diagnosis": "on", "retention_days": 400},
    "POST /v1/privacy/exports": {"person": "Ilse Brandt", "also": [CANARY]},
}
_ADDRESSES = tuple(_BODIES)
_QUERIES = (
    b"/v1/opportunities?as_of=2026-03-01&rep=Ilse%20Brandt&state=open&after=3&limit=20",
    b"/v1/deal-reviews?rep=Ilse+Brandt&before=4&limit=5",
    b"/v1/one-on-ones/held/2026-03-03?rep=Ilse%20Brandt",
    b"/v1/cards/hubspot/71",
    b"/v1/crm/pipedrive/panel?resource=deal&view=details&selectedIds=71&userId=1&companyId=2&token=a.b.c",
    b"/crm/pipedrive/panel?id=1&resource=deal&view=details&selectedIds=71&userId=1&companyId=2&token=a.b.c",
    b"/v1/audit?before=2&limit=3",
    b"/v1/deal-reviews/dr_0123456789abcdef",
    b"/v1/commitments?rep=x&open=true",
)
_HEADERS = (
    b"authorization: Bearer ck_main_0123456789ab_0123456789012345678901234567890123456789012",
    b"authorization: Basic YTpi",
    b"cookie: coach_session=WyJrZXk6YSIsIm1haW4iLDEsMV0.c2lnbmF0dXJl; coach_state=a.b.c",
    b"content-type: application/json; charset=utf-8",
    b"idempotency-key: 4f9c",
    b"traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    b"x-request-id: abc",
    b"host: localhost:8000",
    b"origin: https://a.example",
    b"accept-language: de-DE,de;q=0.5",
)


class _Served(NamedTuple):
    app: FastAPI
    loop: asyncio.AbstractEventLoop
    running: AsyncExitStack


@cache
def _served() -> _Served:
    """The application, with a store of its own."""
    running = AsyncExitStack()
    folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="coach-fuzz-")))
    settings = Settings(_env_file=None, data_dir=folder, engine="local", encoder=False, rate_limit="off")
    app = create_app(build(settings, serving=False))
    loop = asyncio.new_event_loop()
    loop.run_until_complete(running.enter_async_context(app.router.lifespan_context(app)))
    return _Served(app, loop, running)


def close() -> None:
    """End the application, where one was begun."""
    if _served.cache_info().currsize:
        _, loop, running = _served()
        loop.run_until_complete(running.aclose())
        loop.close()
        _served.cache_clear()


def _ask(method: str, target: bytes, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    """Ask the application; what is refused must say nothing of what was sent."""
    app, loop, _ = _served()
    path, _, query = target.partition(b"?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path.decode("utf-8", "replace"),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
    }
    pending = [{"type": "http.request", "body": body, "more_body": False}]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if pending:
            return pending.pop()
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    loop.run_until_complete(app(scope, receive, send))  # type: ignore[arg-type]
    status = sent[0]["status"]
    answer = b"".join(message.get("body", b"") for message in sent[1:])
    assert status < 500, f"{status}"
    if status >= 400:
        assert CANARY.encode() not in answer, f"{status} gives the input away"
        if answer and path == b"/crm/pipedrive/panel":
            # In a CRM's frame a person is told.
            assert b' data-refused="' in answer
        elif answer:
            assert isinstance(json.loads(answer)["code"], str)


def _make_body(random: Random) -> bytes:
    address = random.choice(_ADDRESSES)
    return address.encode() + b"\n" + Mutator(random).one_of([json.dumps(_BODIES[address]).encode()])


def _body(raw: bytes) -> None:
    address, _, content = raw.partition(b"\n")
    method, _, target = address.partition(b" ")
    headers = [(b"host", b"localhost:8000"), (b"content-type", b"application/json")]
    _ask(method.decode(), target, headers, content)


def _make_head(random: Random) -> bytes:
    mutator = Mutator(random)
    return mutator.one_of(_QUERIES).replace(b"\n", b"") + b"\n" + mutator.one_of(_HEADERS)


def _head(raw: bytes) -> None:
    target, _, header = raw.partition(b"\n")
    name, _, value = header.partition(b":")
    # What no server of HTTP lets through is not tried.
    value = bytes(byte for byte in value.strip() if byte >= 32 and byte != 127)
    target = bytes(byte for byte in target if 32 < byte < 127)
    headers = [(b"host", b"localhost:8000")]
    if name.replace(b"-", b"").isalnum():
        headers = [one for one in headers if one[0] != name.lower()] + [(name.lower(), value)]
    _ask("GET", b"/" + target.lstrip(b"/"), headers, b"")


_SESSIONS = Sessions(Secret("0" * 32, Path("none")), minutes=15, hours=12)


_TOKEN = _SESSIONS._signed(Session("key:0123456789ab", "main", 1, 1)).encode()


def _make_token(random: Random) -> bytes:
    key = _HEADERS[0].rpartition(b" ")[2]
    return Mutator(random).one_of([key, _TOKEN])


def _token(raw: bytes) -> None:
    text = raw.decode("utf-8", "replace")
    workspace_of(text)
    _SESSIONS.read(text)


TARGETS = (
    Target("request.body", 40, _make_body, _body),
    Target("request.head", 40, _make_head, _head),
    Target("token", 20, _make_token, _token),
)
