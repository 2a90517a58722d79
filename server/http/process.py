"""A web process: it inherits a socket that listens, and serves on it until it is told to stop. What is under way then
comes to its end.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import uvicorn

from ontology.errors import InputError
from server.http.application import create_app
from server.http.logs import set_up
from server.http.siblings import Siblings
from server.releases.release import Home
from server.settings import Settings
from server.workers import jail

HEADER_BYTES = 2**18
"""Bytes that a request's line and headers may have; clients send long queries by GET."""


class Server(uvicorn.Server):
    """A server that tells when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: int) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, and tells so."""
        await super().startup(sockets)
        if not self.should_exit:
            os.write(self._ready, b"\0")
            os.close(self._ready)


def serve(settings: Settings, listener: socket.socket, siblings: Siblings, ready: int) -> None:
    """Serves until SIGTERM.

    Raises:
        InputError: a setting cannot be used.
    """
    application = create_app(Home(settings.home), settings, siblings)
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        http=application.state.context.connections.protocol(),
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=HEADER_BYTES,
        timeout_graceful_shutdown=max(1, round(settings.stop_seconds)),
    )
    with siblings.listening() as own:
        Server(config, ready).run(sockets=[listener, *own])


def main(descriptor: str, directory: str, number: str, ready: str) -> int:
    """Runs; the exit status is 2 when a setting cannot be used."""
    jail.die_with_parent()
    jail.allow_files()
    try:
        settings = Settings.read()
        set_up(settings)
        listener = socket.socket(fileno=int(descriptor))
        serve(settings, listener, Siblings(Path(directory), int(number), settings.processes), int(ready))
    except InputError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
