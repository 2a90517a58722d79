"""Stances on what a noun phrase names: "criticized the deal", "called for a boycott", "rallied against it"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.facts import Fact, Stance, StanceReport
from ingest.language.article import Sentence, Span
from ingest.language.block import BlockKind
from ingest.rules.reading import Reading
from ingest.rules.stance_cue import stance_verbs
from ingest.rules.subject import own_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNREAL = frozenset({"would", "could", "might"})
_SHARING = frozenset({"conj", "xcomp", "advcl"})
_TRIMMED = " .,;:"

Target = tuple[Stance, "Token", "Token"]


def stances(reading: Reading) -> Iterator[Fact]:
    """All such stances of an article, outside headings and quotations, in the order of its text."""
    lemmas = {lemma for lemma, _ in stance_verbs()}
    for sentence in reading.article.sentences:
        if sentence.block.kind is BlockKind.HEADING:
            continue
        for token in sentence.tokens:
            if token.pos_ == "VERB" and token.lemma_ in lemmas and not _is_quoted(reading, sentence, token):
                made = _stance(reading, sentence, token)
                if made is not None:
                    yield made


def _is_quoted(reading: Reading, sentence: Sentence, token: Token) -> bool:
    return reading.article.in_quotation(sentence.passage.place(token)[0]) is not None


def _stance(reading: Reading, sentence: Sentence, verb: Token) -> Fact | None:
    if any(child.dep_ == "neg" or child.text.casefold() in _UNREAL for child in verb.children):
        return None
    target, holder = _target(verb), _holder(verb)
    if target is None or holder is None:
        return None
    stance, noun, last = target
    passage = sentence.passage
    start, end = _content(reading, sentence, noun)
    if not any(character.isalpha() for character in reading.text[start:end]):
        return None
    reference = reading.references.of(passage, holder)
    topics = reading.topics.find(reading.text, start, end)
    evidence = reading.evidence(
        [sentence],
        source=[reference.span],
        cue=[passage.span(verb, last)],
        content=[(start, end)],
        topic=[span for _, span in topics],
    )
    return reading.fact(
        StanceReport,
        "stance/verb",
        "0.7",
        evidence,
        holder=reference.name,
        stance=stance,
        content=reading.text[start:end],
        topics=tuple(slug for slug, _ in topics),
    )


def _content(reading: Reading, sentence: Sentence, noun: Token) -> Span:
    """The characters of the noun phrase inside the sentence."""
    start, end = sentence.passage.span(noun.left_edge, noun.right_edge)
    start, end = max(start, sentence.start), min(end, sentence.end)
    while end > start and reading.text[end - 1] in _TRIMMED:
        end -= 1
    return start, end


def _target(verb: Token) -> Target | None:
    """The stance, the noun that it is on, and the last token of the cue."""
    known = stance_verbs()
    for child in verb.rights:
        if child.dep_ == "prep" and (verb.lemma_, child.text.casefold()) in known:
            noun = _object(child)
            if noun is not None:
                return known[verb.lemma_, child.text.casefold()], noun, child
        if child.dep_ in {"prt", "advmod"}:
            found = _after_particle(verb, child)
            if found is not None:
                return found
    if (verb.lemma_, "") not in known or any(child.dep_ == "ccomp" for child in verb.rights):
        return None
    noun = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    return (known[verb.lemma_, ""], noun, verb) if noun is not None else None


def _after_particle(verb: Token, particle: Token) -> Target | None:
    """ "push back on the plan": the preposition hangs on the particle or on the verb."""
    for preposition in (*particle.children, *verb.rights):
        pair = f"{particle.text.casefold()} {preposition.text.casefold()}"
        stance = stance_verbs().get((verb.lemma_, pair)) if preposition.dep_ == "prep" else None
        noun = _object(preposition)
        if stance is not None and noun is not None:
            return stance, noun, preposition
    return None


def _object(preposition: Token) -> Token | None:
    return next((child for child in preposition.children if child.dep_ in {"pobj", "pcomp"}), None)


def _holder(verb: Token) -> Token | None:
    """The subject of a verb, or of the one that it is joined to."""
    while True:
        found = own_subject(verb)
        governor = verb.head
        if found is not None or governor.i == verb.i:
            return found
        if verb.dep_ not in _SHARING or governor.pos_ not in {"VERB", "AUX"}:
            return None
        verb = governor
