"""Which roles the words around a name give: before it, in apposition, after "is", between commas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.article import Article, Passage
from ingest.language.entity import Cast, Entity, Mention
from ingest.language.gazetteer import role_nouns
from ingest.rules import phrase
from ingest.rules.coreference import References
from ingest.rules.role import Role, names_role
from ingest.rules.title_phrase import TitlePhrases
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEADING = group("leading")
_NOUNS = frozenset({"NOUN", "PROPN"})
_MODIFIERS = frozenset({"NOUN", "PROPN", "ADJ"})
_JOINTS = frozenset({"-", "/", "'s", "'", "&"})
_NO_MORE = frozenset({"previously", "formerly", "once", "earlier"})
_APPOINTING = group("appointing")
_STOPS = frozenset({",", "“", "”", '"', "(", ")", ";", ":", "—", "–", "."})
_NOT_FIRST = frozenset({"and", "-", "/", "'s", "of", "'"})
_AS = frozenset({"as", "to"})
_TURN = re.compile(r",\s+(?P<words>[A-Z][A-Z -]{2,30}):")
_NOT_THE_ROLE = re.compile(r"\A(?:\s|['’]s?\b|&|-)+")
_OF = re.compile(r",?\s+(?:of|from|at|with)\s+(?:the\s+)?")
_OWNED = re.compile(r"['’]s?\s+\Z")
_OF_SOMEBODY = re.compile(r"\s+(?:of|for|at|with)\s+(?:the|an?|one|his|her|their|its|[A-Z])\b")
_BETWEEN_COMMAS = re.compile(r",(?:\s+\d{2},)?\s+(?P<words>[^,;.:“”\"()\n]{3,120})(?=[,.;)\n]|\Z)")
_FURTHEST = 160
"""Characters after a name within which a role between commas ends."""

_LONGEST = 8
"""Tokens before a name among which a possessor of its role is looked for."""


def read_roles(article: Article, cast: Cast, references: References) -> None:
    """Note all roles of an article's persons with its references, which say who "the union" is in one."""
    reader = _RoleReader(article, cast, references)
    for mention in cast.mentions:
        if mention.entity.kind is NameKind.PERSON:
            references.roles.add(reader.roles(mention))


class _RoleReader:
    """Reads the words around the names of one article."""

    def __init__(self, article: Article, cast: Cast, references: References) -> None:
        self.article = article
        self.cast = cast
        self.references = references
        self.text = article.text
        self.titles = TitlePhrases(article.text, cast, references)

    def roles(self, mention: Mention) -> Iterator[Role]:
        """What stands around one name."""
        sentence = self.article.sentence_at(mention.start)
        passage = sentence.passage if sentence is not None else None
        tokens = passage.tokens(mention.start, mention.end) if passage is not None else []
        if passage is None or not tokens:
            return
        inside = {token.i for token in tokens}
        head = next((token for token in reversed(tokens) if token.head.i not in inside), tokens[-1])
        found = [*self._before(passage, mention, tokens[0])]
        for noun in _nouns(head):
            found += self.titles.roles(passage, mention, noun)
        found += self._relative(passage, mention, head)
        found += self._before_comma(passage, mention, tokens[0])
        found += self._between_commas(passage, mention)
        found += self._turn(mention)
        found += self._appointed(passage, mention, head)
        belonging = [*self._belonging(mention)]
        at = next((role.organization for role in belonging if role.span[0] == mention.start), None)
        for role in found:
            said = at or role.organization
            yield replace(role, organization=said or self._implied(role), unsaid=said is None)
        yield from belonging

    def _before(self, passage: Passage, mention: Mention, first: Token) -> Iterator[Role]:
        """ "HBO CEO Casey Bloys", "the union's lead negotiator Jane Roe", "writer Devin Coldewey"."""
        index = stop = first.i
        while index > 0 and self._is_modifier(passage.parse[index - 1], passage):
            index -= 1
        while index < stop and passage.parse[index].text in _NOT_FIRST:
            index += 1
        if index == stop:
            return
        start, end = passage.span(passage.parse[index], passage.parse[stop - 1])
        named = [m for m in self.cast.mentions_in(start, end) if m.entity.kind is NameKind.ORGANIZATION]
        words = _NOT_THE_ROLE.sub("", self.text[named[-1].end if named else start : end])
        if names_role(words):
            organization = named[-1].entity if named else self._possessor(passage, index, end)
            begin = end - len(words)
            yield Role(mention.entity, words.strip(), (begin, begin + len(words.rstrip())), organization)

    def _is_modifier(self, token: Token, passage: Passage) -> bool:
        if token.is_space or token.text in _STOPS:
            return False
        gerund = token.tag_ == "VBG" and token.i + 1 < len(token.doc) and token.nbor().pos_ in _MODIFIERS
        if token.pos_ in _MODIFIERS or token.text in _JOINTS or gerund:
            mention = self.cast.mention_at(passage.place(token)[0])
            return mention is None or mention.entity.kind is not NameKind.PERSON
        return token.text == "and" and token.i > 0 and token.nbor(-1).pos_ in _MODIFIERS

    def _possessor(self, passage: Passage, index: int, end: int) -> Entity | None:
        """The organization whose role it is: "the union's", "its"."""
        for token in passage.parse[index : index + _LONGEST]:
            if token.dep_ == "poss" and passage.place(token)[1] <= end:
                return self.references.organization(passage, token)
        before = passage.parse[index - 1] if index > 0 else None
        if before is not None and before.tag_ == "PRP$":
            return self.references.organization(passage, before)
        if before is not None and before.text in {"'s", "'"}:
            return self.references.organization(passage, before.head)
        return None

    def _relative(self, passage: Passage, mention: Mention, head: Token) -> Iterator[Role]:
        """ "Jane Roe, who heads the guild's background department": where, but not as what."""
        for clause in head.rights:
            if clause.dep_ != "relcl" or clause.lemma_.casefold() not in _LEADING or _is_over(clause):
                continue
            for noun in clause.subtree:
                if noun.dep_ in {"dobj", "pobj", "poss"} and noun.i > clause.i:
                    found = self.references.organization(passage, noun)
                    if found is not None:
                        yield Role(mention.entity, None, (mention.start, passage.place(noun)[1]), found)
                        return

    def _before_comma(self, passage: Passage, mention: Mention, first: Token) -> Iterator[Role]:
        """ "Equity's general counsel, Jane Roe, said", where the parser hangs the name on something else."""
        if first.i < 2 or passage.parse[first.i - 1].text != ",":
            return
        for token in reversed(passage.parse[max(0, first.i - _LONGEST) : first.i - 1]):
            if token.pos_ in {"VERB", "AUX"} or token.text in _STOPS or self._is_person(passage, token):
                return
            if token.text.casefold() in role_nouns() and token.pos_ in _NOUNS:
                yield from self.titles.roles(passage, mention, token)
                return

    def _is_person(self, passage: Passage, token: Token) -> bool:
        mention = self.cast.mention_at(passage.place(token)[0])
        return mention is not None and mention.entity.kind is NameKind.PERSON

    def _between_commas(self, passage: Passage, mention: Mention) -> Iterator[Role]:
        """A role between commas after the name, where the parser saw no apposition."""
        match = _BETWEEN_COMMAS.match(self.text, mention.end, min(len(self.text), mention.end + _FURTHEST))
        tokens = passage.tokens(*match.span("words")) if match is not None else []
        if any(token.pos_ == "VERB" and token.tag_ in {"VBD", "VBZ"} for token in tokens):
            return
        noun = next((token for token in tokens if token.text.casefold() in role_nouns()), None)
        if noun is not None:
            yield from self.titles.roles(passage, mention, noun)

    def _appointed(self, passage: Passage, mention: Mention, head: Token) -> Iterator[Role]:
        """ "Acme has tapped Jane Roe as its first chief AI officer", "Jane Roe was named president"."""
        verb = head.head
        if head.dep_ not in {"dobj", "nsubjpass"} or verb.lemma_ not in _APPOINTING:
            return
        employer = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        nouns = [*phrase.objects(verb, _AS), *(child for child in verb.rights if child.dep_ in {"oprd", "attr"})]
        for noun in nouns:
            for role in self.titles.roles(passage, mention, noun):
                at = self.references.organization(passage, employer) if employer is not None else None
                yield replace(role, organization=role.organization or at)

    def _turn(self, mention: Mention) -> Iterator[Role]:
        """ "DELIA STRAND, HOST:" in a transcript."""
        match = _TURN.match(self.text, mention.end)
        if match is not None and names_role(match["words"]):
            yield Role(mention.entity, match["words"], match.span("words"), None)

    def _belonging(self, mention: Mention) -> Iterator[Role]:
        """ "Jane Roe of Keel Research", "Variety's Jane Roe": an affiliation without a role."""
        after = _OF.match(self.text, mention.end)
        found = self._organization_at(after.end()) if after is not None else None
        if after is not None and found is not None and found.start == after.end():
            yield Role(mention.entity, None, (mention.start, found.end), found.entity)
        before = _OWNED.search(self.text, max(0, mention.start - 4), mention.start)
        owner = self._organization_at(before.start() - 1) if before is not None else None
        if owner is not None:
            yield Role(mention.entity, None, (owner.start, mention.end), owner.entity)

    def _organization_at(self, place: int) -> Mention | None:
        mention = self.cast.mention_at(place)
        return mention if mention is not None and mention.entity.kind is NameKind.ORGANIZATION else None

    def _implied(self, role: Role) -> Entity | None:
        """Where a role is held that stands without an organization: at the guild, of "guild president", or unsaid."""
        words = (role.words or "").casefold().replace("-", " ").split()
        for word in words[:-1]:
            found = self.references.prominence.described(role.span[0], word)
            if found is not None:
                return found
        if "former" in words or self._is_said_of_whom(role):
            return None
        return self.references.belonging.of_role(" ".join(words), role.span[0])

    def _is_said_of_whom(self, role: Role) -> bool:
        """Whether the words beside a role say of whom, though that is nobody of the cast: "the council's chair"."""
        start, end = role.span
        return bool(_OWNED.search(self.text, max(0, start - 3), start) or _OF_SOMEBODY.match(self.text, end))


def _nouns(head: Token) -> Iterator[Token]:
    """Nouns that say what a person is: in apposition, or after "is" and "was" and "as"."""
    for beside in _apposed(head):
        yield beside
        yield from _apposed(beside)
    if head.dep_ == "appos" and head.head.pos_ in _NOUNS:
        noun = head.head
        # "chief advisor at Acme, Jane Roe": the parser may hang the name on the organization.
        while noun.dep_ in {"pobj", "prep", "compound"} and noun.head.i < noun.i:
            noun = noun.head
        yield noun
    verb = head.head
    if head.dep_ == "nsubj" and verb.lemma_ in {"be", "become", "serve"}:
        negated = any(child.dep_ == "neg" for child in verb.children)
        for child in verb.children:
            if child.dep_ == "attr" and child.pos_ == "NOUN" and not negated:
                yield child
            if child.dep_ == "prep" and child.text == "as":
                yield from (each for each in child.children if each.dep_ == "pobj")


def _is_over(verb: Token) -> bool:
    """Whether an adverb says that something is done no more: "who previously ran"."""
    return any(child.dep_ == "advmod" and child.text.casefold() in _NO_MORE for child in verb.children)


def _apposed(head: Token) -> Iterator[Token]:
    return (child for child in head.children if child.dep_ == "appos" and child.pos_ in _NOUNS)
