"""Sentences that spell out what the one before them attributes: "The pay ranges, according to the filing, are wide.",
then one position with its pay in each paragraph.

Only figures are taken so, and only in paragraphs of one sentence that follow at once and attribute nothing themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.language.article import Article, Sentence
from ingest.language.block import BlockKind
from ingest.rules.utterance import Utterance
from ingest.rules.word_group import group

_FIGURES = group("figures")
_FIGURE = re.compile(r"[$£€¥]\s?\d|\d[\d,.]*\s?(?:%|percent|per cent|dollars|pounds|euros)")
_ATTRIBUTED = frozenset({"according-to", "as-stated-by"})


def elaborations(article: Article, lead: Utterance, attributes: set[int]) -> Iterator[Utterance]:
    """The further utterances of whom a sentence on figures is attributed to.

    Args:
        article: where it stands.
        lead: the attributed sentence.
        attributes: where sentences begin that attribute something themselves.
    """
    first = lead.sentences[-1]
    if lead.rule not in _ATTRIBUTED or lead.pieces or not _is_on_figures(first):
        return
    later = [each for each in article.sentences if each.start > first.start]
    for index, sentence in enumerate(later):
        following = later[index + 1] if index + 1 < len(later) else None
        alone = sentence.block is not first.block and (following is None or following.block is not sentence.block)
        figures = _FIGURE.search(article.text, sentence.start, sentence.end) is not None
        if not alone or not figures or sentence.start in attributes or sentence.block.kind is BlockKind.HEADING:
            return
        span = (sentence.start, sentence.end)
        yield Utterance("elaboration", [first, sentence], lead.reference, lead.cue, [span], [])


def _is_on_figures(sentence: Sentence) -> bool:
    """Whether figures in the plural are what a sentence is about."""
    subject = next((token for token in sentence.tokens if token.dep_ == "nsubj" and token.head.dep_ == "ROOT"), None)
    return subject is not None and subject.tag_ == "NNS" and subject.lemma_.casefold() in _FIGURES
