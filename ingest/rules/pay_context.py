"""Whose pay it is where the sentence does not say: those spoken of before it, or whoever tells of their own pay."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.article import Sentence
from ingest.rules.amount import Amount
from ingest.rules.lexicon import words
from ingest.rules.reading import Reading
from ingest.rules.reference import Reference

if TYPE_CHECKING:
    from spacy.tokens import Token

BACK = 6
"""Sentences before an amount in which those who are paid it may be named."""

_NEAR = 90
_NAMED = re.compile(
    r"\b(?:salar(?:y|ies)|wages?|(?:base|starting|hourly|daily|weekly|annual|top|minimum|average|median|entry-level)"
    r" pay|rates?|minimums?|scale|floor|residuals?|stipends?|raises?|compensation|bonus(?:es)?|paid|earn\w*|"
    r"fees?|payments?|honorari(?:um|a)|advances?|day's work)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:subscri\w+|licen[cs]\w+|rent(?:s|al|ed)?|interest|mortgage|tuition|tickets?|admission|membership|customers?|"
    r"users?|viewers?|consumers?|households?|tax\w*|room|nightly|advertis\w+|exchange)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:I(?:[’'](?:m|ve|d))?(?:\s+(?:was|am|have|had|been|only|just|still|now|used\s+to|would|could|might|even)){0,3}"
    r"\s+(?:paid|earn\w*|ma(?:ke|king|de)|gett?(?:ing)?|got|receiv\w+|start\w*|took\s+home|charg\w+)|"
    r"(?:paid|pays|paying|pay|offered|gave|give|sent)\s+me|my\s+(?:\w+\s+){0,2}(?:salary|pay|rate|fee|paycheck|wages?))\b"
    r"[^.;?!]{0,50}\Z",
    re.IGNORECASE,
)


def speaker(reading: Reading, sentence: Sentence, amount: Amount) -> Reference | None:
    """The one person outside the quotation in which somebody tells of their own pay ("I was paid …")."""
    if not _OWN.search(reading.text, max(sentence.start, amount.start - _NEAR), amount.start):
        return None
    outside = [
        mention
        for mention in reading.cast.mentions_in(sentence.start, sentence.end)
        if mention.entity.kind is NameKind.PERSON and reading.article.in_quotation(mention.start) is None
    ]
    if len({mention.entity.name for mention in outside}) != 1:
        return None
    return Reference.by(outside[0])


def is_named(text: str, sentence: Sentence, amount: Amount) -> bool:
    """Whether a noun of pay stands near an amount of a length of work, and none of a price."""
    if amount.period is None:
        return False
    start, end = max(sentence.start, amount.wording[0] - _NEAR), min(sentence.end, amount.end + _NEAR // 2)
    return _NAMED.search(text, start, end) is not None and _PRICE.search(text, start, end) is None


def people_before(
    reading: Reading, sentences: list[Sentence], amount: Amount, people: Callable[[Token], bool]
) -> Reference | None:
    """The people whom a document names most of those in the sentence of an amount (the last given) or just before it.

    The nearest of those who are named as often; nobody who mostly pays, or only watches.
    """
    found: list[Reference] = []
    for sentence in reversed(sentences[-BACK:]):
        for token in reversed(list(sentence.tokens)):
            if sentence.passage.place(token)[1] > amount.start or not _is_head(token) or not people(token):
                continue
            reference = reading.references.of(sentence.passage, token)
            if reference.name.kind is NameKind.GROUP and not reference.name.unresolved:
                found.append(replace(reference, noun=token.lower_))
    return max(found, key=lambda each: _times(reading.text, each.noun), default=None)


def _times(text: str, noun: str) -> int:
    return len(re.findall(rf"\b{re.escape(noun)}\b", text, re.IGNORECASE))


def _is_head(token: Token) -> bool:
    plural = token.tag_ in {"NNS", "NNPS"} and token.dep_ not in {"compound", "nmod"}
    return plural and token.lemma_.casefold() not in words("not_paid.txt")
