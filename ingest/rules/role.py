"""Which role a person has, and where, as the words around the name say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.article import Article, Passage, Span
from ingest.language.entity import Cast, Entity, Mention
from ingest.language.gazetteer import role_nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ingest.rules.reference import References


@dataclass(frozen=True, slots=True)
class Role:
    """A person's role as printed, where it stands, and the organization that it is held at, if the document says."""

    person: Entity
    words: str | None
    span: Span
    organization: Entity | None


class Roles:
    """The roles of an article's persons."""

    def __init__(self, article: Article, cast: Cast) -> None:
        self.article = article
        self.cast = cast
        self.found: dict[Entity, list[Role]] = defaultdict(list)

    def read(self, references: References) -> None:
        """Find the roles around all mentions of persons; `references` says who "the union" is in one."""
        reader = _RoleReader(self.article, self.cast, references)
        for mention in self.cast.mentions:
            if mention.entity.kind is NameKind.PERSON:
                self.found[mention.entity] += reader.roles(mention)

    def is_role(self, head: Token) -> bool:
        """Whether a noun names an occupation or office."""
        return head.text.casefold() in role_nouns() or head.lemma_.casefold() in role_nouns()

    def holds(self, person: Entity, noun: str, organization: Entity | None) -> bool:
        """Whether a person has a role of this noun, at this organization if one is given."""
        return any(
            role.words is not None
            and noun in role.words.casefold().replace("-", " ").split()
            and (organization is None or role.organization is None or role.organization is organization)
            for role in self.found.get(person, [])
        )

    def of(self, person: Entity) -> Role | None:
        """The fullest account of a person's role: with words and an organization, then the longest words."""
        roles = self.found.get(person)
        if not roles:
            return None
        best = max(
            roles,
            key=lambda role: (
                role.words is not None,
                role.organization is not None,
                len(role.words or ""),
                -role.span[0],
            ),
        )
        if best.organization is None:
            elsewhere = next((role.organization for role in roles if role.organization is not None), None)
            return replace(best, organization=elsewhere)
        return best


class _RoleReader:
    """Reads the words around one mention."""

    def __init__(self, article: Article, cast: Cast, references: References) -> None:
        self.article = article
        self.cast = cast
        self.references = references
        self.text = article.text

    def roles(self, mention: Mention) -> Iterator[Role]:
        """What stands before the name, in apposition to it, after "is", and after "of" or "from"."""
        sentence = self.article.sentence_at(mention.start)
        if sentence is None:
            return
        passage = sentence.passage
        tokens = passage.tokens(mention.start, mention.end)
        if not tokens:
            return
        inside = {token.i for token in tokens}
        head = next((token for token in reversed(tokens) if token.head.i not in inside), tokens[-1])
        found = [*self._before(passage, mention, tokens[0])]
        for noun in self._nouns(head):
            found += self._noun(passage, mention, noun)
        found += self._relative(passage, mention, head)
        found += self._beside(passage, mention)
        found += self._turn(mention)
        beside = [*self._after(passage, mention, tokens[-1])]
        at = beside[0].organization if beside else None
        for role in found:
            where = role.organization or at or (self._implied(role) if role.words is not None else None)
            yield replace(role, organization=where)
        yield from beside

    def _relative(self, passage: Passage, mention: Mention, head: Token) -> Iterator[Role]:
        """ "Jane Roe, who heads the guild's background department": where, but not as what."""
        for clause in head.rights:
            if clause.dep_ == "relcl" and clause.lemma_.casefold() in _LEADING_VERBS:
                for noun in clause.subtree:
                    if noun.dep_ in {"dobj", "pobj", "poss"} and noun.i > clause.i:
                        found = self.references.of(passage, noun).entity
                        if found is not None and found.kind is NameKind.ORGANIZATION:
                            yield Role(mention.entity, None, (mention.start, passage.place(noun)[1]), found)
                            return

    def _implied(self, role: Role) -> Entity | None:
        """Where an office is held that is named without its organization: "the guild" of "guild president", or the one
        that the passage is about."""
        words = (role.words or "").casefold().replace("-", " ").split()
        for word in words[:-1]:
            found = self.references.described(role.span[0], word)
            if found is not None:
                return found
        if not _OFFICE.search(" ".join(words)) or "former" in words:
            return None
        return self.references.organization_in_view(role.span[0])

    def _turn(self, mention: Mention) -> Iterator[Role]:
        """ "DELIA STRAND, HOST:" in a transcript."""
        match = _TURN_ROLE.match(self.text, mention.end)
        if match is not None and self._names_role(match.group("words")):
            yield Role(mention.entity, match.group("words"), match.span("words"), None)

    def _before(self, passage: Passage, mention: Mention, first: Token) -> Iterator[Role]:
        """ "HBO CEO Casey Bloys", "the union's lead negotiator Jane Roe", "writer Devin Coldewey"."""
        index = first.i
        stop = index
        while index > 0 and self._is_modifier(passage.parse[index - 1], passage):
            index -= 1
        while index < stop and passage.parse[index].text in {"and", "-", "/", "'s", "of", "'"}:
            index += 1
        if index == stop:
            return
        start, end = passage.span(passage.parse[index], passage.parse[stop - 1])
        organization = self._organization_before(passage, index, start, end)
        inside = [m for m in self.cast.mentions_in(start, end) if m.entity.kind is NameKind.ORGANIZATION]
        begin = inside[-1].end if inside else start
        words = _LEADING.sub("", self.text[begin:end])
        begin = end - len(words)
        if words.strip() and self._names_role(words):
            yield Role(mention.entity, words.strip(), (begin, begin + len(words.rstrip())), organization)

    def _organization_before(self, passage: Passage, index: int, start: int, end: int) -> Entity | None:
        inside = [m for m in self.cast.mentions_in(start, end) if m.entity.kind is NameKind.ORGANIZATION]
        if inside:
            return inside[-1].entity
        first = passage.parse[index]
        for token in passage.parse[index : index + 8]:
            if token.dep_ == "poss" and passage.place(token)[1] <= end:
                found = self.references.of(passage, token)
                return found.entity if found.entity is not None and found.entity.kind is not NameKind.PERSON else None
        before = first.nbor(-1) if first.i > 0 else None
        if before is not None and (before.tag_ == "PRP$" or before.text in {"'s", "'"}):
            owner = before if before.tag_ == "PRP$" else before.head
            found = self.references.of(passage, owner)
            if found.entity is not None and found.entity.kind is NameKind.ORGANIZATION:
                return found.entity
        return None

    def _is_modifier(self, token: Token, passage: Passage) -> bool:
        if token.is_space or token.text in {",", "“", "”", '"', "(", ")", ";", ":", "—", "–", "."}:
            return False
        if token.pos_ in {"NOUN", "PROPN", "ADJ"} or token.text in {"-", "/", "'s", "'", "&"}:
            return self.cast_kind(passage, token) is not NameKind.PERSON
        return token.text == "and" and token.i > 0 and token.nbor(-1).pos_ in {"NOUN", "PROPN", "ADJ"}

    def cast_kind(self, passage: Passage, token: Token) -> NameKind | None:
        """The kind of the entity that a token is part of."""
        mention = self.cast.mention_at(passage.place(token)[0])
        return mention.entity.kind if mention is not None else None

    def _nouns(self, head: Token) -> Iterator[Token]:
        """Nouns that say what the person is: in apposition, or after "is" and "was" and "as"."""
        for child in head.children:
            if child.dep_ == "appos" and child.pos_ in {"NOUN", "PROPN"}:
                yield child
                for further in child.children:
                    if further.dep_ == "appos" and further.pos_ in {"NOUN", "PROPN"}:
                        yield further
        if head.dep_ == "appos" and head.head.pos_ in {"NOUN", "PROPN"}:
            noun = head.head
            # "chief advisor at Acme, Jane Roe": the parser may hang the name on the organization.
            while noun.dep_ in {"pobj", "prep", "compound"} and noun.head.i < noun.i:
                noun = noun.head
            yield noun
        verb = head.head
        if head.dep_ == "nsubj" and verb.lemma_ in {"be", "become", "serve"}:
            for child in verb.children:
                if child.dep_ == "attr" and child.pos_ == "NOUN" and not any(c.dep_ == "neg" for c in verb.children):
                    yield child
                if child.dep_ == "prep" and child.text == "as":
                    yield from (c for c in child.children if c.dep_ == "pobj")

    def _noun(self, passage: Passage, mention: Mention, noun: Token) -> Iterator[Role]:
        """A role from a noun phrase: its words without the organization, and the organization."""
        if not self._names_role(noun.text) and not self._names_role(noun.lemma_):
            return
        if self.cast_kind(passage, noun) is NameKind.PERSON:
            return
        first, last = self._core(passage, noun)
        start, end = passage.span(first, last)
        organization = self._organization_in(passage, noun, first, last)
        words = self.text[start:end]
        if words and self._names_role(words):
            yield Role(mention.entity, " ".join(words.split()), (start, end), organization)

    def _core(self, passage: Passage, noun: Token) -> tuple[Token, Token]:
        """From the first word after determiner, possessor and organization to the last before the organization."""
        left = noun.left_edge
        first = noun
        for index in range(noun.i - 1, left.i - 1, -1):
            token = noun.doc[index]
            owned = token.dep_ in {"det", "poss", "case", "predet"} or token.tag_ in {"PRP$", "POS"}
            if owned or token.text in {",", "“", '"'} or self.cast_kind(passage, token) is not None:
                break
            first = token
        last = noun
        for child in noun.rights:
            if child.dep_ == "cc":
                continue
            if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN"} and self.cast_kind(passage, child) is None:
                if child.i - last.i > 8:
                    break
                last = self._core(passage, child)[1]
            elif child.dep_ == "prep" and child.text.casefold() in {"of", "for"}:
                objects = [c for c in child.children if c.dep_ == "pobj"]
                if not objects or self._means_organization(passage, objects[0]):
                    break
                last = self._end_of(passage, objects[0])
            elif child.dep_ in {"punct", "appos", "relcl", "acl", "prep", "advcl"}:
                break
        return first, last

    def _end_of(self, passage: Passage, noun: Token) -> Token:
        """The last token of "of content and licensing", before the next preposition with a name."""
        last = noun
        for child in noun.rights:
            if child.dep_ in {"conj", "cc", "compound"} and self.cast_kind(passage, child) is None:
                last = max(last, self._end_of(passage, child) if child.dep_ == "conj" else last, key=lambda t: t.i)
        return last

    def _means_organization(self, passage: Passage, noun: Token) -> bool:
        if self.cast_kind(passage, noun) is NameKind.ORGANIZATION:
            return True
        return self.references.of(passage, noun).entity is not None

    def _organization_in(self, passage: Passage, noun: Token, first: Token, last: Token) -> Entity | None:
        """The organization in a role's phrase: before it, as possessor, or after "of", "at", "for", "with", "in"."""
        for child in noun.subtree:
            if child.i < first.i or child.dep_ == "poss":
                kind = self.cast_kind(passage, child)
                if kind is NameKind.ORGANIZATION:
                    mention = self.cast.mention_at(passage.place(child)[0])
                    return mention.entity if mention is not None else None
                if child.dep_ == "poss" and child.i <= noun.i:
                    found = self.references.of(passage, child).entity
                    if found is not None and found.kind is NameKind.ORGANIZATION:
                        return found
        for token in noun.subtree:
            if token.dep_ == "prep" and token.text.casefold() in _AT and token.i > noun.i:
                for pobj in token.children:
                    if pobj.dep_ == "pobj":
                        found = self.references.of(passage, pobj).entity
                        if found is not None and found.kind is NameKind.ORGANIZATION:
                            return found
        return None

    def _after(self, passage: Passage, mention: Mention, last: Token) -> Iterator[Role]:
        """ "Jane Roe of Keel Research", "Variety's Jane Roe": an affiliation without a role."""
        after = _OF.match(self.text, mention.end)
        if after is not None:
            found = self.cast.mention_at(after.end())
            if found is not None and found.start == after.end() and found.entity.kind is NameKind.ORGANIZATION:
                yield Role(mention.entity, None, (mention.start, found.end), found.entity)
        before = _OWNED.search(self.text, max(0, mention.start - 4), mention.start)
        if before is not None:
            owner = self.cast.mention_at(before.start() - 1)
            if owner is not None and owner.entity.kind is NameKind.ORGANIZATION:
                yield Role(mention.entity, None, (owner.start, mention.end), owner.entity)

    def _beside(self, passage: Passage, mention: Mention) -> Iterator[Role]:
        """A role between commas after the name, where the parser saw no apposition."""
        match = _BETWEEN_COMMAS.match(self.text, mention.end, min(len(self.text), mention.end + 160))
        if match is None:
            return
        start, end = match.span("words")
        tokens = passage.tokens(start, end)
        nouns = [
            t
            for t in tokens
            if t.text.casefold() in role_nouns() and t.head.i not in {x.i for x in t.subtree if x is not t}
        ]
        if nouns and not any(t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ"} for t in tokens):
            yield from self._noun(passage, mention, nouns[0])

    def _names_role(self, words: str) -> bool:
        return any(word.strip(",.").casefold() in role_nouns() for word in re.split(r"[\s/]+", words.replace("’", "'")))


_OFFICE = re.compile(
    r"\b(?:chief|ceo|cfo|cto|coo|president|chair|chairman|chairwoman|chairperson|spokes\w+|head|publisher|editor|counsel|"
    r"co founder|cofounder|founder|owner|vp|executive|officer|secretary|treasurer|organi[sz]er|negotiator|manager|provost|"
    r"superintendent|principal|rep|representative|director|partner|lead|captain|steward|official|boss|chancellor|dean|"
    r"co author|lead author|ep|host|correspondent|conductor|member|staffer|employee|driver|nurse|tester)\b"
)
_TURN_ROLE = re.compile(r",\s+(?P<words>[A-Z][A-Z -]{2,30}):")
_AT = frozenset({"of", "at", "for", "with", "from", "in"})
_LEADING_VERBS = frozenset(
    {
        "lead",
        "head",
        "chair",
        "run",
        "direct",
        "oversee",
        "own",
        "found",
        "co-found",
        "cofound",
        "manage",
        "edit",
        "represent",
        "work",
        "play",
        "teach",
    }
)
_LEADING = re.compile(r"\A(?:\s|['’]s?\b|&|-)+")
_OF = re.compile(r",?\s+(?:of|from|at|with)\s+(?:the\s+)?")
_OWNED = re.compile(r"['’]s?\s+\Z")
_BETWEEN_COMMAS = re.compile(r",(?:\s+\d{2},)?\s+(?P<words>[^,;.:“”\"()\n]{3,120})(?=[,.;)\n]|\Z)")
