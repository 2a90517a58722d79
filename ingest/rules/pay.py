"""What others than the holders of advertised jobs are paid: members of a union, performers, groups, one person.

An amount counts when the words near it call it pay and the sentence says whose it is; what belongs to a job posting is
that posting's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ingest.facts import Fact, Name, NameKind, PayKind, PayReport, Period
from ingest.language.article import Passage, Sentence
from ingest.language.block import BlockKind
from ingest.language.gazetteer import role_nouns
from ingest.rules import phrase
from ingest.rules.account import accounts
from ingest.rules.amount import Amount, amounts
from ingest.rules.lexicon import rows, words
from ingest.rules.pay_context import is_named, people_before, speaker
from ingest.rules.pay_series import like
from ingest.rules.pay_words import NEAR, called, is_timed, yearly
from ingest.rules.people import is_actor_noun
from ingest.rules.posting import reports
from ingest.rules.reading import Reading
from ingest.rules.recipient import beside, named_after, possessing, recipient
from ingest.rules.reference import Reference
from ingest.rules.title import LONGEST, POSITIONS, is_title

if TYPE_CHECKING:
    from spacy.tokens import Token

CONFIDENCE = {
    "pay/recipient": "0.8",
    "pay/beside": "0.6",
    "pay/continued": "0.6",
    "pay/quoted": "0.7",
    "pay/context": "0.5",
}
"""How often each rule is right."""

_SALARY = re.compile(
    r"\b(?:salar(?:y|ies)|wages?|compensation|(?:pay|executive) packages?|total (?:pay|earnings|income)|incomes?|"
    r"(?:her|his|their|our|my|whose|base|median|average|advertised|starting) pay|"
    r"minimums?|start(?:s|ed|ing)? (?:at|on)|on average|in (?:fiscal )?(?:19|20)\d\d|last year|"
    r"(?:can|may|might|could|typically|usually|often|now|currently) (?:expect to )?(?:earn|make)|to earn)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:for (?:each|every|an?|one) (?:episode|script|song|film|movie|picture|project|game|track|appearance|session|"
    r"gig|course|class|image|article|word|book|scan|show|call|job|shift|recording|performance|concert|season|role|assignment)|"
    r"(?:session|flat|one-time|one-off|upfront|appearance|kill|recording|script|signing|location|buyout|speaking) "
    r"(?:fees?|payments?|bonus(?:es)?)|bonus(?:es)? of|"
    r"by the (?:line|word|episode|song|piece|page|image|track|scene)|royalt(?:y|ies)|advances? of|additional|once)\b",
    re.IGNORECASE,
)
_PROPOSAL = re.compile(
    r"\b(?:propos\w+|demand\w*|wants? (?:a )?(?:raise|pay)|counter-?offers?|asking for|seeking)\b", re.IGNORECASE
)
_SURVEY = re.compile(r"\b(?:survey(?:ed)?|poll(?:ed)?|respondents?|employers said)\b", re.IGNORECASE)
_UNION = re.compile(r"\b(?:union|guild|members?|local \d+|scale|minimums?|collective)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_STOP = re.compile(r"[.;:?!]|\b(?:while|but|who|which)\b")
_PAID_BETWEEN = re.compile(
    r"\s+(?:at|on)(?:\s+\w+){0,2}\s+\Z|"
    r"[^.;:?!]{0,60}\b(?:paid|earn\w*|mak(?:e|es|ing)|gets?|receiv\w+|start(?:s|ed)? (?:at|on)|takes? home)\b",
    re.IGNORECASE,
)
_PAYING = re.compile(
    r"\b(?:pay(?:s|ing)?|paid|offer(?:s|ed|ing)?)\s+(?:(?:our|the|their|its|some|all|most)\s+)?(?:\w+\s+)?\Z",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\s+(?:up to|at least|as much as|about|around|between|from|roughly|more than|less than|only)?\s*\Z", re.IGNORECASE
)
_FUNCTION_WORDS = words("function_words.txt")
_QUALIFYING = frozenset({"JJ", "NN", "NNS", "NNP", "NNPS"})
_AFTER_NOUN = re.compile(r",|\s(?:of|at|on|in|for|from|who|that|with)\s")
_MADE = re.compile(r"(?:ers|ors|ists|ians|ees)\Z")
_CONTINUES = frozenset({"it", "that", "this"})


def paid(reading: Reading) -> Iterator[Fact]:
    """Job postings, then the pay of everybody else."""
    found = reports(reading)
    for report in found:
        yield report.fact(reading)
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
    earlier: list[Sentence] = []
    for sentence in reading.article.sentences:
        earlier.append(sentence)
        if sentence.block.kind is BlockKind.HEADING or sentence.end - sentence.start > LONGEST:
            continue
        said = reading.text[sentence.start : sentence.end]
        if not any(character.isdigit() for character in said) and "million" not in said:
            continue
        yield from _of_sentence(reading, earlier, taken)


@cache
def _sorts() -> dict[str, str]:
    listed = dict.fromkeys(role_nouns(), "worker")
    return listed | dict(rows("people.tsv"))


def _is_person_noun(word: str) -> bool:
    plain = word.casefold()
    return plain in _sorts() or plain.removesuffix("s") in _sorts() or plain.removesuffix("es") in _sorts()


def _names_people(token: Token) -> bool:
    """Whether a noun is one for people: a listed one, a title, or a plural that is made like "dubbers"."""
    listed = _is_person_noun(token.text) or _is_person_noun(token.lemma_) or is_title(token)
    return listed or (_MADE.search(token.lower_) is not None and is_actor_noun(token))


def _of_sentence(reading: Reading, earlier: list[Sentence], taken: set[int]) -> Iterator[PayReport]:
    """The pay in the last of the sentences read so far."""
    sentence = earlier[-1]
    last: Reference | None = None
    before: Amount | None = None
    for printed in amounts(reading.text, sentence.start, sentence.end):
        amount = printed
        says = called(reading.text, sentence, amount)
        if amount.start in taken or says == "other":
            continue
        rule, whose = _whose(reading, sentence, amount, last)
        if whose is None and says == "pay" and is_named(reading.text, sentence, amount):
            rule, whose = "pay/context", people_before(reading, earlier, amount, _names_people)
        # "Six clerks at $48,000 a year" need no word of pay.
        if whose is None or (says is None and (rule == "pay/continued" or amount.period is None)):
            continue
        last = whose
        if _SALARY.search(
            reading.text, max(sentence.start, amount.start - NEAR), min(sentence.end, amount.end + NEAR // 3)
        ):
            amount = yearly(amount)
        if amount.period is None and _ONCE.search(reading.text, sentence.start, sentence.end):
            amount = replace(amount, period=Period.ONCE)
        amount = like(reading.text, amount, before)
        before = amount
        yield _report(reading, sentence, amount, whose, rule)


def _whose(
    reading: Reading, sentence: Sentence, amount: Amount, last: Reference | None
) -> tuple[str, Reference | None]:
    """Who is paid, and the rule that tells; the one before in the same sentence when it goes on with "it"."""
    passage = sentence.passage
    if (own := speaker(reading, sentence, amount)) is not None:
        return "pay/quoted", own
    if reading.article.in_quotation(amount.start) is not None and _is_masked(passage, amount):
        return "pay/quoted", _surface(reading, sentence, amount)
    heads = (
        ("pay/beside", possessing(passage, amount)),
        ("pay/beside", named_after(passage, amount, reading.text, sentence.end)),
        ("pay/recipient", recipient(passage, amount)),
        ("pay/beside", beside(passage, amount)),
    )
    for rule, head in heads:
        if head is None:
            continue
        if last is not None and head.text.casefold() in _CONTINUES:
            return "pay/continued", last
        whose = _person(reading, passage, head)
        if whose is not None:
            return rule, whose
    if is_timed(amount) and (whose := _surface(reading, sentence, amount)) is not None:
        return "pay/beside", whose
    return "pay/continued", last


def _is_masked(passage: Passage, amount: Amount) -> bool:
    """Whether the parse does not see the amount, since it stands in a long quotation."""
    token = passage.token_at(amount.start)
    return token is None or token.text.casefold().startswith("xxxx")


def _surface(reading: Reading, sentence: Sentence, amount: Amount) -> Reference | None:
    """The people named last before an amount, with "at" or a word of paying between; for words that no parse shows."""
    start = max(sentence.start, amount.start - 90)
    before = list(_WORD.finditer(reading.text, start, amount.start))
    for index in range(len(before) - 1, -1, -1):
        between = reading.text[before[index].end() : amount.start]
        if _STOP.search(between):
            return None
        paying = _PAYING.search(reading.text, start, before[index].start())
        if _is_person_noun(before[index].group()) and (
            _PAID_BETWEEN.match(between) or (paying and _ONLY.match(between))
        ):
            first = index
            while first > 0 and index - first < 2 and _qualifies(sentence.passage, before[first - 1]):
                first -= 1
            span = before[first].start(), before[index].end()
            return Reference(Name(name=" ".join(reading.text[slice(*span)].split()), kind=NameKind.GROUP), span)
    return None


def _qualifies(passage: Passage, word: re.Match[str]) -> bool:
    """Whether a word may belong to the noun after it: by its tag, or, where a filler hides it, by what it is not."""
    token = passage.token_at(word.start())
    if token is None or token.text.casefold().startswith("xxx"):
        return word.group().casefold() not in _FUNCTION_WORDS
    return token.tag_ in _QUALIFYING


def _person(reading: Reading, passage: Passage, head: Token) -> Reference | None:
    """Who is meant, if somebody can be paid: no organization, no thing, no job."""
    if head.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    found = reading.references.of(passage, head)
    antecedent = phrase.antecedent(head)
    if antecedent is not None and antecedent.dep_ == "pobj" and not _is_people(antecedent, ""):
        # "A grip on a feature who earns …": it is not the feature that earns.
        head = antecedent.head.head
        found = reading.references.of(passage, head)
    if found.name.kind is NameKind.PERSON:
        return found
    if found.name.kind is not NameKind.GROUP or found.name.unresolved:
        return None
    return found if head.lemma_.casefold() not in POSITIONS and _is_people(head, found.name.name) else None


def _is_people(head: Token, name: str) -> bool:
    """Whether the noun, or the last noun that a pronoun stands for, is one for people."""
    if head.pos_ == "PRON":
        noun = _AFTER_NOUN.split(name, maxsplit=1)[0].split()
        return bool(noun) and _is_person_noun(noun[-1])
    return _names_people(head)


def _report(reading: Reading, sentence: Sentence, amount: Amount, whose: Reference, rule: str) -> PayReport:
    said = reading.text[sentence.start : sentence.end]
    return reading.fact(
        PayReport,
        rule,
        CONFIDENCE[rule],
        reading.evidence(
            [sentence], source=whose.span if _inside(whose, sentence) else None, value=list(amount.values)
        ),
        according_to=accounts(reading, [sentence]),
        who=whose.name,
        pay_kind=_kind(whose.name, said),
        salary_min=amount.least,
        salary_max=amount.most,
        currency=amount.currency,
        period=amount.period,
        qualifier=amount.qualifier,
        wording=" ".join(reading.text[slice(*amount.wording)].split()),
    )


def _inside(whose: Reference, sentence: Sentence) -> bool:
    return sentence.start <= whose.span[0] and whose.span[1] <= sentence.end


def _kind(name: Name, said: str) -> PayKind:
    who = set(re.findall(r"[a-z]+", name.name.casefold()))
    if _SURVEY.search(said):
        return PayKind.SURVEY
    if _PROPOSAL.search(said):
        return PayKind.PROPOSAL
    if "member" in who or "members" in who:
        return PayKind.UNION_MEMBER
    if any("performer" in (_sorts().get(word), _sorts().get(word.removesuffix("s"))) for word in who):
        return PayKind.PERFORMER
    return PayKind.UNION_MEMBER if _UNION.search(said) and name.kind is NameKind.GROUP else PayKind.OTHER
