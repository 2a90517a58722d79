"""Who takes part in an event: the actors that its cue's subject, object, prepositions and possessives name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.facts import Name, NameKind, OrganizationKind
from ingest.language.article import Passage, Sentence
from ingest.rules import phrase
from ingest.rules import verb as verbs
from ingest.rules.description import descriptions
from ingest.rules.event_cue import Cue, noun_frame
from ingest.rules.people import is_actor_noun
from ingest.rules.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]+[^()\n]{0,40}\([^()\n]{2,40}\)\s*[—–-]{1,2}\s")
_QUANTITIES = frozenset(
    {
        "hundred",
        "thousand",
        "dozen",
        "score",
        "number",
        "majority",
        "percent",
        "%",
        "handful",
        "lot",
        "most",
        "some",
        "many",
        "all",
    }
)
_ANAPHORS = frozenset({"side", "party"})
_OTHER_SIDE = frozenset({"object", "against", "with", "to", "at"})
_MEMBERS = frozenset({"member", "membership"})
_BODIES = frozenset(
    {"board", "committee", "council", "leadership", "leader", "management", "negotiator", "executive"}
    | {"business", "stake", "unit", "division", "arm", "studio"}
)
_CORE = frozenset({"compound", "amod", "nmod"})
_BELONGING = frozenset({"of", "in", "at", "from"})
_LONGEST = 9
_BESIDE = frozenset({"poss", "compound", "nmod", "amod"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Who takes part, in order, and the names of those among them who stand on the other side."""

    names: tuple[Name, ...]
    others: frozenset[str] = frozenset()

    def joined(self, more: Sides) -> Sides:
        """The participants of both, each once."""
        known = {name.name.casefold() for name in self.names}
        return Sides(
            (*self.names, *(name for name in more.names if name.name.casefold() not in known)),
            self.others | more.others,
        )

    @property
    def folded(self) -> frozenset[str]:
        """The names in one case, to be compared."""
        return frozenset(name.name.casefold() for name in self.names)


def participants(reading: Reading, sentence: Sentence, cue: Cue) -> Sides:
    """The actors of an event, each once, in the order of the roles of its cue. Whom a dateline names takes no part."""
    passage = sentence.passage
    dateline = _DATELINE.match(reading.text, sentence.start, sentence.end)
    start = dateline.end() if dateline else sentence.start
    found: dict[str, Name] = {}
    others: set[str] = set()
    for token, role in _tokens(cue):
        if passage.place(token)[0] < start:
            continue
        for name in named(reading, passage, token):
            if name.name.casefold() not in found and role in _OTHER_SIDE:
                others.add(name.name)
            found.setdefault(name.name.casefold(), name)
    return Sides(tuple(found.values()), frozenset(others))


def beside(reading: Reading, passage: Passage, cue: Cue) -> tuple[Name, ...]:
    """The actors that stand in the noun phrase of a cue itself."""
    if cue.noun is None:
        return ()
    heads = list(_in_phrase(cue.noun))
    for role in cue.who:
        heads += verbs.after(cue.noun, role)
    found: dict[str, Name] = {}
    for token in heads:
        for name in named(reading, passage, token):
            found.setdefault(name.name.casefold(), name)
    return tuple(found.values())


def _tokens(cue: Cue) -> Iterator[tuple[Token, str]]:
    """The heads of the phrases that may name participants, each with its role."""
    own_noun = cue.noun is not None and noun_frame(cue.noun) is not None
    for role in cue.who:
        if role == "subject":
            heads = _doers(cue.verb) if cue.verb is not None else []
        elif role == "object":
            heads = verbs.objects(cue.verb) if cue.verb is not None else []
        else:
            heads = [token for head in (cue.noun, cue.verb) if head is not None for token in verbs.after(head, role)]
            if role == "against" and not heads:
                heads = verbs.below(cue.verb or cue.token, role)
        yield from ((head, role) for head in heads if not own_noun or head is not cue.noun)
    if cue.noun is not None and (cue.verb is None or own_noun):
        yield from ((head, "beside") for head in _in_phrase(cue.noun))
        for child in cue.noun.children:
            if child.dep_ == "acl" and child.tag_ == "VBN":
                yield from ((head, "by") for head in verbs.subjects(child))


def _doers(verb: Token) -> list[Token]:
    """The subjects of a verb; for a passive also where the parser takes "by" for any preposition."""
    return verbs.subjects(verb) or (verbs.after(verb, "by") if verbs.is_passive(verb) else [])


def _in_phrase(noun: Token) -> Iterator[Token]:
    """Possessors and the nouns before an event's noun, with what is joined to them."""
    for child in noun.lefts:
        if child.dep_ in _BESIDE:
            yield child
            for inner in child.children:
                if inner.dep_ in {"conj", "compound", "nmod"}:
                    yield inner


def named(reading: Reading, passage: Passage, head: Token) -> list[Name]:
    """The actors that a noun stands for; none when it is no actor, or when the document leaves open who is meant."""
    lemma = head.lemma_.casefold()
    if lemma in _ANAPHORS:
        # "The two sides" are those who were named before.
        return []
    if lemma in _QUANTITIES or head.like_num:
        return [name for noun in verbs.after(head, "of") for name in named(reading, passage, noun)]
    if lemma in _MEMBERS:
        union = _union_of(reading, passage, head)
        if union is not None:
            return [union]
    if lemma in _BODIES:
        owner = _owner(reading, passage, head)
        if owner is not None:
            return [owner]
    return _examples(reading, passage, head) or _actors(reading, passage, head)


def _owner(reading: Reading, passage: Passage, body: Token) -> Name | None:
    """The organization for which a board or its leaders act, where their phrase names it."""
    for token in [*(each for child in body.lefts for each in child.subtree), *verbs.after(body, "of")]:
        mention = reading.cast.mention_at(passage.place(token)[0])
        if mention is not None and mention.entity.kind is NameKind.ORGANIZATION:
            return Name(name=mention.entity.name, kind=NameKind.ORGANIZATION)
    return None


def _union_of(reading: Reading, passage: Passage, members: Token) -> Name | None:
    """Whose members they are: the union that the phrase names, or the last one named before."""
    owners = [*verbs.after(members, "of"), *(child for child in members.lefts if child.dep_ in _BESIDE)]
    for owner in owners:
        for name in _actors(reading, passage, owner):
            if name.kind is NameKind.ORGANIZATION:
                return name
    if any(owner.pos_ != "PRON" for owner in owners):
        return None
    for mention in reading.cast.before(passage.place(members)[0]):
        if mention.entity.organization_kind is OrganizationKind.UNION and mention.entity.kind is NameKind.ORGANIZATION:
            return Name(name=mention.entity.name, kind=NameKind.ORGANIZATION)
    return None


def _examples(reading: Reading, passage: Passage, head: Token) -> list[Name]:
    """The named ones of "studios like X and Y" and of "the union, X"."""
    if reading.cast.mention_at(passage.place(head)[0]) is not None:
        return []
    tokens = [noun for word in ("like", "including") for noun in verbs.after(head, word)]
    tokens += [noun for beside in phrase.appositions(head) for noun in verbs.joined([beside])]
    mentions = [reading.cast.mention_at(passage.place(token)[0]) for token in tokens]
    return [
        Name(name=mention.entity.name, kind=NameKind.ORGANIZATION)
        for mention in mentions
        if mention is not None and mention.entity.kind is NameKind.ORGANIZATION
    ]


def _actors(reading: Reading, passage: Passage, head: Token) -> list[Name]:
    mention = reading.cast.mention_at(passage.place(head)[0])
    if mention is not None and head.dep_ in _BESIDE:
        return [Name(name=mention.entity.name, kind=mention.entity.kind)]
    if mention is None and (head.pos_ not in {"NOUN", "PROPN", "PRON"} or _is_anybody(head)):
        return []
    reference = reading.references.of(passage, head)
    name = reference.name
    # Several of a kind, such as "the studios", take part as a group, whoever they are.
    open_to_doubt = name.unresolved and not (name.kind is NameKind.GROUP and head.tag_ == "NNS")
    if open_to_doubt or name.kind is NameKind.DOCUMENT or (reference.entity is None and not is_actor_noun(head)):
        return []
    if reference.entity is not None or name.kind is not NameKind.GROUP:
        return [name]
    return _group(reading, passage, head, name)


def _group(reading: Reading, passage: Passage, head: Token, name: Name) -> list[Name]:
    """A group without its number; the organization that it works at is a participant of its own."""
    if phrase.antecedent(head) is not None or head.pos_ == "PRON":
        return [name]
    described = descriptions().get(head.lemma_.casefold())
    if (
        head.dep_ == "compound"
        and head.tag_ == "NN"
        and described is not None
        and described.stands_for is NameKind.ORGANIZATION
    ):
        # A "union contract" says of what sort the contract is, not who takes part.
        return []
    employers = [
        mention.entity
        for word in ("at", "for", "from", "of")
        for noun in verbs.after(head, word)
        if (mention := reading.cast.mention_at(passage.place(noun)[0])) is not None
        and mention.entity.kind is NameKind.ORGANIZATION
    ]
    first = head
    while first.i > head.left_edge.i and (first.nbor(-1).dep_ in _CORE or first.nbor(-1).text == "-"):
        first = first.nbor(-1)
    end = passage.place(head)[1]
    if not employers and head.dep_ != "compound":
        places = [child for child in head.rights if child.dep_ == "prep" and child.lower_ in _BELONGING]
        end = max(
            [end, *(passage.place(child.right_edge)[1] for child in places if child.right_edge.i - head.i < _LONGEST)]
        )
    core = " ".join(reading.text[passage.place(first)[0] : end].split())
    if first is head and head.dep_ == "compound" and head.tag_ == "NN":
        # "The actor strike" is one of actors.
        core = f"{core}s"
    words = core if employers or any(child.dep_ in {"det", "nummod", "poss"} for child in head.lefts) else name.name
    if head.dep_ == "compound":
        words = core
    found = [Name(name=words, kind=NameKind.GROUP)]
    return found + [Name(name=each.name, kind=NameKind.ORGANIZATION) for each in employers]


def _is_anybody(head: Token) -> bool:
    """Whether a pronoun, or what a relative pronoun stands for, means nobody in particular."""
    stands_for = phrase.antecedent(head) or head
    return stands_for.lower_ in {"anybody", "anyone", "everybody", "everyone", "nobody", "somebody", "someone", "those"}
