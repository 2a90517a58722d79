"""How documents are to be read: by which extractors, with which model, under which base.

Nothing here loads what the extractors need, so that a build without work costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from ontology.errors import InputError, NotFound
from ontology.namespaces import CANONICAL_BASE

REVIEWED: Final = "reviewed"
"""The extractor of reviews, which wins over every other for its document."""

NAMES: Final = (REVIEWED, "rules", "llm")
"""Every extractor by the name that users give; `ingest.engine` makes them."""

DEFAULT: Final = (REVIEWED, "rules")
"""What reads a document when nothing else is said: its review, or else the rules."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How documents are to be read; small enough to be sent to other processes.

    `model` is a path to a model of spaCy or the name of one, when it is not the best that is installed.
    """

    extractors: tuple[str, ...] = DEFAULT
    base: str = CANONICAL_BASE
    model: str | None = None

    def __post_init__(self) -> None:
        if not self.extractors:
            raise InputError("no extractor is given")
        for name in self.extractors:
            if name not in NAMES:
                nearest = get_close_matches(name, NAMES, n=3, cutoff=0.3) or list(NAMES)
                raise NotFound(f"there is no extractor {name!r}", nearest=nearest)

    def described(self) -> tuple[str, ...]:
        """Each extractor with all that its facts depend on beside the program and the document, one line each.

        Raises:
            InputError: an extractor lacks a setting.
        """
        return tuple(f"{name} {_identity(name, self.model)}".rstrip() for name in self.extractors)


def _identity(name: str, model: str | None) -> str:
    """What an extractor depends on: the version of the language model, or the settings of a model behind an address."""
    if name == "rules":
        from ingest.language.model import identity

        return identity(model)
    if name == "llm":
        from ingest.llm import identity as asked

        return asked()
    return ""
