"""A release of invented documents, published as a build would publish it, and kept for the next run.

The documents go through the program's own mapping and assembly, with its identities, inferences and description. Only
reading and the check against the shapes are left out: there is nothing to read, and millions of triples would take
hours.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.load.corpus import Invented, invent
from ingest import mapping
from ingest.declarations import Declarations
from ingest.resolution import Resolver
from ontology import vocabulary
from ontology.authority import Authority
from ontology.namespaces import Base
from ontology.topics import Topics
from server.canned.catalogue import Catalogue
from server.releases.assembly import Assembly, Contribution, Setting
from server.releases.manifest import DocumentEntry
from server.releases.publication import lock, point, publish, staging
from server.releases.release import Home, Release

BASE = Base()
TRIPLES_A_DOCUMENT = 1120
"""About how many triples of the merge a document brings, with all that is inferred from it."""

TRIPLES_OF_NONE = 9_600
"""About how many a release has without documents: ontology, topics, authority file, its description."""


def made(directory: Path, triples: int, on_progress: Callable[[str], None], seed: int = 0) -> Release:
    """The release of about so many triples in a directory, made when it is not there yet."""
    home = Home(directory / f"load-{triples}-{seed}")
    found = home.current()
    if found is not None:
        return found
    documents = max(1, (triples - TRIPLES_OF_NONE) // TRIPLES_A_DOCUMENT)
    setting = Setting(
        BASE,
        "invented",
        ("invented",),
        [*vocabulary.quads(BASE.graph("ontology")), *Topics.load(BASE).quads(BASE.graph("ontology"))],
        Authority.load(BASE).quads(BASE.graph("authority")),
        tuple(Catalogue.load()),
    )
    resolver = Resolver(Authority.load(BASE), Topics.load(BASE), BASE)
    with lock(home.path):
        prepared = staging(home.directory)
        with Assembly(prepared, setting) as assembly:
            for number, invented in enumerate(invent(documents, seed), 1):
                assembly.add(contribution(invented, resolver))
                if number % 500 == 0:
                    on_progress(f"{number} of {documents} documents are mapped")
            on_progress("what follows from them is derived")
            target = home.directory / assembly.finish().id
        publish(prepared, target)
        point(home.link, target)
    return Release(target)


def contribution(invented: Invented, resolver: Resolver) -> Contribution:
    """What an invented document brings to a release."""
    document = invented.document
    quads = mapping.quads(document, invented.facts, resolver.scope(document.name, Declarations()))
    digest = document.sha256
    entry = DocumentEntry(
        document.name, document.source, digest, digest, f"documents/{document.name}.txt", len(invented.facts)
    )
    return Contribution(entry, document.text, frozenset(quads))
