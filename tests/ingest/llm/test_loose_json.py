import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.llm.loose_json import DEPTH, Found, find

VALUES = st.recursive(
    st.none() | st.booleans() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
CONTAINERS = st.lists(VALUES, max_size=4) | st.dictionaries(st.text(), VALUES, max_size=4)


@settings(deadline=None)
@given(CONTAINERS, st.booleans(), st.sampled_from([None, 2]))
def test_json_is_read_as_it_is(value: Any, ascii: bool, indent: int | None) -> None:
    clean = json.loads(json.dumps(value, ensure_ascii=True).encode("ascii", "replace"))
    assert find(json.dumps(clean, ensure_ascii=ascii, indent=indent)) == Found((clean,), whole=True)


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("{}[]\"':,\\u0dtrue01 \n/abé"), max_size=200))
def test_nothing_makes_it_fail(text: str) -> None:
    assert all(isinstance(value, dict | list) for value in find(text).values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"a": "b",}', [{"a": "b"}]),
        ("{'a': 'b', 'c': True, 'd': None}", [{"a": "b", "c": True, "d": None}]),
        ("{a: 1, b_2: -3.5e2}", [{"a": "1", "b_2": "-3.5e2"}]),
        ("{'a': 'don't'}", [{"a": "don't"}]),
        ('{"a": "he said "no", then left", "b": []}', [{"a": 'he said "no", then left', "b": []}]),
        ('{"a": "two\nlines"}', [{"a": "two\nlines"}]),
        ('{"a": "b" "c": "d"}', [{"a": "b", "c": "d"}]),
        ('{"a": 1 // of one\n}', [{"a": "1"}]),
        ('{"a": "\\u00e9\\ud83d\\ude00\\/\\q"}', [{"a": "é😀/q"}]),
        ('{"a": "\\ud83d alone"}', [{"a": "\ufffd alone"}]),
        ('{"a": 1}\n{"a": 2}', [{"a": "1"}, {"a": "2"}]),
        ('Here [sic] it is: {"a": []} and {that} is all.', [{"a": []}]),
        ("[1, [2, 3]]", [["1", ["2", "3"]]]),
    ],
)
def test_what_models_write_is_read(text: str, values: list[Any]) -> None:
    assert find(text) == Found(tuple(values), whole=True)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"facts": [{"a": 1}, {"a": 2}, {"a": "3', [{"a": "1"}, {"a": "2"}]),
        ('{"facts": [{"a": 1}, {"b": {"c": 2}}', [{"a": "1"}, {"b": {"c": "2"}}]),
        ('[{"a": 1}, {"b": !}, {"c": 3}]', [{"a": "1"}, {"c": "3"}]),
        ('{"a": "b"', []),
    ],
)
def test_of_a_broken_text_the_whole_values_stay(text: str, values: list[Any]) -> None:
    assert find(text) == Found(tuple(values), whole=False)


def test_depth_is_bounded() -> None:
    def nested(depth: int) -> str:
        return '{"a":' * depth + "1" + "}" * depth

    assert find(nested(DEPTH)).whole
    assert not find(nested(DEPTH + 1)).whole
    assert not find(nested(100_000)).whole


@pytest.mark.parametrize("unit", ["{", "[", '{"a":', '"', '{"', '{"a":"x" ', "\\", "{//", '[{"a":1},', "{'", '{"a":{'])
def test_the_time_grows_with_the_length_alone(unit: str) -> None:
    started = time.perf_counter()
    find(unit * (100_000 // len(unit)))
    assert time.perf_counter() - started < 5
