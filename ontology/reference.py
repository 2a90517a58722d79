"""The reference page of the ontology, made from it: `python -m ontology.reference > docs/ontology.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from ontology import vocabulary
from ontology.namespaces import ONR, ONTOLOGY, OWL, PREFIXES
from ontology.vocabulary import Term

SECTIONS: tuple[tuple[str, NamedNode, str], ...] = (
    ("Classes", OWL.Class, "under"),
    ("Properties between nodes", OWL.ObjectProperty, "under"),
    ("Properties with literal values", OWL.DatatypeProperty, "under"),
    ("Individuals", OWL.NamedIndividual, "a"),
    ("Annotation properties", OWL.AnnotationProperty, "under"),
)
"""Title, OWL type of the terms, and the word that leads to what is above them."""

INTRODUCTION = f"""# The ontology, term by term

Made from `ontology/onrecord.ttl` by `python -m ontology.reference > docs/ontology.md`; change the ontology, not this
page. The namespace is `{ONR}`, prefix `onr:`; the ontology itself is <{ONTOLOGY.value}>.

It stays in the profile [OWL 2 RL](https://www.w3.org/TR/owl2-profiles/#OWL_2_RL), imports nothing, and is aligned with
schema.org, PROV-O, Web Annotation, ORG, SEM, SKOS, VoID and DCAT by subclasses and subproperties. How many values a
node has, and which, is the business of the shapes. A **bold** property has one value for one thing: two documents that
give different ones disagree.
"""


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([INTRODUCTION, *_lines()])


def _lines() -> Iterator[str]:
    for title, kind, above in SECTIONS:
        terms = [term for term in vocabulary.terms() if term.kind == kind]
        yield f"## {title} ({len(terms)})\n"
        for term in terms:
            yield _entry(term, above)


def _entry(term: Term, above: str) -> str:
    name = f"onr:{term.name}"
    details = [f"{above} {_curies(term.parents)}"] if term.parents else []
    if term.domain or term.range:
        ends = (_curies([end]) if end else "any" for end in (term.domain, term.range))
        details.append("from {} to {}".format(*ends))
    if term.notation is not None:
        details.append(f'written "{term.notation}"')
    details.append(f"source <{term.source}>")
    head = f"**`{name}`**" if term.single_valued else f"`{name}`"
    return f"- {head} ({term.label}): {term.definition}\n  Example: {term.example}\n  {'; '.join(details)}\n"


def _curies(nodes: Iterable[NamedNode]) -> str:
    return ", ".join(f"`{_curie(node.value)}`" for node in nodes)


def _curie(iri: str) -> str:
    prefix, namespace = next((prefix, namespace) for prefix, namespace in PREFIXES.items() if iri.startswith(namespace))
    return f"{prefix}:{iri.removeprefix(namespace)}"


if __name__ == "__main__":
    print(page(), end="")
