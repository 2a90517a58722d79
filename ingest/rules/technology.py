"""Technologies: what they are called, who makes them, who uses them, and for what.

Known names come from `data/technologies.tsv`; a new name counts where the document introduces it beside a noun of
`data/technology_nouns.txt`. What is no name, such as "AI", counts only where somebody uses it or a purpose is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.facts import NameKind, TechnologyUse
from ingest.language.article import Passage, Sentence, Span
from ingest.language.block import BlockKind
from ingest.rules import phrase
from ingest.rules import verb as verbs
from ingest.rules.participant import named
from ingest.rules.reading import Reading
from ingest.rules.technology_names import Sort, Technology, known, pattern, technology_nouns
from ingest.rules.technology_use import PLATFORMS, is_negated, is_told, purpose_of, use_over, users_of
from ingest.rules.verb import LONGEST_SENTENCE
from ingest.rules.work import work_nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

_CALLED = frozenset({"call", "name", "dub", "nickname", "know", "title"})
_MADE = frozenset({"make", "develop", "build", "create", "design", "train"})
_PRESENTED = frozenset({"launch", "unveil", "introduce", "release", "develop", "build", "train", "design"})
_THINGS = frozenset({"algorithm", "app", "bot", "chatbot", "generator", "model", "software", "tool"})
_SYSTEMS = frozenset({"agent", "assistant", "avatar", "engine", "feature", "platform", "presenter", "system"})
_SPEAKING = frozenset({"algorithm", "chatbot", "generator", "software"})
_ARTIFICIAL = frozenset({"ai", "a.i.", "artificial", "automated", "synthetic", "generative", "language", "learning"})
_MODIFIERS = frozenset({"compound", "nmod", "amod"})
_MOST_INTRODUCED = 60
"""New names of one document that are looked for in the rest of it, so that its reading takes time by its length."""
_TITLE_CASE = re.compile(r"[A-Z][\w.+-]*(?:[ -][A-Z0-9][\w.+-]*){0,3}\Z")


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A technology at a place of a sentence, with the token that stands for it in the parse."""

    rule: str
    name: str
    developer: str | None
    generic: bool
    token: Token
    span: Span


def technologies(reading: Reading) -> Iterator[TechnologyUse]:
    """The uses of technologies in an article, in the order of its sentences."""
    introduced: dict[str, tuple[str, str | None]] = {}
    told: set[str] = set()
    for sentence in reading.article.sentences:
        if len(sentence.tokens) > LONGEST_SENTENCE:
            continue
        seen: set[str] = set()
        taken: list[Span] = []
        for found in [*_listed(reading, sentence, introduced), *_introduced(reading, sentence, introduced)]:
            if found.name.casefold() in seen or any(a < found.span[1] and found.span[0] < b for a, b in taken):
                continue
            fact = _use(reading, sentence, found, first=found.name.casefold() not in told)
            if fact is not None:
                taken.append(found.span)
                seen.add(found.name.casefold())
                told.add(found.name.casefold())
                yield fact


def _listed(reading: Reading, sentence: Sentence, introduced: dict[str, tuple[str, str | None]]) -> Iterator[_Found]:
    """Known technologies, and names that the document has introduced, outside quotations that are masked."""
    for match in pattern().finditer(reading.text, sentence.start, sentence.end):
        token = sentence.passage.token_at(match.end() - 1)
        technology = known(match.group())
        if token is None or technology is None or _is_masked(token, reading, match.end() - 1):
            continue
        if _is_before_noun(token) or (not technology.generic and _is_maker(technology, token)):
            continue
        if technology.sort is Sort.WORD and not _is_at_home(reading, technology, token, sentence):
            continue
        rule = "technology/generic" if technology.generic else "technology/known"
        yield _Found(rule, technology.name, technology.developer, technology.generic, token, match.span())
    for again, developer in introduced.values():
        place = re.compile(rf"(?<!\w){re.escape(again)}(?!\w)").search(reading.text, sentence.start, sentence.end)
        token = sentence.passage.token_at(place.end() - 1) if place is not None else None
        if place is not None and token is not None and not _is_masked(token, reading, place.end() - 1):
            yield _Found("technology/again", again, developer, False, token, place.span())


def _introduced(
    reading: Reading, sentence: Sentence, introduced: dict[str, tuple[str, str | None]]
) -> Iterator[_Found]:
    """Names that the sentence introduces: "a tool called X", "its product, X", "X, an AI tool"."""
    passage = sentence.passage
    for token in sentence.tokens:
        if token.lemma_.casefold() not in technology_nouns() or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        named_by = _name_beside(reading, passage, token)
        if named_by is None:
            unnamed = _made_by(reading, passage, token) or _described(reading, passage, token)
            if unnamed is not None:
                yield unnamed
            continue
        rule, span, standing = named_by
        words = " ".join(reading.text[slice(*span)].split())
        if known(words) is not None or (rule != "technology/called" and _is_somebody(reading, token, span)):
            continue
        developer = _maker(reading, passage, token)
        if len(introduced) < _MOST_INTRODUCED:
            introduced.setdefault(words.casefold(), (words, developer))
        yield _Found(rule, words, developer, False, standing, span)


def _is_somebody(reading: Reading, noun: Token, span: Span) -> bool:
    """Whether a name beside a noun is one who acts. What is called "a chatbot" is none, however its name looks."""
    mention = reading.cast.mention_at(span[0])
    if mention is None:
        return False
    return mention.entity.kind is not NameKind.ORGANIZATION or noun.lemma_.casefold() not in _THINGS


def _made_by(reading: Reading, passage: Passage, noun: Token) -> _Found | None:
    """A technology without a name whose maker the sentence gives: "software from X", "a model made by X", "X's app"."""
    developer = _maker(reading, passage, noun)
    if (
        developer is None
        or noun.dep_ == "compound"
        or noun.lower_ in PLATFORMS
        or any(True for _ in phrase.appositions(noun))
    ):
        return None
    first = min((each for child in noun.lefts if child.dep_ in _MODIFIERS for each in child.subtree), default=noun)
    span = passage.span(first, noun)
    words = " ".join(reading.text[slice(*span)].split())
    return _Found("technology/made-by", words, developer, False, noun, span) if known(words) is None else None


def _described(reading: Reading, passage: Passage, noun: Token) -> _Found | None:
    """A technology without a name that its phrase describes: "an AI system that dubs films", "speech software"."""
    if noun.dep_ in {"compound", "poss"} or noun.lemma_.casefold() not in _THINGS | _SYSTEMS:
        return None
    modifiers = [child for child in noun.lefts if child.dep_ in _MODIFIERS]
    words = {each.lower_ for child in modifiers for each in child.subtree}
    works = any(child.dep_ in {"relcl", "acl"} and _does(child) for child in noun.children) or _is_at_work(noun)
    telling = bool(words & _ARTIFICIAL) or (noun.lemma_.casefold() in _SPEAKING and (works or bool(modifiers)))
    if not telling or not (works or use_over(noun) is not None or _is_presented(noun)):
        return None
    span = passage.span(modifiers[0].left_edge if modifiers else noun, noun)
    name = " ".join(reading.text[slice(*span)].split())
    return _Found("technology/described", name, None, False, noun, span) if known(name) is None else None


def _is_at_work(noun: Token) -> bool:
    """Whether somebody's technology does something to something: "the firm's software turns scripts into films"."""
    if noun.dep_ != "nsubj" or not any(child.dep_ == "poss" and child.pos_ != "PRON" for child in noun.lefts):
        return False
    return noun.head.pos_ == "VERB" and any(child.dep_ == "dobj" for child in noun.head.children)


def _is_presented(noun: Token) -> bool:
    """Whether somebody makes or launches what a noun means, which need not be named."""
    if noun.dep_ == "dobj" and noun.head.lemma_.casefold() in _PRESENTED and is_told(noun.head):
        return True
    return any(child.dep_ == "acl" and child.lemma_.casefold() in _MADE for child in noun.children)


def _does(clause: Token) -> bool:
    """Whether a clause says what a thing does: "that turns scripts into storyboards"."""
    if clause.dep_ == "acl":
        return clause.lemma_.casefold() in _MADE
    return clause.dep_ == "relcl" and any(child.tag_ == "WDT" and child.dep_ == "nsubj" for child in clause.children)


def _name_beside(reading: Reading, passage: Passage, noun: Token) -> tuple[str, Span, Token] | None:
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"} and child.lemma_.casefold() in _CALLED:
            for name in child.children:
                if name.dep_ in {"oprd", "dobj", "attr", "pobj"} and name.i > child.i:
                    span = _name_span(reading, passage, name)
                    if span is not None:
                        return "technology/called", span, noun
            for name in verbs.below(child, "as"):
                span = _name_span(reading, passage, name)
                if span is not None:
                    return "technology/called", span, noun
    for beside in phrase.appositions(noun) if noun.lemma_.casefold() not in work_nouns() else ():
        span = _name_span(reading, passage, beside)
        if span is not None:
            return "technology/apposition", span, beside if noun.dep_ == "appos" else noun
    return None


def _name_span(reading: Reading, passage: Passage, head: Token) -> Span | None:
    """The characters of a proper name that ends in this token."""
    if head.pos_ not in {"PROPN", "NOUN", "X", "ADJ", "VERB"}:
        return None
    first = head
    while first.i > 0 and first.nbor(-1).dep_ == "compound" and first.nbor(-1).text[:1].isupper():
        first = first.nbor(-1)
    span = passage.span(first, head)
    return span if _TITLE_CASE.match(reading.text[slice(*span)]) else None


def _maker(reading: Reading, passage: Passage, noun: Token) -> str | None:
    """Who makes what a noun names: its possessor, or whoever made or developed it."""
    heads = [child for child in noun.children if child.dep_ == "poss" and child.pos_ != "PRON"]
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"} and child.lemma_.casefold() in _MADE:
            heads += verbs.subjects(child)
        elif child.dep_ == "prep" and child.lower_ == "from":
            heads += [each for each in child.children if each.dep_ == "pobj"]
        elif child.dep_ in {"acl", "relcl"} and child.lemma_.casefold() in {"introduce", "launch", "unveil"}:
            heads += verbs.subjects(child)
    following = noun.nbor(1) if noun.i + 1 < noun.sent.end else noun
    if following.lower_ == "from" and following.head.i != noun.i:
        # The parser often hangs "from X" on the verb: "made with software from X".
        heads += [each for each in following.children if each.dep_ == "pobj"]
    if noun.head.lemma_.casefold() in _PRESENTED and noun.dep_ == "dobj":
        heads += verbs.subjects(noun.head)
    for head in heads:
        for name in named(reading, passage, head):
            if name.kind is NameKind.ORGANIZATION:
                return name.name
        technology = known(head.text)
        if technology is not None and technology.developer == technology.name:
            return technology.name
    return None


def _use(reading: Reading, sentence: Sentence, found: _Found, *, first: bool) -> TechnologyUse | None:
    passage = sentence.passage
    use = use_over(found.token)
    users = users_of(reading, passage, use, found.token)
    purpose = purpose_of(passage, use, found.token)
    developer = found.developer or (None if found.generic else _maker(reading, passage, found.token))
    # "The use of AI in films" is a matter of talk as long as nobody is said to use it.
    used = (
        bool(users)
        or (purpose is not None and use is not None and verbs.is_verb(use))
        or (use is not None and first and is_told(use))
    )
    used = used or _is_presented(found.token)
    if found.generic and (not used or sentence.block.kind is BlockKind.HEADING):
        return None
    if use is not None and is_negated(use, found.token):
        return None
    if not found.generic and not first and not users and purpose is None:
        return None
    users = tuple(user for user in users if user.name != developer)
    said = developer if developer is not None and developer.casefold() in reading.text.casefold() else None
    topics = [topic for topic, _ in reading.topics.find(reading.text, *found.span)]
    if purpose is not None:
        topics += [topic for topic, _ in reading.topics.find(reading.text, *purpose) if topic not in topics]
    return reading.fact(
        TechnologyUse,
        found.rule,
        {"technology/known": "0.85", "technology/generic": "0.65"}.get(found.rule, "0.7"),
        reading.evidence([sentence], value=found.span),
        technology=found.name,
        developer=said,
        users=users,
        purpose=" ".join(reading.text[slice(*purpose)].split()) if purpose else None,
        topics=tuple(dict.fromkeys(topics)),
    )


def _is_before_noun(token: Token) -> bool:
    """Whether a name only stands before another noun, as in "AI engineer" but not in "AI tool"."""
    if token.dep_ not in {"compound", "amod", "nmod"} or token.head.i <= token.i:
        return False
    return token.head.lemma_.casefold() not in technology_nouns()


def _is_at_home(reading: Reading, technology: Technology, token: Token, sentence: Sentence) -> bool:
    """Whether a common word is the technology's name here: the developer, or AI, is spoken of in the document."""
    if token.pos_ not in {"PROPN", "NUM"} or sentence.block.kind is BlockKind.HEADING:
        return False
    mention = reading.cast.mention_at(sentence.passage.place(token)[0])
    if mention is not None and mention.entity.kind is NameKind.PERSON:
        return False
    return (technology.developer or "") in reading.text or re.search(r"\bA\.?I\b", reading.text) is not None


def _is_maker(technology: Technology, token: Token) -> bool:
    """Whether a name that its maker shares ("Runway") means the maker here: it acts, or stands for a party."""
    if technology.developer != technology.name:
        return False
    if use_over(token) is not None:
        return False
    return token.dep_ not in {"pobj", "dobj"} or token.head.lower_ in {"with", "by", "from", "at"}


def _is_masked(token: Token, reading: Reading, offset: int) -> bool:
    return token.text[-1:] == "x" and reading.text[offset] != "x"
