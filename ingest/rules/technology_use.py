"""That a technology is used, by whom and for what, as the words over it say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.facts import Name
from ingest.language.article import Passage, Span
from ingest.rules import phrase
from ingest.rules import verb as verbs
from ingest.rules.participant import named
from ingest.rules.reading import Reading
from ingest.rules.technology_names import use_verbs

if TYPE_CHECKING:
    from spacy.tokens import Token

_ABILITIES = frozenset({"capability", "ability", "potential", "power", "help", "aid"})
_USE_NOUNS = frozenset({"use", "adoption", "deployment", "role", "implementation", "integration"})
_UNTOLD = frozenset({"to", "how", "when", "where", "whether", "if", "should", "could", "would", "may", "might", "can"})
_CLIMB = 3
PLATFORMS = frozenset({"platform", "engine", "desk", "pipeline", "program"})
"""Nouns for technologies that those who possess them use."""


def use_over(token: Token) -> Token | None:
    """The verb or noun over a technology that says that it is used."""
    current = token
    for _ in range(_CLIMB):
        if current.head.i == current.i:
            return None
        dependent, above = current, current.head
        role = dependent.dep_
        lemma = above.lemma_.casefold()
        if verbs.is_verb(above):
            wanted = use_verbs().get(lemma)
            if wanted is not None and (
                (wanted == "object" and (role in {"dobj", "nsubjpass"} or (role == "xcomp" and dependent is token)))
                or (role == "pobj" and wanted == above.lower_)
            ):
                return above
            return None
        if lemma in _USE_NOUNS and role in {"prep", "poss", "compound"}:
            return above
        if lemma in _ABILITIES and role == "prep" and verbs.is_verb(above.head):
            return above.head if above.head.lemma_.casefold() in use_verbs() else None
        if above.pos_ == "ADP" and verbs.is_verb(above.head):
            return above.head if use_verbs().get(above.head.lemma_.casefold()) == above.lower_ else None
        current = above
    return None


def users_of(reading: Reading, passage: Passage, use: Token | None, token: Token) -> tuple[Name, ...]:
    """Who uses a technology: the subject of the using verb, or the possessor of a platform."""
    heads: list[Token] = []
    if use is not None and verbs.is_verb(use):
        over = _over_gerund(use)
        heads = verbs.subjects(over or use)
    elif use is not None:
        heads = [child for child in use.children if child.dep_ == "poss"] + verbs.after(use, "by")
        governor = verbs.governor(use)
        if not heads and governor is not None and governor.lemma_.casefold() in use_verbs():
            heads = verbs.subjects(governor)
    elif token.lower_ in PLATFORMS:
        heads = [child for child in token.children if child.dep_ == "poss"]
    found: dict[str, Name] = {}
    for head in heads:
        for name in named(reading, passage, head):
            found.setdefault(name.name, name)
    return tuple(found.values())


def _over_gerund(use: Token) -> Token | None:
    """The verb that is done by "using" something: "makes" in "makes trailers using AI"."""
    if use.lower_ != "using" or use.dep_ not in {"advcl", "acl", "xcomp", "prep"}:
        return None
    return use.head if verbs.is_verb(use.head) else verbs.governor(use.head)


def purpose_of(passage: Passage, use: Token | None, token: Token) -> Span | None:
    """What a technology is used for: "to create games", "for dubbing", "in production"."""
    if use is None:
        return None
    above = _over_gerund(use)
    if above is None and verbs.is_verb(use) and use_verbs().get(use.lemma_.casefold()) == token.head.lower_ == "with":
        return _before(passage, use, token.head)
    if above is not None:
        kept = [each for each in above.subtree if above.i <= each.i < use.i]
        while len(kept) > 1 and (kept[-1].is_punct or kept[-1].lower_ in {"by", "and"}):
            kept.pop()
        return passage.span(above, kept[-1]) if len(kept) > 1 else None
    exploring = use.head if not verbs.is_verb(use) and verbs.is_verb(use.head) else use
    for head in (use, token, exploring):
        for child in head.children:
            if child.i < head.i or child.dep_ not in {"xcomp", "advcl", "acl"} or not verbs.is_verb(child):
                continue
            if any(each.dep_ == "aux" and each.lower_ == "to" for each in child.children):
                return _clause(passage, child)
        for preposition in ("for", "in", "across", "throughout"):
            nouns = [each for each in verbs.after(head, preposition) if each.ent_type_ not in {"DATE", "GPE", "ORG"}]
            if nouns:
                if verbs.is_verb(nouns[0]):
                    return _clause(passage, nouns[0])
                return phrase.span(passage, nouns[0])
    return None


def _before(passage: Passage, verb: Token, stop: Token) -> Span | None:
    """The words of a verb and its object up to another word: "generate artwork" of "generate artwork with X"."""
    kept = [each for each in verb.subtree if verb.i <= each.i < stop.i]
    return passage.span(verb, kept[-1]) if any(each.pos_ in {"NOUN", "PROPN"} for each in kept) else None


def _clause(passage: Passage, head: Token) -> Span:
    """The words of an infinitive or a gerund with all that hangs on it, without "to"."""
    kept = [each for each in head.subtree if each.i >= head.i]
    end = kept[-1]
    while end.i > head.i and end.is_punct:
        end = end.nbor(-1)
    return passage.span(head, end)


def is_told(use: Token) -> bool:
    """Whether a verb of use tells that something is used: no infinitive, no question, nothing that may be."""
    if not verbs.is_verb(use):
        return False
    children = {child.lower_ for child in use.children if child.dep_ in {"aux", "advmod", "mark"}}
    return not children & _UNTOLD


def is_negated(use: Token, token: Token) -> bool:
    """Whether the use is denied: "does not use", "no AI", "not to use"."""
    words = [child.lower_ for each in (use, token) for child in each.children if child.dep_ in {"neg", "det", "mark"}]
    above = use.head if use.dep_ in {"xcomp", "ccomp"} else use
    words += [child.lower_ for child in above.children if child.dep_ == "neg"]
    return any(word in {"not", "n't", "no", "never", "if", "whether"} for word in words)
