"""A graph as compact JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/#compacted-document-form): the ontology's context
inline, the base as `@base`, and each subject a node object on a line of its own. Nothing is fetched to read it.

Compact here is what a context of this form can say: terms, prefixes, type coercion and relative IRIs. Whoever reads it
gets the same terms back, character for character.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology import context
from ontology.errors import InputError
from ontology.namespaces import RDF, XSD, Base

_LOCAL = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_RELATIVE = re.compile(r"(?:doc|graph|id|topic)(?:/[\w~-][\w.~-]*)+", re.ASCII)
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""Integers that every reader of JSON takes for what they are (https://www.rfc-editor.org/rfc/rfc8259#section-6)."""


def lines(triples: Iterable[Triple], base: Base) -> Iterator[bytes]:
    """The document, line by line, for triples that are sorted.

    Raises:
        InputError: an IRI would be read as a prefixed name of the context.
    """
    compact = Compaction(base)
    yield b'{"@context":' + _json(compact.context) + b',\n"@graph":['
    separator = b"\n"
    for _, own in groupby(triples, key=lambda triple: triple.subject):
        yield separator + _json(compact.node(list(own)))
        separator = b",\n"
    yield b"\n]}\n"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Compaction:
    """Names and values as the ontology's context lets them be written, under one base."""

    def __init__(self, base: Base) -> None:
        self._base = base.iri
        self.context: Mapping[str, Any] = {"@base": base.iri, **_context()}
        definitions = {name: value for name, value in self.context.items() if not name.startswith("@")}
        self._prefixes = {name: value for name, value in definitions.items() if "://" in value}
        self._terms: dict[str, str] = {}
        self._coercions: dict[str, str] = {}
        for name, value in definitions.items():
            iri = value["@id"] if isinstance(value, dict) else value
            prefix, colon, local = iri.partition(":")
            if colon and prefix in self._prefixes:
                self._terms[self._prefixes[prefix] + local] = name
            if isinstance(value, dict):
                self._coercions[name] = value["@type"]

    def node(self, triples: Sequence[Triple]) -> dict[str, Any]:
        """The node object of one subject, its properties in order of their names."""
        subject = triples[0].subject
        if isinstance(subject, Triple):
            raise InputError("a triple about a triple cannot be written as JSON-LD", str(subject))
        types: list[str] = []
        values: dict[str, list[Any]] = {}
        for triple in triples:
            if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
                types.append(self._name(triple.object.value))
            else:
                name = self._name(triple.predicate.value)
                values.setdefault(name, []).append(self._value(name, triple.object))
        typed = {"type": _single(types)} if types else {}
        return {"id": self._iri(subject), **typed, **{name: _single(values[name]) for name in sorted(values)}}

    def _value(self, name: str, value: object) -> Any:
        """A value of a property, as plain as the coercion of its name allows."""
        coercion = self._coercions.get(name)
        if isinstance(value, (NamedNode, BlankNode)):
            if coercion == "@vocab" and isinstance(value, NamedNode):
                return self._name(value.value)
            return self._iri(value) if coercion == "@id" else {"id": self._iri(value)}
        if isinstance(value, Literal):
            return self._literal(coercion, value)
        raise InputError("a triple about a triple cannot be written as JSON-LD", str(value))

    def _literal(self, coercion: str | None, literal: Literal) -> Any:
        if literal.language is not None:
            return {"@value": literal.value, "@language": literal.language}
        if literal.datatype == XSD.string:
            return literal.value if coercion is None else {"@value": literal.value}
        datatype = self._name(literal.datatype.value)
        if coercion in {None, datatype}:
            if literal.datatype == XSD.integer and _WHOLE.fullmatch(literal.value):
                return int(literal.value)
            if literal.datatype == XSD.boolean and literal.value in {"true", "false"}:
                return literal.value == "true"
        return literal.value if coercion == datatype else {"@value": literal.value, "@type": datatype}

    def _name(self, iri: str) -> str:
        """The name of a class, a property or an individual."""
        return self._terms.get(iri) or self._prefixed(iri) or self._absolute(iri)

    def _iri(self, node: NamedNode | BlankNode) -> str:
        """The reference to a node, relative to the base where it can be."""
        if isinstance(node, BlankNode):
            return f"_:{node.value}"
        relative = node.value.removeprefix(self._base)
        if relative != node.value and _RELATIVE.fullmatch(relative):
            return relative
        return self._prefixed(node.value) or self._absolute(node.value)

    def _prefixed(self, iri: str) -> str | None:
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return None

    def _absolute(self, iri: str) -> str:
        scheme, _, rest = iri.partition(":")
        if scheme in self._prefixes and not rest.startswith("//"):
            raise InputError(f"JSON-LD would read this IRI as a name with the prefix {scheme}:", iri)
        return iri


@cache
def _context() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(context.PATH.read_text(encoding="utf-8"))["@context"]
    return found


def _single(values: list[Any]) -> Any:
    """One value stands for itself."""
    return values[0] if len(values) == 1 else values
