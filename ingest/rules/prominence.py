"""What stands out at a place of an article: which names were mentioned before it, how near, how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from ingest.facts import NameKind, OrganizationKind
from ingest.language.article import Article
from ingest.language.block import BlockKind
from ingest.language.entity import Cast, Entity, Mention
from ingest.rules.description import Description, descriptions
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 1500
"""Characters before a pronoun or description within which what it stands for is looked for."""

AS_SUBJECT = 1.5
"""What it is worth that a name was the subject of its sentence, in sentences of distance."""

_VIEW = 4
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_TAKEN_FOR_COMPOUNDS = frozenset({"compound", "nmod"})
_BESIDE_A_HEAD = frozenset({"appos", "compound", "flat"})
_NO_OUTLET = group("no_outlet")
_OFFICE_NOUNS = group("office_noun")
_MARGIN = 0.7
"""By how much the organization that a passage is about stands out more than any other."""

_HEADED = 1.0
"""What it is worth that a heading names an organization: the document is about it."""

_OFTEN = 6
_PER_MENTION = 0.3

Candidate = TypeVar("Candidate")


class Prominence:
    """The mentions of one article, as seen from a later place."""

    def __init__(self, article: Article, cast: Cast) -> None:
        self._article = article
        self.cast = cast
        self._headed = frozenset(
            id(mention.entity)
            for block in article.blocks
            if block.kind is BlockKind.HEADING
            for mention in cast.mentions_in(block.start, block.end)
        )

    def is_headed(self, entity: Entity) -> bool:
        """Whether a heading of the document names an entity."""
        return id(entity) in self._headed

    def near(self, place: int) -> Iterator[Mention]:
        """The mentions before a place and within reach, nearest first."""
        for mention in self.cast.before(place):
            if place - mention.end > REACH:
                return
            yield mention

    def recent(self, place: int, kind: NameKind) -> Iterator[Entity]:
        """The entities of a kind that were mentioned before a place, each once, nearest first."""
        seen: set[int] = set()
        for mention in self.near(place):
            if mention.entity.kind is kind and id(mention.entity) not in seen:
                seen.add(id(mention.entity))
                yield mention.entity

    def distance(self, start: int, end: int) -> int:
        """How many sentences lie between two places, those that hold them included."""
        return len(self._article.sentences_in(start, end))

    def is_subject(self, mention: Mention, *, inside: bool = False) -> bool:
        """Whether a name is a subject; with `inside`, also whether it stands in a subject's phrase, in apposition."""
        token = self.token(mention)
        if token is not None and token.dep_ in _TAKEN_FOR_COMPOUNDS and token.head.dep_ == "ROOT":
            sentence = self._article.sentence_at(mention.start)
            # "Roe disputes that": the parser may take a verb in the present for a noun.
            return sentence is not None and sentence.start == mention.start
        for _ in range(3):
            if token is None or token.dep_ in _SUBJECTS:
                return token is not None
            if not inside or token.dep_ not in _BESIDE_A_HEAD:
                return False
            token = token.head
        return token is not None and token.dep_ in _SUBJECTS

    def token(self, mention: Mention) -> Token | None:
        """The token of a name that hangs on something outside of it: "Workers" in "Workers of America"."""
        sentence = self._article.sentence_at(mention.start)
        if sentence is None:
            return None
        tokens = sentence.passage.tokens(mention.start, mention.end)
        inside = {token.i for token in tokens}
        heads = [token for token in tokens if token.head.i not in inside or token.head.i == token.i]
        return heads[-1] if heads else sentence.passage.token_at(mention.end - 1)

    def described(self, place: int, noun: str) -> Entity | None:
        """The organization that a noun such as "guild" means at a place, if it means any."""
        found = descriptions().get(noun)
        if found is None or not found.is_organization or noun in _OFFICE_NOUNS:
            return None
        return self.fitting(place, found)

    def fitting(self, place: int, description: Description) -> Entity | None:
        """The organization that stands out most before a place, of those that a description fits."""
        before = [mention for mention in self.near(place) if fits(mention.entity, description)]
        best = most(before, lambda mention: self._of_mention(mention, place, description))
        return best.entity if best is not None else None

    def next_fitting(self, place: int, description: Description) -> Entity | None:
        """The first organization after a place that a description fits."""
        after = self.cast.mentions_in(place, place + REACH // 2)
        return next((mention.entity for mention in after if fits(mention.entity, description)), None)

    def organization_in_view(self, place: int) -> Entity | None:
        """The organization that a passage is about: no outlet, named within a few sentences, a subject first.

        None when two stand out alike: a wrong one is worse than none.
        """
        best: dict[int, tuple[float, Entity]] = {}
        for mention in self.near(place):
            entity = mention.entity
            distance = self.distance(mention.end, place)
            outlet = entity.organization_kind is OrganizationKind.NEWS_OUTLET
            if entity.kind is NameKind.ORGANIZATION and not outlet and distance <= _VIEW:
                score = AS_SUBJECT * self.is_subject(mention) - distance + _often(mention)
                if id(entity) not in best or score > best[id(entity)][0]:
                    best[id(entity)] = score, entity
        ranked = sorted(best.values(), key=lambda each: -each[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
            return None
        return ranked[0][1]

    def _of_mention(self, mention: Mention, place: int, description: Description) -> float:
        """How much a mention stands out: near, a subject, named often, called by the same noun."""
        score = _often(mention) - self.distance(mention.end, place)
        token = self.token(mention)
        if token is not None and token.dep_ in _SUBJECTS:
            score += AS_SUBJECT
        if token is not None and token.dep_ in {"poss", "compound"}:
            score -= 0.5
        if _is_named_so(mention.entity, description):
            score += 4
        kind = mention.entity.organization_kind
        if kind is OrganizationKind.OTHER:
            score -= 1
        score += _HEADED * self.is_headed(mention.entity)
        if kind is OrganizationKind.NEWS_OUTLET and description.noun in _NO_OUTLET:
            score -= 3
        return score


def fits(entity: Entity, description: Description) -> bool:
    """Whether an entity is an organization that a description may mean."""
    if entity.kind is not NameKind.ORGANIZATION:
        return False
    return entity.organization_kind in description.kinds or _is_named_so(entity, description)


def most(candidates: list[Candidate], score: Callable[[Candidate], float]) -> Candidate | None:
    """The candidate with the highest score, the first of several; None when there is none."""
    return max(candidates, key=score, default=None)


def _is_named_so(entity: Entity, description: Description) -> bool:
    return description.noun in entity.name.casefold().split()


def _often(mention: Mention) -> float:
    return min(len(mention.entity.mentions), _OFTEN) * _PER_MENTION
