"""By whom a statement is reported that an outlet or a document has from somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.facts import NameKind, OrganizationKind
from ingest.rules.utterance import Utterance
from ingest.rules.word_group import group

_REPORTING = group("reporting")


def without_reporters(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Of nested utterances the inner is reported by who says the outer; what an outlet only reports is not its own."""
    kept = []
    for outer in utterances:
        inner = [each for each in utterances if _is_reported(each, outer)]
        outlet = is_outlet(outer)
        if outlet or _reports(outer):
            for each in inner:
                each.reported_by.append(outer.reference)
        if not (outlet and inner):
            kept.append(outer)
    return kept


def is_outlet(utterance: Utterance) -> bool:
    """Whether a news outlet speaks."""
    entity = utterance.reference.organization
    return entity is not None and entity.organization_kind is OrganizationKind.NEWS_OUTLET


def _is_reported(inner: Utterance, outer: Utterance) -> bool:
    return inner is not outer and inner.reference.entity is not outer.reference.entity and inner.is_inside(outer)


def _reports(outer: Utterance) -> bool:
    if outer.reference.name.kind is NameKind.DOCUMENT:
        return True
    return outer.predicate is not None and outer.predicate.lemma_ in _REPORTING
