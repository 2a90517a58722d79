"""The process that keeps the web processes: it holds the socket, starts them, starts another when one ends, and ends
them in order. It answers nothing itself and imports little, so that nothing can bring it down.

When it is killed the kernel ends the web processes, and with them their workers.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from server.cli.terminal import tell

LEAST_SECONDS = 1.0
"""A process that ended sooner after its start is started again only after this time."""

USAGE = 2
"""What a process exits with that cannot start because of how it was called."""


@dataclass(slots=True)
class Child:
    """A web process, by its number; `again` is when it is to be started again after it ended."""

    number: int
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """Runs `command` so often, each with its number and the descriptor of a pipe as further arguments; a process writes
    a byte into the pipe when it is ready. `stop_seconds` is what they have to come to their end."""

    command: Sequence[str]
    count: int
    descriptors: Sequence[int]
    environment: Mapping[str, str]
    stop_seconds: float
    on_ready: Callable[[], None]
    _ended_by: int = field(default=0, init=False)

    def run(self) -> int:
        """Runs until it is told to stop by SIGTERM or SIGINT, and returns that signal's number; or until a process
        says that it cannot start.

        Raises:
            SystemExit: with what such a process exited with.
        """
        with ExitStack() as stack:
            woken, wake = self._pipe(stack)
            ready, tell_ready = self._pipe(stack)
            os.set_blocking(wake, False)
            before = signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
            stack.callback(signal.set_wakeup_fd, before)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
                stack.callback(signal.signal, number, signal.signal(number, self._signalled))
            selector = stack.enter_context(selectors.DefaultSelector())
            selector.register(woken, selectors.EVENT_READ)
            selector.register(ready, selectors.EVENT_READ)
            children = [Child(number) for number in range(self.count)]
            stack.callback(self._stop, children)
            for child in children:
                self._start(child, tell_ready)
            waited_for = self.count
            while not self._ended_by:
                for key, _ in selector.select(self._pause(children)):
                    got = len(os.read(key.fd, 4096))
                    if key.fd == ready and waited_for > 0:
                        waited_for -= got
                        if waited_for <= 0:
                            self.on_ready()
                self._look_after(children, tell_ready)
            return self._ended_by

    @staticmethod
    def _pipe(stack: ExitStack) -> tuple[int, int]:
        both = os.pipe()
        for descriptor in both:
            stack.callback(os.close, descriptor)
        return both

    def _signalled(self, number: int, _: object) -> None:
        if number != signal.SIGCHLD:
            self._ended_by = number

    def _start(self, child: Child, ready: int) -> None:
        child.started, child.again = time.monotonic(), 0.0
        child.process = subprocess.Popen(
            [*self.command, str(child.number), str(ready)],
            pass_fds=[*self.descriptors, ready],
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            # A Ctrl-C in the terminal is for this process, which then ends the others in order.
            start_new_session=True,
        )

    def _look_after(self, children: Sequence[Child], ready: int) -> None:
        now = time.monotonic()
        for child in children:
            status = child.process.poll() if child.process else None
            if status == USAGE:
                raise SystemExit(USAGE)
            if status is not None:
                tell(f"web process {child.number} ended with status {status}; another is started")
                child.process = None
                child.again = max(now, child.started + LEAST_SECONDS)
            if child.process is None and child.again <= now and not self._ended_by:
                self._start(child, ready)

    def _pause(self, children: Sequence[Child]) -> float | None:
        """Seconds until a process is to be started; None when none is."""
        pending = [child.again for child in children if child.process is None]
        return max(0.0, min(pending) - time.monotonic()) if pending else None

    def _stop(self, children: Sequence[Child]) -> None:
        running = [child.process for child in children if child.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + self.stop_seconds
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
