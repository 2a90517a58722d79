"""Every system that can be scored: our extractors, and the peers, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bench.reading.peers.direct_quotations import QuickTextacyQuotations, TextacyQuotations
from bench.reading.peers.nearest_name import NearestName
from ingest.engine import EXTRACTORS, Tools
from ingest.extraction import Extractor
from ontology.errors import NotFound

PEERS: Final[Mapping[str, Callable[[Tools], Extractor]]] = {
    TextacyQuotations.name: lambda tools: TextacyQuotations(tools.model),
    QuickTextacyQuotations.name: lambda tools: QuickTextacyQuotations(tools.model),
    NearestName.name: lambda tools: NearestName(tools.model),
}
"""Systems that are no part of the program."""

ALIKE: Final = frozenset({QuickTextacyQuotations.name})
"""Those of them that find what another finds, and differ from it in their cost alone."""


def system(name: str, tools: Tools) -> Extractor:
    """The system of this name, loaded.

    Raises:
        NotFound: there is none.
    """
    makers = {**EXTRACTORS, **PEERS}
    if name not in makers:
        raise NotFound(f"there is no extractor {name!r}", "--extractor", nearest=makers)
    return makers[name](tools)
