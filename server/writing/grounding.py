"""Whether evidence that is written by hand stands on the text: `text[start:end] == exact`, as for every extractor.

The shapes see the graph and not the texts, so they cannot tell
(https://www.w3.org/TR/annotation-model/#text-position-selector).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ontology.namespaces import OA, SH
from server.releases.release import Release
from shapes.report import Report, Result, Severity

Values = dict[object, dict[object, list[object]]]


def grounded(quads: Iterable[Quad], release: Release) -> Report:
    """A violation for each piece of evidence whose words are not where it says, or whose document is not on record."""
    described: Values = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        described[quad.subject][quad.predicate].append(quad.object)
    texts = _Texts(release)
    return Report.of(
        found
        for evidence in [node for node in described if OA.hasSelector in described[node]]
        if isinstance(evidence, NamedNode)
        for found in _faults(evidence, described, texts)
    )


class _Texts:
    """The texts of a release's documents, each read once."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._names = {release.base.doc(entry.name): entry.name for entry in release.manifest.documents}
        self._read: dict[str, str] = {}

    def of(self, document: object) -> str | None:
        """The text of a document by its IRI; None for what is no document of the release."""
        name = self._names.get(document) if isinstance(document, NamedNode) else None
        if name is not None and name not in self._read:
            self._read[name] = self._release.text(name)
        return self._read[name] if name is not None else None


def _faults(evidence: NamedNode, described: Values, texts: _Texts) -> Iterator[Result]:
    selectors = described[evidence][OA.hasSelector]
    starts, ends, words = (
        [value for node in selectors for value in described.get(node, {}).get(predicate, ())]
        for predicate in (OA.start, OA.end, OA.exact)
    )
    for document in described[evidence][OA.hasSource]:
        text = texts.of(document)
        if text is None:
            yield _fault(evidence, OA.hasSource, document, "The document of this evidence is not on record")
            continue
        for start, end in zip(starts, ends, strict=False):
            for exact in words:
                if not _stands(text, start, end, exact):
                    yield _fault(evidence, OA.exact, exact, "These words do not stand there in the document")


def _stands(text: str, start: object, end: object, exact: object) -> bool:
    if not (isinstance(start, Literal) and isinstance(end, Literal) and isinstance(exact, Literal)):
        return False
    if not (start.value.isdecimal() and end.value.isdecimal()):
        return False
    return text[int(start.value) : int(end.value)] == exact.value


def _fault(focus: NamedNode, path: NamedNode, value: object, message: str) -> Result:
    term = value if isinstance(value, NamedNode | Literal) else None
    return Result(Severity.VIOLATION, focus, path, term, message, None, SH.ConstraintComponent)
