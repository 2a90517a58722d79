"""Whose turn it is, without workers: clients take turns, long requests leave room, and what is taken beyond is given
back."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from server.workers.turns import ACTIVE_SECONDS, OWN_SECONDS, Turn, Turns


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def _joined(turns: Turns[Turn], *clients: str, long: bool = False) -> list[Turn]:
    found = [Turn(client, long=long) for client in clients]
    assert all(turns.join(turn) for turn in found)
    return found


def _order(turns: Turns[Turn]) -> str:
    order = ""
    while turn := turns.next():
        order += turn.client
    return order


def test_clients_take_turns() -> None:
    turns: Turns[Turn] = Turns(4, 10)
    _joined(turns, *"aaaabbc")
    assert _order(turns) == "abcabaa"
    assert turns.waiting == 0


def test_who_has_used_least_goes_first() -> None:
    turns: Turns[Turn] = Turns(4, 10, used={"a": 7, "b": 3, "c": 0, "d": 0}.__getitem__)
    _joined(turns, *"aabcccd")
    assert _order(turns) == "cdccbaa"


def test_who_went_is_the_last_to_go_again() -> None:
    turns: Turns[Turn] = Turns(4, 10)
    _joined(turns, *"aab")
    first = turns.next()
    assert first is not None
    assert first.client == "a"
    _joined(turns, "a")
    assert _order(turns) == "baa"


def test_a_line_that_is_full_gives_the_last_place_of_the_longest_line_away() -> None:
    turns: Turns[Turn] = Turns(1, 4)
    lost: list[int] = []
    for number in range(4):
        assert turns.join(Turn("a", lost=lambda number=number: lost.append(number)))  # type: ignore[misc]
    assert not turns.join(Turn("a"))
    assert turns.join(Turn("b"))
    assert lost == [3]
    assert turns.join(Turn("b"))
    assert lost == [3, 2]
    assert not turns.join(Turn("b")), "both have as many"
    assert turns.join(Turn("c"))
    assert turns.waiting == 4


def test_where_nobody_may_wait_nobody_does() -> None:
    turns: Turns[Turn] = Turns(1, 0)
    assert not turns.join(Turn("a"))


def test_a_short_request_goes_before_long_ones_that_have_their_places() -> None:
    turns: Turns[Turn] = Turns(4, 20)
    _joined(turns, *"aaabb", long=True)
    assert [turn.client for turn in (turns.next(), turns.next(), turns.next()) if turn] == ["a", "b", "a"]
    _joined(turns, "a")
    short = turns.next()
    assert short is not None
    assert not short.long


def test_one_client_leaves_a_long_place_to_others() -> None:
    turns: Turns[Turn] = Turns(4, 20)
    _joined(turns, *"aaaa", long=True)
    running = [turns.next(), turns.next()]
    _joined(turns, "b", long=True)
    other = turns.next()
    assert other is not None
    assert other.client == "b"
    assert all(running)


def test_places_that_nobody_waits_for_are_given_back_to_others() -> None:
    clock = Clock()
    turns: Turns[Turn] = Turns(4, 20, clock)
    _joined(turns, *"aaaa", long=True)
    running = [turns.next() for _ in range(4)]
    assert all(running), "they are beyond their share, and nobody has anything of it"
    assert turns.yields() is None
    _joined(turns, "b")
    assert turns.yields() is running[-1], "the last to begin has least to lose"
    assert turns.waiting == 2
    turn = turns.next()
    assert turn is not None
    assert turn.client == "b"
    assert turns.yields() is None, "nobody waits whose turn it is"


def test_a_place_is_kept_free_while_another_client_is_there() -> None:
    clock = Clock()
    turns: Turns[Turn] = Turns(4, 20, clock)
    _joined(turns, "b")
    assert turns.next() is not None
    _joined(turns, *"aaaa", long=True)
    assert [turns.next(), turns.next()] != [None, None]
    assert turns.next() is None
    clock.now = ACTIVE_SECONDS
    assert turns.next() is not None


def test_a_clients_own_request_waits_a_little_longer() -> None:
    clock = Clock()
    turns: Turns[Turn] = Turns(4, 20, clock)
    _joined(turns, *"aaaa", long=True)
    running = [turns.next() for _ in range(4)]
    _joined(turns, "a")
    assert turns.yields() is None
    clock.now = OWN_SECONDS
    assert turns.yields() is running[-1]


def test_what_is_within_its_share_is_never_stopped() -> None:
    turns: Turns[Turn] = Turns(4, 20)
    _joined(turns, *"aabc", long=True)
    assert [turn.client for turn in (turns.next(), turns.next(), turns.next()) if turn] == ["a", "b", "c"]
    _joined(turns, *"dddd")
    assert turns.next() is not None
    assert turns.yields() is None


STEPS = st.sampled_from(["join", "next", "leave", "lengthen", "yields"])


@given(st.lists(st.tuples(STEPS, st.integers(0, 5)), max_size=60), st.integers(1, 5), st.integers(0, 6))
def test_nobody_is_lost_and_nobody_goes_twice(steps: list[tuple[str, int]], places: int, queue: int) -> None:
    clock = Clock()
    turns: Turns[Turn] = Turns(places, queue, clock)
    waiting: set[Turn] = set()
    running: list[Turn] = []
    for step, number in steps:
        if step == "join":
            turn = Turn("abcdef"[number], long=number % 2 == 0)
            turn.lost = lambda turn=turn: waiting.discard(turn)  # type: ignore[misc]
            if turns.join(turn):
                waiting.add(turn)
        elif step == "next" and len(running) < places:
            found = turns.next()
            assert found or all(turn.long for turn in waiting)
            if found:
                waiting.remove(found)
                running.append(found)
        elif step == "yields" and (found := turns.yields()):
            assert found.long
            running.remove(found)
            waiting.add(found)
        elif step == "leave" and running:
            assert turns.leave(running.pop(number % len(running)))
        elif step == "lengthen" and running:
            turns.lengthen(running[number % len(running)])
        assert turns.waiting == len(waiting)
    for turn in running:
        turns.leave(turn)
    clock.now = ACTIVE_SECONDS
    assert Counter(turn.client for turn in waiting) == Counter(_order(turns))
