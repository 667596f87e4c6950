"""What operations ask: is it alive, is it ready, how is it used."""

import time
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Summary,
    generate_latest,
)
from prometheus_client.core import InfoMetricFamily
from prometheus_client.registry import Collector

from dashboard.bundle import DataBundle
from dashboard.live import LiveData, Refusal
from dashboard.routes.errors import json_response


def register(server: Flask, live: LiveData) -> None:
    """Add /healthz, /readyz and /metrics; every application counts for itself."""
    current = live.current
    registry = CollectorRegistry()
    registry.register(_DataVersion(current))
    _measure(server, registry)

    def healthz() -> Response:
        return _fresh(json_response({"status": "ok", "data_version": current().version}))

    def readyz() -> Response:
        return _fresh(json_response(_readiness(current(), live.refusal)))

    def metrics() -> Response:
        return _fresh(Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST))

    for view in (healthz, readyz, metrics):
        name = view.__name__
        server.add_url_rule(f"/{name}", f"health.{name}", view, methods=["GET"])


def _readiness(bundle: DataBundle, refusal: Refusal | None) -> dict[str, Any]:
    tables = bundle.atlas.tables
    return {
        "status": "ready",
        "data_version": bundle.version,
        "regions": len(bundle.boundaries),
        "observations": len(tables.observations),
        "targets": len(tables.targets),
        "audience": bundle.audience,
        "training": bundle.training,
        # Anyone may ask here, so what is wrong is in the log alone: it quotes cells.
        "refused": refusal
        and {
            "since": refusal.since.isoformat(),
            "faults": refusal.faults,
            "remedy": "newer data cannot be used; see the log, or run quality-atlas check",
        },
    }


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


class _DataVersion(Collector):
    """Tells the version of the data at the moment it is asked, not at the start."""

    def __init__(self, current: Callable[[], DataBundle]) -> None:
        self._current = current

    def collect(self) -> list[InfoMetricFamily]:
        version = {"version": self._current().version}
        return [InfoMetricFamily("quality_atlas_data", "Version of the data shown", version)]

    def describe(self) -> list[InfoMetricFamily]:
        """Name the metric without asking for data, which may not be loaded yet."""
        return [InfoMetricFamily("quality_atlas_data", "Version of the data shown")]


def _measure(server: Flask, registry: CollectorRegistry) -> None:
    requests = Counter(
        "quality_atlas_requests",
        "Requests answered",
        ("endpoint", "status"),
        registry=registry,
    )
    durations = Summary(
        "quality_atlas_request_duration_seconds",
        "Time from the arrival of a request to its answer",
        ("endpoint",),
        registry=registry,
    )

    def start() -> None:
        g.quality_atlas_started = time.perf_counter()

    def finish(response: Response) -> Response:
        # The endpoint and never the path: anyone can invent paths, and each would be a series.
        endpoint = request.endpoint or "none"
        requests.labels(endpoint, str(response.status_code)).inc()
        if (started := g.get("quality_atlas_started")) is not None:
            durations.labels(endpoint).observe(time.perf_counter() - started)
        return response

    server.before_request(start)
    server.after_request(finish)
