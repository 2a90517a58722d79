"""Roles in noun phrases: "chief negotiator of the guild" has the words of the role, and where it is held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.article import Passage
from ingest.language.entity import Cast, Entity, Mention
from ingest.rules import phrase
from ingest.rules.coreference import References
from ingest.rules.role import Role, names_role

if TYPE_CHECKING:
    from spacy.tokens import Token

_AT = frozenset({"of", "at", "for", "with", "from", "in"})
_OF = frozenset({"of", "for"})
_OWNING = frozenset({"det", "poss", "case", "predet"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_BEHIND = frozenset({"punct", "appos", "relcl", "acl", "prep", "advcl"})
_WIDEST = 8
"""Tokens between the two nouns of a role such as "president and chief executive"."""


class TitlePhrases:
    """Reads roles from the noun phrases of one article."""

    def __init__(self, text: str, cast: Cast, references: References) -> None:
        self._text = text
        self._cast = cast
        self._references = references

    def roles(self, passage: Passage, mention: Mention, noun: Token) -> Iterator[Role]:
        """The role that a noun phrase gives to who is mentioned: its words without the organization, and that."""
        if not names_role(f"{noun.text} {noun.lemma_}") or self._kind(passage, noun) is NameKind.PERSON:
            return
        first, last = self._core(passage, noun)
        start, end = passage.span(first, last)
        words = self._text[start:end]
        if names_role(words):
            organization = self._before(passage, noun, first) or self._after(passage, noun)
            yield Role(mention.entity, " ".join(words.split()), (start, end), organization)

    def _kind(self, passage: Passage, token: Token) -> NameKind | None:
        """The kind of the entity that a token is part of."""
        mention = self._cast.mention_at(passage.place(token)[0])
        return mention.entity.kind if mention is not None else None

    def _core(self, passage: Passage, noun: Token) -> tuple[Token, Token]:
        """From the first word after determiner, possessor and organization to the last before the organization."""
        first = noun
        for index in range(noun.i - 1, noun.left_edge.i - 1, -1):
            token = noun.doc[index]
            owned = token.dep_ in _OWNING or token.tag_ in {"PRP$", "POS"}
            if owned or token.text in {",", "“", '"'} or self._kind(passage, token) is not None:
                break
            first = token
        return first, self._last(passage, noun)

    def _last(self, passage: Passage, noun: Token) -> Token:
        """The last token of a role such as "president and head of content and licensing"; it is no organization."""
        last = noun
        further: Token | None = noun
        while further is not None:
            noun = last = further
            further = None
            for child in noun.rights:
                if child.dep_ == "conj" and child.pos_ in _NOUNS and self._kind(passage, child) is None:
                    further = child if child.i - last.i <= _WIDEST else None
                    break
                if child.dep_ == "prep" and child.text.casefold() in _OF:
                    what = next((each for each in child.children if each.dep_ == "pobj"), None)
                    if what is None or self._means_organization(passage, what):
                        break
                    last = self._last_joined(passage, what)
                elif child.dep_ in _BEHIND:
                    break
        return last

    def _last_joined(self, passage: Passage, noun: Token) -> Token:
        """The last noun of those that "and" joins to one, before a name."""
        while True:
            joined = [c for c in noun.rights if c.dep_ == "conj" and self._kind(passage, c) is None]
            if not joined:
                return noun
            noun = joined[-1]

    def _means_organization(self, passage: Passage, noun: Token) -> bool:
        if self._kind(passage, noun) is NameKind.ORGANIZATION:
            return True
        return self._references.of(passage, noun).entity is not None

    def _before(self, passage: Passage, noun: Token, first: Token) -> Entity | None:
        """The organization that stands before the role, or possesses it."""
        for token in noun.subtree:
            if token.i >= first.i and token.dep_ != "poss":
                continue
            mention = self._cast.mention_at(passage.place(token)[0])
            if mention is not None and mention.entity.kind is NameKind.ORGANIZATION:
                return mention.entity
            if token.dep_ == "poss" and token.i <= noun.i:
                found = self._references.organization(passage, token)
                if found is not None:
                    return found
        return None

    def _after(self, passage: Passage, noun: Token) -> Entity | None:
        """The organization after "of", "at", "for" anywhere behind the role."""
        for token in noun.subtree:
            for what in phrase.objects_of(token, _AT) if token.i > noun.i else ():
                found = self._references.organization(passage, what)
                if found is not None:
                    return found
        return None
