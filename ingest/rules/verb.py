"""What belongs to a verb in the parse: its subjects, its objects, its prepositions' nouns, in reduced clauses as well.

The labels are those of spaCy's English models (ClearNLP): https://github.com/clir/clearnlp-guidelines
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "csubj"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "attr", "oprd"})
_SHARING = frozenset({"xcomp", "conj", "advcl", "ccomp", "acl", "pcomp"})
_REACH = 6
"""Words after a verb within which its particle stands."""

LONGEST_SENTENCE = 300
"""Tokens of a sentence up to which its verbs are looked at: what is longer is a table or no text, and has no parse."""

_CLIMB = 4
"""Clauses over a verb in which its subject is looked for."""


def is_verb(token: Token) -> bool:
    """Whether a token is used as a verb, auxiliaries included."""
    return token.pos_ in {"VERB", "AUX"}


def subjects(verb: Token) -> list[Token]:
    """The nouns that do what the verb says: its own subject, the agent of a passive, or that of the clause above."""
    agents = [
        noun for child in verb.children if child.dep_ == "agent" for noun in child.children if noun.dep_ == "pobj"
    ]
    if agents:
        return joined(agents)
    current = verb
    for _ in range(_CLIMB):
        own = [child for child in current.children if child.dep_ in _SUBJECTS]
        if own:
            return joined(own)
        if current is not verb and is_passive(current):
            return joined([child for child in current.children if child.dep_ == "nsubjpass"])
        if is_passive(current):
            return []
        if current.dep_ in {"acl", "relcl"} and current.tag_ == "VBG" and not is_verb(current.head):
            return joined([current.head])
        if current.dep_ not in _SHARING:
            return []
        if current.dep_ == "xcomp" or (current.dep_ == "ccomp" and _has_infinitive(current)):
            controlled = [child for child in current.head.children if child.dep_ == "dobj"]
            if controlled:
                return joined(controlled)
        if current.dep_ == "ccomp" and not _has_infinitive(current):
            return []
        above = _verb_over(current)
        if above is None:
            return []
        current = above
    return []


def objects(verb: Token) -> list[Token]:
    """The nouns that the verb does something to: its object, its passive's subject, or the noun that it describes."""
    own = [child for child in verb.children if child.dep_ in _OBJECTS]
    if not own and verb.dep_ == "acl" and verb.tag_ == "VBN" and not is_verb(verb.head):
        own = [verb.head]
    if not own and verb.dep_ == "relcl" and any(child.dep_ == "nsubj" and child.i < verb.i for child in verb.children):
        named = [child for child in verb.children if child.dep_ == "nsubj" and child.tag_ not in {"WDT", "WP"}]
        own = [verb.head] if named else []
    return joined(own)


def after(head: Token, preposition: str) -> list[Token]:
    """The nouns of a preposition that hangs on a verb, a noun, or a particle or object of that verb."""
    found: list[Token] = []
    following = head.nbor(1) if head.i + 1 < head.sent.end else head
    if following.lower_ == preposition and following.dep_ == "prep" and following.head is not head:
        # The parser may hang on another word what stands right behind this one.
        found += [noun for noun in following.children if noun.dep_ == "pobj"]
    for child in head.children:
        if child.dep_ in {"prep", "prt", "advmod", "dative", "agent"}:
            if child.lower_ == preposition:
                found += [noun for noun in child.children if noun.dep_ in {"pobj", "pcomp"}]
            elif child.dep_ != "advmod":
                found += [
                    noun
                    for inner in child.children
                    if inner.dep_ == "prep" and inner.lower_ == preposition
                    for noun in inner.children
                    if noun.dep_ == "pobj"
                ]
    return joined(found)


def below(head: Token, preposition: str) -> list[Token]:
    """The nouns of a preposition anywhere under a word, where the parser hung it on another word of the clause."""
    found: list[Token] = []
    for token in head.subtree:
        if token.dep_ == "prep" and token.lower_ == preposition and token.i > head.i:
            found += [noun for noun in token.children if noun.dep_ == "pobj"]
    return joined(found[:1])


def has_particle(verb: Token, particle: str) -> bool:
    """Whether a particle, or an adverb or preposition that the parser took it for, stands right after the verb."""
    return any(
        child.lower_ == particle
        and child.dep_ in {"prt", "advmod", "prep", "xcomp", "ccomp"}
        and 0 < child.i - verb.i <= _REACH
        for child in verb.children
    )


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, or a participle after its noun."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl"


def governor(noun: Token) -> Token | None:
    """The verb over a noun, through what is joined by "and" and through prepositions."""
    current = noun
    for _ in range(_CLIMB):
        if current.head.i == current.i:
            return None
        current = current.head
        if is_verb(current):
            return current
    return None


def _verb_over(token: Token) -> Token | None:
    current = token.head
    for _ in range(_CLIMB):
        if is_verb(current):
            return current
        if current.head.i == current.i:
            return None
        current = current.head
    return None


def _has_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def joined(nouns: list[Token]) -> list[Token]:
    """Nouns with those that are joined to each of them by "and"."""
    return [token for noun in nouns for token in (noun, *_conjuncts(noun))]


def _conjuncts(noun: Token) -> Iterator[Token]:
    """What is joined to a noun by "and", in order."""
    for child in noun.children:
        if child.dep_ == "conj" and not is_verb(child):
            yield child
            yield from _conjuncts(child)
