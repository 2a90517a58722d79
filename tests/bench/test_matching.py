from hypothesis import given
from hypothesis import strategies as st

from bench.reading.matching import pair


def closeness(a: int, b: int) -> float:
    return max(0.0, 1 - abs(a - b) / 3)


@given(st.lists(st.integers(0, 20), max_size=8), st.lists(st.integers(0, 20), max_size=8))
def test_everybody_has_one_partner_at_most_and_nobody_is_lost(gold: list[int], system: list[int]) -> None:
    found = pair(gold, system, closeness)
    assert sorted([a for a, _ in found.pairs] + list(found.missed)) == sorted(gold)
    assert sorted([b for _, b in found.pairs] + list(found.spurious)) == sorted(system)
    assert all(closeness(a, b) > 0 for a, b in found.pairs)
    assert not any(closeness(a, b) > 0 for a in found.missed for b in found.spurious)


def test_the_closest_become_partners_first() -> None:
    assert pair([10, 12], [12, 11], closeness).pairs == ((10, 11), (12, 12))


def test_of_equals_the_earlier_ones_come_first() -> None:
    found = pair(["a", "a"], ["a"], lambda a, b: float(a == b))
    assert found.pairs == (("a", "a"),)
    assert found.missed == ("a",)
