"""The JSON-LD 1.1 context of the ontology, made from it: `python -m ontology.context > ontology/context.jsonld`.

Every class, property and individual has its short name; a property whose values are individuals takes their short
names as values (https://www.w3.org/TR/json-ld11/#type-coercion). Terms of other vocabularies keep their prefix, since
some share a short name with ours (`oa:exact`, `schema:value`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from ontology import vocabulary
from ontology.namespaces import OWL, PREFIXES, RDFS, XSD

PATH = Path(__file__).with_name("context.jsonld")
"""The published context."""

FOREIGN: dict[str, str] = {
    "dcterms:creator": "@id",
    "dcterms:license": "@id",
    "dcterms:source": "@id",
    "oa:end": "xsd:integer",
    "oa:hasSelector": "@id",
    "oa:hasSource": "@id",
    "oa:start": "xsd:integer",
    "org:subOrganizationOf": "@id",
    "rdfs:isDefinedBy": "@id",
    "schema:url": "@id",
    "skos:broader": "@id",
    "skos:exactMatch": "@id",
    "skos:inScheme": "@id",
}
"""How values of other vocabularies' properties are read, where the record uses them."""


def document() -> dict[str, Any]:
    """The context document, in the order of the ontology."""
    context: dict[str, Any] = {"@version": 1.1, "id": "@id", "type": "@type", **PREFIXES}
    for term in vocabulary.terms():
        coercion = _coercion(term)
        iri = f"onr:{term.name}"
        context[term.name] = {"@id": iri, "@type": coercion} if coercion else iri
    for name, coercion in FOREIGN.items():
        context[name] = {"@id": name, "@type": coercion}
    return {"@context": context}


def text() -> str:
    """The context as it is in its file."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _coercion(term: vocabulary.Term) -> str | None:
    """How values are read: as IRIs, as short names of individuals, or by datatype; None is a plain string."""
    if term.kind == OWL.ObjectProperty:
        return "@vocab" if term.range is not None and vocabulary.individuals(term.range) else "@id"
    if term.kind == OWL.DatatypeProperty and term.range not in (None, XSD.string, RDFS.Literal):
        return _prefixed(term.range)
    return None


def _prefixed(node: NamedNode | None) -> str:
    iri = node.value if node is not None else ""
    prefix, namespace = next((prefix, namespace) for prefix, namespace in PREFIXES.items() if iri.startswith(namespace))
    return f"{prefix}:{iri.removeprefix(namespace)}"


if __name__ == "__main__":
    print(text(), end="")
