"""Whether an event that a cue names happens: negated, only planned, asked for, or supposed.

The words over an event that decide are data: `event_governors.tsv`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.facts import EventKind, EventState
from ingest.rules.event_cue import Cue

if TYPE_CHECKING:
    from spacy.tokens import Token

DATA = Path(__file__).with_name("data")

_FUTURE = frozenset({"must", "will", "shall", "'ll", "’ll", "wo", "gon"})
_POSSIBLE = frozenset({"could", "may", "might", "would", "should", "can"})
_THREATENED = frozenset({EventKind.STRIKE, EventKind.LAYOFF})
_OFFERED = frozenset({EventKind.PROPOSAL, EventKind.AGREEMENT})
_DEFINITE = frozenset({"the", "this", "that"})
_STANDING = frozenset({None, EventState.ACCEPTED})
_REPORTING = frozenset(
    {"add", "announce", "confirm", "declare", "pledge", "promise", "report", "reveal", "say", "tell"}
)
_NOBODY = frozenset({"nobody", "none", "nothing", "neither"})
_DENYING = frozenset({"deny", "doubt", "dismiss"})
_SUPPOSED = frozenset({"if", "unless", "whether", "until"})
_CLAUSAL = frozenset({"xcomp", "ccomp", "advcl", "acl", "pcomp", "prep", "dobj", "pobj", "conj", "oprd"})
_CLIMB = 4


class Reality(StrEnum):
    """How real an event is in its sentence."""

    REAL = "real"
    PLANNED = "planned"
    UNREAL = "unreal"


def reality(cue: Cue) -> Reality:
    """How real the event of a cue is: its own negation first, then auxiliaries, then the words over it."""
    head = cue.verb or cue.token
    if _negated(head) or (cue.noun is not None and _without(cue.noun)):
        return Reality.UNREAL
    auxiliaries = {child.lower_ for child in head.children if child.dep_ == "aux"}
    if any(child.dep_ == "mark" and child.lower_ in _SUPPOSED for child in head.children):
        return Reality.UNREAL
    if auxiliaries & _POSSIBLE:
        if auxiliaries & _POSSIBLE == {"would"} and _is_reported(head):
            return Reality.PLANNED
        if cue.kind in _OFFERED and cue.state in _STANDING and cue.noun is not None and _says(head, cue.noun):
            return Reality.REAL
        return (
            Reality.PLANNED
            if cue.kind in _THREATENED and cue.verb is not None and "have" not in auxiliaries
            else Reality.UNREAL
        )
    if auxiliaries & _FUTURE:
        return Reality.PLANNED
    return _governed(head, cue, planned="to" in auxiliaries and head.dep_ in {"ROOT", "acl", "relcl"})


def _is_reported(verb: Token) -> bool:
    """Whether "would" is the "will" of what somebody said: "it said it would close the unit"."""
    return verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"} and verb.head.lemma_.casefold() in _REPORTING


def _says(verb: Token, noun: Token) -> bool:
    """Whether a verb says what is in an offer or a deal that is spoken of before: "the proposal would ban"."""
    is_subject = noun.dep_ == "nsubj" and noun.head.i == verb.i
    return is_subject and any(child.dep_ == "poss" or child.lower_ in _DEFINITE for child in noun.lefts)


def _governed(head: Token, cue: Cue, *, planned: bool) -> Reality:
    found = Reality.PLANNED if planned else Reality.REAL
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in head.children)
    current = head
    for _ in range(_CLIMB):
        if current.dep_ not in _CLAUSAL or current.head.i == current.i:
            break
        dependent = current.dep_
        current = current.head
        if current.pos_ not in {"VERB", "AUX", "ADJ", "NOUN"}:
            continue
        if _is_denied(current, dependent):
            return Reality.UNREAL
        if current.pos_ == "NOUN" and not infinitive:
            continue
        sense = governors().get(current.lemma_.casefold())
        reached = dependent in {"xcomp", "dobj", "pobj", "oprd", "acl", "prep"} or infinitive or head.tag_ == "VB"
        if sense is not None and reached and current is not cue.verb:
            if sense == "no" or (sense == "wanted" and cue.kind is not EventKind.HIRING):
                return Reality.UNREAL
            if sense == "wanted":
                return Reality.REAL
            if sense == "asked":
                return Reality.PLANNED if cue.kind is EventKind.VOTE else Reality.UNREAL
            found = Reality.PLANNED
        if dependent == "xcomp" and _negated(current):
            return Reality.UNREAL
        if dependent in {"ccomp", "advcl"} and not infinitive:
            break
    return found


def _is_denied(above: Token, dependent: str) -> bool:
    """Whether a word over an event denies it: "no plans to", "denied that"."""
    if above.pos_ == "NOUN":
        return _without(above)
    return dependent == "ccomp" and above.lemma_.casefold() in _DENYING


def _negated(token: Token) -> bool:
    if any(child.dep_ == "neg" and child.lower_ != "only" for child in token.children):
        return True
    subjects = [child for child in token.children if child.dep_ in {"nsubj", "nsubjpass", "dobj"}]
    if any(child.lower_ in _NOBODY for child in subjects):
        return True
    return any(inner.lower_ in {"no", "neither"} for child in subjects for inner in child.lefts if inner.dep_ == "det")


def _without(noun: Token) -> bool:
    """Whether a noun stands after "without" or "no"."""
    if any(child.lower_ in {"no", "neither"} and child.dep_ in {"det", "neg"} for child in noun.children):
        return True
    return noun.dep_ == "pobj" and noun.head.lower_ in {"without", "instead", "barring", "like"}


@cache
def governors() -> dict[str, str]:
    """What words over an event say of its reality."""
    lines = (DATA / "event_governors.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))
