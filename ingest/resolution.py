"""From names to things: each name of a fact becomes the one IRI that the thing has in all documents.

Known actors come from the authority file; the rest is minted from what the document declares, so that two documents
that name a person, a group or a posting alike name the same thing. What a document leaves unclear is a thing of its own
there, under the document's IRI, and never shared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ingest.declarations import Declarations, Declared, DeclaredActor, DeclaredThing, Names, ThingKind, name_kind
from ingest.facts import Event, EventKind, JobPosting, Name, NameKind
from ingest.identity.names import without_affixes, without_legal_form
from ingest.plan import REVIEWED
from ingest.slug import slug
from ontology.authority import Actor, Authority
from ontology.errors import NotFound
from ontology.names import fold
from ontology.namespaces import ONR, Base
from ontology.topics import Topics
from ontology.vocabulary import actor_class, event_class

_DETERMINERS = re.compile(r"\A(?:the|some)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thing:
    """What a name stands for.

    `name` is the name as given, `canonical` the preferred one where the authority file has it. Known things are
    described by that file, all others by the documents that name them; a `weak` name gives way to a better one. `also`
    is a second class, and `key` what an annotation calls the thing across documents.
    """

    iri: NamedNode
    cls: NamedNode
    name: str
    canonical: str
    known: bool = False
    weak: bool = False
    aliases: tuple[str, ...] = ()
    employer: NamedNode | None = None
    also: NamedNode | None = None
    key: str | None = None


class Resolver:
    """Resolves the names of documents against the authority file and the topics, under one base."""

    def __init__(self, authority: Authority, topics: Topics, base: Base) -> None:
        self.authority = authority
        self.topics = topics
        self.base = base

    def scope(self, document: str, declarations: Declarations | None = None) -> Scope:
        """The names of one document."""
        return Scope(self, document, Names(self.authority, declarations))


class Scope:
    """Resolves the names of one document, given by its short name."""

    def __init__(self, resolver: Resolver, document: str, names: Names) -> None:
        self.base = resolver.base
        self._topics = resolver.topics
        self._document = document
        self._names = names

    def key(self, name: str) -> str:
        """What a name or other words stand for, so that two names of one thing have one key."""
        found = self._find(name)
        return fold(name) if found is None else fold(found.label if isinstance(found, Actor) else found.name)

    def document(self) -> NamedNode:
        """The document itself, which is also its graph."""
        return self.base.doc(self._document)

    def topic(self, name: str) -> NamedNode:
        """A topic.

        Raises:
            NotFound: the scheme has no such topic.
        """
        found = self._topics.resolve(name)
        if found is None:
            raise NotFound(f"unknown topic {name!r}", nearest=self._topics.nearest(name))
        return self.base.topic(found)

    def named(self, name: Name, start: int = 0) -> Thing:
        """The actor, or the document that speaks, of a name with its kind.

        Persons, groups and documents are minted when nothing declares them. `start` is where the name stands, by which
        one unresolved name is told from another.

        Raises:
            NotFound: an organization that is neither known nor declared.
        """
        if name.unresolved:
            return self._unresolved(name, start)
        found = self._find(name.name)
        if found is not None:
            return self._thing(found, name.name)
        if name.kind is NameKind.DOCUMENT:
            return self._declared(DeclaredThing(name.name, ThingKind.DOCUMENT))
        if name.kind is NameKind.ORGANIZATION:
            raise self._unknown(name.name)
        return self._minted_actor(DeclaredActor(name.name, name.kind.value))

    def actor(self, name: str) -> Thing:
        """The actor of a name whose kind the fact does not give.

        Raises:
            NotFound: it is neither known nor declared.
        """
        found = self._find(name)
        if found is None or isinstance(found, DeclaredThing):
            raise self._unknown(name)
        return self._thing(found, name)

    def organization(self, name: str) -> Thing | None:
        """The organization of a name, if it is one on record."""
        found = self._find(name)
        if found is None or name_kind(found) is not NameKind.ORGANIZATION:
            return None
        return self._thing(found, name)

    def person(self, name: str) -> Thing:
        """The person of a name."""
        return self.named(Name(name=name, kind=NameKind.PERSON))

    def posting(self, fact: JobPosting) -> Thing:
        """The posting that a fact reports, by its key, or else by employer and title."""
        employer = self.actor(fact.employer)
        iri = self.base.id("posting", slug(fact.posting or f"{employer.canonical} {fact.title}"))
        # Only a person's key says that two postings differ; an extractor's holds one document's reports together.
        key = fact.posting if fact.extractor == REVIEWED else None
        return Thing(iri, ONR.JobPosting, fact.title, fact.title, employer=employer.iri, key=key)

    def event(self, fact: Event) -> Thing:
        """The event that a fact reports, by its key, or else by its label."""
        return self._event(fact.event or fact.label, fact.label, fact.event_kind)

    def survey(self, name: str) -> Thing:
        """The survey of a name."""
        found = self._names.find(name)
        if isinstance(found, DeclaredThing) and found.kind in (ThingKind.SURVEY, ThingKind.EVENT):
            return self._event(found.key or found.name, found.name, EventKind.SURVEY)
        return self._event(name, name, EventKind.SURVEY)

    def technology(self, name: str) -> Thing:
        """The technology of a name."""
        found = self._names.find(name)
        if isinstance(found, DeclaredThing) and found.kind is ThingKind.TECHNOLOGY:
            return self._declared(found)
        return self._declared(DeclaredThing(name, ThingKind.TECHNOLOGY))

    def work(self, title: str) -> Thing:
        """The work of a title."""
        found = self._names.find(title)
        if isinstance(found, DeclaredThing) and found.kind is ThingKind.WORK:
            return self._declared(found)
        return self._declared(DeclaredThing(title, ThingKind.WORK))

    def _find(self, name: str) -> Declared | Actor | None:
        """What has this name, or else what has it without a person's title or a company's legal form."""
        for form in dict.fromkeys((name, without_affixes(name), without_legal_form(name))):
            if (found := self._names.find(form)) is not None:
                return found
        return None

    def _unresolved(self, name: Name, start: int) -> Thing:
        iri = NamedNode(f"{self.document().value}/unresolved-{slug(name.name)}-{start}")
        also = None if name.kind is NameKind.DOCUMENT else ONR.Actor
        return Thing(iri, ONR.Unresolved, name.name, name.name, also=also)

    def _unknown(self, name: str) -> NotFound:
        return NotFound(f"unknown name {name!r}", nearest=self._names.nearest(name))

    def _thing(self, found: Declared | Actor, name: str) -> Thing:
        if isinstance(found, DeclaredThing):
            return self._declared(found)
        if isinstance(found, DeclaredActor):
            return self._minted_actor(found)
        return Thing(found.iri, actor_class(found.kind), name, found.label, known=True)

    def _minted_actor(self, actor: DeclaredActor) -> Thing:
        match actor.kind:
            case NameKind.GROUP:
                kind, key = "group", _DETERMINERS.sub("", actor.name, count=1)
            case NameKind.PERSON:
                kind, key = "person", without_affixes(actor.name)
            case _:
                kind, key = "organization", without_legal_form(actor.name)
        iri = self.base.id(kind, slug(key))
        return Thing(iri, actor_class(actor.kind), actor.name, actor.name, aliases=actor.aliases)

    def _declared(self, thing: DeclaredThing) -> Thing:
        key = slug(thing.key or thing.name)
        match thing.kind:
            case ThingKind.SURVEY:
                return self._event(key, thing.name, EventKind.SURVEY)
            case ThingKind.EVENT:
                return self._event(key, thing.name, EventKind.OTHER)
            case ThingKind.POSTING:
                iri = self.base.id("posting", key)
                return Thing(iri, ONR.JobPosting, thing.name, thing.name, weak=True, key=thing.key)
            case ThingKind.TECHNOLOGY:
                return Thing(
                    self.base.id("technology", key), ONR.Technology, thing.name, thing.name, aliases=thing.aliases
                )
            case ThingKind.WORK:
                return Thing(self.base.id("work", key), ONR.Work, thing.name, thing.name, aliases=thing.aliases)
            case ThingKind.DOCUMENT:
                # Its name means something in this document only.
                return Thing(self.base.id("work", f"{slug(self._document)}-{key}"), ONR.Work, thing.name, thing.name)

    def _event(self, key: str, label: str, kind: EventKind) -> Thing:
        return Thing(self.base.id("event", slug(key)), event_class(kind.value), label, label)
