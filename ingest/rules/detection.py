"""All attributions of a sentence: those of its cues one by one, of its adjuncts, and those that the parse misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.language.article import Article, Sentence
from ingest.rules.adjunct import adjuncts
from ingest.rules.attribution import Attribution
from ingest.rules.cue import Cue
from ingest.rules.nominal import adjectival, nominal
from ingest.rules.ownership import with_quotations
from ingest.rules.postposed import final, has_cue, unlisted
from ingest.rules.scope import Scope
from ingest.rules.verb import LONGEST_SENTENCE
from ingest.rules.verbal import verbal

if TYPE_CHECKING:
    from spacy.tokens import Token


def attributions(article: Article, sentence: Sentence) -> list[Attribution]:
    """All attributions of a sentence: by its words in their order, then by adjuncts, then those that stand last.

    None of what is too long to be a sentence: it has no parse, and each clause in it would hold all that follow.
    """
    if len(sentence.tokens) > LONGEST_SENTENCE:
        return []
    scope = Scope(article, sentence)
    found = [each for token, known in scope.cues if (each := _by_cue(scope, token, known)) is not None]
    found += adjuncts(scope)
    last = list(final(scope, found))
    # The cue was found before, but nothing that it takes.
    found = [each for each in found if not any(has_cue(each, other.cue) for other in last)]
    return with_quotations(scope, [*found, *last, *unlisted(scope)])


def _by_cue(scope: Scope, token: Token, known: Cue) -> Attribution | None:
    if known.cls == "noun":
        return nominal(scope, token, known)
    if known.cls == "adjective":
        return adjectival(scope, token, known)
    return verbal(scope, token, known)
