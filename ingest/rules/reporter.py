"""By whom a statement is reported: an outlet or document that has it from somebody else, or that saw what was said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts import NameKind, OrganizationKind
from ingest.language.article import Sentence
from ingest.rules.reading import Reading
from ingest.rules.reference import Reference
from ingest.rules.utterance import Utterance
from ingest.rules.word_group import group

_REPORTING = group("reporting")
_SEEN = re.compile(
    rf"\b(?:{'|'.join(sorted(group('seeing')))})\s+(?:exclusively\s+|first\s+)?(?:by|with)\s+(?:the\s+)?(?=[A-ZÀ-Þ\d])"
)

_SEEING = frozenset({OrganizationKind.NEWS_OUTLET, OrganizationKind.OTHER})
"""The kinds of organization that see papers of others; small outlets are of no known kind."""


def without_reporters(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Of nested utterances the inner is reported by who says the outer; what an outlet only reports is not its own."""
    kept = []
    for outer in utterances:
        inner = [each for each in utterances if _is_reported(each, outer)]
        outlet = is_outlet(outer.reference)
        if outlet or _reports(outer):
            for each in inner:
                each.reported_by.append(outer.reference)
        if not (outlet and inner):
            kept.append(outer)
    return kept


def seen_by(reading: Reading, sentence: Sentence) -> Iterator[Reference]:
    """The outlets that saw what a sentence tells: "in a memo obtained by Variety", "according to a copy seen by"."""
    for match in _SEEN.finditer(reading.text, sentence.start, sentence.end):
        mention = reading.cast.mention_at(match.end())
        if mention is None or reading.article.in_quotation(mention.start) is not None:
            continue
        if mention.entity.kind is NameKind.ORGANIZATION and mention.entity.organization_kind in _SEEING:
            yield Reference.by(mention)


def is_outlet(reference: Reference) -> bool:
    """Whether a phrase stands for a news outlet."""
    entity = reference.organization
    return entity is not None and entity.organization_kind is OrganizationKind.NEWS_OUTLET


def _is_reported(inner: Utterance, outer: Utterance) -> bool:
    return inner is not outer and inner.reference.name != outer.reference.name and inner.is_inside(outer)


def _reports(outer: Utterance) -> bool:
    if outer.reference.name.kind is NameKind.DOCUMENT:
        return True
    return outer.predicate is not None and outer.predicate.lemma_ in _REPORTING
