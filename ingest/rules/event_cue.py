"""The words that tell an event: verbs with what stands beside them, and nouns with what is said of them.

The lexicon is data: see `event_lexicon`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.facts import EventKind, EventState
from ingest.language.article import Sentence
from ingest.rules import verb as verbs
from ingest.rules.event_frame import beside, lemma_of, singular
from ingest.rules.event_lexicon import (
    Aspect,
    NounFrame,
    aspects,
    headline_verbs,
    noun_frames,
    verb_frames,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_MEASURES = frozenset(
    {"day", "week", "month", "year", "hour", "round", "session", "number", "series", "string", "wave"}
)
_QUALIFYING = frozenset({"compound", "nmod", "amod"})


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """Words that tell an event: the token that carries the meaning, the verb of its clause, the noun that names it."""

    rule: str
    kind: EventKind
    state: EventState | None
    token: Token
    verb: Token | None
    noun: Token | None
    who: tuple[str, ...]
    bare: frozenset[str] = frozenset()
    called: str | None = None

    @property
    def words(self) -> tuple[Token, Token]:
        """The first and the last of the words that tell the event."""
        listed = sorted({t.i: t for t in (self.token, self.verb, self.noun) if t is not None}.items())
        return listed[0][1], listed[-1][1]


def cues(sentence: Sentence) -> Iterator[Cue]:
    """The cues of a sentence in the order of its words; a verb that takes an event's noun takes it for itself."""
    taken: set[int] = set()
    found: list[Cue] = []
    for token in sentence.tokens:
        # "Began testing" is one cue, and not that of "testing" as well.
        begun = token.i in taken and token.dep_ == "xcomp" and token.tag_ == "VBG"
        if begun or token.dep_ in {"amod", "compound", "nmod"}:
            continue
        if verbs.is_verb(token) or token.lemma_.casefold() in headline_verbs():
            cue = _of_verb(token)
            if cue is not None:
                found.append(cue)
                taken |= {each.i for each in (cue.noun, cue.token) if each is not None}
    for token in sentence.tokens:
        if token.i in taken or token.dep_ == "compound":
            continue
        noun = noun_frame(token)
        if noun is not None:
            found.append(_of_noun(token, noun))
    yield from sorted(found, key=lambda cue: cue.token.i)


def noun_frame(token: Token) -> NounFrame | None:
    """The event that a noun names, the longer name before the shorter one."""
    if token.pos_ not in {"NOUN", "PROPN", "VERB"} or (token.pos_ == "VERB" and token.lower_ != "strikes"):
        return None
    before = token.nbor(-1).lower_ if token.i > 0 else ""
    frames = noun_frames().get(singular(token), ())
    found = next((frame for frame in frames if frame.before is None or frame.before == before), None)
    # "Cuts" are those of jobs unless another noun says of what: "budget cuts".
    qualified = found is not None and "plain" in found.bare and any(child.dep_ in _QUALIFYING for child in token.lefts)
    return None if qualified else found


def _of_verb(token: Token) -> Cue | None:
    for frame in verb_frames().get(lemma_of(token), ()):
        matched = beside(token, frame)
        if matched is not None:
            noun = matched if matched is not token else None
            state = frame.state
            above = _aspect(token.head, frame.kind) if token.dep_ == "xcomp" and token.tag_ == "VBG" else None
            if above is not None and above.as_object:
                state = above.object_state or state
            return Cue(
                f"event/{frame.kind}-verb",
                frame.kind,
                state,
                noun or token,
                token,
                noun,
                frame.who,
                called=frame.called,
            )
    return None


def _of_noun(token: Token, frame: NounFrame) -> Cue:
    """The cue of a noun, with the verb that says how far the event has come, if one does."""
    rule = f"event/{frame.kind}-noun"
    who = ("between", "with", "against", "by", "at", "of", "from")
    standing = measured(token)
    for verb in _verbs_of(standing):
        aspect = _aspect(verb, frame.kind)
        if aspect is None or _names(verb):
            continue
        if aspect.as_subject and _among(standing, [*verbs.subjects(verb), *_relative(verb, standing)]):
            return Cue(rule, frame.kind, aspect.subject_state or frame.state, token, verb, token, who)
        if aspect.as_object and _among(standing, verbs.objects(verb)):
            return Cue(rule, frame.kind, aspect.object_state or frame.state, token, verb, token, ("subject", *who))
    if frame.kind is EventKind.NEGOTIATION and token.dep_ == "pobj" and token.head.lower_ == "in":
        being = token.head.head
        if being.lemma_ in {"be", "remain"}:
            return Cue(rule, frame.kind, frame.state, token, being, token, ("subject", *who))
    return Cue(f"{rule}-alone", frame.kind, frame.state, token, None, token, who, frame.bare)


def _verbs_of(noun: Token) -> Iterator[Token]:
    """The verbs that may say something of a noun: the one over it, its infinitive, those of the noun's own clauses."""
    over = verbs.governor(noun)
    if over is not None:
        yield over
        yield from (child for child in over.children if child.dep_ == "xcomp" and verbs.is_verb(child))
        for child in over.children:
            if child.dep_ == "acomp":
                yield from (inner for inner in child.children if inner.dep_ == "xcomp")
    yield from (child for child in noun.children if child.dep_ in {"relcl", "acl"} and verbs.is_verb(child))


def measured(token: Token) -> Token:
    """The noun that stands for an event in its clause: the "months" of "14 months of negotiations"."""
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.casefold() in _MEASURES:
        return token.head.head
    return token


def _relative(verb: Token, noun: Token) -> list[Token]:
    """The noun itself, where the verb's subject is the relative pronoun that stands for it."""
    if verb.dep_ != "relcl" or verb.head.i != noun.i:
        return []
    own = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    return [noun] if any(child.tag_ in {"WDT", "WP"} for child in own) else []


def _names(verb: Token) -> bool:
    """Whether a verb gives its object a name or a quality: "called the walkout regrettable"."""
    return verb.lemma_.casefold() == "call" and any(
        child.dep_ in {"oprd", "ccomp", "acomp", "xcomp"} for child in verb.children
    )


def _among(token: Token, others: list[Token]) -> bool:
    return any(token.i == other.i for other in others)


def aspect_of(token: Token, kind: EventKind) -> Aspect | None:
    """What a verb says of an event of this kind that is its subject or object."""
    return _aspect(token, kind)


def _aspect(token: Token, kind: EventKind) -> Aspect | None:
    particle = next((child.lower_ for child in token.children if child.dep_ in {"prt", "advmod"}), None)
    lemma = lemma_of(token)
    for key in (f"{lemma} {particle}" if particle else lemma, lemma):
        for aspect in aspects().get(key, ()):
            if aspect.fits(kind):
                return aspect
    return None
