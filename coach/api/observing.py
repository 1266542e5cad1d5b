"""What can be seen of a service from outside: an id and a log line for each request, and counts of what was done.

Rule: routes as templates, codes, models, counts; never a path, a query, a name or a text.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.api.problems import answered
from coach.observed import Observer, observer
from coach.wiring.logs import request_id
from coach.wiring.telemetry import SECONDS

if TYPE_CHECKING:
    from opentelemetry.metrics import CallbackOptions, MeterProvider, Observation

    from coach.domain import DealReview, ManagerReview, RepDiagnosis

_log = logging.getLogger("coach.requests")
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_TASKS = {"dr": "deal", "rd": "rep", "mr": "talk"}
"""Of a review's id, what it begins with."""


class Observing:
    """Names each request, counts what is refused, and writes a line when it is answered."""

    def __init__(self, app: ASGIApp, meters: Meters, watching: Observer | None = None) -> None:
        self._app = app
        self._meters = meters
        self._watching = watching

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on under its id: the caller's, if it is one, or a new one."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        named = given if _ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = named
        scope["state"]["meters"] = self._meters
        problems: list[str] = []
        by_id, by_observer, by_problems = request_id.set(named), observer.set(self._watching), answered.set(problems)
        started = time.perf_counter()
        status = 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = named
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            code = problems[-1] if problems and status >= 400 else None
            if status in _REFUSED:
                self._meters.refused.add(1, {"status": status, "code": code or "(none)"})
            route = getattr(scope.get("route"), "path_format", None) or "(none)"
            _log.info(
                "request",
                extra={
                    "method": scope["method"] if scope["method"] in _METHODS else "(other)",
                    "route": route,
                    "status": status,
                    "ms": round((time.perf_counter() - started) * 1000, 1),
                    **({} if code is None else {"code": code}),
                },
            )
            request_id.reset(by_id)
            observer.reset(by_observer)
            answered.reset(by_problems)


_METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})
_REFUSED = frozenset({401, 403, 429, 503})


class Meters:
    """Coach's own instruments."""

    def __init__(self, provider: MeterProvider | None = None, resting: Callable[[], Sequence[str]] = tuple) -> None:
        """Make them; without a provider they count for nobody.

        Args:
            provider: Who keeps the counts.
            resting: The providers of models that are left alone for a while, as they failed again and again.
        """
        from opentelemetry import metrics  # noqa: PLC0415  loaded where a service starts

        def circuits(_: CallbackOptions) -> Iterator[Observation]:
            yield metrics.Observation(len(resting()))

        meter = (provider or metrics.NoOpMeterProvider()).get_meter("coach")
        self.reviews = meter.create_counter(
            "coach.reviews", description="Reviews that were made, by task, engine, degraded and cached."
        )
        self.duration = meter.create_histogram(
            "coach.review.duration",
            unit="s",
            description="Seconds that reading and judging took.",
            explicit_bucket_boundaries_advisory=SECONDS,
        )
        self.calls = meter.create_counter(
            "coach.model.calls", description="Calls that were put to models, by model and whether it answered."
        )
        self.tokens = meter.create_counter("coach.model.tokens", description="Tokens, by model and kind.")
        self.cost = meter.create_counter("coach.model.cost", unit="{USD}", description="What calls cost, where known.")
        self.redacted = meter.create_counter(
            "coach.redactions", description="What was taken out of texts before a model was shown them, by kind."
        )
        self.dropped = meter.create_counter(
            "coach.points.dropped", description="Points of models' answers that the text does not hold."
        )
        self.refused = meter.create_counter(
            "coach.requests.refused", description="401, 403, 429 and 503, by status and the problem's code."
        )
        meter.create_observable_gauge(
            "coach.model.circuits.open", [circuits], description="Providers that fail, and are left alone for a while."
        )
        self.rows = meter.create_counter("coach.imported.rows", description="Rows of exports, by whether they went in.")

    def made(self, review: DealReview | RepDiagnosis | ManagerReview) -> None:
        """Count a review that was made."""
        by = review.provenance
        task = _TASKS.get(review.id.partition("_")[0], "other")
        degraded = any(one.code == "degraded" for one in review.notices)
        self.reviews.add(1, {"task": task, "engine": by.engine, "degraded": degraded, "cached": by.cached})
        self.duration.record(by.duration_ms / 1000, {"task": task, "engine": by.engine})
        if by.cached:
            return
        for one in by.sent:
            self.calls.add(1, {"model": one.model, "answered": one.answered})
        if by.model is not None and by.usage is not None:
            self.tokens.add(by.usage.prompt_tokens, {"model": by.model, "kind": "prompt"})
            self.tokens.add(by.usage.completion_tokens, {"model": by.model, "kind": "completion"})
            self.tokens.add(by.usage.cached_tokens, {"model": by.model, "kind": "cached"})
        if by.model is not None and by.cost_usd:
            self.cost.add(by.cost_usd, {"model": by.model})
        for kind, count in (by.sent[0].redacted if by.sent else {}).items():
            self.redacted.add(count, {"kind": kind})
        if by.dropped:
            self.dropped.add(by.dropped, {"task": task})
