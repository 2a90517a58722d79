"""Which organization a job is at: whose posting or role it is, "at X", the subject that hires, or who hired last."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from ingest.facts import NameKind, OrganizationKind
from ingest.language.article import Passage, Sentence
from ingest.language.entity import Entity, Mention
from ingest.rules.posting_cue import DOUBTFUL
from ingest.rules.reading import Reading
from ingest.rules.title import Title
from ingest.rules.unlisted import PROPER, unlisted

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 2500
"""Characters after which the last employer is no longer the one that is meant."""

_AT = re.compile(r"[”\"’']?,?\s+(?:\([^)]{1,30}\)\s+)?(?:at|with|for|inside|within)\s+(?:the\s+)?", re.IGNORECASE)
_POSSESSES = re.compile(r"[’']s?(?:\s+[\w,$-]+){0,8}\s*\Z")
_BY = re.compile(
    r"\b(?:posted|listed|published|advertised|shared|placed|put up)\s+(?:online\s+)?by\s+(?:the\s+)?", re.IGNORECASE
)
_HIRES = frozenset(
    {
        "hire", "recruit", "advertise", "post", "list", "have", "offer", "publish", "fill", "seek", "look", "search",
        "try", "plan", "hope", "put", "issue", "accept", "need",
    }
)  # fmt: skip
_NOTICES = frozenset(
    {
        "ad", "advert", "advertisement", "job", "listing", "notice", "opening", "page", "posting", "post", "site",
        "vacancy", "website", "role", "position", "description",
    }
)  # fmt: skip
_SELDOM = frozenset({OrganizationKind.UNION, OrganizationKind.ALLIANCE, OrganizationKind.NEWS_OUTLET})
_NEAR = re.compile(r"\b(?:at|from|by|with)\s+(?:the\s+)?\Z", re.IGNORECASE)
_MENTIONS = 200
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INSIDE = frozenset({"det", "compound", "amod", "nmod", "poss", "case", "nummod", "punct", "quantmod"})


class Employers:
    """Finds the employers of one article; `current` is who was last said to hire."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self._unlisted: dict[str, Entity] = {}
        self._last: tuple[int, Entity] | None = None
        self._place = 0

    @property
    def current(self) -> Entity | None:
        """Who was last said to hire, if that was not long ago."""
        if self._last is None or self._place - self._last[0] > REACH:
            return None
        return self._last[1]

    def note(self, sentence: Sentence) -> None:
        """Remember who hires by a sentence that speaks of openings."""
        self._place = sentence.start
        found = self.subject(sentence)
        if found is not None:
            self._last = (sentence.start, found)

    def subject(self, sentence: Sentence) -> Entity | None:
        """The organization that hires by a sentence, or whose something is; a union only where it hires itself."""
        for token in sentence.tokens:
            hires = token.dep_ in _SUBJECTS and token.head.lemma_.casefold() in _HIRES and token.pos_ != "PRON"
            if hires or token.dep_ in _SUBJECTS or token.dep_ == "poss":
                found = self._organization(sentence.passage, token)
                if found is not None and (hires or found.organization_kind not in _SELDOM):
                    return found
        return None

    def main(self, place: int) -> Entity | None:
        """The organization that a document has named most before a place, when it is one that employs."""
        near = islice(self.reading.cast.before(place), _MENTIONS)
        named = Counter(
            mention.entity
            for mention in near
            if mention.entity.kind is NameKind.ORGANIZATION and mention.entity.organization_kind not in _SELDOM
        )
        (first, most), *rest = [*named.most_common(2), (None, 0)]
        return first if most >= 2 and rest[0][1] < most else None

    def of(self, sentence: Sentence, title: Title, rule: str) -> Entity | None:
        """The employer of a job that a sentence names; None when the document does not make it clear.

        By a rule of `posting_cue.DOUBTFUL`, whoever hires must be an organization: others seek people too.
        """
        self._place = sentence.start
        found = self.at(sentence, title) or self.possessor(sentence, title)
        if found is None:
            found, other = self._hirer(title, any_verb=rule in DOUBTFUL)
            if found is None and other and rule in DOUBTFUL:
                return None
        found = found or self._beside(sentence, title) or self.current or self.main(title.start)
        if found is not None:
            self._last = (sentence.start, found)
        return found

    def possessor(self, sentence: Sentence, title: Title) -> Entity | None:
        """Whose role or posting it is ("Disney's senior AI engineer role", "its posting for")."""
        for mention in reversed(self.reading.cast.mentions_in(sentence.start, title.left)):
            if _POSSESSES.fullmatch(self.text, mention.end, title.left):
                return mention.entity if mention.entity.kind is NameKind.ORGANIZATION else None
        for child in title.head.children:
            if child.dep_ == "poss":
                found = self._any_organization(sentence.passage, child)
                seldom = found is not None and child.pos_ == "PRON" and found.organization_kind in _SELDOM
                return None if seldom else found
        return None

    def at(self, sentence: Sentence, title: Title) -> Entity | None:
        """The organization right after a title ("a software engineer position at OpenAI")."""
        match = _AT.match(self.text, title.end, sentence.end)
        if match is None:
            return None
        mention = self._mention(match.end())
        if mention is not None:
            return mention.entity if mention.entity.kind is NameKind.ORGANIZATION else None
        token = sentence.passage.token_at(match.end())
        while token is not None and token.dep_ in _INSIDE and token.head.i > token.i:
            token = token.head
        return self._any_organization(sentence.passage, token) if token is not None else None

    def _beside(self, sentence: Sentence, title: Title) -> Entity | None:
        """Who posted, or whose listing it is, by "posted by X", "listings at X", "X's website" before the title."""
        for match in _BY.finditer(self.text, sentence.start, sentence.end):
            mention = self._mention(match.end())
            if mention is not None and mention.entity.kind is NameKind.ORGANIZATION:
                return mention.entity
        for mention in reversed(self.reading.cast.mentions_in(sentence.start, title.left)):
            if mention.entity.kind is not NameKind.ORGANIZATION or mention.entity.organization_kind in _SELDOM:
                continue
            owns = self.text[mention.end : mention.end + 2] in {"'s", "’s"}
            if owns or _NEAR.search(self.text, max(sentence.start, mention.start - 12), mention.start):
                return mention.entity
        return None

    def _hirer(self, title: Title, *, any_verb: bool) -> tuple[Entity | None, bool]:
        """The organization that is the subject of what governs the title, and whether some other subject is."""
        token, other = title.head, False
        for _ in range(10):
            if token.head.i == token.i:
                break
            token = token.head
            for child in token.children:
                fits = any_verb or token.lemma_.casefold() in _HIRES
                if fits and child.dep_ in _SUBJECTS and child.i < title.head.i:
                    found = self._named_before(title.passage, child) or self._any_organization(title.passage, child)
                    # "It" after a sentence about a union mostly means the employer that the union speaks of.
                    if found is not None and not (child.pos_ != "PROPN" and found.organization_kind in _SELDOM):
                        return found, False
                    # "A posting seeks …" says nothing of who hires.
                    other = other or child.lemma_.casefold() not in _NOTICES
        return None, other

    def _named_before(self, passage: Passage, description: Token) -> Entity | None:
        """Whom "the label" means after a colon or semicolon, where the same sentence has a named subject."""
        if description.pos_ != "NOUN" or not any(child.dep_ == "det" for child in description.children):
            return None
        for token in description.sent:
            if token.i < description.i and token.dep_ in _SUBJECTS:
                mention = self._mention(passage.place(token)[0])
                if mention is not None and mention.entity.kind is NameKind.ORGANIZATION:
                    return mention.entity
        return None

    def _organization(self, passage: Passage, token: Token) -> Entity | None:
        reference = self.reading.references.of(passage, token)
        entity = reference.entity
        return entity if entity is not None and entity.kind is NameKind.ORGANIZATION else None

    def _any_organization(self, passage: Passage, token: Token) -> Entity | None:
        """The organization that a noun stands for, or whose name it is though the cast does not have it."""
        found = self._organization(passage, token)
        if found is None and token.tag_ in PROPER:
            named = unlisted(self.reading, passage, token)
            found = self._unlisted.setdefault(named.name, named) if named is not None else None
        return found

    def _mention(self, offset: int) -> Mention | None:
        return self.reading.cast.mention_at(offset)
