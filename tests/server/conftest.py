"""A small record of its own, with which releases are tried without reading any document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, parse

from ontology import vocabulary
from ontology.namespaces import DCTERMS, OA, ONR, RDF, RDFS, SKOS, Base
from ontology.topics import Topics
from server.canned.catalogue import Catalogue
from server.releases.assembly import Assembly, Contribution, Setting
from server.releases.manifest import DocumentEntry
from server.releases.publication import lock, point, publish, staging, sweep
from server.releases.release import Home, Release

BASE = Base("https://example.org/record/")
ONTOLOGY, AUTHORITY = BASE.graph("ontology"), BASE.graph("authority")


def _ontology() -> list[Quad]:
    above = ((ONR.Union, ONR.Organization), (ONR.Organization, ONR.Actor), (ONR.Statement, ONR.Fact))
    quads = [Quad(below, RDFS.subClassOf, upper, ONTOLOGY) for below, upper in above]
    quads += [Quad(ONR.speaker, RDFS.subPropertyOf, ONR.concerns, ONTOLOGY)]
    quads += [Quad(ONR.Statement, RDFS.label, Literal("statement", language="en"), ONTOLOGY)]
    return [*quads, Quad(ONR.sentence, SKOS.notation, Literal("sentence"), ONTOLOGY)]


def _authority() -> list[Quad]:
    union = BASE.id("organization", "writers")
    label = Quad(union, SKOS.prefLabel, Literal("Writers", language="en"), AUTHORITY)
    return [Quad(union, RDF.type, ONR.Union, AUTHORITY), label]


SETTING = Setting(BASE, "recipe", ("tests",), _ontology(), _authority())


@dataclass(frozen=True)
class Record:
    """Makes documents, and releases of them, in one home directory."""

    home: Home
    base: Base = BASE
    setting: Setting = SETTING

    def contribution(self, name: str, quads: Iterable[Quad], text: str | None = None) -> Contribution:
        """A document with these quads, all in its graph."""
        graph = self.base.doc(name)
        own = frozenset(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
        digest = sha256("\n".join(sorted(map(str, own))).encode()).hexdigest()
        entry = DocumentEntry(name, f"{name}.txt", digest, digest, f"documents/{name}.txt", len(own))
        return Contribution(entry, name if text is None else text, own)

    def statement(self, document: str, start: int, speaker: NamedNode, name: str, sentence: str) -> list[Quad]:
        """A statement in a document by somebody whom the document names."""
        doc = self.base.doc(document)
        end = start + len(sentence)
        fact = NamedNode(f"{doc.value}/statement-{start}-{end}")
        evidence, position, quote = (
            NamedNode(f"{fact.value}/evidence-1"),
            NamedNode(f"{doc.value}/position-{start}-{end}"),
            NamedNode(f"{doc.value}/quote-{start}-{end}"),
        )
        rows: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
            (doc, RDF.type, ONR.Document),
            (doc, DCTERMS.identifier, Literal(document)),
            (speaker, ONR.name, Literal(name)),
            (speaker, RDF.type, ONR.Actor),
            (fact, RDF.type, ONR.Statement),
            (fact, ONR.inDocument, doc),
            (fact, ONR.speaker, speaker),
            (fact, ONR.summary, Literal(f"{name}: {sentence}")),
            (fact, ONR.evidence, evidence),
            (evidence, ONR.part, ONR.sentence),
            (evidence, ONR.order, Literal(1)),
            (evidence, OA.hasSelector, position),
            (evidence, OA.hasSelector, quote),
            (position, OA.start, Literal(start)),
            (position, OA.end, Literal(end)),
            (quote, OA.exact, Literal(sentence)),
        ]
        return [Quad(*row, doc) for row in rows]

    def release(self, *contributions: Contribution, parent: Release | None = None, kept: Iterable[str] = ()) -> Release:
        """Publishes a release and makes it current."""
        names = set(kept)
        entries = [entry for entry in parent.manifest.documents if entry.name in names] if parent else []
        with lock(self.home.path):
            sweep(self.home.path)
            directory = staging(self.home.directory)
            assembly = Assembly(directory, self.setting, parent, entries)
            for contribution in contributions:
                assembly.add(contribution)
            prepared = assembly.finish()
            target = self.home.directory / prepared.id
            publish(directory, target)
            point(self.home.link, target)
        return Release(target)


@pytest.fixture(scope="session")
def record_in() -> Callable[[Path], Record]:
    """Makes a record in a home directory that does not exist yet."""
    return lambda path: Record(Home(path))


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A record in a home directory that does not exist yet."""
    return Record(Home(tmp_path / "home"))


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of four invented documents that agree and disagree, under the real ontology and topics."""
    base, quads = Base(), list(parse(path=str(Path(__file__).with_name("invented.trig"))))
    ontology = [Quad(*quad.triple, base.graph("ontology")) for quad in parse(path=str(vocabulary.PATH))]
    ontology += Topics.load(base).quads(base.graph("ontology"))
    authority = [quad for quad in quads if quad.graph_name == base.graph("authority")]
    setting = Setting(base, "recipe", ("tests",), ontology, authority, tuple(Catalogue.load()))
    record = Record(Home(tmp_path_factory.mktemp("invented")), base, setting)
    names = ("alpha", "bravo", "charlie", "delta")
    return record.release(
        *(record.contribution(name, [quad for quad in quads if quad.graph_name == base.doc(name)]) for name in names)
    )
