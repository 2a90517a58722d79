"""The document itself: how it was read, and what it says of its title, author and dates.

Dublin Core terms (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/) are written on the document only
for what its text states.
"""

from __future__ import annotations

from ingest.dates import precision
from ingest.facts import Date, DocumentMetadata, Name, NameKind
from ingest.mapping import literals
from ingest.mapping.graph import FactNode, GraphWriter
from ingest.resolution import Scope
from ontology.errors import NotFound
from ontology.namespaces import DCTERMS, ONR, RDF

_DATES = {"published": DCTERMS.issued, "modified": DCTERMS.modified}


def document_node(writer: GraphWriter) -> None:
    """Write what is known of a document by reading its file."""
    document = writer.document
    writer.add(writer.node, RDF.type, ONR.Document)
    writer.add(writer.node, DCTERMS.identifier, literals.text(document.name))
    writer.add(writer.node, ONR.sourceFile, literals.text(document.source))
    writer.add(writer.node, ONR.sha256, literals.text(document.sha256))
    writer.add(writer.node, ONR.textLength, literals.integer(len(document.text)))
    writer.add(writer.node, ONR.encoding, literals.text(document.encoding))


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
    literal = literals.day if precision(date.edtf) == "day" else literals.edtf
    node.writer.add(node.writer.node, _DATES[event], literal(date.edtf))
