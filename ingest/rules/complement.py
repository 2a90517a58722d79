"""What a verb that attributes takes: a clause, an infinitive, an object, or what it calls something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.article import Span
from ingest.language.quotation import Quotation
from ingest.rules.cue import Cue, Frame, cue
from ingest.rules.description import descriptions
from ingest.rules.scope import Scope
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANSWERING = group("answering")
_ASKING = group("asking")
_CALLED_FOR = group("called_for")
_CALLING = group("calling")
_CONSENTING = group("consenting")
_SHOWING = frozenset({"show", "find"})
_NAMED = frozenset({"oprd", "dobj", "attr", "ccomp", "dep", "acomp", "prep", "xcomp"})
_INFINITIVES = frozenset({"xcomp", "advcl", "ccomp"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl", "aux"})
_CLAUSES = frozenset({"relcl", "acl", "ccomp", "advcl"})
_BEFORE_AN_INSERTION = frozenset({",", "”", '"', "—", "–", ";"})
_BLAMED = frozenset({"of", "for", "on", "with"})
_LED_IN = frozenset({"as", "on", "for", "upon"})
_FURTHEST_THAT = 14
"""Tokens from a verb within which the "that" of its clause stands when other words come between."""

_FEWEST_TOKENS_SHOWN = 4
"""Tokens of a noun phrase that says something of itself, and not only what a document is about."""

_FEWEST_WORDS_NAMED = 4
"""Words from which on "what they call “…”" is something said and no word that is in use."""


@dataclass(frozen=True, slots=True, eq=False)
class Predicate:
    """A verb that attributes, with who does."""

    scope: Scope
    verb: Token
    cue: Cue
    speaker: Token


def complement(predicate: Predicate) -> tuple[str, list[Span]]:
    """The rule that found what is attributed, and its spans; of a verb with nothing but a quotation, `quotation`."""
    for rule, frames, read in _READERS:
        if frames & predicate.cue.frames:
            spans = read(predicate)
            if spans:
                return rule, spans
    return "quotation", []


def named(verb: Token) -> list[Token]:
    """What hangs on a verb of calling, as a thing or as what it is called."""
    return [child for child in verb.rights if child.dep_ in _NAMED]


def _clause(predicate: Predicate) -> list[Span]:
    for child in predicate.verb.children:
        if child.dep_ == "ccomp" and child.i != predicate.speaker.i and _is_said(predicate, child):
            spans = predicate.scope.clause(child, (predicate.verb, predicate.speaker))
            if spans:
                return spans
    return []


def _is_said(predicate: Predicate, clause: Token) -> bool:
    """Whether a clause can be what is said: it has a subject or is quoted, and is no question that evidence answers."""
    quoted = predicate.scope.is_quoted(clause)
    marked = any(child.dep_ == "mark" and child.text.casefold() == "that" for child in clause.lefts)
    if Frame.THAT in predicate.cue.frames and not (marked or quoted):
        return False
    if predicate.verb.lemma_ in _ANSWERING and clause.left_edge.tag_ in {"WRB", "WP", "WDT"}:
        return False
    finite = clause.pos_ == "AUX" or clause.tag_ in {"VBD", "VBZ", "VBP"}
    return quoted or finite or any(child.dep_ in _SUBJECTS for child in clause.children)


def _floating(predicate: Predicate) -> list[Span]:
    """The clause around "…, she said, …", or the one behind a "that" which the parser hung elsewhere."""
    frames = predicate.cue.frames
    around = _host(predicate) if Frame.QUOTATION in frames and Frame.THAT not in frames else None
    if around is not None:
        spans = predicate.scope.clause(around, (predicate.verb, predicate.speaker))
        if spans:
            return spans
    return _after_that(predicate)


def _host(predicate: Predicate) -> Token | None:
    """The clause that an attribution is inserted in, when the parser hangs the attribution on it."""
    verb, speaker, host = predicate.verb, predicate.speaker, predicate.verb.head
    if verb.dep_ not in {"parataxis", "ccomp", "advcl", "dep"} or host.i == verb.i:
        return None
    if any(child.dep_ in {"ccomp", "dobj", "xcomp"} and child.i > verb.i for child in verb.children):
        return None
    if any(child.dep_ in {"mark", "advmod"} and child.i < min(verb.i, speaker.i) for child in verb.children):
        return None
    if host.pos_ not in {"VERB", "AUX"} or cue(host) is not None:
        return None
    first = min(verb.i, speaker.left_edge.i)
    inserted = first > 0 and verb.doc[first - 1].text in _BEFORE_AN_INSERTION
    return host if inserted else None


def _after_that(predicate: Predicate) -> list[Span]:
    """A clause with "that" which the parser hung on something between: "told staff in a memo that"."""
    verb = predicate.verb
    first = verb.i + 1
    for token in verb.doc[first : min(predicate.scope.sentence.tokens.end, first + _FURTHEST_THAT)]:
        if token.text.casefold() == "that" and token.dep_ in {"mark", "nsubj", "dobj", "det"}:
            clause = _clause_of(token)
            if token.dep_ != "mark" or clause.i < token.i or not _is_of(verb, clause):
                return []
            return predicate.scope.runs(verb.doc[token.i + 1 : clause.right_edge.i + 1])
        if token.pos_ == "VERB" and token.tag_ in {"VBD", "VBZ", "VBP"}:
            return []
    return []


def _is_of(verb: Token, clause: Token) -> bool:
    """Whether a clause below a verb may be what it says: no noun such as "claim" has it, and evidence has its own."""
    noun = cue(clause.head) if clause.head.pos_ == "NOUN" else None
    owned = noun is not None and any(child.dep_ == "poss" for child in clause.head.lefts)
    return not owned and verb.lemma_ not in _SHOWING and any(above.i == verb.i for above in clause.ancestors)


def _clause_of(that: Token) -> Token:
    """The verb of the clause that a "that" opens."""
    clause = that if that.dep_ == "det" else that.head
    while clause.dep_ not in _CLAUSES and clause.head.i not in {clause.i, that.i}:
        clause = clause.head
    return clause


def _infinitive(predicate: Predicate) -> list[Span]:
    """ "to fight", and with "urged" and "asked" whom it was asked of: "Apple to remove the app"."""
    verb = predicate.verb
    if not _speaks_of_itself(verb):
        return []
    for clause in verb.rights:
        if clause.dep_ in _INFINITIVES and any(child.tag_ == "TO" for child in clause.lefts):
            asked = [token for each in _asked(verb) if each.i < clause.i for token in each.subtree]
            if asked:
                return predicate.scope.runs([*asked, *clause.subtree])
            return predicate.scope.clause(clause, (verb, predicate.speaker))
    return []


def _asked(verb: Token) -> Iterator[Token]:
    return (child for child in verb.rights if child.dep_ in {"dobj", "dative"})


def _speaks_of_itself(verb: Token) -> bool:
    """Whether an infinitive is what is said, not what becomes of the speaker: "asked not to be named"."""
    clause = next((child for child in verb.rights if child.dep_ in _INFINITIVES), None)
    if clause is None:
        return False
    if verb.lemma_ in _ASKING:
        return any(True for _ in _asked(verb)) or any(child.dep_ == "nsubj" for child in clause.lefts)
    passive = any(child.dep_ == "auxpass" for child in clause.lefts)
    return not (passive and verb.lemma_ in _CONSENTING)


def _object(predicate: Predicate) -> list[Span]:
    """Whom somebody accuses of what, or what is blamed: "Bellwether of bargaining in bad faith"."""
    parts = [child for child in predicate.verb.rights if child.dep_ in {"dobj", "prep", "dative", "pcomp"}]
    objects = [part for part in parts if part.dep_ == "dobj"]
    beside = [*parts, *(child for each in objects for child in each.rights)]
    if not objects or not any(each.dep_ == "prep" and each.text.casefold() in _BLAMED for each in beside):
        return []
    return predicate.scope.runs(token for part in parts for token in part.subtree)


def _naming(predicate: Predicate) -> list[Span]:
    """What follows "called", "described": the thing and what it is called."""
    verb = predicate.verb
    if _is_of_what(verb) and _quoted(predicate):
        return []
    parts = [child for child in named(verb) if child.i > predicate.speaker.i or child.dep_ == "oprd"]
    tokens = [token for part in parts for token in part.subtree if token.i > verb.i]
    plain = next((child for child in parts if child.dep_ == "dobj"), None)
    if plain is not None and verb.lemma_ in _CALLING and _is_called_something(plain):
        return predicate.scope.runs(tokens)
    if not any(child.dep_ in {"oprd", "ccomp", "xcomp"} or child.text == "as" for child in parts):
        return []
    return predicate.scope.runs(tokens[1:] if tokens and tokens[0].text.casefold() in _LED_IN else tokens)


def _shown(predicate: Predicate) -> list[Span]:
    """What a document shows or lists without a clause: "the filings indicate the extent of their losses"."""
    described = descriptions().get(predicate.speaker.lemma_.casefold())
    if described is None or described.stands_for is not NameKind.DOCUMENT or predicate.verb.i < predicate.speaker.i:
        return []
    for thing in predicate.verb.rights:
        if thing.dep_ == "dobj" and thing.pos_ in {"NOUN", "PROPN", "NUM", "SYM"}:
            tokens = list(thing.subtree)
            return predicate.scope.runs(tokens) if len(tokens) >= _FEWEST_TOKENS_SHOWN else []
    return []


def _is_called_something(thing: Token) -> bool:
    """Whether an object of "call" has with it what it is called: "the plan a mistake", not "a meeting"."""
    return thing.left_edge.i != thing.right_edge.i and thing.lemma_.casefold() not in _CALLED_FOR


def names_in_passing(predicate: Predicate) -> bool:
    """Whether it is "what they call …": a word that is in use, unless more than a word is quoted."""
    if predicate.speaker.pos_ != "PRON" or not _is_of_what(predicate.verb):
        return False
    return not any(each.words(predicate.scope.text) >= _FEWEST_WORDS_NAMED for each in _quoted(predicate))


def _is_of_what(verb: Token) -> bool:
    """Whether it is "what … call"."""
    return any(child.tag_ in {"WP", "WDT"} and child.text.casefold() == "what" for child in verb.children)


def _quoted(predicate: Predicate) -> list[Quotation]:
    """The quotations behind the verb that may be what something is called."""
    start, end = predicate.scope.passage.span(predicate.verb, predicate.verb.right_edge)
    return predicate.scope.article.quoted(start, end)


_READERS: tuple[tuple[str, frozenset[Frame], Callable[[Predicate], list[Span]]], ...] = (
    ("clause", frozenset({Frame.CLAUSE, Frame.EVIDENCE}), _clause),
    ("floating", frozenset({Frame.CLAUSE, Frame.EVIDENCE}), _floating),
    ("infinitive", frozenset({Frame.INFINITIVE}), _infinitive),
    ("object", frozenset({Frame.OBJECT}), _object),
    ("naming", frozenset({Frame.NAMING}), _naming),
    ("evidence", frozenset({Frame.EVIDENCE}), _shown),
)
