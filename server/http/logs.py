"""What is written down: one line a message, as text or as JSON, to standard error. A request leaves its route, status,
times and a hash of what it asked; never an address, a header, a path, a query or a value.
"""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from server.settings import LogFormat, Settings

log = logging.getLogger("onrecord.request")

FIELDS = "onrecord"
"""The field of a request's scope in which those that answer it leave what is to be written down."""


def set_up(settings: Settings) -> None:
    """Makes all loggers of this process write so."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines() if settings.log_format is LogFormat.JSON else Text())
    logging.basicConfig(handlers=[handler], level=settings.log_level.upper(), force=True)
    # It warns of every message that is no HTTP, of which strangers send as many as they like.
    logging.getLogger("uvicorn.error").setLevel(max(logging.ERROR, logging.root.level))
    for noisy in ("httpx", "httpcore", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def question(*parts: str | bytes) -> str:
    """A hash by which the same question is known again.

    >>> question("ASK {}") == question(b"ASK {}") != question("ASK", " {}")
    True
    """
    encoded = (part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts)
    return sha256(b"\0".join(encoded)).hexdigest()[:16]


def note(scope: Any, **fields: object) -> None:
    """Leaves something that is to be written down with the request."""
    scope.setdefault(FIELDS, {}).update(fields)


def written(scope: Any, route: str, status: int, began: float) -> None:
    """Writes a request down; `began` is when it came, by the performance counter."""
    if not log.isEnabledFor(logging.INFO):
        return
    fields = {
        "method": scope["method"] if route != "(none)" else "",
        "route": route,
        "status": status,
        "ms": round((time.perf_counter() - began) * 1000, 2),
        **scope.get(FIELDS, {}),
    }
    log.info("request", extra={FIELDS: fields})


class Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        row = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, FIELDS, {}),
        }
        if record.exc_info:
            row["exception"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=False, default=str)


class Text(logging.Formatter):
    """A line to read."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        fields = getattr(record, FIELDS, {})
        return " ".join([super().format(record), *(f"{name}={value}" for name, value in fields.items())])
