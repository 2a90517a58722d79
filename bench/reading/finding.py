"""What is told of one item that was missed, found in excess, or found but wrong: one line each."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.facts import Fact, Part

_LONGEST_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class Finding:
    """`type` groups findings; `said` is what the item is, `sentence` where it stands.

    `kind` and `rule` are those of the fact that a system read, and the rule is None where it read none.
    """

    type: str
    document: str
    start: int
    said: str
    sentence: str
    kind: str
    rule: str | None = None

    @property
    def line(self) -> str:
        """The finding on one line."""
        sentence = f"  ‖ {self.sentence}" if self.sentence else ""
        rule = f" {{{self.rule}}}" if self.rule else ""
        return f"{self.document}:{self.start}  {self.said}{rule}{sentence}"


def missed(type_: str, document: str, fact: Fact, said: str) -> Finding:
    """A finding about a fact of the gold, with its sentences."""
    return Finding(type_, document, fact.span[0], said, _sentences(fact), fact.kind)


def wrong(type_: str, document: str, fact: Fact, said: str) -> Finding:
    """A finding about a fact that a system read, with its rule and sentences."""
    return Finding(type_, document, fact.span[0], said, _sentences(fact), fact.kind, fact.rule or fact.extractor)


def _sentences(fact: Fact) -> str:
    return shown(" ".join(segment.exact for segment in fact.sentences()), _LONGEST_SENTENCE)


def shown(words: str, longest: int = 120) -> str:
    """Words on one line, with the middle left out when they are many."""
    flat = " ".join(words.split())
    half = longest // 2
    return flat if len(flat) <= longest else f"{flat[:half]} […] {flat[-half:]}"


def cue(fact: Fact) -> str:
    """The words of saying."""
    return " ".join(segment.exact for segment in fact.parts(Part.CUE))
