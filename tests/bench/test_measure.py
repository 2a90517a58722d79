import pytest

from bench.reading.measure import Measure, totals


def test_rates_follow_from_the_counts() -> None:
    measure = Measure.of("statements", 3, 4, 6)
    assert (measure.precision, measure.recall) == (0.75, 0.5)
    assert measure.f1 == pytest.approx(0.6)


def test_nothing_found_of_something_wanted_is_zero() -> None:
    measure = Measure.of("statements", 0, 0, 6)
    assert (measure.precision, measure.recall, measure.f1) == (None, 0.0, 0.0)


def test_nothing_found_and_nothing_wanted_says_nothing() -> None:
    assert Measure.of("statements", 0, 0, 0).f1 is None


def test_what_is_right_but_sorted_elsewhere_by_the_system_has_no_f1() -> None:
    assert Measure("mixed", right_found=0, found=0, right_wanted=2, wanted=4).f1 is None


def test_totals_add_up_by_name_in_the_order_of_first_mention() -> None:
    added = totals([Measure.of("b", 1, 2, 3), Measure.of("a", 1, 1, 1), Measure.of("b", 1, 1, 1)])
    assert added == (Measure.of("b", 2, 3, 4), Measure.of("a", 1, 1, 1))
