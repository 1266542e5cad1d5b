"""Metrics for Prometheus and traces for OpenTelemetry: providers for FastAPI's own instruments and for Coach's.

Rule: what is exported holds routes, codes, models and counts; never a path, a query, a name or a text.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from coach import __version__
from coach.errors import CoachError

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter
    from prometheus_client import CollectorRegistry

_LEFT_OUT = (
    "url.path",
    "url.query",
    "http.request.method_original",
    "user_agent.original",
    "client.address",
    "server.address",
)
"""Attributes of a request that may hold what somebody wrote; the last is what the request's `Host` says."""
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60, 120)
"""Bounds of histograms of durations: the embedded engine reads in milliseconds, a model in seconds."""


_SEND_S = 5.0
"""How long traces are tried to be sent; a service that is stopped waits no longer for a collector that is away."""


@dataclass(frozen=True)
class Telemetry:
    """What a service exports."""

    tracers: TracerProvider
    meters: MeterProvider
    registry: CollectorRegistry

    def metrics(self) -> bytes:
        """All metrics as they are now, in the text format of Prometheus."""
        from prometheus_client import generate_latest  # noqa: PLC0415  loaded where a service starts

        return generate_latest(self.registry)

    @cached_property
    def observer(self) -> Watch:
        """Who watches what is marked by `coach.observed`."""
        return Watch(self)

    def close(self) -> None:
        """Send what is left, and stop."""
        self.tracers.shutdown()
        self.meters.shutdown()


class Watch:
    """A span and a figure for each part of a request that is marked; see `coach.observed.Observer`."""

    def __init__(self, telemetry: Telemetry) -> None:
        self._tracer = telemetry.tracers.get_tracer("coach", __version__)
        self._durations = telemetry.meters.get_meter("coach", __version__).create_histogram(
            "coach.operation.duration",
            unit="s",
            description="Seconds that a part of the work took, by operation, and by the code of its failure.",
            explicit_bucket_boundaries_advisory=SECONDS,
        )

    @contextmanager
    def watching(self, operation: str, about: Mapping[str, str]) -> Iterator[None]:
        """Time what is done inside; of an error its code or type is noted, never its message."""
        from opentelemetry.trace import StatusCode  # noqa: PLC0415  loaded where a service starts

        failed: dict[str, str] = {}
        started = time.perf_counter()
        # Not the current span: one that is may not be left open while a generator waits, and some parts are read so.
        span = self._tracer.start_span(f"coach.{operation}", attributes=dict(about))
        try:
            yield
        except BaseException as error:
            failed = {"error.type": error.code if isinstance(error, CoachError) else type(error).__name__}
            span.set_attributes(failed)
            span.set_status(StatusCode.ERROR)
            raise
        finally:
            span.end()
            self._durations.record(time.perf_counter() - started, {"operation": operation, **about, **failed})


def start_telemetry(otlp_endpoint: str | None = None, exporter: SpanExporter | None = None) -> Telemetry:
    """Begin to measure; metrics are there to be fetched, traces are sent where an endpoint is set.

    Args:
        otlp_endpoint: Base address of a collector that takes OTLP over HTTP, such as `http://collector:4318`.
        exporter: Where to send traces instead.
    """
    from opentelemetry.exporter.prometheus import PrometheusMetricReader  # noqa: PLC0415  as above
    from opentelemetry.sdk.metrics import MeterProvider  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import SpanProcessor, TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor  # noqa: PLC0415
    from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector  # noqa: PLC0415

    class LeaveOut(SpanProcessor):
        """Before a span is exported, what somebody may have written is not in it."""

        def on_start(self, span: Any, parent_context: Any = None) -> None:  # noqa: ANN401, ARG002
            for name in _LEFT_OUT:
                if name in (span.attributes or {}):
                    span.set_attribute(name, "(left out)")

    resource = Resource.create({"service.name": "coach", "service.version": __version__})
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    meters = MeterProvider(resource=resource, metric_readers=[PrometheusMetricReader(registry=registry)])
    tracers = TracerProvider(resource=resource)
    tracers.add_span_processor(LeaveOut())
    if exporter is not None:
        tracers.add_span_processor(SimpleSpanProcessor(exporter))
    elif otlp_endpoint is not None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415

        target = f"{otlp_endpoint.rstrip('/')}/v1/traces"
        tracers.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=target, timeout=_SEND_S)))
    return Telemetry(tracers, meters, registry)
