import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.marked import Entries, Items, Scalar, parse
from ingest.problem import Problems
from ontology.errors import InputError


def test_values_keep_their_text_and_their_line() -> None:
    entries = parse("a: 2023-06-01\nb:\n  - yes\n  - {c: 1_0.50}\nd: ~\n", Problems("f"))
    assert entries.get("a") == Scalar("2023-06-01", 1)
    items = entries.get("b")
    assert isinstance(items, Items)
    flag, inner = items
    assert flag == Scalar("yes", 3)
    assert isinstance(inner, Entries)
    assert inner.get("c") == Scalar("1_0.50", 4)
    assert entries.get("d") is None
    assert entries.lines == {"a": 1, "b": 2, "d": 5}


def test_a_node_that_is_referred_to_twice_is_one() -> None:
    entries = parse("a: &x [1]\nb: *x\n", Problems("f"))
    assert entries.get("a") is entries.get("b")


def test_a_key_given_twice_is_a_problem_and_the_first_stands() -> None:
    problems = Problems("f.yaml")
    entries = parse("a: 1\nb: 2\na: 3\n", problems)
    assert [str(problem) for problem in problems.found] == ["f.yaml:3: a: this key is given twice (first in line 1)"]
    assert entries.get("a") == Scalar("1", 1)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: [1", "f:1", "not YAML"),
        ("a: b: c", "f:1", "mapping values are not allowed here"),
        ("\n\n- 1", "f", "must be a mapping"),
        ("", "f", "must be a mapping"),
        ("a: 1\n? [x]\n: 2", "f:2", "a key must be a word"),
        ("a: &x {b: *x}", "f:1", "a value contains itself"),
        ("a: \x01", "f", "not YAML"),
        ("a: *nobody", "f:1", "undefined alias"),
    ],
)
def test_what_is_no_mapping_is_an_error_with_its_line(text: str, place: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse(text, Problems("f"))
    assert error.value.place == place
    assert message in error.value.message


@given(st.text(alphabet=st.sampled_from("ab: -[]{},&*!|>'\"#\n\t?%@"), max_size=40))
def test_any_text_is_a_mapping_or_an_input_error(text: str) -> None:
    try:
        entries = parse(text, Problems("f"))
    except InputError:
        return
    assert set(entries.values) == set(entries.lines)
