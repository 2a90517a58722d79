"""A draft of an annotation: what extractors read in a document, as the file that a person corrects and thereby reviews.

The form is that of docs/annotation.md. A draft is read back before it is kept; what an annotation cannot say stays in
it as a comment, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest import jsonl
from ingest.anchor import Anchors
from ingest.annotation import Review
from ingest.declarations import Declarations, Declared, DeclaredActor, DeclaredThing, Names, ThingKind
from ingest.document import Document
from ingest.entry import Unwritable, as_reviewed, names_of, written
from ingest.facts import Fact, NameKind, Organization, OrganizationKind
from ingest.problem import AnnotationError
from ingest.reviewed import ReviewedExtractor
from ingest.wording import mapping, scalar, sequence
from ontology.authority import Actor, Authority
from ontology.names import fold

_LINE: Final = re.compile(r":(\d+)\Z")

HEADINGS: Final[Mapping[str, str]] = {
    "document_metadata": "The document about itself",
    "statement": "Statements",
    "stance": "Stances",
    "job_posting": "Postings",
    "pay_report": "Pay",
    "event": "Events",
    "person": "Persons",
    "organization": "Organizations",
    "survey_finding": "Survey findings",
    "technology_use": "Technologies",
    "work": "Works",
}
"""The kinds of fact in the order of the file, each with its heading."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of the file; `left_out` is why they are there as a comment only."""

    section: str
    lines: tuple[str, ...]
    fact: Fact | None = None
    left_out: str | None = None

    def printed(self) -> list[str]:
        """The lines as they are in the file."""
        if self.left_out is None:
            return list(self.lines)
        return [f"  # Left out: {self.left_out}", *(f"  # {line.removeprefix('  ')}" for line in self.lines)]


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a draft, the facts that it says, and those that it does not.

    `left_out` are facts that an annotation cannot say, each with the reason; `altered` those that it says otherwise.
    """

    text: str
    facts: tuple[Fact, ...]
    left_out: tuple[tuple[Fact, str], ...] = ()
    altered: tuple[Fact, ...] = ()


def draft(
    document: Document, facts: Sequence[Fact], declarations: Declarations, review: Review, reader: ReviewedExtractor
) -> Draft:
    """The draft of a document's annotation, read back and found right.

    Args:
        document: the document as it was read.
        facts: what was extracted.
        declarations: the names that the extractors found.
        review: who will correct it, and when.
        reader: what will read it.
    """
    anchors = Anchors(document.text)
    blocks = [*_actors(facts, declarations, reader.authority, anchors), *_facts(facts, anchors)]
    while True:
        lines, owners = _composed(_head(document, review), blocks)
        text = "\n".join(lines) + "\n"
        try:
            read = reader.read(document, text, document.source).facts
        except AnnotationError as error:
            blocks = _without(blocks, owners, error)
            continue
        kept = [block.fact for block in blocks if block.fact is not None and block.left_out is None]
        said = set(read)
        return Draft(
            text,
            read,
            tuple((block.fact, block.left_out) for block in blocks if block.fact is not None and block.left_out),
            tuple(fact for fact in kept if as_reviewed(fact, document.source) not in said),
        )


def _head(document: Document, review: Review) -> list[str]:
    by_and_on = mapping({"by": scalar(review.by), "on": review.on})
    return [
        "# What extractors read in this document, for a person to correct: mend what is wrong, take out what the",
        "# document does not say, add what is missing. The form is explained in docs/annotation.md.",
        f"document: {scalar(document.source, inline=False)}",
        f"sha256: {document.sha256}",
        f"reviewed: {by_and_on}",
    ]


def _actors(
    facts: Sequence[Fact], declarations: Declarations, authority: Authority, anchors: Anchors
) -> Iterator[Block]:
    """The names that the facts need and the authority file lacks, each declared once."""
    for declared in _needed(facts, declarations, authority, anchors):
        entries = {"name": scalar(declared.name), "kind": str(declared.kind)}
        if isinstance(declared, DeclaredThing) and declared.key is not None:
            entries["key"] = scalar(declared.key)
        named = isinstance(declared, DeclaredActor) and declared.kind != NameKind.GROUP
        aliases = [alias for alias in declared.aliases if not named or anchors.contains(alias)]
        if aliases:
            entries["aliases"] = sequence(map(scalar, aliases))
        section = "actors" if isinstance(declared, DeclaredActor) else "things"
        yield Block(section, (f"  - {mapping(entries)}",))


def _needed(
    facts: Sequence[Fact], declarations: Declarations, authority: Authority, anchors: Anchors
) -> list[Declared]:
    names = Names(authority, declarations)
    kinds = {fold(fact.name): fact.organization_kind.value for fact in facts if isinstance(fact, Organization)}
    needed: dict[str, Declared] = {}
    for name, kind in (each for fact in facts for each in names_of(fact, anchors)):
        found: Declared | Actor | None = names.find(name)
        if found is None and kind in list(ThingKind):
            found = DeclaredThing(name, ThingKind(kind))
        elif found is None and kind in (NameKind.PERSON.value, NameKind.GROUP.value):
            found = DeclaredActor(name, kind)
        elif found is None:
            found = DeclaredActor(name, kinds.get(fold(name), OrganizationKind.OTHER.value))
        if isinstance(found, DeclaredActor | DeclaredThing):
            needed.setdefault(fold(found.name), found)
    introduced: list[Declared] = [*declarations.actors, *declarations.things]
    for declared in introduced:
        if authority.find(declared.name) is None:
            needed.setdefault(fold(declared.name), declared)
    return sorted(needed.values(), key=lambda each: (isinstance(each, DeclaredThing), str(each.kind), each.name))


def _facts(facts: Sequence[Fact], anchors: Anchors) -> Iterator[Block]:
    for kind in HEADINGS:
        for fact in sorted(
            (fact for fact in facts if fact.kind == kind), key=lambda fact: (fact.span, jsonl.line(fact))
        ):
            told = f"  # {_told(fact)}"
            try:
                yield Block(kind, (told, *written(fact, anchors)), fact)
            except Unwritable as error:
                yield Block(kind, (told, f"  - {kind}: {{}}"), fact, str(error))


def _told(fact: Fact) -> str:
    """By whom a fact was read, on one line."""
    readers = [(fact.extractor, fact.rule, fact.confidence)]
    readers += [(origin.extractor, origin.rule, origin.confidence) for origin in fact.origins]
    return "; ".join(
        " ".join(f"{name}{f', rule {rule}' if rule else ''}, confidence {confidence}".split())
        for name, rule, confidence in readers
    )


def _composed(head: Sequence[str], blocks: Sequence[Block]) -> tuple[list[str], list[int | None]]:
    """The lines of the file, and for each the number of the block that it is in."""
    lines: list[str] = list(head)
    owners: list[int | None] = [None] * len(lines)

    def add(text: str, owner: int | None = None) -> None:
        lines.append(text)
        owners.append(owner)

    section = None
    for number, block in enumerate(blocks):
        if block.section != section:
            _begin(block.section, section, add)
            section = block.section
        for line in block.printed():
            add(line, number)
    return lines, owners


def _begin(section: str, before: str | None, add: Callable[[str], None]) -> None:
    """The lines between one section and the next."""
    add("")
    if section not in HEADINGS:
        add(f"{section}:")
        return
    if before not in HEADINGS:
        add("facts:")
    add(f"  # {HEADINGS[section]}")


def _without(blocks: Sequence[Block], owners: Sequence[int | None], error: AnnotationError) -> list[Block]:
    """The blocks with those at fault as comments.

    Raises:
        AnnotationError: the fault is in no block.
    """
    reasons: dict[int, str] = {}
    for problem in error.problems:
        line = _LINE.search(problem.place)
        owner = owners[int(line[1]) - 1] if line else None
        if owner is None:
            raise error
        reasons.setdefault(owner, problem.message)
    return [
        replace(block, left_out=" ".join(reasons[number].split())) if number in reasons else block
        for number, block in enumerate(blocks)
    ]
