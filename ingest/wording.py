"""YAML as a person would type it: plain scalars where they are safe, double quotation marks where they are not.

Safe is what PyYAML reads back as the same string wherever an annotation may have it: as a value and as an item
(https://yaml.org/spec/1.2.2/#733-plain-style).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import yaml

STRING = "tag:yaml.org,2002:str"
NO_BREAK = "\u00a0"


def scalar(text: str, *, inline: bool = True) -> str:
    """One string; `inline` between brackets or braces, where commas and brackets mean something.

    >>> scalar("job listing"), scalar("yes"), scalar("a, b"), scalar("a, b", inline=False)
    ('job listing', '"yes"', '"a, b"', 'a, b')
    """
    if _is_plain(text, inline):
        return text
    dumped = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=2**31)
    return str(dumped).rstrip("\n")


def sequence(items: Iterable[str]) -> str:
    """A list on one line, of items that are written already."""
    return f"[{', '.join(items)}]"


def mapping(entries: Mapping[str, str]) -> str:
    """A mapping on one line, of values that are written already."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"


def _is_plain(text: str, inline: bool) -> bool:
    if not text.replace(NO_BREAK, " ").isprintable() or not text or text != text.strip():
        return False
    item = f"[{text}]" if inline else "[x]"
    try:
        node = yaml.compose(f"value: {text}\nentry:\n  - {text}\nitem: {item}", Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 3:
        return False
    (_, value), (_, entries), (_, items) = node.value
    return all(_reads_as(text, each) for each in (value, *entries.value, *(items.value if inline else ())))


def _reads_as(text: str, node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and (node.style, node.value, node.tag) == (None, text, STRING)
