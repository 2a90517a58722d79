"""One worker process seen from the web process: started, asked over a socket pair, killed; its death told in full."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from server.workers.spool import Body, Spool
from server.workers.wire import LENGTHS, SPOOLED, Header, pack, unpack

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30.0
BUFFER_BYTES = 2**20
LAST_WORDS = 2000
"""Bytes of standard error that are kept of a worker that died."""


class Died(Exception):
    """A worker ended before it answered. `status` is negative when a signal ended it."""

    def __init__(self, status: int, last_words: str) -> None:
        super().__init__(f"a query worker ended with status {status}: {last_words}")
        self.status = status
        self.last_words = last_words

    @property
    def out_of_memory(self) -> bool:
        """Whether it died of the ceiling on its memory."""
        return "memory allocation of" in self.last_words or "MemoryError" in self.last_words


@dataclass(eq=False, slots=True)
class Cell:
    """A running worker; `release` is the one it has open."""

    process: asyncio.subprocess.Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    files: socket.socket
    """Through it come the files in which long results are."""
    errors: IO[bytes]
    release: str | None = None
    isolated: bool = field(default=False)
    killed: bool = field(default=False)
    """Whether it was ended from here."""

    @classmethod
    async def start(cls, memory: int, module: str = "server.workers.worker") -> Cell:
        """Starts a worker, a module that is run with a socket and bytes of memory, and waits until it is ready. It
        inherits nothing of the environment but where modules and temporary files are.

        Raises:
            OSError, Died: it cannot be started.
        """
        ours, theirs = socket.socketpair()
        files, handing = socket.socketpair()
        with theirs, handing:
            try:
                reader, writer = await asyncio.open_connection(sock=ours, limit=BUFFER_BYTES)
            except BaseException:
                ours.close()
                files.close()
                raise
            descriptors = theirs.fileno(), handing.fileno()
            errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the worker
            try:
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-P", "-m", module, *map(str, descriptors), str(int(memory))),
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=asyncio.subprocess.DEVNULL,
                    stderr=errors,
                    pass_fds=descriptors,
                    env={
                        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
                        "TMPDIR": tempfile.gettempdir(),
                    },
                    # A Ctrl-C in the terminal is for the web process, which then closes its workers in order.
                    start_new_session=True,
                )
            except BaseException:
                writer.close()
                files.close()
                errors.close()
                raise
        cell = cls(process, reader, writer, files, errors)
        try:
            async with asyncio.timeout(START_SECONDS):
                hello, _ = await cell._receive()
        except BaseException:
            await cell.close(0)
            raise
        cell.isolated = hello["isolated"]
        return cell

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self.process.returncode is None and not self.reader.at_eof()

    async def ask(self, header: Header, body: bytes = b"") -> tuple[Header, Body]:
        """Sends a frame and waits for the answer, as long as it takes.

        Raises:
            Died: the worker ended instead.
        """
        try:
            self.writer.write(pack(header, body))
            await self.writer.drain()
        except ConnectionError:
            raise await self._death() from None
        return await self._receive()

    def kill(self) -> None:
        """Ends it at once, whatever it does."""
        if self.process.returncode is None:
            self.killed = True
            self.process.kill()

    async def close(self, seconds: float) -> None:
        """Lets it end by itself, and kills it when it has not after some seconds. Nothing of it is left."""
        self.writer.close()
        try:
            async with asyncio.timeout(seconds):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
        finally:
            self.let_go()

    def let_go(self) -> None:
        """Closes what is held for a worker that has ended."""
        self.writer.close()
        self.files.close()
        self.errors.close()

    async def _receive(self) -> tuple[Header, Body]:
        try:
            head, body = LENGTHS.unpack(await self.reader.readexactly(LENGTHS.size))
            header, found = unpack(await self.reader.readexactly(head + body), head)
            return header, self._file(header[SPOOLED]) if SPOOLED in header else found
        except (asyncio.IncompleteReadError, ConnectionError):
            raise await self._death() from None

    def _file(self, size: int) -> Spool:
        """The file that was handed over before the frame that tells of it."""
        _, descriptors, _, _ = socket.recv_fds(self.files, 1, 1)
        if not descriptors:
            raise ConnectionError("a result did not come")
        os.set_inheritable(descriptors[0], False)
        return Spool(descriptors[0], size)

    async def _death(self) -> Died:
        status = await self.process.wait()
        if self.killed:
            return Died(status, "it was ended")
        self.errors.seek(max(0, self.errors.seek(0, os.SEEK_END) - LAST_WORDS))
        return Died(status, self.errors.read().decode("utf-8", "replace").strip())
