"""Whether what stands beside a verb completes a frame of the lexicon: an object, a particle, an infinitive, a noun.

The frames are data: see `event_lexicon`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ingest.rules import phrase
from ingest.rules import verb as verbs
from ingest.rules.event_lexicon import ANY, NOTHING, VerbFrame, listed_verbs
from ingest.rules.people import is_actor_noun
from ingest.rules.technology_names import technology_nouns
from ingest.rules.title import POSITIONS, is_title
from ingest.rules.verb import is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARES = frozenset(
    {"%", "percent", "most", "all", "some", "many", "part", "dozens", "hundreds", "thousands", "half", "third"}
    | {"quarter", "fifth", "sixth", "eighth", "tenth", "thirds", "quarters", "fifths", "number", "majority", "handful"}
)
_BACK = frozenset({"back", "again", "away", "out"})
_PEOPLE_PRONOUNS = frozenset({"they", "both"})
_ARTIFICIAL = frozenset({"ai", "a.i.", "genai"})
_ENDINGS = (("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""), ("es", "e"), ("s", ""))
_SUBJECT = "~"
"""What stands before a particle whose row names subjects."""


def beside(token: Token, frame: VerbFrame) -> Token | None:
    """The word that completes the frame, the verb itself when nothing more is needed, or None."""
    for wanted in frame.beside:
        if wanted == NOTHING:
            fits = not frame.nouns or any(_fits(noun, frame.nouns) for noun in _meant(verbs.subjects(token)))
            if "@name" in frame.nouns and any(child.dep_ == "dobj" for child in token.children):
                fits = False
            found = [token] if fits else []
        elif wanted.startswith(_SUBJECT):
            subjects = _meant([*verbs.subjects(token), *verbs.objects(token)])
            fits = _completed(token, wanted.removeprefix(_SUBJECT)) and any(_fits(n, frame.nouns) for n in subjects)
            found = [token] if fits else []
        elif wanted == "object":
            objects = _meant(verbs.objects(token))
            shares = [noun for each in objects if each.lower_ in _SHARES for noun in verbs.after(each, "of")]
            found = [noun for noun in [*objects, *shares] if _fits(noun, frame.nouns)]
        elif wanted == "to" and not _has_preposition(token, "to", frame.nouns):
            found = [
                c for c in token.children if c.dep_ in {"xcomp", "ccomp", "advcl"} and _fits(c, frame.nouns) and _to(c)
            ]
        elif wanted == "ing":
            found = [c for c in token.children if c.dep_ == "xcomp" and c.tag_ == "VBG" and _fits_verb(c, frame.nouns)]
        elif frame.nouns:
            nouns = [*_with_particle(token, wanted), *_after(token, wanted)]
            found = [noun for noun in nouns if _fits(noun, frame.nouns)]
        else:
            found = [token] if _completed(token, wanted) or verbs.after(token, wanted) else []
        if found:
            return found[0]
    return None


def _meant(nouns: list[Token]) -> list[Token]:
    """Nouns, and for a relative pronoun the noun that it stands for."""
    return [phrase.antecedent(noun) or noun for noun in nouns]


def _with_particle(verb: Token, particle: str) -> list[Token]:
    """The objects of a verb that its particle completes: "turned down the deal"."""
    return verbs.objects(verb) if _completed(verb, particle) else []


def _after(verb: Token, preposition: str) -> list[Token]:
    """The nouns of a preposition, "back" before it or not: "went back to work"."""
    backs = [child for child in verb.children if child.dep_ == "advmod" and child.lower_ in _BACK]
    return [noun for head in (verb, *backs) for noun in verbs.after(head, preposition)]


def _completed(verb: Token, word: str) -> bool:
    """Whether a particle or an adjective completes the verb: "laid off", "went live", "made redundant"."""
    if verbs.has_particle(verb, word):
        return True
    return any(child.lower_ == word and child.dep_ in {"acomp", "oprd"} for child in verb.children)


def _fits_verb(verb: Token, lemmas: frozenset[str]) -> bool:
    return ANY in lemmas or verb.lemma_.casefold() in lemmas


def _has_preposition(token: Token, word: str, nouns: frozenset[str]) -> bool:
    return any(_fits(noun, nouns) for noun in verbs.after(token, word))


def _to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _fits(token: Token, nouns: frozenset[str]) -> bool:
    """Whether a word is one of those that a frame names, or of a sort that it names."""
    if f"!{token.lemma_.casefold()}" in nouns:
        return False
    if token.pos_ in {"NOUN", "PROPN"} and ANY in nouns:
        return True
    if any(sort in nouns and is_of_sort(token) for sort, is_of_sort in _SORTS.items()):
        return True
    alone = token.lemma_.casefold(), singular(token)
    if any(f"!{_before(token)}+{word}" in nouns for word in alone):
        return False
    return bool(nouns & {*alone, *(f"{_before(token)}+{word}" for word in alone)})


def _before(noun: Token) -> str:
    """The word right before a noun."""
    return noun.nbor(-1).lower_ if noun.i > 0 else ""


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and (token.text != "AI" or bool(token.n_lefts))


def _is_people(token: Token) -> bool:
    return token.lower_ in _PEOPLE_PRONOUNS or (token.pos_ == "NOUN" and is_actor_noun(token))


def _is_job(token: Token) -> bool:
    """Whether a noun is a title of a job, or a word for one that is open."""
    return is_title(token) or (token.pos_ == "NOUN" and token.lower_ in POSITIONS)


def _is_technology(token: Token) -> bool:
    """Whether a noun is one for a technology, or for what AI makes or does."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    if token.lemma_.casefold() in technology_nouns():
        return True
    return any(each.lower_ in _ARTIFICIAL for child in token.lefts if child.dep_ != "poss" for each in child.subtree)


def _is_money(token: Token) -> bool:
    """Whether a token is a figure of money, whatever the tagger makes of "$45M"."""
    return any(child.tag_ == "$" for child in (token, *token.lefts))


_SORTS: dict[str, Callable[[Token], bool]] = {
    "@person": lambda token: token.ent_type_ == "PERSON",
    "@name": _is_name,
    "@number": lambda token: token.pos_ == "NUM",
    "@money": _is_money,
    "@people": _is_people,
    "@job": _is_job,
    "@title": is_title,
    "@tech": _is_technology,
}
"""The sorts of words that a row may name instead of nouns."""


def lemma_of(token: Token) -> str:
    """The lemma of a verb, as the lexicon lists it; of a form that the model makes another of, such as "staged"."""
    if token.lower_ in {"striking", "struck"}:
        return "strike"
    lemma = token.lemma_.casefold()
    if lemma in listed_verbs() or not is_verb(token):
        return lemma
    word = token.lower_
    regular = [word[: -len(ending)] + added for ending, added in _ENDINGS if word.endswith(ending)]
    return next((each for each in regular if each in listed_verbs()), lemma)


def singular(token: Token) -> str:
    """A noun in the singular, also where the model has no lemma for it."""
    word = token.lower_.replace("’", "'")
    if token.tag_ in {"NNS", "NNPS"} or word.endswith("s"):
        lemma = token.lemma_.casefold()
        if lemma != word:
            return lemma
        return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    return word
