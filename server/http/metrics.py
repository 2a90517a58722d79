"""Counters of the server in the Prometheus text format (https://prometheus.io/docs/instrumenting/exposition_formats/)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0, 30.0)
"""Upper bounds, in seconds, of the histogram of what workers take."""

Sample = tuple[Mapping[str, str], float]


class Metrics:
    """What is counted as it happens; everything else is read when asked for."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: Counter[int] = Counter()
        self._seconds = 0.0

    def count(self, route: str, method: str, status: int) -> None:
        """One request that was answered. Routes, not paths, so that their number is small."""
        self.requests[route, method, status] += 1

    def observe(self, seconds: float) -> None:
        """One request that a worker did, and how long it took."""
        self._buckets[bisect_left(BUCKETS, seconds)] += 1
        self._seconds += seconds

    def families(self) -> Iterable[str]:
        """What was counted, in the text format."""
        samples = [
            ({"route": route, "method": method, "status": str(status)}, count)
            for (route, method, status), count in sorted(self.requests.items())
        ]
        yield family("onrecord_requests_total", "counter", "Requests answered.", samples)
        total, cumulative = self._buckets.total(), 0
        rows: list[Sample] = []
        for index, bound in enumerate(BUCKETS):
            cumulative += self._buckets[index]
            rows.append(({"le": f"{bound:g}"}, cumulative))
        rows.append(({"le": "+Inf"}, total))
        name = "onrecord_query_seconds"
        yield family(name, "histogram", "Seconds that workers took.", rows, suffix="_bucket")
        yield f"{name}_sum {self._seconds:g}\n{name}_count {total}\n"


def family(name: str, kind: str, help: str, samples: Iterable[Sample], suffix: str = "") -> str:
    """One metric with its samples.

    >>> print(family("up", "gauge", "Whether it is up.", [({}, 1)]), end="")
    # HELP up Whether it is up.
    # TYPE up gauge
    up 1
    """
    lines = [f"# HELP {name} {help}", f"# TYPE {name} {kind}"]
    for labels, value in samples:
        pairs = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        lines.append(f"{name}{suffix}{{{pairs}}} {value:g}" if pairs else f"{name}{suffix} {value:g}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
