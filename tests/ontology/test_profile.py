"""The ontology stays in the profile OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL).

The checker reads a graph back into axioms by the tables of https://www.w3.org/TR/owl2-mapping-to-rdf/ and knows only
what the profile allows: whatever it does not recognise is a violation.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ONTOLOGY = Path(__file__).parents[2] / "ontology" / "onrecord.ttl"

DATATYPES = {
    RDF.PlainLiteral,
    RDF.XMLLiteral,
    RDF.langString,
    RDFS.Literal,
    XSD.decimal,
    XSD.integer,
    XSD.nonNegativeInteger,
    XSD.nonPositiveInteger,
    XSD.positiveInteger,
    XSD.negativeInteger,
    XSD.long,
    XSD.int,
    XSD.short,
    XSD.byte,
    XSD.unsignedLong,
    XSD.unsignedInt,
    XSD.unsignedShort,
    XSD.unsignedByte,
    XSD.float,
    XSD.double,
    XSD.string,
    XSD.normalizedString,
    XSD.token,
    XSD.language,
    XSD.Name,
    XSD.NCName,
    XSD.NMTOKEN,
    XSD.boolean,
    XSD.hexBinary,
    XSD.base64Binary,
    XSD.anyURI,
    XSD.dateTime,
    XSD.dateTimeStamp,
}
DECLARATIONS = {
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.NamedIndividual,
    RDFS.Datatype,
}
OBJECT_CHARACTERISTICS = {
    OWL.InverseFunctionalProperty,
    OWL.IrreflexiveProperty,
    OWL.SymmetricProperty,
    OWL.AsymmetricProperty,
    OWL.TransitiveProperty,
}
STRUCTURAL = {
    OWL.Ontology,
    OWL.Restriction,
    OWL.AllDifferent,
    OWL.AllDisjointClasses,
    OWL.AllDisjointProperties,
    RDF.List,
}
ANNOTATIONS = {
    RDFS.label,
    RDFS.comment,
    RDFS.seeAlso,
    RDFS.isDefinedBy,
    OWL.versionInfo,
    OWL.versionIRI,
    OWL.deprecated,
    OWL.priorVersion,
    OWL.backwardCompatibleWith,
    OWL.incompatibleWith,
}
FACETS = {
    OWL.someValuesFrom,
    OWL.allValuesFrom,
    OWL.hasValue,
    OWL.hasSelf,
    OWL.cardinality,
    OWL.minCardinality,
    OWL.maxCardinality,
    OWL.qualifiedCardinality,
    OWL.minQualifiedCardinality,
    OWL.maxQualifiedCardinality,
}
INSIDE_EXPRESSIONS = FACETS | {
    OWL.onProperty,
    OWL.onClass,
    OWL.onDataRange,
    OWL.members,
    OWL.distinctMembers,
    RDF.first,
    RDF.rest,
}


class Profile:
    """One graph and what it declares; `violations` are the triples and expressions outside the profile."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.classes = self.typed(OWL.Class)
        self.objects = self.typed(OWL.ObjectProperty)
        self.data = self.typed(OWL.DatatypeProperty)
        self.annotations = self.typed(OWL.AnnotationProperty) | ANNOTATIONS
        self.axioms: dict[Node, Callable[[Node, Node], bool]] = {
            RDFS.subClassOf: lambda s, o: self.sub(s) and self.super(o),
            OWL.equivalentClass: lambda s, o: self.equivalent(s) and self.equivalent(o),
            OWL.disjointWith: lambda s, o: self.sub(s) and self.sub(o),
            RDFS.subPropertyOf: self.same_kind,
            OWL.equivalentProperty: self.same_kind,
            OWL.propertyDisjointWith: self.same_kind,
            OWL.inverseOf: lambda s, o: self.object_property(s) and self.object_property(o),
            OWL.propertyChainAxiom: lambda s, o: s in self.objects and all(map(self.object_property, self.items(o))),
            RDFS.domain: lambda s, o: s in self.objects | self.data | self.annotations and self.super(o),
            RDFS.range: self.range,
            OWL.hasKey: lambda s, o: self.sub(s) and all(p in self.objects | self.data for p in self.items(o)),
            OWL.sameAs: lambda s, o: isinstance(s, URIRef) and isinstance(o, URIRef),
            OWL.differentFrom: lambda s, o: isinstance(s, URIRef) and isinstance(o, URIRef),
            OWL.intersectionOf: lambda s, _: isinstance(s, BNode),
            OWL.unionOf: lambda s, _: isinstance(s, BNode),
            OWL.complementOf: lambda s, _: isinstance(s, BNode),
            OWL.oneOf: lambda s, _: isinstance(s, BNode),
        }

    def typed(self, kind: Node) -> set[Node]:
        return set(self.graph.subjects(RDF.type, kind))

    def items(self, node: Node) -> list[Node]:
        return list(Collection(self.graph, node))

    def violations(self) -> list[str]:
        return sorted(set(self._violations()))

    def _violations(self) -> Iterator[str]:
        for node in (self.objects & self.data) | (self.objects & self.annotations) | (self.data & self.annotations):
            yield f"{node} is a property of two kinds"
        for node in self.classes & self.typed(RDFS.Datatype):
            yield f"{node} is a class and a datatype"
        for triple in self.graph:
            if not self.allowed(*triple):
                yield " ".join(node.n3(self.graph.namespace_manager) for node in triple)

    def allowed(self, s: Node, p: Node, o: Node) -> bool:
        """Whether a triple is, or is part of, an axiom that the profile knows."""
        if p == RDF.type:
            return self.type(s, o)
        if p in self.axioms:
            return self.axioms[p](s, o)
        if p in INSIDE_EXPRESSIONS:
            return isinstance(s, BNode)
        if p in self.annotations:
            return True
        if p in self.objects:
            return not isinstance(o, Literal)
        if p in self.data:
            return isinstance(o, Literal) and self.literal(o)
        return False

    def type(self, s: Node, o: Node) -> bool:
        if o == RDFS.Datatype and isinstance(s, URIRef):
            return s in DATATYPES
        if o in DECLARATIONS | STRUCTURAL:
            return o != OWL.AllDisjointClasses or all(map(self.sub, self.members(s)))
        if o in OBJECT_CHARACTERISTICS:
            return s in self.objects
        if o == OWL.FunctionalProperty:
            return s in self.objects | self.data
        return self.super(o)

    def members(self, node: Node) -> list[Node]:
        return [item for head in self.graph.objects(node, OWL.members) for item in self.items(head)]

    def literal(self, node: Literal) -> bool:
        return (node.datatype or RDF.PlainLiteral) in DATATYPES

    def object_property(self, node: Node | None) -> bool:
        inverse = self.graph.value(node, OWL.inverseOf) if isinstance(node, BNode) else None
        return node in self.objects or inverse in self.objects

    def same_kind(self, s: Node, o: Node) -> bool:
        both_objects = self.object_property(s) and self.object_property(o)
        return both_objects or any(s in kind and o in kind for kind in (self.data, self.annotations))

    def range(self, s: Node, o: Node) -> bool:
        if s in self.objects:
            return self.super(o)
        return self.data_range(o) if s in self.data else s in self.annotations and isinstance(o, URIRef)

    def data_range(self, node: Node) -> bool:
        head = self.graph.value(node, OWL.intersectionOf)
        if isinstance(node, BNode) and head is not None and (node, RDF.type, RDFS.Datatype) in self.graph:
            return all(map(self.data_range, self.items(head)))
        return node in DATATYPES

    def named(self, node: Node) -> bool:
        return node == OWL.Nothing or (isinstance(node, URIRef) and node in self.classes and node != OWL.Thing)

    def filler(self, node: Node) -> bool:
        """What a value restriction on the subclass side may name."""
        return node == OWL.Thing or self.sub(node)

    def sub(self, node: Node) -> bool:
        """subClassExpression"""
        if self.named(node):
            return True
        kind, value, on_data = self.expression(node)
        if kind in {OWL.intersectionOf, OWL.unionOf}:
            return all(map(self.sub, self.items(value)))
        if kind == OWL.oneOf:
            return all(isinstance(item, URIRef) for item in self.items(value))
        if kind == OWL.someValuesFrom:
            return self.data_range(value) if on_data else self.filler(value)
        return kind == OWL.hasValue

    def super(self, node: Node) -> bool:
        """superClassExpression"""
        if self.named(node):
            return True
        kind, value, on_data = self.expression(node)
        if kind == OWL.intersectionOf:
            return all(map(self.super, self.items(value)))
        if kind == OWL.complementOf:
            return self.sub(value)
        if kind == OWL.allValuesFrom:
            return self.data_range(value) if on_data else self.super(value)
        if kind in {OWL.maxCardinality, OWL.maxQualifiedCardinality}:
            on_class, on_range = self.graph.value(node, OWL.onClass), self.graph.value(node, OWL.onDataRange)
            counted = (on_class is None or self.filler(on_class)) and (on_range is None or self.data_range(on_range))
            return counted and str(value) in {"0", "1"}
        return kind == OWL.hasValue

    def equivalent(self, node: Node) -> bool:
        """equivClassExpression"""
        if self.named(node):
            return True
        kind, value, _ = self.expression(node)
        return kind == OWL.hasValue or (kind == OWL.intersectionOf and all(map(self.equivalent, self.items(value))))

    def expression(self, node: Node) -> tuple[Node | None, Node, bool]:
        """An anonymous class's constructor, its argument, and whether it restricts a data property."""
        keys = FACETS | {OWL.intersectionOf, OWL.unionOf, OWL.complementOf, OWL.oneOf}
        found = [(p, o) for p, o in self.graph.predicate_objects(node) if p in keys] if isinstance(node, BNode) else []
        on = self.graph.value(node, OWL.onProperty)
        if len(found) != 1 or (found[0][0] in FACETS and not (self.object_property(on) or on in self.data)):
            return None, node, False
        return *found[0], on in self.data


def violations(turtle: str) -> list[str]:
    """The violations of a sample that may use a few declared names."""
    prefixes = "".join(
        f"@prefix {p}: <{n}> . " for p, n in (("owl", OWL), ("rdfs", RDFS), ("xsd", XSD), ("", "http://e/"))
    )
    names = ":A a owl:Class . :B a owl:Class . :p a owl:ObjectProperty . :d a owl:DatatypeProperty . "
    return Profile(Graph().parse(data=prefixes + names + turtle, format="turtle")).violations()


def test_the_ontology_is_in_the_profile() -> None:
    assert Profile(Graph().parse(ONTOLOGY)).violations() == []


def test_the_ontology_needs_no_class_expressions() -> None:
    """OWL Lite where possible: named classes and properties, one domain and one range each."""
    graph = Graph().parse(ONTOLOGY)
    onr = Namespace("https://w3id.org/onrecord/ontology#")
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]
    assert {p for p in graph.predicates() if p in OWL} == {OWL.versionInfo}
    assert {o for o in graph.objects(None, RDF.type) if o in OWL} <= DECLARATIONS | {OWL.Ontology}
    for predicate in (RDFS.domain, RDFS.range):
        for subject in set(graph.subjects(predicate)):
            assert subject in onr
            assert len(list(graph.objects(subject, predicate))) == 1, subject


@pytest.mark.parametrize(
    "sample",
    [
        ":A rdfs:subClassOf :B . :p a owl:TransitiveProperty ; rdfs:domain :A ; rdfs:range :B .",
        ":d a owl:FunctionalProperty ; rdfs:range xsd:decimal .",
        ":A owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :B :A ) ] .",
        ":A owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :i ] .",
        "[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf :A .",
        "[ a owl:Class ; owl:unionOf ( :A [ a owl:Class ; owl:oneOf ( :i :j ) ] ) ] rdfs:subClassOf :B .",
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .",
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :d ; owl:maxCardinality 1 ] .",
        ":A rdfs:subClassOf [ a owl:Class ; owl:complementOf :B ] .",
        "[ a owl:AllDisjointClasses ; owl:members ( :A :B ) ] .",
        ":p owl:propertyChainAxiom ( :p [ owl:inverseOf :p ] ) .",
        ":i a :A ; :p :j ; :d 1.5 .",
    ],
)
def test_the_checker_accepts_what_the_profile_allows(sample: str) -> None:
    assert violations(sample) == []


@pytest.mark.parametrize(
    "sample",
    [
        ":p a owl:ReflexiveProperty .",
        ":A owl:disjointUnionOf ( :B ) .",
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .",
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:minCardinality 1 ] .",
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 2 ] .",
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasSelf true ] .",
        ":A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :A :B ) ] .",
        ":A owl:equivalentClass [ a owl:Class ; owl:unionOf ( :A :B ) ] .",
        ":A owl:equivalentClass [ a owl:Class ; owl:oneOf ( :i ) ] .",
        "[ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] rdfs:subClassOf :A .",
        "[ a owl:Class ; owl:complementOf :B ] rdfs:subClassOf :A .",
        ":p rdfs:domain [ a owl:Class ; owl:unionOf ( :A :B ) ] .",
        ":p rdfs:domain owl:Thing .",
        ":p rdfs:range xsd:string .",
        ":d rdfs:range xsd:date .",
        ":d rdfs:range :A .",
        ":mine a rdfs:Datatype .",
        ":p a owl:DatatypeProperty .",
        ":d rdfs:subPropertyOf :p .",
        ":d a owl:TransitiveProperty .",
        ":A rdfs:subClassOf :Undeclared .",
        ":i a :Undeclared .",
        ":i :undeclared :j .",
        ':i :p "a literal" .',
        ":i :d :j .",
        ':i :d "2023"^^xsd:gYear .',
        ":A owl:unionOf ( :A :B ) .",
    ],
)
def test_the_checker_finds_what_the_profile_forbids(sample: str) -> None:
    assert violations(sample) != []
