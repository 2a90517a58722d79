"""The document itself: how it was read, and what its file and its text say of its title, author and dates.

Title and dates are Dublin Core terms (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/), whoever
states them; names that only the file gives are strings, and lead to an actor only when that is on record anyway.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from pyoxigraph import Literal, NamedNode

from ingest.dates import precision
from ingest.document import Metadata
from ingest.facts import Date, DocumentMetadata, Fact, Name, NameKind
from ingest.mapping import literals
from ingest.mapping.graph import FactNode, GraphWriter
from ingest.resolution import Scope, Thing
from ontology.errors import NotFound
from ontology.namespaces import DCTERMS, ONR, RDF, SCHEMA

_DATES = {"published": DCTERMS.issued, "modified": DCTERMS.modified}


def document_node(writer: GraphWriter, scope: Scope, facts: Iterable[Fact]) -> None:
    """Write what is known of a document by reading its file.

    What its text says of itself, as a fact with its sentence, goes before what the file says outside the text.
    """
    document = writer.document
    writer.add(writer.node, RDF.type, ONR.Document)
    writer.add(writer.node, DCTERMS.identifier, literals.text(document.name))
    writer.add(writer.node, ONR.sourceFile, literals.text(document.path.name))
    writer.add(writer.node, ONR.sha256, literals.text(document.sha256))
    writer.add(writer.node, ONR.textLength, literals.integer(len(document.text)))
    writer.add(writer.node, ONR.encoding, literals.text(document.encoding))
    writer.add(writer.node, SCHEMA.encodingFormat, literals.text(document.media_type))
    if document.member is not None:
        writer.add(writer.node, ONR.sourceMember, literals.text(document.member))
    _envelope(document.metadata, writer, scope, _stated(facts))


def _stated(facts: Iterable[Fact]) -> frozenset[str]:
    """Properties of the document that its text states."""
    found = [fact for fact in facts if isinstance(fact, DocumentMetadata)]
    dated = {fact.property for fact in found if fact.date is not None and fact.date.edtf is not None}
    return frozenset(dated | {fact.property for fact in found if fact.property not in _DATES})


def _envelope(metadata: Metadata, writer: GraphWriter, scope: Scope, stated: Container[str]) -> None:
    node = writer.node
    if metadata.title is not None and "title" not in stated:
        writer.add(node, DCTERMS.title, literals.text(metadata.title))
    for property, value in (("published", metadata.published), ("modified", metadata.modified)):
        if value is not None and property not in stated:
            writer.add(node, _DATES[property], _date(value))
    for name in metadata.authors:
        writer.add(node, ONR.authorName, literals.text(name))
        if (person := _known_person(name, scope)) is not None:
            writer.add(node, DCTERMS.creator, writer.thing(person))
    if metadata.publisher is not None:
        writer.add(node, ONR.publisherName, literals.text(metadata.publisher))
        organization = scope.organization(metadata.publisher)
        if organization is not None:
            writer.add(node, DCTERMS.publisher, writer.thing(organization))
    if metadata.url is not None:
        writer.add(node, SCHEMA.url, NamedNode(metadata.url))
    if metadata.language is not None:
        writer.add(node, SCHEMA.inLanguage, literals.text(metadata.language))


def _known_person(name: str, scope: Scope) -> Thing | None:
    """The person of a name who is on record; a name in an envelope makes nobody known."""
    try:
        found = scope.actor(name)
    except NotFound:
        return None
    return found if found.cls == ONR.Person else None


def metadata_report(fact: DocumentMetadata, node: FactNode, scope: Scope) -> None:
    """Write what the document says of itself, and its meaning for the document."""
    node.set(RDF.type, ONR.MetadataReport)
    node.set(ONR.concerns, node.writer.node)
    node.text(ONR.metadataProperty, fact.property)
    node.text(ONR.value, fact.value)
    node.date(ONR.date, fact.date)
    node.summary(f"{fact.property.replace('_', ' ')}: {fact.value}")
    match fact.property:
        case "title":
            node.writer.add(node.writer.node, DCTERMS.title, literals.text(fact.value))
        case "author":
            person = node.named(Name(name=fact.value, kind=NameKind.PERSON))
            node.writer.add(node.writer.node, DCTERMS.creator, person)
        case "publisher":
            _publisher(fact.value, node, scope)
        case "published" | "modified" as event:
            _document_date(fact.date, event, node)


def _publisher(name: str, node: FactNode, scope: Scope) -> None:
    """The publisher as an organization, when it is one on record; its name is in the report in any case."""
    try:
        publisher = scope.actor(name)
    except NotFound:
        return
    node.writer.add(node.writer.node, DCTERMS.publisher, node.thing(publisher))


def _document_date(date: Date | None, event: str, node: FactNode) -> None:
    if date is None or date.edtf is None:
        return
    node.writer.add(node.writer.node, _DATES[event], _date(date.edtf))


def _date(edtf: str) -> Literal:
    return literals.day(edtf) if precision(edtf) == "day" else literals.edtf(edtf)
