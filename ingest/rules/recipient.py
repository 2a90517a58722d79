"""Who is paid an amount: the subject of "earn", the object of "pay", the noun in "drivers at $28 an hour"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.article import Passage, Sentence
from ingest.rules import phrase
from ingest.rules.amount import Amount
from ingest.rules.lexicon import words
from ingest.rules.people import is_actor_noun
from ingest.rules.reading import Reading
from ingest.rules.title import POSITIONS, is_title

if TYPE_CHECKING:
    from spacy.tokens import Token

_RECEIVES = frozenset(
    {
        "earn",
        "make",
        "receive",
        "get",
        "take",
        "collect",
        "pocket",
        "net",
        "clear",
        "start",
        "command",
        "top",
        "max",
        "average",
        "charge",
        "bill",
        "draw",
        "pull",
        "expect",
        "bring",
    }
)
_PAYS = frozenset({"pay", "offer", "give", "award", "guarantee", "owe", "hand", "compensate", "remunerate"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "iobj", "obj"})
_PAY_NOUNS = words("pay_nouns.txt")
_ANYBODY = words("paid_for_a_job.txt")
_APPOINTS = frozenset({"name", "appoint", "hire", "promote", "recruit", "install"})
_FOR = re.compile(
    r"\s+(?:(?:rates?|fees?|proposals?|offers?|payments?|salary|minimums?|wages?)\s+){0,2}for\s+(?:the\s+)?(?=[^\W\d])",
    re.IGNORECASE,
)
_INSIDE = frozenset({"det", "compound", "amod", "nmod", "poss", "punct"})
_PARTS = frozenset({"many", "most", "some", "few", "all", "half", "none", "several"})
_FURTHEST = 8


def recipient(passage: Passage, amount: Amount) -> Token | None:
    """The head of the phrase that says who is paid; None when the sentence does not say."""
    token = _figure(passage, amount)
    if token is None:
        return None
    for governor in _upwards(token):
        if governor.pos_ in {"VERB", "AUX"}:
            found = _of_verb(governor, token)
            if found is not None:
                return found
    return None


def beside(passage: Passage, amount: Amount) -> Token | None:
    """Whose the noun is that the amount stands by: "drivers at $28", "the salary for engineers", "actors' day rate"."""
    token = _figure(passage, amount)
    if token is None:
        return None
    previous = token
    for governor in _upwards(token):
        if governor.dep_ == "prep" and governor.text.casefold() in {"at", "on"} and governor.i < token.i:
            if governor.head.pos_ in {"NOUN", "PROPN"} and governor.head.lemma_.casefold() not in _PAY_NOUNS:
                return governor.head
            if governor.head.lemma_.casefold() == "be":
                return _subject(governor.head)
        elif governor.lemma_.casefold() in _PAY_NOUNS and governor.pos_ in {"NOUN", "PROPN"}:
            return _owner(governor, previous)
        elif governor.pos_ in {"VERB", "AUX"}:
            for child in governor.children:
                if child.dep_ == "dobj" and child.lemma_.casefold() in _PAY_NOUNS:
                    return _owner_named(child, previous)
            subject = _subject(governor)
            if subject is not None:
                return _owner_of_subject(subject)
        previous = governor
    return None


def _owner_of_subject(subject: Token) -> Token | None:
    antecedent = phrase.antecedent(subject)
    noun = antecedent if antecedent is not None else subject
    if noun.lemma_.casefold() in _PAY_NOUNS:
        return _owner(noun, noun)
    return noun if noun.text.casefold() in {"it", "that", "this"} else None


def _owner(noun: Token, below: Token) -> Token | None:
    """Whose pay a noun such as "salary" names, or else who does what governs it."""
    named = _owner_named(noun, below)
    if named is not None:
        return named
    for governor in _upwards(noun):
        if governor.pos_ in {"VERB", "AUX"}:
            if governor.lemma_.casefold() in _APPOINTS:
                return next((child for child in governor.children if child.dep_ == "dobj"), None)
            return _subject(governor)
    return None


def _owner_named(noun: Token, below: Token) -> Token | None:
    """Whose pay it is by the noun's own words: "actors' pay", "the rate for extras"."""
    while noun.dep_ in {"compound", "nmod", "amod"} and noun.head.i > noun.i:
        noun = noun.head
    for child in noun.children:
        if child.dep_ == "prep" and child.text.casefold() in {"for", "of"} and child.i != below.i:
            found = next((each for each in child.children if each.dep_ == "pobj" and each.pos_ != "NUM"), None)
            if found is not None and found.tag_ not in {"$", "CD"}:
                return found
    return next((child for child in noun.children if child.dep_ == "poss"), None)


def named_after(passage: Passage, amount: Amount, text: str, end: int) -> Token | None:
    """The noun in "$3,300 a week for editors", right after an amount."""
    match = _FOR.match(text, max(amount.end, *(value[1] for value in amount.values)), end)
    token = passage.token_at(match.end()) if match is not None else None
    while token is not None and token.dep_ in _INSIDE and token.head.i > token.i:
        token = token.head
    return token


def possessing(passage: Passage, amount: Amount) -> Token | None:
    """The noun that "whose" stands for in "members of the orchestra, whose base salary is $99,000"."""
    figure = _figure(passage, amount)
    if figure is None:
        return None
    for token in reversed(figure.doc[max(0, figure.i - _FURTHEST) : figure.i]):
        if token.tag_ == "WP$":
            after = figure.doc[token.i : figure.i]
            if not any(each.lemma_.casefold() in _PAY_NOUNS for each in after):
                return None
            noun = token.doc[max(0, token.i - 1)]
            noun = noun.nbor(-1) if noun.text == "," and noun.i > 0 else noun
            while noun.dep_ in {"pobj", "prep"} and noun.head.i < noun.i:
                noun = noun.head
            return noun
    return None


def is_paid_to_others(reading: Reading, sentence: Sentence, amount: Amount, *, heads: Iterable[Token]) -> bool:
    """Whether the pay is that of somebody else than the holders of these jobs, such as "actors receive $200 a day"."""
    found = recipient(sentence.passage, amount)
    if found is None:
        return False
    listed = {head.i for head in heads}
    antecedent = phrase.antecedent(found)
    head = antecedent if antecedent is not None else found
    word = head.lemma_.casefold()
    if head.i in listed or word in POSITIONS | _ANYBODY | _PAY_NOUNS or head.text.casefold() in POSITIONS:
        return False
    mention = reading.cast.mention_at(sentence.passage.place(head)[0])
    if mention is not None and mention.entity.kind is NameKind.ORGANIZATION:
        return False
    if mention is None and head.pos_ == "NOUN" and not (is_actor_noun(head) or is_title(head)):
        return False
    return not any(child.i in listed for child in head.subtree)


def _figure(passage: Passage, amount: Amount) -> Token | None:
    """The token of an amount that the others of it hang on."""
    tokens = passage.tokens(amount.start, amount.end)
    if not tokens:
        return passage.token_at(amount.start)
    inside = {token.i for token in tokens}
    return next((token for token in tokens if token.head.i not in inside), None)


def _upwards(token: Token) -> Iterator[Token]:
    for _ in range(_FURTHEST):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def _of_verb(verb: Token, figure: Token) -> Token | None:
    lemma = verb.lemma_.casefold()
    if lemma in _RECEIVES:
        return _subject(verb)
    if lemma in _PAYS:
        passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)
        if passive or verb.tag_ == "VBN":
            return _subject(verb) or (verb.head if verb.dep_ == "acl" else None)
        below = {token.i for token in figure.subtree} | {figure.i}
        for child in verb.children:
            object_ = child.dep_ in _OBJECTS and child.i not in below and child.pos_ in {"NOUN", "PROPN", "PRON"}
            paid = child.lemma_.casefold() not in _PAY_NOUNS and not any(t.i == figure.i for t in child.subtree)
            if object_ and paid:
                return child
    return None


def _among(subject: Token) -> Token:
    """Those of whom a subject such as "many of whom" is a part."""
    if subject.lemma_.casefold() not in _PARTS:
        return subject
    return next((t for t in subject.subtree if t.dep_ == "pobj" and t.head.text.casefold() == "of"), subject)


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, or of the one that it is joined to or an infinitive of."""
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                return _among(child)
        if verb.dep_ in {"conj", "xcomp", "ccomp", "pcomp"} and verb.head.i != verb.i:
            verb = verb.head
        elif verb.dep_ == "acl":
            return verb.head
        else:
            return None
    return None
