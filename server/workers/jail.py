"""The walls of a query worker, set by the worker itself before it opens anything: no network, no core dumps, a ceiling
on memory, and death with the process that started it. Linux has all of them; elsewhere those that are known are set.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import signal
import socket
import struct
import sys
from pathlib import Path

STACK_BYTES = 512 * 2**20
"""Stack of the thread that parses and runs queries. The engine recurses; only the pages it touches are taken."""

_CLONE_NEWUSER, _CLONE_NEWNET, _PR_SET_PDEATHSIG = 0x10000000, 0x40000000, 1
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1
_INTERFACE = struct.Struct("16sH22x")
"""The kernel's ifreq: a name and its flags."""


def die_with_parent() -> None:
    """Asks the kernel to kill this process when its parent ends, even in the middle of a query."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def leave_network() -> bool:
    """Moves this process into a network namespace without any interface; False where the system does not allow it."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None)
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def raise_loopback() -> bool:
    """Makes the loopback interface of this process's own network usable, once; False where the network is not its own,
    which is told by another interface, or by a loopback interface that somebody uses already.
    """
    if [name for _, name in socket.if_nameindex()] != ["lo"]:
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        flags = _INTERFACE.unpack(fcntl.ioctl(any_socket, _SIOCGIFFLAGS, _INTERFACE.pack(b"lo", 0)))[1]
        if flags & _IFF_UP:
            return False
        try:
            fcntl.ioctl(any_socket, _SIOCSIFFLAGS, _INTERFACE.pack(b"lo", flags | _IFF_UP))
        except OSError:
            return False
    return True


def forbid_core_dumps() -> None:
    """A query that crashes the engine must not fill the disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_files() -> None:
    """Lets a server have as many connections open as the system allows it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def limit_memory(allowance: int) -> None:
    """Lets the address space grow by `allowance` bytes from now on, and no further."""
    if sys.platform != "linux":
        return
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    ceiling = pages * os.sysconf("SC_PAGE_SIZE") + allowance
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        ceiling = min(ceiling, hard)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
