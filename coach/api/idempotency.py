"""`Idempotency-Key`: a request that is sent again, at once or later, is done once, and answered alike.

By the IETF's draft `draft-ietf-httpapi-idempotency-key-header`. Answers that ask to try again are not kept.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import tempfile

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.api.guards import has_taker
from coach.api.problems import error_response, problem_response
from coach.domain.identity import Principal
from coach.errors import CoachError, Conflict, StoreError
from coach.store.answers import DROPPED, Answer, Answers
from coach.wiring import Coach

BROKE_OFF = "broke_off"
"""In a request's state, set where what was answered with 200 failed later: asking again may help."""
_METHODS = frozenset({"POST", "PATCH"})
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_IN_MEMORY = 1 << 20
_LONGEST = 4_000_000
"""Bytes of an answer that is kept; a longer one is not."""
_NOT_KEPT = frozenset({409, 429})
_SHOWN_ONCE = re.compile(r"/v1/keys(/[0-9a-f]{12}/rotate)?")
"""Addresses whose answer holds a secret: to answer again, it would have to be kept."""
_POLL_S = 0.05
_PATIENCE_S = 10.0
_HEADERS = ("content-type", "location")
_BAD_KEY = "Idempotency-Key: send 1 to 255 visible ASCII characters, such as a UUID."
_IS_SHOWN_ONCE = "Idempotency-Key: not taken here, since a key is shown once, and kept nowhere to be shown again."
_MISMATCH = "Idempotency-Key: this key came with another request; a new request needs a new key."
_DROPPED = (
    "Idempotency-Key: this was done, and its answer is not kept any more: who may see it has changed since, or "
    "somebody was erased. Read what it made; a new key does it again."
)
_RUNNING = "The same request is being worked on; ask again in a second."
_log = logging.getLogger("coach.api")


class Idempotency:
    """Looks at requests that carry a key; the rest pass."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Do the request, or answer as it was answered before."""
        state = scope.get("state", {})
        if scope["type"] != "http" or scope["method"] not in _METHODS or "principal" not in state:
            await self._app(scope, receive, send)
            return
        key = Headers(scope=scope).get("idempotency-key")
        if key is None or not has_taker(scope):
            await self._app(scope, receive, send)
            return
        bad = None if _KEY.fullmatch(key) else _BAD_KEY
        if _SHOWN_ONCE.fullmatch(scope["path"]):
            bad = _IS_SHOWN_ONCE
        if bad is not None:
            await problem_response(400, bad, "bad_request")(scope, receive, send)
            return
        principal: Principal = state["principal"]
        coach: Coach = state["coach"]
        try:
            await self._once(scope, receive, send, coach.pipeline.records.answers, (principal.id, key))
        except CoachError as error:
            await error_response(error)(scope, receive, send)
        except ClientDisconnect:
            pass

    async def _once(self, scope: Scope, receive: Receive, send: Send, kept: Answers, named: tuple[str, str]) -> None:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body:
            fingerprint = await _fingerprint(scope, receive, body)
            ends_at = asyncio.get_running_loop().time() + _PATIENCE_S
            while True:
                taken = await kept.take(*named, fingerprint)
                if taken.fingerprint != fingerprint:
                    await problem_response(409, _MISMATCH, "idempotency_mismatch")(scope, receive, send)
                    return
                if taken.answer is not None and taken.answer.status == DROPPED:
                    await problem_response(409, _DROPPED, "idempotency_answer_gone")(scope, receive, send)
                    return
                if taken.answer is not None:
                    scope["state"]["replayed"] = True
                    await _again(taken.answer)(scope, receive, send)
                    return
                if taken.holder is not None:
                    await self._first(scope, _replayed(body, receive), send, kept, (*named, taken.holder))
                    return
                if asyncio.get_running_loop().time() > ends_at:
                    raise Conflict(_RUNNING)
                await asyncio.sleep(_POLL_S)

    async def _first(
        self, scope: Scope, receive: Receive, send: Send, kept: Answers, held: tuple[str, str, str]
    ) -> None:
        recorded = _Recorded()

        def is_final() -> bool:
            return recorded.is_final and not scope["state"].get(BROKE_OFF)

        async def recording(message: Message) -> None:
            recorded.add(message)
            if recorded.ended and is_final():
                # Before its last part goes out: who has the answer and asks again gets the same one.
                await _keep(kept, held, recorded.answer())
            await send(message)

        done = False
        try:
            await self._app(scope, receive, recording)
            done = recorded.ended and is_final()
        finally:
            if not done:
                # Shielded: a client that leaves must not leave the request taken.
                await asyncio.shield(_left(kept, held))


class _Recorded:
    """An answer as it goes out."""

    def __init__(self) -> None:
        self.ended = False
        self._status = 0
        self._headers: dict[str, str] = {}
        self._body = bytearray()

    def add(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = MutableHeaders(scope=message)
            self._headers = {name: headers[name] for name in _HEADERS if name in headers}
        elif message["type"] == "http.response.body":
            if len(self._body) <= _LONGEST:
                self._body += message.get("body", b"")
            self.ended = not message.get("more_body", False)

    @property
    def is_final(self) -> bool:
        """Whether asking again would not help, and the answer can be kept."""
        return self._status < 500 and self._status not in _NOT_KEPT and len(self._body) <= _LONGEST

    def answer(self) -> Answer:
        return Answer(status=self._status, headers=self._headers, body=bytes(self._body))


async def _keep(kept: Answers, held: tuple[str, str, str], answer: Answer) -> None:
    try:
        await kept.keep(*held, answer)
    except StoreError as error:
        # It was done, and is not to be done again by who asks again; the answer goes out this once.
        _log.warning("a request stays taken until it is stale: %s", error.detail)


async def _left(kept: Answers, held: tuple[str, str, str]) -> None:
    try:
        await kept.leave(*held)
    except StoreError as error:
        _log.warning("a request stays taken until it is stale: %s", error.detail)


async def _fingerprint(scope: Scope, receive: Receive, body: tempfile.SpooledTemporaryFile[bytes]) -> str:
    """A hash of all that a request says; its body is put aside."""
    said = hashlib.sha256()
    content_type = Headers(scope=scope).get("content-type", "")
    for part in (scope["method"], scope["path"], scope["query_string"].decode("latin-1"), content_type):
        said.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk = message.get("body", b"")
        said.update(chunk)
        body.write(chunk)
        more = message.get("more_body", False)
    body.seek(0)
    return said.hexdigest()


def _replayed(body: tempfile.SpooledTemporaryFile[bytes], receive: Receive) -> Receive:
    ended = False

    async def replayed() -> Message:
        nonlocal ended
        if ended:
            return await receive()
        chunk = body.read(_IN_MEMORY)
        ended = len(chunk) < _IN_MEMORY
        return {"type": "http.request", "body": chunk, "more_body": not ended}

    return replayed


def _again(answer: Answer) -> Response:
    return Response(answer.body, answer.status, headers=answer.headers | {"idempotency-replayed": "true"})
