"""From a node that breaks a shape to the facts that it belongs to, and to the sentences that those stand on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ontology.namespaces import DCTERMS, OA, ONR
from shapes.conversion import Term
from shapes.report import Sentence

Node = NamedNode | BlankNode


class Blame:
    """One graph, walked backwards from what is wrong to the facts that lead to it."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[tuple[Node, NamedNode], list[Term]] = defaultdict(list)
        self._before: dict[Node, set[Node]] = defaultdict(set)
        self._documents: set[Node] = set()
        self._facts: set[Node] = set()
        for quad in quads:
            subject, value = quad.subject, quad.object
            if isinstance(subject, Triple) or isinstance(value, Triple):
                continue
            self._values[subject, quad.predicate].append(value)
            if quad.predicate == ONR.inDocument:
                self._facts.add(subject)
                if not isinstance(value, Literal):
                    self._documents.add(value)
            elif not isinstance(value, Literal):
                self._before[value].add(subject)

    def facts(self, focus: Node, value: Term | None = None) -> tuple[NamedNode, ...]:
        """The facts that lead to the focus node, or to the value when the focus node is a document. Sorted."""
        start = focus
        if focus in self._documents:
            if value is None or isinstance(value, Literal) or value == focus:
                return ()
            start = value
        found: set[NamedNode] = set()
        seen, waiting = {start}, [start]
        while waiting:
            node = waiting.pop()
            if isinstance(node, NamedNode) and self._is_fact(node):
                found.add(node)
                continue
            for earlier in self._before.get(node, set()) - seen - self._documents:
                seen.add(earlier)
                waiting.append(earlier)
        return tuple(sorted(found, key=lambda fact: fact.value))

    def sentences(self, facts: Iterable[NamedNode]) -> tuple[Sentence, ...]:
        """The whole sentences that the facts stand on, in the order of the document."""
        found: set[Sentence] = set()
        for fact in facts:
            for evidence in self._nodes(fact, ONR.evidence):
                if ONR.sentence in self._values.get((evidence, ONR.part), []):
                    found |= self._placed(fact, evidence)
        return tuple(sorted(found))

    def _is_fact(self, node: NamedNode) -> bool:
        return node in self._facts or (node, ONR.evidence) in self._values

    def _placed(self, fact: NamedNode, evidence: Node) -> set[Sentence]:
        position: dict[NamedNode, str] = {}
        for selector in self._nodes(evidence, OA.hasSelector):
            for predicate in (OA.start, OA.end, OA.exact):
                for value in self._values.get((selector, predicate), []):
                    position[predicate] = value.value
        start, end = position.get(OA.start, ""), position.get(OA.end, "")
        if not (start.isdecimal() and end.isdecimal()):
            return set()
        return {Sentence(self._document_name(fact), int(start), int(end), position.get(OA.exact, ""))}

    def _document_name(self, fact: NamedNode) -> str:
        for document in self._nodes(fact, ONR.inDocument):
            for name in self._values.get((document, DCTERMS.identifier), []):
                return name.value
        return fact.value.rpartition("/doc/")[2].partition("/")[0]

    def _nodes(self, subject: Node, predicate: NamedNode) -> list[Node]:
        return [value for value in self._values.get((subject, predicate), []) if not isinstance(value, Literal)]
