"""Which organization a job is at: whose posting or role it is, "at X", the subject that hires, or who hired last."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from ingest.facts import NameKind, OrganizationKind
from ingest.language.article import Passage, Sentence
from ingest.language.entity import Entity, Mention
from ingest.rules.description import descriptions
from ingest.rules.posting_cue import DOUBTFUL
from ingest.rules.reading import Reading
from ingest.rules.title import Title, is_title
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
_BEHIND = re.compile(r"\b(?:of|at|by|from|for|with|in)\s+(?:the\s+)?\Z", re.IGNORECASE)
_NEXT = 250
"""Characters before "it is recruiting" in which the only employer is the one that is meant."""
_MENTIONS = 200
_ELSEWHERE = 500
"""Characters after "the city is hiring" in which a job may be at an employer that has no name."""
_PRONOUNS = frozenset({"it", "they", "which", "that", "who"})
_DEFINITE = frozenset({"the", "its", "this", "that"})
_LEADING = frozenset({"aux", "auxpass", "advmod", "neg"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INSIDE = frozenset({"det", "compound", "amod", "nmod", "poss", "case", "nummod", "punct", "quantmod"})


class Employers:
    """Finds the employers of one article; `current` is who was last said to hire."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self._unlisted: dict[str, Entity] = {}
        self._last: tuple[int, Entity] | None = None
        self._earlier: tuple[int, Entity] | None = None
        self._place = 0
        self._unnamed: int | None = None
        self.titles: set[str] = set()
        """Titles of open jobs, in lower case: no name in them is an employer's."""

    @property
    def current(self) -> Entity | None:
        """Who was last said to hire, if that was not long ago."""
        if self._last is None or self._place - self._last[0] > REACH or self._is_elsewhere:
            return None
        return self._last[1]

    @property
    def _is_elsewhere(self) -> bool:
        """Whether an employer without a name was the last that was said to hire."""
        return self._unnamed is not None and self._place - self._unnamed < _ELSEWHERE

    def note(self, sentence: Sentence) -> None:
        """Remember who hires by a sentence that speaks of openings."""
        self._place = sentence.start
        found = self.subject(sentence)
        if found is not None:
            self._earlier = self._last
            self._last = (sentence.start, found)
            self._unnamed = None
        elif any(self._is_unnamed(token) for token in sentence.tokens):
            self._unnamed = sentence.start

    def _is_unnamed(self, token: Token) -> bool:
        """Whether a noun is the subject of hiring; where it stands for no organization that the article names."""
        if token.dep_ not in _SUBJECTS or token.tag_ != "NN" or token.head.lemma_.casefold() not in _HIRES:
            return False
        described = descriptions().get(token.lemma_.casefold())
        named_elsewhere = described is not None and bool(described.kinds)
        return not named_elsewhere and any(child.lower_ == "the" for child in token.lefts)

    def subject(self, sentence: Sentence) -> Entity | None:
        """The organization that hires by a sentence, or whose something is; a union only where it hires itself."""
        for token in sentence.tokens:
            hires = token.dep_ in _SUBJECTS and token.head.lemma_.casefold() in _HIRES and token.pos_ != "PRON"
            if hires or token.dep_ in _SUBJECTS or token.dep_ == "poss":
                found = self._organization(sentence.passage, token)
                if found is None or self._is_passed_by(found, token):
                    continue
                if hires or found.organization_kind not in _SELDOM:
                    return found
        return None

    def _is_passed_by(self, found: Entity, anaphor: Token) -> bool:
        """Whether "the company" is rather another than an outlet that was told something: one that is named more."""
        if found.organization_kind not in _SELDOM or anaphor.pos_ == "PROPN" or found is self.current:
            return False
        if anaphor.lower_ in found.name.casefold().split():
            return False
        employer = self.main(self._place)
        named = Counter(mention.entity for mention in islice(self.reading.cast.before(self._place), _MENTIONS))
        return employer is not None and named[found] < named[employer]

    def main(self, place: int) -> Entity | None:
        """The organization that a document has named most before a place, when it is one that employs."""
        near = islice(self.reading.cast.before(place), _MENTIONS)
        if self._is_elsewhere:
            return None
        named = Counter(
            mention.entity
            for mention in near
            if mention.entity.kind is NameKind.ORGANIZATION
            and mention.entity.organization_kind not in _SELDOM
            and not self._is_of_title(mention.entity)
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
        found = found or self._beside(sentence, title)
        if found is None and rule in DOUBTFUL:
            found = self._just_named(sentence)
        found = found or self.current or self.main(title.start)
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
            fits = any_verb or token.lemma_.casefold() in _HIRES
            if fits and (right_before := self._right_before(title.passage, token)) is not None:
                return right_before, False
            for child in token.children:
                if fits and child.dep_ in _SUBJECTS and child.i < title.head.i:
                    found = self._named_before(title.passage, child) or self._any_organization(title.passage, child)
                    # "It" after a sentence about a union mostly means the employer that the union speaks of.
                    seldom = found is not None and child.pos_ == "PRON" and found.organization_kind in _SELDOM
                    meant = not seldom or found is self.current
                    if found is not None and meant and not self._is_passed_by(found, child):
                        return found, False
                    # "A posting seeks …" says nothing of who hires, nor does "it" where nobody knows who that is.
                    other = other or not (child.lemma_.casefold() in _NOTICES or self._is_anaphor(child))
        return None, other

    def _is_anaphor(self, subject: Token) -> bool:
        """Whether a subject means an organization that was spoken of before: "it", "the company"."""
        if subject.lower_ in _PRONOUNS:
            return True
        described = descriptions().get(subject.lemma_.casefold())
        definite = any(child.lower_ in _DEFINITE for child in subject.lefts)
        return definite and described is not None and described.is_organization

    def _right_before(self, passage: Passage, verb: Token) -> Entity | None:
        """The organization named right before a verb, whatever the parse takes for its subject."""
        first = verb
        while first.i > first.sent.start and first.nbor(-1).dep_ in _LEADING and first.nbor(-1).head.i == verb.i:
            first = first.nbor(-1)
        before = first.nbor(-1) if first.i > first.sent.start else first
        if before.text == "," and before.i > before.sent.start:
            before = before.nbor(-1)
            if before.dep_ != "appos":
                return None
        mention = self._mention(passage.place(before)[0]) if before.tag_ in PROPER else None
        if mention is None or mention.entity.kind is not NameKind.ORGANIZATION or self._is_of_title(mention.entity):
            return None
        # "The arm of Corvane Studios is hiring": the name belongs to another noun.
        behind = _BEHIND.search(self.text, max(0, mention.start - 8), mention.start)
        return mention.entity if behind is None else None

    def _just_named(self, sentence: Sentence) -> Entity | None:
        """The one employer that the same paragraph names right before a sentence, whom its "it" may mean."""
        start = max(sentence.block.start, sentence.start - _NEXT)
        near = {each.entity for each in self.reading.cast.mentions_in(start, sentence.start)}
        organizations = [each for each in near if each.kind is NameKind.ORGANIZATION and not self._is_of_title(each)]
        named = [each for each in organizations if each.organization_kind not in _SELDOM]
        return named[0] if len(named) == 1 else None

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
        if entity is None or entity.kind is not NameKind.ORGANIZATION or self._is_of_title(entity):
            return None
        return entity

    def _is_of_title(self, entity: Entity) -> bool:
        """Whether a name is only a part of an open job's title ("Lead, Generative Systems")."""
        name = entity.name.casefold()
        return entity.actor is None and any(name in title for title in self.titles)

    def _any_organization(self, passage: Passage, token: Token) -> Entity | None:
        """The organization that a noun stands for, or whose name it is though the cast does not have it."""
        found = self._organization(passage, token)
        if found is None and token.tag_ in PROPER and not is_title(token):
            named = unlisted(self.reading, passage, token)
            found = self._unlisted.setdefault(named.name, named) if named is not None else None
        return found

    def named(self, passage: Passage, token: Token) -> Entity | None:
        """The organization that a name at a token is, known or not."""
        return self._any_organization(passage, token)

    def _mention(self, offset: int) -> Mention | None:
        return self.reading.cast.mention_at(offset)
