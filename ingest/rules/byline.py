"""Who wrote a document, for "told me": the one author that its file or its byline names."""

from __future__ import annotations

from ingest.facts import Name, NameKind
from ingest.rules.heading import metadata
from ingest.rules.reading import Reading


def author(reading: Reading) -> Name | None:
    """The document's author; None when it names nobody, or several."""
    named = list(reading.article.document.metadata.authors)
    if not named:
        named = [each.value for each in metadata(reading) if each.property == "author"]
    return Name(name=named[0], kind=NameKind.PERSON) if len(named) == 1 and named[0].strip() else None
