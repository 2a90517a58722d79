"""The web processes of one server among each other: each also answers at a socket file of its own, so that whichever is
asked for the counters can tell those of all (https://prometheus.io/docs/instrumenting/exposition_formats/).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

OWN = "own"
"""The parameter of a request for the counters of one process alone."""

SECONDS = 2.0
"""How long a process may take to tell its counters; one that is just being started is left out."""

LARGEST = frozenset({"onrecord_release_info"})
"""What is not added up: all processes have the same."""


@dataclass(frozen=True, slots=True)
class Siblings:
    """The processes from 0 to `count`, of which this is `number`; their sockets are in a directory."""

    directory: Path
    number: int = 0
    count: int = 1

    @contextmanager
    def listening(self) -> Iterator[list[socket.socket]]:
        """The socket of this process; none where it is the only one."""
        if self.count == 1:
            yield []
            return
        path = self._path(self.number)
        path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as own:
            own.bind(str(path))
            own.listen()
            yield [own]

    async def counters(self, own: str) -> str:
        """The counters of all processes, in the text format; `own` are those of this one."""
        others = [number for number in range(self.count) if number != self.number]
        told = await asyncio.gather(*(self._ask(number) for number in others))
        return merged([own, *filter(None, told)]) if others else own

    async def _ask(self, number: int) -> str | None:
        transport = httpx.AsyncHTTPTransport(uds=str(self._path(number)))
        try:
            async with httpx.AsyncClient(transport=transport, timeout=SECONDS) as client:
                return (await client.get("http://sibling/metrics", params={OWN: "1"})).raise_for_status().text
        except httpx.HTTPError:
            return None

    def _path(self, number: int) -> Path:
        return self.directory / str(number)


def merged(texts: Iterable[str]) -> str:
    """Counters of several processes as one, each sample added up.

    >>> print(merged(['# TYPE up gauge\\nup{a="b"} 1\\n', '# TYPE up gauge\\nup{a="b"} 2\\nup{a="c"} 1\\n']), end="")
    # TYPE up gauge
    up{a="b"} 3
    up{a="c"} 1
    """
    families: dict[str, tuple[list[str], dict[str, float]]] = {}
    for text in texts:
        name = ""
        for line in text.splitlines():
            if line.startswith("#"):
                name = line.split(" ")[2]
                comments, _ = families.setdefault(name, ([], {}))
                if line not in comments:
                    comments.append(line)
            else:
                sample, _, value = line.rpartition(" ")
                _add(families[name][1], sample, float(value), largest=name in LARGEST)
    return "".join(_family(*family) for family in families.values())


def _add(samples: dict[str, float], sample: str, value: float, *, largest: bool) -> None:
    before = samples.get(sample, 0.0)
    samples[sample] = max(before, value) if largest else before + value


def _family(comments: Iterable[str], samples: Mapping[str, float]) -> str:
    return "".join(f"{line}\n" for line in [*comments, *(f"{name} {value:g}" for name, value in samples.items())])
