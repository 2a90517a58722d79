"""What each client may use: seconds of worker time, earned steadily and saved up to a bound (a token bucket,
https://en.wikipedia.org/wiki/Token_bucket). Who has used more is refused as long as others are being served; an only
client is never refused, because nobody has anything of it.

The table of clients is bounded: whoever was not seen for longest is forgotten, and begins anew.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from server.problems import TooManyRequests

REQUEST_SECONDS = 0.005
"""What every question costs beside the time of a worker: the web process reads it and writes its answer."""

ACTIVE_SECONDS = 10.0
"""A client counts as being served for so long after its last question."""

MOST_CLIENTS = 10_000
"""How many clients are remembered; about 2 MB."""


@dataclass(slots=True)
class Account:
    """What a client had at a moment: seconds of worker time, below zero when it has used more than it had."""

    seconds: float
    at: float


class Allowances:
    """The accounts of all clients. `rate` is seconds of worker time earned a second, 0 for no limit at all; `burst` is
    the most that is saved."""

    def __init__(
        self,
        rate: float,
        burst: float,
        *,
        most_clients: int = MOST_CLIENTS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._most = most_clients
        self._clock = clock
        self._accounts: OrderedDict[str, Account] = OrderedDict()
        self.refused = 0
        """Questions that were refused."""

    def __len__(self) -> int:
        """How many clients are remembered."""
        return len(self._accounts)

    def admit(self, client: str) -> None:
        """Lets a question of a client pass, and charges what every question costs.

        Raises:
            TooManyRequests: the client has used up what it had, and others are being served.
        """
        if not self._rate:
            return
        account = self._account(client)
        if account.seconds < 0 and self._others(client):
            self.refused += 1
            wait = math.ceil(-account.seconds / self._rate)
            what = f"you have used more than {self._rate:g} s of query time a second, and others ask, too"
            raise TooManyRequests(f"{what}; come back in {wait} s", retry_after=wait)
        account.seconds -= REQUEST_SECONDS

    def charge(self, client: str, seconds: float) -> None:
        """Takes seconds of worker time from a client. It owes at most a burst."""
        if self._rate:
            account = self._account(client)
            account.seconds = max(account.seconds - seconds, -self._burst)

    def used(self, client: str) -> int:
        """Whole seconds of worker time that a client has used lately and not earned again."""
        account = self._accounts.get(client)
        if account is None:
            return 0
        earned = (self._clock() - account.at) * self._rate
        return max(0, int(self._burst - account.seconds - earned))

    def _account(self, client: str) -> Account:
        now = self._clock()
        account = self._accounts.get(client)
        if account is None:
            account = self._accounts[client] = Account(self._burst, now)
            while len(self._accounts) > self._most:
                self._accounts.popitem(last=False)
        else:
            account.seconds = min(account.seconds + (now - account.at) * self._rate, self._burst)
            account.at = now
            self._accounts.move_to_end(client)
        return account

    def _others(self, client: str) -> bool:
        """Whether another client was seen just now; the accounts are in the order in which clients were seen."""
        other = next((each for each in reversed(self._accounts) if each != client), None)
        return other is not None and self._clock() - self._accounts[other].at < ACTIVE_SECONDS
