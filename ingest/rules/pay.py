"""What others than the holders of advertised jobs are paid: members of a union, performers, groups, one person.

An amount counts when the words near it call it pay and the sentence says whose it is; what belongs to a job posting is
that posting's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from ingest.facts import Fact, Name, NameKind, PayKind, PayReport
from ingest.language.article import Passage, Sentence
from ingest.language.block import BlockKind
from ingest.language.gazetteer import role_nouns
from ingest.rules.amount import Amount, amounts, rows
from ingest.rules.pay_words import is_pay, yearly
from ingest.rules.posting import facts_of, reports
from ingest.rules.reading import Reading
from ingest.rules.recipient import beside, recipient
from ingest.rules.reference import Reference
from ingest.rules.title import POSITIONS, is_title

if TYPE_CHECKING:
    from spacy.tokens import Token

CONFIDENCE = {"pay/recipient": "0.8", "pay/beside": "0.7", "pay/continued": "0.6", "pay/quoted": "0.6"}
"""How often each rule is right."""

_PROPOSAL = re.compile(
    r"\b(?:propos\w+|demand\w*|wants? (?:a )?(?:raise|pay)|counter-?offers?|asking for|seeking)\b", re.IGNORECASE
)
_SURVEY = re.compile(r"\b(?:survey(?:ed)?|poll(?:ed)?|respondents?|employers said)\b", re.IGNORECASE)
_UNION = re.compile(r"\b(?:union|guild|member|local \d+|scale|minimum|collective)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_STOP = re.compile(r"[.;:?!]|\b(?:while|but|who|which)\b")
_PAID_BETWEEN = re.compile(
    r"\s+(?:at|on)\s*(?:\w+\s*){0,2}\Z|[^.;:?!]{0,60}\b(?:paid|earn\w*|mak(?:e|es|ing)|gets?|receiv\w+|start(?:s|ed)? (?:at|on)|"
    r"take home|takes home)\b",
    re.IGNORECASE,
)
_FUNCTION_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "for",
        "and",
        "or",
        "that",
        "those",
        "these",
        "this",
        "our",
        "their",
        "his",
        "her",
        "its",
        "my",
        "your",
        "are",
        "is",
        "was",
        "were",
        "be",
        "been",
        "firing",
        "hiring",
        "paying",
        "pay",
        "like",
        "as",
        "with",
        "from",
        "by",
        "when",
        "while",
        "where",
        "if",
        "because",
        "than",
        "some",
        "most",
        "all",
        "so",
        "i",
        "we",
        "you",
        "they",
    ]
)
_CONTINUES = frozenset({"it", "that", "this"})


def paid(reading: Reading) -> Iterator[Fact]:
    """Job postings, then the pay of everybody else."""
    found = reports(reading)
    yield from facts_of(reading, found)
    taken = {start for report in found if report.amount is not None for start in report.amount_starts}
    yield from pay_reports(reading, taken)


def pay_reports(reading: Reading, taken: set[int] | None = None) -> Iterator[PayReport]:
    """The pay of others than the holders of advertised jobs.

    Args:
        reading: the article.
        taken: where the amounts begin that belong to postings; None to read the postings first.
    """
    if taken is None:
        taken = {start for report in reports(reading) for start in report.amount_starts}
    for sentence in reading.article.sentences:
        if sentence.block.kind is BlockKind.HEADING:
            continue
        words = reading.text[sentence.start : sentence.end]
        if not any(character.isdigit() for character in words) and "million" not in words:
            continue
        yield from _of_sentence(reading, sentence, taken)


@cache
def _sorts() -> dict[str, str]:
    listed = dict.fromkeys(role_nouns(), "worker")
    return listed | {noun: sort for noun, sort in rows("people.tsv")}


def _is_person_noun(word: str) -> bool:
    plain = word.casefold()
    return plain in _sorts() or plain.removesuffix("s") in _sorts() or plain.removesuffix("es") in _sorts()


def _of_sentence(reading: Reading, sentence: Sentence, taken: set[int]) -> Iterator[PayReport]:
    last: Reference | None = None
    for amount in amounts(reading.text, sentence.start, sentence.end):
        if amount.start in taken or not is_pay(reading.text, sentence, amount, titled=False):
            continue
        rule, whose = _whose(reading, sentence, amount, last)
        if whose is None or whose.name.kind is NameKind.DOCUMENT:
            continue
        last = whose
        yield _report(reading, sentence, yearly(amount), whose, rule)


def _whose(
    reading: Reading, sentence: Sentence, amount: Amount, last: Reference | None
) -> tuple[str, Reference | None]:
    """Who is paid, and the rule that tells; the one before in the same sentence when it goes on with "it"."""
    passage = sentence.passage
    if reading.article.in_quotation(amount.start) is not None and _is_masked(passage, amount):
        return "pay/quoted", _quoted(reading, sentence, amount)
    for rule, head in (("pay/recipient", recipient(passage, amount)), ("pay/beside", beside(passage, amount))):
        if head is None:
            continue
        if last is not None and head.text.casefold() in _CONTINUES:
            return "pay/continued", last
        whose = _person(reading, passage, head)
        if whose is not None:
            return rule, whose
    return "pay/continued", last


def _is_masked(passage: Passage, amount: Amount) -> bool:
    """Whether the parse does not see the amount, since it stands in a long quotation."""
    token = passage.token_at(amount.start)
    return token is None or token.text.casefold().startswith("xxxx")


def _quoted(reading: Reading, sentence: Sentence, amount: Amount) -> Reference | None:
    """The people named last before an amount inside a quotation, with a word of paying between."""
    start = max(sentence.start, amount.start - 90)
    words = list(_WORD.finditer(reading.text, start, amount.start))
    for index in range(len(words) - 1, -1, -1):
        between = reading.text[words[index].end() : amount.start]
        if _STOP.search(between):
            return None
        if _is_person_noun(words[index].group()) and _PAID_BETWEEN.match(between):
            first = index
            while first > 0 and index - first < 2 and words[first - 1].group().casefold() not in _FUNCTION_WORDS:
                first -= 1
            span = words[first].start(), words[index].end()
            return Reference(Name(name=" ".join(reading.text[slice(*span)].split()), kind=NameKind.GROUP), span)
    return None


def _person(reading: Reading, passage: Passage, head: Token) -> Reference | None:
    """Who is meant, if somebody can be paid: no organization, no thing, no job."""
    if head.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    found = reading.references.of(passage, head)
    if found.name.kind is NameKind.PERSON:
        return found
    if found.name.kind is not NameKind.GROUP or found.name.unresolved:
        return None
    word = head.lemma_.casefold()
    return found if word not in POSITIONS and _is_people(head) else None


def _is_people(head: Token) -> bool:
    return _is_person_noun(head.text) or _is_person_noun(head.lemma_) or is_title(head) or head.pos_ == "PRON"


def _report(reading: Reading, sentence: Sentence, amount: Amount, whose: Reference, rule: str) -> PayReport:
    words = reading.text[sentence.start : sentence.end]
    return reading.fact(
        PayReport,
        rule,
        CONFIDENCE[rule],
        reading.evidence(
            [sentence], source=whose.span if _inside(whose, sentence) else None, value=list(amount.values)
        ),
        who=whose.name,
        pay_kind=_kind(whose.name, words),
        salary_min=amount.least,
        salary_max=amount.most,
        currency=amount.currency,
        period=amount.period,
        qualifier=amount.qualifier,
        wording=" ".join(reading.text[slice(*amount.wording)].split()),
    )


def _inside(whose: Reference, sentence: Sentence) -> bool:
    return sentence.start <= whose.span[0] and whose.span[1] <= sentence.end


def _kind(name: Name, words: str) -> PayKind:
    who = set(re.findall(r"[a-z]+", name.name.casefold()))
    if _SURVEY.search(words):
        return PayKind.SURVEY
    if _PROPOSAL.search(words):
        return PayKind.PROPOSAL
    if "member" in who or "members" in who:
        return PayKind.UNION_MEMBER
    if any("performer" in (_sorts().get(word), _sorts().get(word.removesuffix("s"))) for word in who):
        return PayKind.PERFORMER
    return PayKind.UNION_MEMBER if _UNION.search(words) and name.kind is NameKind.GROUP else PayKind.OTHER
