"""The only address that a worker can reach: its own loopback interface, on which the engine's requests to endpoints
arrive, to be passed to the web process over a socket in the file system. The worker's network has no other interface.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ontology.errors import OnrecordError
from server.problems import FederationRefused, OutsideFailed
from server.workers import jail
from server.workers.wire import pack, receive

HOST = "127.0.0.1"
THREAD_BYTES = 2**20
"""Stack of a thread that passes one request on; the engine's own need far more."""

REQUESTS = 100
"""How many requests one query may make of others: a clause that is evaluated once for each row makes many."""


class Gateway:
    """Passes requests on to endpoints for one worker, whose relay is at `path`."""

    def __init__(self, path: str, endpoints: Sequence[str]) -> None:
        if not jail.raise_loopback():
            raise FederationRefused(
                "SERVICE needs workers in a network of their own, which this system does not let them have"
            )
        # From here on threads are only begun to pass requests on, and their stacks count as memory of the query.
        threading.stack_size(THREAD_BYTES)
        self._path = path
        self._endpoints = tuple(endpoints)
        self._requests = 0
        self.failure: OnrecordError | None = None
        """Why the last request that failed did."""
        self._server = _Server((HOST, 0), _Handler)
        self._server.gateway = self
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def routes(self) -> dict[str, str]:
        """The address here of each endpoint."""
        address = f"http://{HOST}:{self._server.server_port}/"
        return {endpoint: f"{address}{number}" for number, endpoint in enumerate(self._endpoints)}

    def begin(self) -> None:
        """Another query."""
        self._requests, self.failure = 0, None

    def ask(self, number: int, query: bytes) -> tuple[str, bytes]:
        """Media type and body of an endpoint's answer.

        Raises:
            OutsideFailed: there is none.
        """
        self._requests += 1
        if self._requests > REQUESTS:
            raise OutsideFailed(f"the query asks other servers more than {REQUESTS} times")
        with socket.socket(socket.AF_UNIX) as link:
            link.connect(self._path)
            link.sendall(pack({"endpoint": self._endpoints[number]}, query))
            with link.makefile("rb") as stream:
                answer = receive(stream.read)
        if answer is None:
            raise OutsideFailed("the request was not passed on")
        header, body = answer
        if "failure" in header:
            raise OutsideFailed(str(header["failure"]))
        return str(header["media_type"]), body


class _Server(ThreadingHTTPServer):
    gateway: Gateway


class _Handler(BaseHTTPRequestHandler):
    """One request of the engine's."""

    server: _Server

    def do_POST(self) -> None:
        gateway = self.server.gateway
        query = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        try:
            media_type, body = gateway.ask(int(self.path.lstrip("/")), query)
        except (OutsideFailed, OSError) as error:
            gateway.failure = error if isinstance(error, OnrecordError) else OutsideFailed(str(error))
            self.send_error(502)
            return
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: standard error holds the last words of a worker."""
