"""Who made a survey: "by X", "conducted for Y by X", "X's poll", "the X survey", or the subject that surveyed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.article import Passage, Sentence
from ingest.language.entity import Entity
from ingest.rules.description import descriptions
from ingest.rules.people import is_actor_noun
from ingest.rules.reading import Reading
from ingest.rules.unlisted import PROPER, enlisted, unlisted

if TYPE_CHECKING:
    from spacy.tokens import Token

_BY = re.compile(
    r"(?<!\bseen )(?<!reviewed )(?<!obtained )(?<!viewed )(?<!spotted )(?<!reported )(?<!cited )\b(?:by|from)\s+",
    re.IGNORECASE,
)
"""Before whoever asked; an outlet that has seen a survey has not made it."""

_THAT = re.compile(r"\s+(?:that|which)\s+(?:the\s+)?", re.IGNORECASE)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LONGEST_TITLE = 45
_BEFORE_HEAD = frozenset({"det", "compound", "amod", "poss", "nmod", "nummod"})


def surveyor(reading: Reading, sentence: Sentence, start: int, end: int) -> Entity | None:
    """The actor who made the survey whose noun or verb stands at a place; None when the document does not say."""
    return (
        _by(reading, sentence, end)
        or _named_before(reading, sentence, start)
        or _that(reading, sentence, end)
        or _subject(reading, sentence, start)
        or _unlisted(reading, sentence, start, end)
    )


def _by(reading: Reading, sentence: Sentence, end: int) -> Entity | None:
    for match in _BY.finditer(reading.text, end, sentence.end):
        for mention in reading.cast.mentions_in(match.end(), min(sentence.end, match.end() + _LONGEST_TITLE * 2)):
            between = reading.text[match.end() : mention.start]
            if (
                len(between) <= _LONGEST_TITLE
                and not set(",.;:") & set(between)
                and mention.entity.kind is NameKind.ORGANIZATION
            ):
                return mention.entity
            break
        described = _described(reading, sentence, match.end())
        if described is not None:
            return described
    return None


def _unlisted(reading: Reading, sentence: Sentence, start: int, end: int) -> Entity | None:
    """Whoever is named by capitals, or as people, where no organization of the article is: "by X", "the X survey"."""
    passage = sentence.passage
    for match in _BY.finditer(reading.text, end, sentence.end):
        token = passage.token_at(match.end())
        if token is None:
            continue
        if token.tag_ == "DT" and token.i + 1 < len(token.doc):
            token = token.doc[token.i + 1]
        if token.tag_ in PROPER:
            return unlisted(reading, passage, token)
        while token.dep_ in _BEFORE_HEAD and token.head.i > token.i:
            token = token.head
        if is_actor_noun(token):
            name = reading.references.of(passage, token).name
            return enlisted(reading, name) if name.kind is NameKind.GROUP and not name.unresolved else None
    token = passage.token_at(start)
    asked = _asker(reading, passage, token) if token is not None else None
    if asked is not None:
        return asked
    before = token.doc[token.i - 1] if token is not None and token.i > 0 else None
    return unlisted(reading, passage, before) if before is not None and before.tag_ in PROPER else None


def _asker(reading: Reading, passage: Passage, token: Token) -> Entity | None:
    """The people who asked: the subject of "surveyed", or of the clause in "a survey that my students did"."""
    clauses = [token] if token.pos_ == "VERB" else [each for each in token.children if each.dep_ == "relcl"]
    for clause in clauses:
        for child in clause.children:
            if child.dep_ == "nsubj" and child.pos_ == "NOUN" and is_actor_noun(child):
                name = reading.references.of(passage, child).name
                if name.kind is NameKind.GROUP and not name.unresolved:
                    return enlisted(reading, name)
    return None


def _described(reading: Reading, sentence: Sentence, offset: int) -> Entity | None:
    """The organization that "the society" means."""
    token = sentence.passage.token_at(offset)
    while token is not None and token.dep_ in {"det", "compound", "amod", "poss", "nmod"} and token.head.i > token.i:
        token = token.head
    return _organization(reading, sentence, token) if token is not None else None


def _named_before(reading: Reading, sentence: Sentence, start: int) -> Entity | None:
    """Whose name, or what kind of organization, stands right before the noun ("Gallup's latest", "a guild")."""
    for mention in reversed(reading.cast.mentions_in(sentence.start, start)):
        between = reading.text[mention.end : start]
        if re.fullmatch(r"(?:[’']s?)?(?:\s+[\w-]+){0,3}\s+", between) and mention.entity.kind is NameKind.ORGANIZATION:
            token = sentence.passage.token_at(mention.start)
            if between[:1] in "’'" or (token is not None and token.dep_ in {"compound", "nmod", "poss"}):
                return mention.entity
        break
    token = sentence.passage.token_at(start)
    for child in token.children if token is not None else ():
        description = descriptions().get(child.lemma_.casefold())
        if child.dep_ == "compound" and description is not None:
            for mention in reading.cast.before(sentence.passage.place(child)[0]):
                if (
                    mention.entity.kind is NameKind.ORGANIZATION
                    and mention.entity.organization_kind in description.kinds
                ):
                    return mention.entity
    return None


def _that(reading: Reading, sentence: Sentence, end: int) -> Entity | None:
    """Who made "a survey that X has not published"."""
    match = _THAT.match(reading.text, end, sentence.end)
    mention = reading.cast.mention_at(match.end()) if match is not None else None
    return mention.entity if mention is not None and mention.entity.kind is NameKind.ORGANIZATION else None


def _subject(reading: Reading, sentence: Sentence, start: int) -> Entity | None:
    """The organization that surveyed, or in whose statement the survey is told of ("its survey")."""
    token = sentence.passage.token_at(start)
    for _ in range(8):
        if token is None:
            return None
        for child in token.children:
            if child.dep_ in _SUBJECTS | {"poss"}:
                found = _organization(reading, sentence, child)
                if found is not None:
                    return found
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _organization(reading: Reading, sentence: Sentence, token: Token) -> Entity | None:
    if token.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    entity = reading.references.of(sentence.passage, token).entity
    return entity if entity is not None and entity.kind is NameKind.ORGANIZATION else None
