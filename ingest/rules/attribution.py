"""Who is said to say what in one sentence: the cue, the phrase of the speaker, and the characters of the content.

Sources and cues follow PolNeAR's guidelines (https://github.com/networkdynamics/PolNeAR): the content is what is
attributed, the cue what attributes it. Who the speaker is, is said elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.language.article import Sentence, Span
from ingest.language.quotation import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """One attribution as found: the head of the speaker's phrase, the spans of the cue and of what is attributed.

    `predicate` is the word that attributes, where it is one of the parse; `content` is empty as long as nothing but a
    quotation beside the cue can be what is attributed.
    """

    rule: str
    sentence: Sentence
    speaker: Token
    cue: Span
    content: tuple[Span, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    predicate: Token | None = None

    @property
    def start(self) -> int:
        """Where the content begins."""
        return min(start for start, _ in self.content)

    def overlaps(self, other: Attribution) -> bool:
        """Whether any character of the content is in the content of another attribution."""
        return any(left < end and start < right for start, end in self.content for left, right in other.content)
