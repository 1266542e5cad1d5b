"""Logs who asked for what, before the answer goes out: what cannot be logged is not told.

Inside the guards that say who asks, so that it sees what is answered, and to whom.
"""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any

from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.api.problems import error_response
from coach.domain.identity import LOCAL, Principal
from coach.domain.opportunity import folded
from coach.errors import StoreError
from coach.store.audit import Entry
from coach.wiring import Coach, Entrance

_PATIENCE_S = 5.0
_log = logging.getLogger("coach.api")
_ID = re.compile(r"[a-z]{2}_[0-9a-f]{6,64}(\.[a-z0-9_.]{1,60})?|[0-9a-f]{12}|[0-9]{1,19}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""What a path may name that is no text of anybody's: a review or finding, a key, a number, a day."""
_REVIEW = re.compile(r"([a-z]{2}_[0-9a-f]{6,64})(\..*)?")
_NUMBER = re.compile(r"[0-9]{1,18}")
_A_CRMS = frozenset({"crm", "record"})
"""What a path names by a CRM's words; the route says whether it is anything, as what it made."""
_UNLOGGED = frozenset({"listRubrics", "whoAmI", "health", "ready", "metrics"})
"""Operations that tell nothing of anybody."""


class Auditing:
    """Appends an entry for each answer to an operation of the API, and another where it ran on after that."""

    def __init__(self, app: ASGIApp, entrance: Entrance) -> None:
        self._app = app
        self._entrance = entrance
        self._late: set[asyncio.Task[StoreError | None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; log as the answer begins, and where it breaks off."""
        principal: Principal | None = scope.get("state", {}).get("principal")
        if scope["type"] != "http" or principal is None:
            await self._app(scope, receive, send)
            return
        began = refused = False

        async def logged(message: Message) -> None:
            nonlocal began, refused
            starts = message["type"] == "http.response.start"
            if starts or (_made(scope) and not message.get("more_body", False)):
                error = await self._log(scope, principal, {"status": message["status"]} if starts else {})
                began = True
                # The one user of a machine is not locked out by a full disk.
                if error is not None and starts and principal is not LOCAL:
                    refused = True
                    await error_response(error)(scope, receive, send)
            if refused and message.get("more_body", False):
                # As if the client had gone: the rest of a stream, a model's reading of a note say, is for nobody.
                raise ConnectionAbortedError("the answer is not let out")
            if not refused:
                await send(message)

        try:
            await self._app(scope, receive, logged)
        except Exception:
            if not refused:
                raise
        finally:
            # What failed, was given up or lost its client may have done something before that.
            if not began or _made(scope):
                await self._log_late(scope, principal)

    async def _log_late(self, scope: Scope, principal: Principal) -> None:
        """Append an entry that no answer waits for; a request that was given up for its length ends soon, too."""
        late = asyncio.create_task(self._log(scope, principal, {"broke_off": True}))
        self._late.add(late)
        late.add_done_callback(self._late.discard)
        await asyncio.wait({late}, timeout=_PATIENCE_S)

    async def _log(self, scope: Scope, principal: Principal, detail: dict[str, Any]) -> StoreError | None:
        """Append an entry; what kept it from being appended, if anything did."""
        operation = _operation(scope)
        if operation is None or operation in _UNLOGGED:
            return None
        try:
            log = await self._entrance.audit(principal.workspace)
            people = sorted(map(log.pseudonym, await _people(scope)))
            await log.append(_entry(scope, principal, operation, detail, people))
        except StoreError as error:
            _log.error("an answer could not be logged: %s", error.detail)
            return error
        return None


async def _people(scope: Scope) -> frozenset[str]:
    """Whom it is about: who was asked for, or whose the deal, review or step is that was, seen or not."""
    asked: list[str] = scope["state"].get("asked", [])
    if asked:
        return frozenset(map(folded, asked)) - {""}
    coach: Coach = scope["state"]["coach"]
    found: frozenset[str] = frozenset()
    named = scope.get("path_params", {})
    # A CRM's own number of a deal is another thing.
    deal, value = str(named.get("deal", "")), str(named.get("id", ""))
    if _NUMBER.fullmatch(deal):
        found = await coach.pipeline.records.deals.whose(int(deal))
    elif review := _REVIEW.fullmatch(value):
        found = await coach.pipeline.records.reviews.whose(review[1])
    elif _NUMBER.fullmatch(value):
        found = await coach.pipeline.records.commitments.whose(int(value))
    return found - {""}


def _entry(scope: Scope, principal: Principal, operation: str, detail: dict[str, Any], people: list[str]) -> Entry:
    made = _made(scope)
    detail = {**made, **detail}
    made.clear()
    if len(people) > 1:
        detail["people"] = people
    named = scope.get("path_params", {})
    things = [one for name, value in named.items() if name not in _A_CRMS and _ID.fullmatch(one := str(value))]
    return Entry(
        actor=principal.id,
        role=principal.role.value,
        action=operation,
        object="/".join(things)[:300] or None,
        person=people[0] if people else None,
        detail=detail,
        request=scope["state"].get("request_id"),
    )


def _made(scope: Scope) -> dict[str, Any]:
    made: dict[str, Any] = scope["state"].get("made", {})
    return made


def _operation(scope: Scope) -> str | None:
    """What was asked for; of an answer that is given again, too, which no route has seen."""
    if scope["state"].get("replayed") and "route" not in scope:
        for route in scope["app"].router.routes:
            match, found = route.matches(scope)
            if match is Match.FULL:
                scope.update(found)
                scope["route"] = route
                break
    return getattr(scope.get("route"), "operation_id", None)
