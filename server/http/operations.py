"""What operating the server takes: whether it lives, whether it can answer, and its counters."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from ontology.errors import ReleaseError
from server.http.context import Context, context
from server.http.metrics import CONTENT_TYPE, family
from server.http.routes import GET, Route
from server.http.siblings import OWN

_FRESH = {"Cache-Control": "no-store"}


async def live(_: Request) -> Response:
    """Always 200 while requests are answered at all."""
    return JSONResponse({"status": "live"}, headers=_FRESH)


async def ready(request: Request) -> Response:
    """200 when a release is open and workers are alive, else 503; says which of the two."""
    here = context(request)
    release = _release(here)
    able = release is not None and here.pool.alive > 0
    state = {
        "status": "ready" if able else "not ready",
        "release": release,
        "workers": here.pool.alive,
        "isolated": here.pool.isolated,
    }
    return JSONResponse(state, status_code=200 if able else 503, headers=_FRESH)


async def metrics(request: Request) -> Response:
    """Requests by route, method and status; how long queries take; workers; the release. Of all web processes."""
    here = context(request)
    pool, release = here.pool, _release(here)
    families = [
        *here.metrics.families(),
        family("onrecord_workers", "gauge", "Query workers that are up.", [({}, pool.alive)]),
        family("onrecord_workers_idle", "gauge", "Query workers that wait for a request.", [({}, pool.idle)]),
        family("onrecord_requests_waiting", "gauge", "Requests that wait for a worker.", [({}, pool.waiting)]),
        family(
            "onrecord_workers_ended_total",
            "counter",
            "Query workers that were ended or died, by reason.",
            [({"reason": reason}, count) for reason, count in sorted(pool.ended.items())],
        ),
        family("onrecord_clients", "gauge", "Clients whose use is remembered.", [({}, len(pool.allowances))]),
        family(
            "onrecord_requests_refused_total",
            "counter",
            "Requests of clients that had used up what they may use.",
            [({}, pool.allowances.refused)],
        ),
        family(
            "onrecord_connections_refused_total",
            "counter",
            "Connections of clients that had enough of them.",
            [({}, here.connections.refused)],
        ),
        family(
            "onrecord_sending_bytes",
            "gauge",
            "Bytes of long answers that wait for slow clients.",
            [({}, here.sending.held)],
        ),
        family("onrecord_answers_bytes", "gauge", "Bytes of answers that are kept.", [({}, here.answers.size)]),
        family(
            "onrecord_answers_total",
            "counter",
            "Questions that could be known already, by whether they were.",
            [({"known": "yes"}, here.answers.hits), ({"known": "no"}, here.answers.misses)],
        ),
        family(
            "onrecord_release_info",
            "gauge",
            "The release that answers.",
            [({"release": release}, 1)] if release else [],
        ),
    ]
    text = "".join(families)
    if OWN not in request.query_params:
        text = await here.siblings.counters(text)
    return Response(text, headers={"Content-Type": CONTENT_TYPE, **_FRESH})


_NOT_READY = {"responses": {"503": {"description": "it cannot"}}}

ROUTES = (
    Route("/health/live", GET, live, "Whether the server runs", group="Operations"),
    Route("/health/ready", GET, ready, "Whether the server can answer", group="Operations", openapi=_NOT_READY),
    Route("/metrics", GET, metrics, "Counters for Prometheus", group="Operations"),
)


def _release(here: Context) -> str | None:
    try:
        release = here.current()
        return release.id if release else None
    except ReleaseError:
        return None
