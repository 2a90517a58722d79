"""Where speakers stand: cues in what they say, and verbs that take a side on what a noun phrase names.

The cues are `data/stances.tsv`. Where none is found nothing is said: most statements take no side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.facts import Fact, Stance, StanceReport
from ingest.language.article import Sentence, Span
from ingest.language.block import BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ingest.rules.reading import Reading

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class StanceCue:
    """One row of the file."""

    pattern: re.Pattern[str]
    stance: Stance
    cls: str


@dataclass(frozen=True)
class Stances:
    """All cues: those that stand in what is said, and verbs, by lemma and preposition, that take an object."""

    said: tuple[tuple[re.Pattern[str], Stance], ...]
    verbs: dict[tuple[str, str], Stance]

    @staticmethod
    @cache
    def load() -> Stances:
        """The file, read once."""
        said: list[tuple[re.Pattern[str], Stance]] = []
        verbs: dict[tuple[str, str], Stance] = {}
        for line in (DATA / "stances.tsv").read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            words, cls, stance = line.split("\t")
            if cls == "said":
                said.append((re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), Stance(stance)))
            else:
                lemma, _, preposition = words.partition(" ")
                verbs[lemma, preposition] = Stance(stance)
        return Stances(tuple(said), verbs)

    def of_content(self, text: str, content: Iterable[Span]) -> tuple[Stance, list[Span]] | None:
        """The side that words take, with the words that show it; both sides are `mixed`."""
        found: dict[Stance, Span] = {}
        for start, end in content:
            for pattern, stance in self.said:
                match = pattern.search(text, start, end)
                if match is not None:
                    found.setdefault(stance, match.span())
        if not found:
            return None
        if Stance.REGULATE in found:
            return Stance.REGULATE, [found[Stance.REGULATE]]
        if len(found) > 1:
            return Stance.MIXED, sorted(found.values())
        ((stance, span),) = found.items()
        return stance, [span]


def stances(reading: Reading) -> Iterator[Fact]:
    """Stances on what a noun phrase names: "criticized the deal", "called for a boycott", "rallied against it"."""
    table = Stances.load()
    for sentence in reading.article.sentences:
        if sentence.block.kind is BlockKind.HEADING:
            continue
        for token in sentence.tokens:
            if token.pos_ != "VERB" or reading.article.in_quotation(sentence.passage.place(token)[0]) is not None:
                continue
            made = _stance(reading, table, sentence, token)
            if made is not None:
                yield made


def _stance(reading: Reading, table: Stances, sentence: Sentence, verb: Token) -> Fact | None:
    if any(child.dep_ == "neg" or child.text.casefold() in {"would", "could", "might"} for child in verb.children):
        return None
    target = _target(table, verb)
    holder = _holder(verb)
    if target is None or holder is None:
        return None
    stance, noun, last = target
    passage = sentence.passage
    if reading.article.in_quotation(passage.place(noun)[0]) is not None and passage.place(noun)[0] < sentence.start:
        return None
    reference = reading.references.of(passage, holder)
    left, right = noun.left_edge, noun.right_edge
    start, end = passage.span(left, right)
    end = min(end, sentence.end)
    while end > start and reading.text[end - 1] in " .,;:":
        end -= 1
    if end <= start or not any(character.isalpha() for character in reading.text[start:end]):
        return None
    topics = reading.topics.find(reading.text, start, end)
    evidence = reading.evidence(
        [sentence],
        source=reference.span,
        cue=passage.span(verb, last),
        content=(start, end),
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


def _target(table: Stances, verb: Token) -> tuple[Stance, Token, Token] | None:
    """The stance, the noun that it is on, and the last token of the cue."""
    for child in verb.rights:
        preposition = child.text.casefold()
        if child.dep_ == "prep" and (verb.lemma_, preposition) in table.verbs:
            noun = next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
            if noun is not None:
                return table.verbs[verb.lemma_, preposition], noun, child
        if child.dep_ in {"prt", "advmod"}:
            for prep in (*child.children, *verb.rights):
                pair = f"{preposition} {prep.text.casefold()}"
                if prep.dep_ == "prep" and (verb.lemma_, pair) in table.verbs:
                    noun = next((c for c in prep.children if c.dep_ in {"pobj", "pcomp"}), None)
                    if noun is not None:
                        return table.verbs[verb.lemma_, pair], noun, prep
    if (verb.lemma_, "") in table.verbs:
        noun = next((c for c in verb.rights if c.dep_ == "dobj"), None)
        if noun is not None and not any(c.dep_ == "ccomp" for c in verb.rights):
            return table.verbs[verb.lemma_, ""], noun, verb
    return None


def _holder(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "nsubj":
            return child
    governor = verb.head
    if governor.i != verb.i and governor.pos_ in {"VERB", "AUX"} and verb.dep_ in {"conj", "xcomp", "advcl"}:
        return _holder(governor)
    return None
