"""`onrecord serve`: the HTTP server on the current release."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from ontology.errors import InputError, ReleaseError
from server.cli.options import HomeOption, settings
from server.cli.terminal import progress, tell
from server.settings import DefaultGraphKind

if TYPE_CHECKING:
    from server.releases.release import Home, Release
    from server.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
CLOSING_SECONDS = 10.0
"""Seconds that a web process has to end its workers when its requests have come to their end."""


def serve(
    context: typer.Context,
    host: Annotated[
        str | None, typer.Option(metavar="HOST", help="The address to serve on.  [default 127.0.0.1]")
    ] = None,
    port: Annotated[
        int | None, typer.Option(metavar="PORT", help="The port; 0 for any that is free.  [default 8000]")
    ] = None,
    workers: Annotated[int | None, typer.Option(metavar="N", help="How many queries run at once.")] = None,
    processes: Annotated[
        int | None, typer.Option(metavar="N", help="Web processes, which share the port and the workers.  [default 1]")
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Start on an empty release if there is none.")] = False,
    default_graph: Annotated[
        DefaultGraphKind | None,
        typer.Option(
            "--default-graph",
            help="What a SPARQL query reads that names no graph. merge: all named graphs as one. plain: only what was "
            "put into the default graph itself, as in any SPARQL store; a release keeps nothing there, so GRAPH or "
            "FROM is needed. Canned queries read the merge.  [default merge]",
        ),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Serve the current release over HTTP; when there is none, build the seeds' release first."""
    from server.releases.release import Home

    chosen = settings(
        context, home, host=host, port=port, workers=workers, processes=processes, default_graph=default_graph
    )
    place = Home(chosen.home)
    release = place.current() or first_release(place, chosen, empty=empty)
    listener = listen(chosen.host, chosen.port)
    address, bound = listener.getsockname()[:2]
    shown = f"[{address}]" if ":" in address else address
    _run(chosen, listener, lambda: tell(f"release {release.id} on http://{shown}:{bound}/ (Ctrl-C ends it)"))


def first_release(place: Home, chosen: Settings, *, empty: bool) -> Release:
    """A release to begin with: that of the seeds, or an empty one."""
    from ontology.namespaces import Base
    from server.releases.build import build

    tell(f"there is no release in {place.path} yet; building {'an empty one' if empty else 'that of the seeds'}")
    if empty and chosen.default_graph is DefaultGraphKind.PLAIN:
        from server.writing.edition import begin_plain

        return begin_plain(place, Base(chosen.base))
    with progress() as on_progress:
        build([] if empty else None, place, base=Base(chosen.base), on_progress=on_progress)
    release = place.current()
    if release is None:
        raise ReleaseError("the build made no release", str(place.path))
    return release


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        InputError: the address is not this machine's, or the port is taken or may not be used.
    """
    if not 0 <= port < 2**16:
        raise InputError("a port is a number from 0 to 65535", str(port))
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.create_server(address, family=family, backlog=2048)
    except OSError as error:
        reason = os.strerror(error.errno) if isinstance(error.errno, int) and error.errno > 0 else error.strerror
        raise InputError(
            f"cannot serve there: {reason}; --host and --port choose another place", f"{host}:{port}"
        ) from None
    # The event loop sets this only on sockets whose protocol is given; without it each answer waits 40 ms for an ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _run(chosen: Settings, listener: socket.socket, on_ready: Callable[[], None]) -> None:
    from server.cli.supervisor import Supervisor
    from server.settings import FILE

    environment = {name: value for name, value in os.environ.items() if name != FILE}
    environment |= chosen.environment()
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), *sys.path]))
    with TemporaryDirectory(prefix="onrecord-") as directory:
        supervisor = Supervisor(
            [sys.executable, "-P", "-m", "server.http.process", str(listener.fileno()), directory],
            chosen.processes,
            [listener.fileno()],
            environment,
            # Its workers are closed after its requests.
            chosen.stop_seconds + CLOSING_SECONDS,
            on_ready,
        )
        if supervisor.run() == signal.SIGINT:
            tell("stopped")


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command(epilog="Example: onrecord serve --port 8080")(serve)
