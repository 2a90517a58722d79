"""What a client may use: earned steadily, saved up to a bound, refused only beside others."""

from __future__ import annotations

import pytest

from server.problems import TooManyRequests
from server.workers.allowance import ACTIVE_SECONDS, MOST_CLIENTS, Allowances


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """It stands at zero."""
    return Clock()


@pytest.fixture
def allowances(clock: Clock) -> Allowances:
    """Half a second a second, ten at once."""
    return Allowances(0.5, 10.0, clock=clock)


def test_who_has_used_more_is_refused_beside_others_until_it_has_earned_it(
    allowances: Allowances, clock: Clock
) -> None:
    allowances.admit("heavy")
    allowances.charge("heavy", 14)
    allowances.admit("light")
    with pytest.raises(TooManyRequests) as raised:
        allowances.admit("heavy")
    assert raised.value.retry_after == 9
    assert allowances.refused == 1
    clock.now = 9
    allowances.admit("light")
    allowances.admit("heavy")


def test_an_only_client_is_never_refused(allowances: Allowances, clock: Clock) -> None:
    allowances.admit("light")
    clock.now = ACTIVE_SECONDS
    for _ in range(100):
        allowances.admit("heavy")
        allowances.charge("heavy", 5)


def test_it_owes_a_burst_at_the_most(allowances: Allowances) -> None:
    allowances.admit("heavy")
    allowances.charge("heavy", 10_000)
    allowances.admit("light")
    with pytest.raises(TooManyRequests) as raised:
        allowances.admit("heavy")
    assert raised.value.retry_after == 20


def test_many_small_questions_count_too(allowances: Allowances) -> None:
    allowances.admit("light")
    for _ in range(1990):
        allowances.admit("heavy")
    with pytest.raises(TooManyRequests):
        list(map(allowances.admit, ["heavy"] * 100))


def test_the_table_of_clients_is_bounded(clock: Clock) -> None:
    allowances = Allowances(1, 1, clock=clock)
    for number in range(MOST_CLIENTS + 1000):
        allowances.admit(f"client-{number}")
    assert len(allowances) == MOST_CLIENTS


def test_without_a_rate_nothing_is_counted(clock: Clock) -> None:
    allowances = Allowances(0, 1, clock=clock)
    allowances.admit("light")
    for _ in range(100):
        allowances.admit("heavy")
        allowances.charge("heavy", 100)
    assert len(allowances) == 0


def test_what_was_used_lately_is_told_in_whole_seconds(allowances: Allowances, clock: Clock) -> None:
    assert allowances.used("heavy") == 0
    allowances.admit("heavy")
    assert allowances.used("heavy") == 0
    allowances.charge("heavy", 4.5)
    assert allowances.used("heavy") == 4
    clock.now = 5
    assert allowances.used("heavy") == 2
    clock.now = 100
    assert allowances.used("heavy") == 0
