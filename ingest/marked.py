"""YAML in which every value knows its line, and every scalar is the text that was written.

YAML 1.2 (https://yaml.org/spec/1.2.2/) through PyYAML's safe loader, stopped before it makes Python values: dates,
amounts and "yes" stay as written until a field says what it wants. Duplicate keys are errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from ingest.problem import Problems
from ontology.errors import InputError


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written; `null` when it is empty, `~` or `null`."""

    text: str
    line: int
    null: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Value, ...]
    line: int

    def __iter__(self) -> Iterator[Value]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping; keys in the order of the file."""

    values: dict[str, Value]
    lines: dict[str, int]
    line: int

    def get(self, key: str) -> Value | None:
        """The value of a key; None when the key is absent or its value is null."""
        value = self.values.get(key)
        return None if isinstance(value, Scalar) and value.null else value


Value = Scalar | Items | Entries


def parse(text: str, problems: Problems) -> Entries:
    """The mapping that a YAML text holds. A key that comes twice is a problem, and its first value stands.

    Raises:
        InputError: the text is not YAML, or not a mapping.
    """
    place = problems.file
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{place}:{mark.line + 1}" if mark else place
        said = " ".join(filter(None, [error.context, error.problem]))
        raise InputError(
            f"not YAML: {said}; words with any of [ ] {{ }} , : # may need quotation marks", where
        ) from error
    except yaml.YAMLError as error:
        raise InputError(f"not YAML: {' '.join(str(error).split())}", place) from error
    if not isinstance(node, yaml.MappingNode):
        raise InputError("not an annotation: the file must be a mapping of keys to values", place)
    value = _Reader(problems).value(node)
    assert isinstance(value, Entries)
    return value


class _Reader:
    """Turns nodes into values; a node that is referred to twice is turned once."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._done: dict[int, Value] = {}
        self._open: set[int] = set()

    def value(self, node: yaml.Node) -> Value:
        if id(node) in self._done:
            return self._done[id(node)]
        line = node.start_mark.line + 1
        if id(node) in self._open:
            raise InputError("a value contains itself", self._problems.place(line))
        self._open.add(id(node))
        made: Value
        if isinstance(node, yaml.MappingNode):
            made = self._entries(node, line)
        elif isinstance(node, yaml.SequenceNode):
            made = Items(tuple(self.value(item) for item in node.value), line)
        else:
            made = Scalar(str(node.value), line, node.tag == "tag:yaml.org,2002:null")
        self._open.discard(id(node))
        self._done[id(node)] = made
        return made

    def _entries(self, node: yaml.MappingNode, line: int) -> Entries:
        values: dict[str, Value] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise InputError("a key must be a word", self._problems.place(key_line))
            key = str(key_node.value)
            if key in values:
                self._problems.add(key_line, f"{key}: this key is given twice (first in line {lines[key]})")
                continue
            values[key] = self.value(value_node)
            lines[key] = key_line
        return Entries(values, lines, line)
